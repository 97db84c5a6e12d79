"""Days unlike the others, opening hours, the law's numbers, and reasons that are none."""

from __future__ import annotations

import re
from datetime import date, datetime

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, LineTwice, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Read, Sheet
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus, OfficeHours
from thongsuot.records.calendar import (
    CalendarRow,
    OfficeHoursRow,
    PhraseRow,
    PolicyRow,
    newest_days,
    save_calendar,
)
from thongsuot.records.spans import to_range

FIRST_VERSION = "vn-2026.1"

HOLIDAYS = Shape(
    "holidays/vn_public_holidays_2023_2027.csv", ("date", "name", "kind", "status", "source")
)
HOURS = Shape("rules/office_hours.csv", ("office", "valid_from", "valid_to", "hours", "source"))
POLICIES = Shape(
    "rules/policies.csv", ("key", "value", "valid_from", "valid_to", "source", "certainty")
)
PHRASES = Shape(
    "rules/forbidden_reasons.csv",
    ("first", "then", "within", "unless", "valid_from", "valid_to", "source"),
)

_HOURS = Kept(OfficeHoursRow, ("office",), columns("intervals", "source"))
_POLICIES = Kept(PolicyRow, ("key",), columns("value", "source", "certainty"))
_PHRASES = Kept(PhraseRow, ("first", "then"), columns("within", "unless", "source"))


class PhraseWithoutWords(Refusal):
    """A phrase to look for has at least one word, none longer than its column holds."""

    code = "phrase_without_words"
    kind = Kind.MALFORMED


def load_hours(sheet: Sheet, *, at: datetime, as_of: date | None) -> None:
    """Load when offices are open; new hours make a new version of the calendar that counts."""

    def parse(line: Line) -> OfficeHoursRow:
        span = cells.span(line)
        written = cells.parts(line, "hours", " ")
        hours = OfficeHours(span, cells.intervals("hours", written), line["source"])
        return OfficeHoursRow(
            office=line["office"],
            valid=to_range(span),
            intervals=[[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in hours.intervals],
            source=cells.text(line, "source", longest=200),
        )

    new = add_versions(sheet, sheet.read(parse), _HOURS, as_of=as_of)
    days = newest_days()
    if new and days:
        _keep(list(days), sheet.file, at)


def load_holidays(sheet: Sheet, *, at: datetime) -> None:
    """Load the days as a new version of the calendar; the newest one again is nothing."""
    days = _each_once(sheet, sheet.read(_day))
    if tuple(days) == newest_days():
        sheet.unchanged += len(days)
        return
    _keep(days, sheet.file, at)
    sheet.loaded += len(days)


def load_policies(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the numbers of the law."""

    def parse(line: Line) -> PolicyRow:
        return PolicyRow(
            key=cells.text(line, "key", longest=60),
            value=cells.text(line, "value", longest=60),
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=300),
            certainty=cells.text(line, "certainty", longest=40),
        )

    add_versions(sheet, sheet.read(parse), _POLICIES, as_of=as_of)


def load_phrases(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the words by which a reorganisation is recognised."""

    def parse(line: Line) -> PhraseRow:
        return PhraseRow(
            first=_words(line, "first"),
            then=_words(line, "then") if line["then"] else [],
            within=cells.number(line, "within"),
            unless=_words(line, "unless") if line["unless"] else [],
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=300),
        )

    add_versions(sheet, sheet.read(parse), _PHRASES, as_of=as_of)


def _day(line: Line) -> CalendarDay:
    written = str(line.cells.get("hours", "")).split()
    return CalendarDay(
        day=cells.day(line, "date"),
        kind=cells.choice(line, "kind", DayKind),
        name=cells.text(line, "name", longest=200),
        status=cells.choice(line, "status", DayStatus),
        source=cells.text(line, "source", longest=300),
        hours=cells.intervals("hours", written) if written else None,
    )


def _each_once(sheet: Sheet, read: Read[CalendarDay]) -> list[CalendarDay]:
    days: dict[date, CalendarDay] = {}
    for line, day in read:
        if day.day in days:
            sheet.refuse(line, LineTwice("date", given=day.day.isoformat()))
        else:
            days[day.day] = day
    return sorted(days.values(), key=lambda day: day.day)


def _keep(days: list[CalendarDay], file: str, at: datetime) -> None:
    years = sorted({day.day.year for day in days})
    save_calendar(version=_next_version(), days=days, years=years, source=file, at=at)


def _next_version() -> str:
    """The version after the newest: vn-2026.1, vn-2026.2, …"""
    newest = CalendarRow.objects.order_by("-recorded_at", "-id").first()
    counted = re.fullmatch(r"(.*\.)(\d+)", newest.version) if newest else None
    return f"{counted[1]}{int(counted[2]) + 1}" if counted else FIRST_VERSION


def _words(line: Line, column: str) -> list[str]:
    words = cells.parts(line, column, "|")
    if not words or any(not fold(word) or len(word) > 80 for word in words):
        raise PhraseWithoutWords(column, given=line[column])
    return words

"""Reports, forms, ways of counting, files to enter and the index, each a file that anyone can write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from thongsuot.actions.load import cells
from thongsuot.actions.load.reading import Line
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting import formulas
from thongsuot.domain.reporting.definitions import ReceivingBody, ReportDefinition, faults
from thongsuot.domain.reporting.edges import Edge, Shift
from thongsuot.domain.reporting.entry import EntryField, EntryFile
from thongsuot.domain.reporting.figures import Compare, Counting, Intake, Result
from thongsuot.domain.reporting.forms import ColumnForm, Coverage, Dimension, Identity, ReportForm
from thongsuot.domain.reporting.index import (
    Certainty,
    Index,
    IndexComponent,
    IndexGroup,
    Population,
    Trait,
)
from thongsuot.domain.reporting.obligations import ReportDuty, ReporterKind, Tier, Way
from thongsuot.domain.reporting.reminders import ReminderRule
from thongsuot.domain.reporting.windows import WindowRule
from thongsuot.domain.spans import Span
from thongsuot.records.report_rules import Rule, save
from thongsuot.words import reading

FOLDER = "reports"
_TABLE = re.compile(r"^\s*\[\[\s*(?P<name>\w+)\s*\]\]", re.MULTILINE)
_WRONG_LINE = re.compile(r"line (\d+)")

Given = Mapping[str, object]
Part = TypeVar("Part")
One = TypeVar("One", bound=StrEnum)


class ReportFileUnreadable(Refusal):
    """A report is written in TOML and says of which kind it is."""

    code = "report_file_unreadable"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class NamedCounting:
    """A dated way of counting under the name by which forms ask for it."""

    key: str
    counting: Counting


_NUMBER = re.compile(r"dòng (\d+)")
Stated = (
    ReportDefinition | ReportForm | EntryFile | Index | ReminderRule | tuple[NamedCounting, ...]
)


def read(text: str) -> tuple[Stated | None, tuple[Refusal, ...]]:
    """What a file says, or every fault in it, each with its line."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = _WRONG_LINE.search(str(wrong))
        number = int(line[1]) if line else 1
        return None, (ReportFileUnreadable(_line(number), line=number),)
    reader = _READERS.get(str(given.pop("kind", "")))
    if reader is None:
        return None, (ReportFileUnreadable(_line(1), line=1),)
    page = _Page(_lines(text))
    try:
        stated = reader(given, page)
    except Refusal as refusal:
        page.found.append(page.placed(refusal))
        return None, tuple(page.found)
    if isinstance(stated, ReportDefinition):
        page.found += [page.placed(fault) for fault in faults(stated)]
    return (None if page.found else stated), tuple(page.found)


def load_report(sheet: Sheet, *, at: datetime) -> None:
    """Keep what a file of reports says; one with any fault is refused, each with its line."""
    (line,) = sheet.lines
    stated, found = read(line.text)
    for fault in found:
        number = _NUMBER.match(fault.where)
        sheet.refuse(Line(int(number[1]) if number else 1, {}), fault)
    if stated is None:
        return
    new = [save(key, rule, sha256=sheet.sha256, by="", at=at) for key, rule in _rules(stated)]
    sheet.settle([line] if any(new) else [])


def _rules(stated: Stated) -> tuple[tuple[str, Rule], ...]:
    if isinstance(stated, tuple):
        return tuple((each.key, each.counting) for each in stated)
    return ((stated.key, stated),)


class _Page:
    """Where the parts of a file begin, and what was wrong with them."""

    def __init__(self, lines: Mapping[str, list[int]]) -> None:
        self.lines = lines
        self.found: list[Refusal] = []

    def each(
        self, given: Given, name: str, known: Collection[str], read: Callable[[Given], Part]
    ) -> tuple[Part, ...]:
        """The parts of a name that can be read; of the others, their faults."""
        raw = given.get(name, [])
        if not isinstance(raw, list):
            raise reading.BadField.holding(name, raw, reading.Expected.LIST)
        parts = []
        for index, part in enumerate(raw):
            try:
                parts.append(read(reading.fields(part, known=known, name=name)))
            except Refusal as refusal:
                self.found.append(refusal.at(self.line(name, index)))
        return tuple(parts)

    def line(self, name: str, index: int) -> str:
        """The line on which a part begins."""
        at = self.lines.get(name, [])
        return _line(at[index] if index < len(at) else 1)

    def placed(self, refusal: Refusal) -> Refusal:
        """A fault of a whole definition, said of the line on which its part begins."""
        name, _, number = refusal.where.partition(" ")
        if not number.isdecimal():
            return refusal
        refusal.where = self.line(name, int(number) - 1)
        return refusal


def _line(number: int) -> str:
    return f"dòng {number}"


def _lines(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for table in _TABLE.finditer(text):
        number = text.count("\n", 0, table.start("name")) + 1
        found.setdefault(table["name"], []).append(number)
    return found


def _definition(raw: Given, page: _Page) -> ReportDefinition:
    known = ("key", "name", "forms", "legal_bases", "source")
    parts = ("reporters", "window", "duty", "receiver")
    given = reading.fields(raw, known=(*known, *parts), name="report")
    return ReportDefinition(
        key=reading.text("key", given.get("key"), longest=40),
        name=reading.text("name", given.get("name"), longest=300),
        forms=reading.lines("forms", given.get("forms", [])),
        legal_bases=reading.lines("legal_bases", given.get("legal_bases", [])),
        reporters=page.each(
            given, "reporters", ("key", "name", "levels", "kinds", "offices"), _reporters
        ),
        windows=page.each(given, "window", (*_WINDOW, *_VALID), _window),
        duties=page.each(given, "duty", (*_DUTY, *_VALID), _duty),
        receivers=page.each(given, "receiver", ("name", *_VALID), _receiver),
        source=reading.text("source", given.get("source"), longest=300),
    )


_VALID = ("valid_from", "valid_to", "source")
_WINDOW = ("series", "period", "reporters", "opens", "closes", "shift")
_DUTY = ("series", "reporters", "to", "way", "before", "shift", "periods")
_COLUMN = ("key", "title", "group", "intakes", "results", "formula", "filled", "explained")
_COUNTING = ("key", "compare", "withdrawn", "waiting", "without_due", "counts_interlinked")


def _reporters(given: Given) -> ReporterKind:
    return ReporterKind(
        key=reading.text("key", given.get("key"), longest=40),
        name=reading.text("name", given.get("name"), longest=200),
        levels=_several(given, "levels", Level),
        kinds=_several(given, "kinds", OfficeKind),
        offices=frozenset(reading.lines("offices", given.get("offices", []))),
    )


def _window(given: Given) -> WindowRule:
    return WindowRule(
        series=reading.text("series", given.get("series"), longest=20),
        period=reading.text("period", given.get("period"), longest=40),
        reporters=_text(given, "reporters"),
        opens=reading.parsed("opens", Edge.parse, given.get("opens")),
        closes=reading.parsed("closes", Edge.parse, given.get("closes")),
        shift=_one(given, "shift", Shift, Shift.STAYS),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
    )


def _duty(given: Given) -> ReportDuty:
    before = _text(given, "before")
    return ReportDuty(
        series=reading.text("series", given.get("series"), longest=20),
        reporters=reading.text("reporters", given.get("reporters"), longest=40),
        to=_one(given, "to", Tier),
        way=_one(given, "way", Way, Way.SYSTEM),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
        before=reading.parsed("before", Edge.parse, before) if before else None,
        shift=_one(given, "shift", Shift, Shift.STAYS),
        periods=frozenset(reading.lines("periods", given.get("periods", []))),
    )


def _receiver(given: Given) -> ReceivingBody:
    return ReceivingBody(
        name=reading.text("name", given.get("name"), longest=200),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
    )


def _form(raw: Given, page: _Page) -> ReportForm | None:
    known = ("key", "number", "title", "unit", "legal_basis", "rows", "groups", "notes", "covers")
    parts = ("has_layout", "column", "check")
    given = reading.fields(raw, known=(*known, *parts, *_VALID), name="form")
    columns = page.each(given, "column", _COLUMN, _column)
    checks = page.each(given, "check", ("left", "right"), _check)
    if page.found:
        return None
    try:
        return _whole_form(given, columns, checks)
    except Refusal as refusal:
        keys = [column.key for column in columns]
        named = str(refusal.facts.get("column", refusal.facts.get("given", "")))
        raise refusal.at(page.line("column", keys.index(named) if named in keys else 0)) from None


def _whole_form(
    given: Given, columns: tuple[ColumnForm, ...], checks: tuple[Identity, ...]
) -> ReportForm:
    return ReportForm(
        key=reading.text("key", given.get("key"), longest=40),
        number=reading.text("number", given.get("number"), longest=100),
        title=reading.text("title", given.get("title"), longest=300),
        unit=reading.text("unit", given.get("unit"), longest=100),
        legal_basis=reading.text("legal_basis", given.get("legal_basis"), longest=300),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
        rows=_one(given, "rows", Dimension),
        groups=tuple(
            cells.one_of("groups", level, Level)
            for level in reading.lines("groups", given.get("groups", []))
        ),
        columns=columns,
        identities=checks,
        has_layout=reading.if_given(reading.flag, given, "has_layout", True),
        notes=reading.lines("notes", given.get("notes", [])),
        covers=_one(given, "covers", Coverage, Coverage.BELOW),
    )


def _column(given: Given) -> ColumnForm:
    return ColumnForm(
        key=reading.text("key", given.get("key"), longest=40),
        title=reading.text("title", given.get("title"), longest=200),
        group=_text(given, "group"),
        intakes=_several(given, "intakes", Intake),
        results=_several(given, "results", Result),
        formula=_formula("formula", given.get("formula")),
        is_filled=reading.if_given(reading.flag, given, "filled", False),
        explained=_text(given, "explained"),
    )


def _check(given: Given) -> Identity:
    return Identity(
        _formula("left", reading.text("left", given.get("left"))),
        _formula("right", reading.text("right", given.get("right"))),
    )


def _formula(name: str, raw: object) -> str:
    """A formula that can be read, as it was written; "" for none. Raises FormulaMalformed."""
    if reading.is_empty(raw):
        return ""
    reading.parsed(name, formulas.parse, raw)
    return str(raw).strip()


def _entry(raw: Given, page: _Page) -> EntryFile:
    known = ("key", "name", "system", "partner", "reports", "official", "field")
    given = reading.fields(raw, known=(*known, *_VALID), name="entry")
    return EntryFile(
        key=reading.text("key", given.get("key"), longest=40),
        name=reading.text("name", given.get("name"), longest=200),
        system=reading.text("system", given.get("system"), longest=40),
        partner=reading.text("partner", given.get("partner"), longest=40),
        reports=reading.lines("reports", given.get("reports", [])),
        fields=page.each(given, "field", ("column", "name"), _entry_field),
        is_official=reading.if_given(reading.flag, given, "official", False),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
    )


def _reminders(raw: Given, _: _Page) -> ReminderRule:
    given = reading.fields(
        raw, known=("key", "series", "before", "after", *_VALID), name="reminders"
    )
    before, after = (
        tuple(reading.number(name, each) for each in reading.lines(name, given.get(name, [])))
        for name in ("before", "after")
    )
    return ReminderRule(
        key=reading.text("key", given.get("key"), longest=40),
        series=_text(given, "series"),
        before=before,
        after=after,
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
    )


def _entry_field(given: Given) -> EntryField:
    return EntryField(
        column=reading.text("column", given.get("column"), longest=40),
        name=reading.text("name", given.get("name"), longest=60),
    )


def _countings(raw: Given, page: _Page) -> tuple[NamedCounting, ...]:
    given = reading.fields(raw, known=("counting",), name="counting")
    return page.each(given, "counting", (*_COUNTING, *_VALID), _counting)


def _counting(given: Given) -> NamedCounting:
    counting = Counting(
        compare=_one(given, "compare", Compare),
        withdrawn=_one(given, "withdrawn", Result),
        waiting=_one(given, "waiting", Result),
        without_due=_one(given, "without_due", Result),
        counts_interlinked=reading.if_given(reading.flag, given, "counts_interlinked", False),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
    )
    return NamedCounting(reading.text("key", given.get("key"), longest=40), counting)


_INDEX = ("key", "name", "most_supplements", "group", "component")
_SHARE = ("population", "of", "having", "against", "target")
_COMPONENT = ("key", "name", "group", "most", "explained", "mend", "source", "certainty", *_SHARE)


def _index(raw: Given, page: _Page) -> Index | None:
    given = reading.fields(raw, known=(*_INDEX, *_VALID), name="index")
    groups = page.each(given, "group", ("code", "name", "most"), _group)
    components = page.each(given, "component", _COMPONENT, _component)
    if page.found:
        return None
    return Index(
        key=reading.text("key", given.get("key"), longest=40),
        name=reading.text("name", given.get("name"), longest=300),
        valid=_valid(given),
        source=reading.text("source", given.get("source"), longest=300),
        most_supplements=reading.number("most_supplements", given.get("most_supplements")),
        groups=groups,
        components=components,
    )


def _group(given: Given) -> IndexGroup:
    return IndexGroup(
        code=reading.text("code", given.get("code"), longest=20),
        name=reading.text("name", given.get("name"), longest=200),
        most=_fraction(given, "most"),
    )


def _component(given: Given) -> IndexComponent:
    return IndexComponent(
        key=reading.text("key", given.get("key"), longest=20),
        name=reading.text("name", given.get("name"), longest=200),
        group=reading.text("group", given.get("group"), longest=20),
        most=_fraction(given, "most"),
        explained=reading.text("explained", given.get("explained"), longest=600),
        source=reading.text("source", given.get("source"), longest=300),
        certainty=_one(given, "certainty", Certainty),
        population=_one(given, "population", Population, Population.HANDLED),
        of=_several(given, "of", Trait),
        having=_several(given, "having", Trait),
        against=_several(given, "against", Trait),
        target=_fraction(given, "target") if given.get("target") else None,
        mend=_text(given, "mend"),
    )


def _fraction(given: Given, name: str) -> Fraction:
    """A number of points or a share, as 20 or 4/5. Raises BadField."""
    written = reading.text(name, given.get(name), longest=20)
    try:
        found = Fraction(written)
    except (ValueError, ZeroDivisionError):
        raise reading.BadField.holding(name, written, reading.Expected.NUMBER) from None
    if found < 0:
        raise reading.BadField.holding(name, written, reading.Expected.NUMBER)
    return found


_READERS: dict[str, Callable[[dict[str, object], _Page], Stated | None]] = {
    "report": _definition,
    "form": _form,
    "counting": _countings,
    "entry": _entry,
    "index": _index,
    "reminders": _reminders,
}


def _text(given: Given, name: str) -> str:
    return reading.if_given(reading.text, given, name, "")


def _one(given: Given, name: str, kinds: type[One], otherwise: One | None = None) -> One:
    if otherwise is not None and reading.is_empty(given.get(name)):
        return otherwise
    return cells.one_of(name, _text(given, name), kinds)


def _several(given: Given, name: str, kinds: type[One]) -> frozenset[One]:
    return frozenset(
        cells.one_of(name, each, kinds) for each in reading.lines(name, given.get(name, []))
    )


def _valid(given: Given) -> Span:
    end = given.get("valid_to")
    return Span(_day("valid_from", given.get("valid_from")), _day("valid_to", end) if end else None)


def _day(name: str, raw: object) -> date:
    return raw if isinstance(raw, date) else reading.day(name, raw)

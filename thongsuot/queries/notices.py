"""Where to go now: what the notice board of a unit says, and which unit an old name leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from thongsuot.domain import directory as rules
from thongsuot.domain.directory import Office, OfficeClosed
from thongsuot.domain.dossier.reasons import begins_words, fold
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workdays.days import Intervals
from thongsuot.paper import press, values
from thongsuot.paper.sheets import sheet
from thongsuot.queries.access import require_holding
from thongsuot.queries.printing import form_of
from thongsuot.records import calendar
from thongsuot.records import directory as records
from thongsuot.records.contacts import OfficeContactRow, contact, contacts_on
from thongsuot.records.directory import (
    OfficeRow,
    PlaceRow,
    PlaceSuccessionRow,
    ReceptionPointRow,
    SuccessionRow,
)
from thongsuot.records.spans import to_span
from thongsuot.words import notices as words
from thongsuot.words.moments import intervals

AT_MOST = 30
PLACE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A name, old or new, and the unit that it leads to now."""

    name: str
    code: str
    unit: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class MovedLine:
    """What was elsewhere or was called otherwise, and since when it is here."""

    name: str
    on: date
    is_whole: bool
    source: str


@dataclass(frozen=True, slots=True)
class CounterLine:
    """Where people of the unit go, under which name and address."""

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class UnitNotice:
    """What the notice board of a unit says."""

    office: Office
    counters: tuple[CounterLine, ...]
    hours: Intervals
    hotline: str
    mailbox: str
    moved: tuple[MovedLine, ...]


@dataclass(frozen=True, slots=True)
class ContactLine:
    """How an office is reached, since when, and who says so; no days where nothing is known."""

    code: str
    name: str
    hotline: str
    mailbox: str
    valid: Span | None
    source: str


def notice(code: str, *, on: date) -> UnitNotice:
    """The notice of a unit by the code of an office or of a commune, old ones included.

    A commune that has gone leads to the one that stands there today.
    Raises OfficeCodeMalformed, NoSuchOffice, OfficeClosed, NoSuchPlace, NoOfficeHours.
    """
    office = _office(code, on)
    key = office.code.canonical
    told = contact(key, on=on)
    return UnitNotice(
        office=office,
        counters=_counters(key, on),
        hours=calendar.hours_on(key, on=on),
        hotline=told.hotline if told else "",
        mailbox=told.email if told else "",
        moved=_once((*_offices_before(key, on), *_places_before(office.place, on))),
    )


def pdf(code: str, *, at: datetime) -> bytes:
    """The notice of a unit as a sheet for its board.

    Raises what `notice` raises, NoFormInForce, and what the press refuses.
    """
    on = at.astimezone(VIETNAM).date()
    return press.pdf(form_of("notice", on), [sheet(_paper(notice(code, on=on), on))], at=at)


def contacts(by: Person, *, on: date) -> tuple[ContactLine, ...]:
    """How each office is reached today, for those who announce it. Raises NotYourRight."""
    held = require_holding(by, Right.CONTACTS, on=on)
    rows = OfficeRow.objects.filter(valid__contains=on).order_by("code")
    told = contacts_on(on)
    return tuple(_contact_line(row, told.get(row.code)) for row in rows if {"", row.code} & held)


def heirs_of(closed: OfficeClosed, *, on: date) -> tuple[UnitLine, ...]:
    """The units that carry on the work of a closed one."""
    given = closed.facts.get("heirs", ())
    codes = [str(code) for code in given] if isinstance(given, list) else []
    rows = OfficeRow.objects.filter(code__in=codes, valid__contains=on).order_by("code")
    return tuple(UnitLine(row.name, row.code, row.name, is_old=False) for row in rows)


def find(words: str, *, on: date) -> tuple[UnitLine, ...]:
    """The units that a name leads to, old or new, without accents and in any order."""
    wanted = fold(words)
    if not wanted:
        return ()
    lines = (*_by_office(wanted, on), *_by_place(wanted, on))
    return tuple(dict.fromkeys(lines))[:AT_MOST]


def _paper(told: UnitNotice, on: date) -> values.NoticePaper:
    name = told.office.name
    where = [counter.where for counter in told.counters if counter.where]
    return values.NoticePaper(
        head=values.Letterhead("", name, "", on),
        unit=told.counters[0].name if told.counters else name,
        address="; ".join(where) or words.NO_ADDRESS,
        hours=(words.WEEKDAYS, intervals(told.hours)),
        hotline=told.hotline or words.NOT_ANNOUNCED,
        email=told.mailbox or words.NOT_ANNOUNCED,
        since=max((line.on for line in told.moved), default=on),
        lookup=values.Lookup(f"{settings.PUBLIC_URL}/tra-cuu"),
        moved=tuple(values.Moved(_moved(line), name) for line in told.moved),
        signer=values.Signer(words.HEAD_OF_OFFICE, ""),
    )


def _moved(line: MovedLine) -> str:
    return line.name if line.is_whole else words.IN_PART.format(name=line.name)


def _contact_line(row: OfficeRow, told: OfficeContactRow | None) -> ContactLine:
    if told is None:
        return ContactLine(row.code, row.name, "", "", None, "")
    return ContactLine(
        row.code, row.name, told.hotline, told.email, to_span(told.valid), told.source
    )


def _office(code: str, on: date) -> Office:
    if not (len(code) == PLACE_DIGITS and code.isascii() and code.isdecimal()):
        return records.office(code, on=on)
    place = records.place_today(code, on=on)
    row = OfficeRow.objects.filter(place=place, level="commune", valid__contains=on).first()
    if row is None:
        raise rules.NoSuchPlace("place", given=code)
    return row.value()


def _counters(office: str, on: date) -> tuple[CounterLine, ...]:
    rows = ReceptionPointRow.objects.filter(office=office, valid__contains=on).order_by("name")
    return tuple(CounterLine(row.name, row.address) for row in rows)


def _offices_before(office: str, on: date) -> Iterable[MovedLine]:
    lines = SuccessionRow.objects.filter(new=office, on__lte=on).order_by("-on", "old")
    found = list(lines)
    names = _names({line.old for line in found})
    return [MovedLine(names.get(x.old, x.old), x.on, True, x.source) for x in found]


def _places_before(place: str, on: date) -> Iterable[MovedLine]:
    if not place:
        return []
    found = list(PlaceSuccessionRow.objects.filter(new=place, on__lte=on).order_by("-on", "old"))
    rows = PlaceRow.objects.filter(code__in=[x.old for x in found]).order_by("valid")
    names = dict(rows.values_list("code", "name"))
    return [MovedLine(names.get(x.old, x.old), x.on, x.is_whole, x.source) for x in found]


def _once(lines: Iterable[MovedLine]) -> tuple[MovedLine, ...]:
    """A place that came in two parts, or under two codes, is named once."""
    return tuple({line.name: line for line in lines}.values())


def _names(codes: Iterable[str]) -> dict[str, str]:
    rows = OfficeRow.objects.filter(code__in=set(codes)).order_by("valid")
    return dict(rows.values_list("code", "name"))


def _by_office(wanted: tuple[str, ...], on: date) -> Iterable[UnitLine]:
    rows = [row for row in OfficeRow.objects.order_by("code") if begins_words(wanted, row.name)]
    open_now = dict(OfficeRow.objects.filter(valid__contains=on).values_list("code", "name"))
    lines = records.successions()
    for row in rows:
        for heir in rules.heirs(lines, row.code, on):
            if heir in open_now:
                unit = open_now[heir]
                yield UnitLine(row.name, heir, unit, is_old=unit != row.name)


def _by_place(wanted: tuple[str, ...], on: date) -> Iterable[UnitLine]:
    """Old communes of the provinces in which an office of ours stands."""
    offices = OfficeRow.objects.filter(level="commune", valid__contains=on).exclude(place="")
    by_place = {row.place: row for row in offices}
    lines = PlaceSuccessionRow.objects.filter(new__in=by_place, on__lte=on).order_by("old", "new")
    found = list(lines)
    rows = PlaceRow.objects.filter(code__in=[x.old for x in found]).order_by("valid")
    names = dict(rows.values_list("code", "name"))
    for line in found:
        name, unit = names.get(line.old, ""), by_place[line.new]
        if begins_words(wanted, name):
            yield UnitLine(name, unit.code, unit.name, is_old=True)

"""What the judgement of old dossiers looks up: each thing once, whatever the day of a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import TypeVar

from django.conf import settings

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level, NoSuchPlace, Office
from thongsuot.domain.dossier.events import PlaceGiven
from thongsuot.domain.migration import Around, Days, Layout
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import NoProcess, Process
from thongsuot.records import calendar, catalogue, directory
from thongsuot.records import migration as records
from thongsuot.records.directory import PlaceRow, ReceptionPointRow
from thongsuot.records.migration import MigrationRow
from thongsuot.records.spans import to_span

Found = TypeVar("Found")


def around(run: MigrationRow, layout: Layout, *, at: datetime) -> Around:
    """Everything that was loaded about the province, as the judgement asks for it."""
    look = _Looks(today=at.astimezone(VIETNAM).date())
    return Around(
        system=run.system,
        told_at=run.told_at.astimezone(VIETNAM),
        at=at,
        home_system=settings.HOME_SYSTEM,
        calendar_version=calendar.current_version(),
        days=Days(layout.days),
        maps=records.code_maps(run.system),
        channels=layout.channels,
        procedure=look.procedure,
        office=look.office,
        process=look.process,
        point=look.point,
        place=look.place,
    )


class _Looks:
    """What was found so far: a code is asked for once, then its versions are here by their days."""

    def __init__(self, *, today: date) -> None:
        self._procedures = cache(lambda base: tuple(catalogue.versions(base)))
        self._offices = cache(_offices)
        self._processes: dict[tuple[str, Level, date], Process | None] = {}
        self._points = cache(_points)
        self._by_code = cache(lambda told: _places(code=told))
        self._by_name = cache(lambda told: _places(name__iexact=told))
        self._todays = cache(lambda code: _place_today(code, today))

    def procedure(self, base: str, on: date) -> tuple[Procedure | None, bool]:
        """The version in force on a day; where none was, the one nearest to it."""
        known = self._procedures(base)
        for version in known:
            if on in version.valid:
                return version, True
        nearest = min(known, key=lambda one: abs((one.valid.start - on).days), default=None)
        return nearest, False

    def office(self, code: str, on: date) -> Office | None:
        """The body of a code as it was on a day."""
        return next(_on(self._offices(code), on), None)

    def process(self, procedure: Procedure, level: Level, on: date) -> Process | None:
        """By which process a procedure is worked on at a level on a day."""
        asked = (procedure.code.base, level, on)
        if asked not in self._processes:
            self._processes[asked] = _process(procedure, level, on)
        return self._processes[asked]

    def point(self, office: str, on: date) -> str:
        """The first counter of a body on a day."""
        return next(_on(self._points(office), on), "")

    def place(self, told: str, on: date) -> PlaceGiven | None:
        """A commune by its number or its whole name; a name that several have is none."""
        found = set(_on(self._by_code(told), on))
        if not found:
            found = {code for code in _on(self._by_name(told), on) if len(code) == 5}
        if len(found) != 1:
            return None
        (code,) = found
        today = self._todays(code)
        return PlaceGiven(code, today) if today else None


def _on(known: Iterable[tuple[Span, Found]], day: date) -> Iterator[Found]:
    return (found for valid, found in known if day in valid)


def _offices(code: str) -> tuple[tuple[Span, Office], ...]:
    return tuple((one.valid, one) for one in directory.versions(code))


def _process(procedure: Procedure, level: Level, on: date) -> Process | None:
    try:
        return catalogue.process_for(procedure, level=level, on=on)
    except NoProcess:
        return None


def _points(office: str) -> tuple[tuple[Span, str], ...]:
    rows = ReceptionPointRow.objects.filter(office=office).order_by("key")
    return tuple((to_span(valid), key) for valid, key in rows.values_list("valid", "key"))


def _places(**told: str) -> tuple[tuple[Span, str], ...]:
    rows = PlaceRow.objects.filter(**told).values_list("valid", "code")
    return tuple((to_span(valid), code) for valid, code in rows)


def _place_today(code: str, today: date) -> str:
    """The commune that stands there today; "" where none does."""
    try:
        return directory.place_today(code, on=today)
    except NoSuchPlace:
        return ""

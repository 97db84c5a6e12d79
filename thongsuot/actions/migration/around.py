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
from thongsuot.domain.migration import Around, CodeMaps, Days, Layout, MapKind
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Process
from thongsuot.records import calendar, catalogue, directory
from thongsuot.records import migration as records
from thongsuot.records.directory import PlaceRow, ReceptionPointRow
from thongsuot.records.migration import MigrationRow
from thongsuot.records.spans import to_span

Found = TypeVar("Found")


def around(run: MigrationRow, layout: Layout, *, at: datetime) -> Around:
    """Everything that was loaded about the province, as the judgement asks for it."""
    maps = records.code_maps(run.system)
    look = _Looks(maps, today=at.astimezone(VIETNAM).date())
    return Around(
        system=run.system,
        told_at=run.told_at.astimezone(VIETNAM),
        at=at,
        home_system=settings.HOME_SYSTEM,
        calendar_version=calendar.current_version(),
        days=Days(layout.days),
        maps=maps,
        channels=layout.channels,
        procedure=look.procedure,
        office=look.office,
        process=look.process,
        point=look.point,
        place=look.place,
    )


class _Looks:
    """What the maps lead to, all its versions at once; places as they are asked for."""

    def __init__(self, maps: CodeMaps, *, today: date) -> None:
        offices = maps.all_ours(MapKind.OFFICE)
        self._procedures = catalogue.versions_of(maps.all_ours(MapKind.PROCEDURE))
        self._offices = directory.versions_of(offices)
        self._points = _points(offices)
        self._processes = cache(catalogue.processes_on)
        self._by_code = cache(lambda told: _places(code=told))
        self._by_name = cache(lambda told: _places(name__iexact=told))
        self._todays = cache(lambda code: _place_today(code, today))

    def procedure(self, base: str, on: date) -> tuple[Procedure | None, bool]:
        """The version in force on a day; where none was, the one nearest to it."""
        known = self._procedures.get(base, ())
        for version in known:
            if on in version.valid:
                return version, True
        nearest = min(known, key=lambda one: abs((one.valid.start - on).days), default=None)
        return nearest, False

    def office(self, code: str, on: date) -> Office | None:
        """The body of a code as it was on a day."""
        return next((one for one in self._offices.get(code, ()) if on in one.valid), None)

    def process(self, procedure: Procedure, level: Level, on: date) -> Process | None:
        """The process of a procedure at a level on a day: its own, else the level's common one."""
        known = self._processes(on)
        return known.get((procedure.code.base, level)) or known.get(("", level))

    def point(self, office: str, on: date) -> str:
        """The first counter of a body on a day."""
        return next(_on(self._points.get(office, ()), on), "")

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


def _points(offices: Iterable[str]) -> dict[str, list[tuple[Span, str]]]:
    """The counters of these bodies, each body's in one order."""
    found: dict[str, list[tuple[Span, str]]] = {office: [] for office in offices}
    rows = ReceptionPointRow.objects.filter(office__in=found).order_by("key")
    for office, valid, key in rows.values_list("office", "valid", "key"):
        found[office].append((to_span(valid), key))
    return found


def _places(**told: str) -> tuple[tuple[Span, str], ...]:
    rows = PlaceRow.objects.filter(**told).values_list("valid", "code")
    return tuple((to_span(valid), code) for valid, code in rows)


def _place_today(code: str, today: date) -> str:
    """The commune that stands there today; "" where none does."""
    try:
        return directory.place_today(code, on=today)
    except NoSuchPlace:
        return ""

"""What the judgement of old dossiers looks up, each thing once a batch of work."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.conf import settings

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level, NoSuchPlace, Office
from thongsuot.domain.dossier.events import PlaceGiven
from thongsuot.domain.migration import Around, Days, Layout
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import NoProcess, Process
from thongsuot.records import calendar, catalogue, directory
from thongsuot.records import migration as records
from thongsuot.records.directory import PlaceRow, ReceptionPointRow
from thongsuot.records.migration import MigrationRow


def around(run: MigrationRow, layout: Layout, *, at: datetime) -> Around:
    """Everything that was loaded about the province, as the judgement asks for it."""
    return Around(
        system=run.system,
        told_at=run.told_at.astimezone(VIETNAM),
        at=at,
        home_system=settings.HOME_SYSTEM,
        calendar_version=calendar.current_version(),
        days=Days(layout.days),
        maps=records.code_maps(run.system),
        channels=layout.channels,
        procedure=cache(_procedure),
        office=cache(_office),
        process=cache(_process),
        point=cache(_point),
        place=cache(lambda told, on: _place(told, on, today=at.astimezone(VIETNAM).date())),
    )


def _procedure(base: str, on: date) -> tuple[Procedure | None, bool]:
    """The version in force on a day; where none was, the one nearest to it."""
    known = catalogue.versions(base)
    for version in known:
        if on in version.valid:
            return version, True
    nearest = min(known, key=lambda one: abs((one.valid.start - on).days), default=None)
    return nearest, False


def _office(code: str, on: date) -> Office | None:
    return next((one for one in directory.versions(code) if on in one.valid), None)


def _process(procedure: Procedure, level: Level, on: date) -> Process | None:
    try:
        return catalogue.process_for(procedure, level=level, on=on)
    except NoProcess:
        return None


def _point(office: str, on: date) -> str:
    rows = ReceptionPointRow.objects.filter(office=office, valid__contains=on).order_by("key")
    return rows.values_list("key", flat=True).first() or ""


def _place(told: str, on: date, *, today: date) -> PlaceGiven | None:
    """A commune by its number or its whole name; a name that several have is none."""
    rows = PlaceRow.objects.filter(valid__contains=on)
    found = set(rows.filter(code=told).values_list("code", flat=True))
    if not found:
        named = rows.filter(name__iexact=told)
        found = {code for code in named.values_list("code", flat=True) if len(code) == 5}
    if len(found) != 1:
        return None
    (code,) = found
    try:
        return PlaceGiven(code, directory.place_today(code, on=today))
    except NoSuchPlace:
        return None

"""What the generator reads before it begins: the loaded province, its calendars and people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from thongsuot.actions.seed.ground import Province, Use
from thongsuot.actions.seed.life import Circumstances
from thongsuot.actions.seed.people import Names, read_names
from thongsuot.domain.directory import Level, OfficeKind, Place
from thongsuot.domain.dossier import policies as rules
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.records import calendar, posts
from thongsuot.records.calendar import PolicyRow
from thongsuot.records.catalogue import ProcedureRow, ProcessUseRow
from thongsuot.records.cutover import CutoverRuleRow
from thongsuot.records.directory import OfficeRow, PlaceRow, ReceptionPointRow
from thongsuot.records.spans import to_span


def names() -> Names:
    """The names of the data folder."""
    return read_names(Path(settings.DATA_DIR, "names", "vietnamese_names.json"))


def province() -> Province:
    """Everything that was loaded about the province."""
    root = OfficeRow.objects.filter(kind=OfficeKind.PROVINCE.value).first()
    places = PlaceRow.objects.order_by("code", "valid")
    if root is not None and root.place:
        places = places.filter(province=root.place)
    procedures = ProcedureRow.objects.exclude(levels=[]).order_by("base", "version")
    uses = ProcessUseRow.objects.select_related("process").order_by("id")
    return Province(
        offices=tuple(row.value() for row in OfficeRow.objects.order_by("code", "valid")),
        points=tuple(row.value() for row in ReceptionPointRow.objects.order_by("key", "valid")),
        places=tuple(Place(r.code, r.name, r.kind, r.parent, to_span(r.valid)) for r in places),
        procedures=tuple(row.value() for row in procedures),
        uses=tuple(
            Use(u.procedure, Level(u.level), u.process.value(), to_span(u.valid)) for u in uses
        ),
        moved=tuple(row.value() for row in CutoverRuleRow.objects.order_by("since", "id")),
    )


def calendar_of_all() -> WorkCalendar:
    """The calendar of the province, where an office has no hours of its own."""
    return calendar.calendar(office="")


def circumstances(*, until: datetime) -> Circumstances:
    """What every decision looks up, read once."""
    return Circumstances(
        calendar_of=cache(lambda office: calendar.calendar(office=office)),
        policies_on=_policies(),
        phrases_on=cache(lambda on: calendar.phrases(on=on)),
        staff=_staff(),
        until=until,
    )


def _policies() -> Callable[[date], rules.Policies]:
    known = [
        rules.Policy(r.key, r.value, to_span(r.valid), r.source, r.certainty)
        for r in PolicyRow.objects.all()
    ]
    return cache(lambda on: rules.on_day(known, on))


def _staff() -> Callable[[str, str], str]:
    held: dict[tuple[str, str], str] = {}
    for grant in posts.grants():
        held.setdefault((grant.office, grant.role), grant.account)
    return lambda office, role: held[office, role]

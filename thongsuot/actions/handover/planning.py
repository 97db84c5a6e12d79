"""A set of dossiers is frozen: which they are and how they stand, before anybody checks them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from thongsuot.actions.cutover import SystemWithoutPartner, require_keeper, require_moved
from thongsuot.domain.duties import Person
from thongsuot.domain.handover import HandoverChanged, NothingToHandOver
from thongsuot.records import cutover
from thongsuot.records import handover as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.words import reading

TOGETHER = 1000


@transaction.atomic
def plan(
    *,
    field: str,
    decision: object,
    office: str = "",
    received_from: datetime | None = None,
    received_before: datetime | None = None,
    by: Person,
    at: datetime,
) -> HandoverRow:
    """Freeze the open dossiers of a field, of one body or all, received in a period.

    They go to the system that receives the field by the rules. What another hand-over has
    already is left out.
    Raises NotYourRight, NoSuchField, SystemWithoutPartner, NothingToHandOver, HandoverChanged,
    FieldNeeded, FieldTooLong.
    """
    require_keeper(by, at)
    said = reading.text("decision", decision, longest=200)
    system = cutover.system(require_moved(field).system, on=cutover.day_of(at))
    if not system.partner:
        raise SystemWithoutPartner("system", system_name=system.name)
    until = received_before or at
    chosen = _chosen(field, office, received_from, until)
    if not chosen:
        raise NothingToHandOver("field", given=field)
    row = HandoverRow.objects.create(
        field=field,
        office=office,
        received_from=received_from,
        received_before=until,
        system=system.code,
        system_name=system.name,
        link=system.live_address or system.contact,
        partner=system.partner,
        decision=said,
        chosen=len(chosen),
        planned_by=by.account,
        planned_at=at,
    )
    _freeze(row, chosen)
    return row


def _chosen(
    field: str, office: str, since: datetime | None, until: datetime
) -> list[tuple[int, int]]:
    """The dossiers and their versions, without those that another hand-over has."""
    bases = ProcedureRow.objects.filter(field=field).values("base")
    rows = DossierRow.objects.filter(OPEN, procedure__in=bases, received_at__lt=until)
    rows = rows.filter(competent_office=office) if office else rows
    rows = rows.filter(received_at__gte=since) if since else rows
    found = list(rows.order_by("received_at", "pk").values_list("pk", "version"))
    taken = records.in_another(key for key, _ in found)
    return [(key, version) for key, version in found if key not in taken]


def _freeze(row: HandoverRow, chosen: list[tuple[int, int]]) -> None:
    lines = [
        HandoverLineRow(handover=row, dossier_id=key, version=version) for key, version in chosen
    ]
    try:
        with transaction.atomic():
            HandoverLineRow.objects.bulk_create(lines, batch_size=TOGETHER)
    except IntegrityError as clash:  # another hand-over took one of them meanwhile
        raise HandoverChanged("handover") from clash

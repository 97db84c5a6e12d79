"""Incidents: found, told, fixed; the clocks of chosen dossiers pause and run on in batches."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongsuot.actions.dossier import make
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.incidents import (
    IncidentStep,
    NobodyChosen,
    PausedState,
    require_order,
    require_running,
    require_told,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import dossier as dossiers
from thongsuot.records import incidents as records
from thongsuot.records.dossier import DossierRow
from thongsuot.records.incidents import IncidentDossierRow, IncidentRow
from thongsuot.words import reading
from thongsuot.words.refusals import sentence
from thongsuot.words.systems import PAUSED_FOR

AT_ONCE = 50
CHOSEN_AT_MOST = 100_000


def find(
    *, what: str, system: str, found_at: datetime, found_by: str, by: Person, at: datetime
) -> int:
    """An incident was found; its number. Raises NotYourRight, IncidentOutOfOrder."""
    _require(by, at)
    row = IncidentRow(what=what, system=system, found_at=found_at, found_by=found_by)
    require_order(row.value(), at=at)
    with transaction.atomic():
        records.keep_step(row, IncidentStep.FIND, said=what, by=by.account, at=at)
    return row.pk


@transaction.atomic
def tell(
    *, number: int, told_at: datetime, told_to: str, announced_in: str, by: Person, at: datetime
) -> None:
    """The incident was told, and by which notice of the system's owner.

    Raises NoSuchIncident, NotYourRight, IncidentOver, IncidentOutOfOrder.
    """
    _require(by, at)
    row = records.incident(number, lock=True)
    require_running(row.value())
    row.told_at, row.told_to, row.announced_in = told_at, told_to, announced_in
    require_order(row.value(), at=at)
    said = " · ".join(part for part in (told_to, announced_in) if part)
    records.keep_step(row, IncidentStep.TELL, said=said, by=by.account, at=at)


def pause(*, number: int, codes: tuple[str, ...], by: Person, at: datetime) -> int:
    """Choose the dossiers whose clocks stop for an incident; how many are new.

    The first stop at once, the others by the worker, each in a transaction of its own.
    Raises NoSuchIncident, NotYourRight, IncidentNotTold, IncidentOver, NobodyChosen, NoSuchDossier.
    """
    _require(by, at)
    with transaction.atomic():
        row = records.incident(number, lock=True)
        require_told(row.value())
        if not codes:
            raise NobodyChosen("codes")
        chosen = _chosen(tuple(dict.fromkeys(codes[:CHOSEN_AT_MOST])))
        known = set(row.dossiers.values_list("dossier_id", flat=True))
        fresh = [dossier for dossier in chosen if dossier.pk not in known]
        IncidentDossierRow.objects.bulk_create(
            IncidentDossierRow(
                incident=row,
                dossier=dossier,
                state=PausedState.CHOSEN.value,
                chosen_by=by.account,
            )
            for dossier in fresh
        )
        said = PAUSED_FOR.format(many=len(fresh))
        records.keep_step(row, IncidentStep.PAUSE, said=said, by=by.account, at=at)
    go_on(at=at, limit=AT_ONCE)
    return len(fresh)


def fix(*, number: int, fixed_at: datetime, how: str, by: Person, at: datetime) -> None:
    """The incident is over; the clocks that stopped for it run on.

    Raises NoSuchIncident, NotYourRight, IncidentOver, IncidentOutOfOrder.
    """
    _require(by, at)
    with transaction.atomic():
        row = records.incident(number, lock=True)
        require_running(row.value())
        row.fixed_at, row.how = fixed_at, how
        require_order(row.value(), at=at)
        records.keep_step(row, IncidentStep.FIX, said=how, by=by.account, at=at)
    go_on(at=at, limit=AT_ONCE)


def go_on(*, at: datetime, limit: int = 1000) -> int:
    """Stop the clocks that wait to be stopped, and let run those whose incident is over; how many.

    Killed in the middle, it goes on with the next: what was done is noted with the dossier.
    """
    to_pause = IncidentDossierRow.objects.filter(
        state=PausedState.CHOSEN.value, incident__fixed_at=None
    )
    to_resume = IncidentDossierRow.objects.filter(incident__fixed_at__isnull=False).filter(
        state__in=(PausedState.CHOSEN.value, PausedState.PAUSED.value)
    )
    numbers = [*to_pause.order_by("id").values_list("id", flat=True)[:limit]]
    numbers += to_resume.order_by("id").values_list("id", flat=True)[: limit - len(numbers)]
    return sum(_go_on(number, at) for number in numbers)


def _go_on(number: int, at: datetime) -> bool:
    with transaction.atomic():
        rows = IncidentDossierRow.objects.select_for_update(of=("self",), skip_locked=True)
        row = rows.select_related("incident", "dossier").filter(pk=number).first()
        if row is None or row.state not in (PausedState.CHOSEN, PausedState.PAUSED):
            return False
        if row.incident.fixed_at is None and row.state == PausedState.PAUSED:
            return False
        row.state, row.said = _moved(row, at)
        row.save(update_fields=["state", "said"])
        return True


def _moved(row: IncidentDossierRow, at: datetime) -> tuple[str, str]:
    """One dossier's clock stops or runs on; a refusal is noted beside it and holds no other up."""
    is_over = row.incident.fixed_at is not None
    if is_over and row.state == PausedState.CHOSEN:
        return PausedState.RESUMED.value, ""
    given = {"what": row.incident.what, "announced_in": row.incident.announced_in}
    try:
        with transaction.atomic():
            make(
                code=row.dossier.code,
                move="end_incident" if is_over else "begin_incident",
                given={} if is_over else given,
                by=access.account(row.chosen_by).person(),
                at=at,
            )
    except Refusal as refusal:
        return PausedState.REFUSED.value, sentence(refusal)[:500]
    return (PausedState.RESUMED if is_over else PausedState.PAUSED).value, ""


def _chosen(codes: tuple[str, ...]) -> list[DossierRow]:
    """The dossiers of these codes, those of other systems included. Raises NoSuchDossier."""
    keepable = [code for code in codes if reading.is_keepable(code)]
    found = {row.code: row for row in DossierRow.objects.filter(code__in=keepable)}
    rows = [found.get(code) or dossiers.find(code) for code in codes]
    return list({row.pk: row for row in rows}.values())


def _require(by: Person, at: datetime) -> None:
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=_day(at))


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

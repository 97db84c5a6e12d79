"""A dossier that another system receives is shown where it belongs, and counted."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from thongsuot.actions.dossier.keeping import day_of
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.cutover import BelongsElsewhere
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.records import cutover, directory


class BelongsHere(Refusal):
    """Nobody is sent elsewhere with a dossier that is received here."""

    code = "belongs_here"


def require_here(procedure: Procedure, *, received_at: datetime) -> None:
    """Raises BelongsElsewhere for a dossier that another system receives since before it came.

    Source: letter of Lai Châu 12/2025 (UBND-HCC) khoản 1.
    """
    found = cutover.destination(procedure, received_at=received_at)
    if found.system == settings.HOME_SYSTEM:
        return
    system = cutover.system(found.system, on=day_of(received_at))
    raise BelongsElsewhere(
        "procedure",
        procedure=str(procedure.code),
        system=system.code,
        system_name=system.name,
        body=system.body,
        link=system.live_address or system.contact or system.body,
        since=found.since.isoformat() if found.since else "",
        decision=found.decision,
    )


def send_elsewhere(
    *, procedure: Procedure, point: str, received_at: datetime, who: str, by: Person, at: datetime
) -> str:
    """Count somebody who was shown where their dossier belongs; the name of that system.

    `who` tells dossiers apart and is not kept. Raises BelongsHere, NoSuchReceptionPoint,
    NoSuchReceptionSystem.
    """
    found = cutover.destination(procedure, received_at=received_at)
    if found.system == settings.HOME_SYSTEM:
        raise BelongsHere("procedure", procedure=str(procedure.code))
    counter = directory.reception_point(point, on=day_of(received_at))
    told = f"{procedure.code.base}|{point}|{day_of(at)}|{' '.join(who.split()).casefold()}"
    cutover.count_sent_elsewhere(
        procedure,
        system=found.system,
        office=counter.office.canonical,
        point=point,
        by=by.account,
        received_at=received_at,
        at=at,
        digest=salted_hmac("thongsuot.elsewhere", told, algorithm="sha256").hexdigest(),
    )
    return cutover.system(found.system, on=day_of(received_at)).name

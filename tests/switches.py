"""A small reorganisation in the province of the cast, approved and switched."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from tests import builders, cast, life, rows
from thongsuot.actions import dossier as actions
from thongsuot.actions.reorganisation import switching
from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.reorganisation import (
    Create,
    Merge,
    MoveFunction,
    Plan,
    Share,
    ToBody,
    Which,
)
from thongsuot.domain.reorganisation.course import PlanStep
from thongsuot.records import reorganisation as records
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.words import plans

DAY = date(2025, 9, 10)
NEW = "H99.103"
PLAN = Plan(
    "may-trang-2025",
    "sắp xếp hai xã Bản Mây, Nậm Sương",
    "90",
    DAY,
    ("NQ bịa để thử",),
    (
        Create(NEW, "UBND xã Mây Sương", OfficeKind.COMMUNE, Level.COMMUNE, cast.PROVINCE),
        Merge((cast.BAN_MAY, cast.NAM_SUONG), NEW),
        MoveFunction(
            cast.DEPARTMENT,
            (Share(Which(procedures=frozenset({rows.AT_PROVINCE})), ToBody(cast.CONSTRUCTION)),),
        ),
    ),
)
AT = PLAN.effective_at + timedelta(minutes=5)
LATER = cast.moment("2025-09-10 09:00")
KEPT = [
    column.attname
    for column in DossierRow._meta.concrete_fields
    if column.attname not in ("version", "id")
]


@transaction.atomic
def approved(plan: Plan = PLAN) -> str:
    """A plan that a second person approved; its key. Nhung keeps the registers of the province."""
    RoleRow.objects.filter(code="office").update(rights=["systems"])
    row = records.draft(plan, plans.write(plan), by="nhung", at=cast.MONDAY)
    for step in (PlanStep.REHEARSE, PlanStep.APPROVE):
        records.take_step(row, step, by="son", at=cast.MONDAY)
    return plan.id


def switched() -> None:
    """The plan is switched."""
    switching.switch(key=approved(), at=AT)


def columns() -> dict[str, dict[str, object]]:
    """What lists read of every dossier, but its version."""
    return {one["code"]: one for one in DossierRow.objects.values(*KEPT)}


def received_by_the_heir() -> Dossier:
    """A dossier that the new commune took in at its own counter."""
    asked = life.request(
        submission=builders.submission(received_at=LATER - timedelta(minutes=30)),
        point=f"MC-{NEW}",
        competent=NEW,
    )
    return actions.receive(request=asked, by=cast.HOA, at=LATER - timedelta(minutes=30))

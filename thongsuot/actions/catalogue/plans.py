"""Simplification plans, by decision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions.catalogue.rights import require_office
from thongsuot.domain.catalogue import NoSuchProcedure
from thongsuot.domain.decisions import Decision
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.simplification import PlanLine
from thongsuot.records import simplification as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.decisions import save_decision


class PlanEmpty(Refusal):
    """A plan speaks of at least one procedure."""

    code = "plan_empty"


@transaction.atomic
def decide_plan(
    *, title: str, lines: tuple[PlanLine, ...], decision: Decision, by: Person, at: datetime
) -> int:
    """Keep a plan that was decided; its number.

    Raises CatalogueDutyNeeded, PlanEmpty, NoSuchProcedure.
    Source: NĐ 63/2010/NĐ-CP Đ.30; letter of Lai Châu 06/2025.
    """
    require_office(by, at=at)
    if not lines:
        raise PlanEmpty("lines")
    known = set(
        ProcedureRow.objects.filter(base__in=[line.procedure for line in lines]).values_list(
            "base", flat=True
        )
    )
    for number, line in enumerate(lines):
        if line.procedure not in known:
            raise NoSuchProcedure(f"lines.{number}.procedure", given=line.procedure)
    kept = save_decision(decision, by=by.account, at=at)
    return records.save_plan(title, lines, kept).pk

"""What can be told of simplification plans: their lines, what is done, what is saved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.simplification import PlanLine, Saving, saving
from thongsuot.records import simplification as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.simplification import PlanLineRow, PlanRow


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """A plan as a line of the list."""

    number: int
    title: str
    decision: str
    issued_on: date
    saving: Saving


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan with its lines, each with the name of its procedure."""

    summary: PlanSummary
    issuer: str
    lines: tuple[tuple[str, PlanLine], ...]


def plans() -> tuple[PlanSummary, ...]:
    """Every plan, the latest first."""
    rows = PlanRow.objects.select_related("decision").order_by("-decision__issued_on", "-id")
    lines: dict[int, list[PlanLine]] = defaultdict(list)
    for row in PlanLineRow.objects.select_related("amended_by").order_by("id"):
        lines[row.plan_id].append(row.value())
    return tuple(_summary(row, lines[row.pk]) for row in rows)


def plan(number: int) -> PlanPage:
    """One plan. Raises NoSuchPlan."""
    row = records.find(number)
    lines = [line.value() for line in row.lines.select_related("amended_by").order_by("id")]
    names = _names({line.procedure for line in lines})
    return PlanPage(
        summary=_summary(row, lines),
        issuer=row.decision.issuer,
        lines=tuple((names.get(line.procedure, ""), line) for line in lines),
    )


def _summary(row: PlanRow, lines: list[PlanLine]) -> PlanSummary:
    decision = row.decision
    return PlanSummary(row.pk, row.title, decision.number, decision.issued_on, saving(lines))


def _names(bases: set[str]) -> dict[str, str]:
    rows = ProcedureRow.objects.filter(base__in=bases).order_by("version")
    return dict(rows.values_list("base", "name"))

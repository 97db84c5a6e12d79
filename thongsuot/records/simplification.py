"""Simplification plans by decision, line by line."""

from __future__ import annotations

from django.db import models

from thongsuot.domain.deadline import Term
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.simplification import Burden, PlanLine
from thongsuot.records.decisions import DecisionRow


class NoSuchPlan(Refusal):
    """No plan has this number."""

    code = "no_such_plan"
    kind = Kind.UNKNOWN


class PlanRow(models.Model):
    """A simplification plan, bound to its decision."""

    title = models.CharField(max_length=300)
    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT)


class PlanLineRow(models.Model):
    """One procedure of a plan, before and after."""

    plan = models.ForeignKey(PlanRow, on_delete=models.CASCADE, related_name="lines")
    procedure = models.CharField(max_length=10, db_index=True)
    measure = models.TextField()
    cost_basis = models.TextField(blank=True)
    term_before = models.CharField(max_length=40, blank=True)
    term_after = models.CharField(max_length=40, blank=True)
    papers_before = models.PositiveIntegerField()
    papers_after = models.PositiveIntegerField()
    cost_before = models.PositiveBigIntegerField()
    cost_after = models.PositiveBigIntegerField()
    conditions_before = models.PositiveIntegerField()
    conditions_after = models.PositiveIntegerField()
    amended_by = models.ForeignKey(
        DecisionRow, on_delete=models.PROTECT, null=True, related_name="+"
    )

    def value(self) -> PlanLine:
        """The line that this row stands for."""
        return PlanLine(
            procedure=self.procedure,
            before=_burden(
                self.term_before, self.papers_before, self.cost_before, self.conditions_before
            ),
            after=_burden(
                self.term_after, self.papers_after, self.cost_after, self.conditions_after
            ),
            measure=self.measure,
            cost_basis=self.cost_basis,
            amended_by=self.amended_by.number if self.amended_by else "",
        )


def _burden(term: str, papers: int, cost: int, conditions: int) -> Burden:
    return Burden(Term.parse(term) if term else None, papers, cost, conditions)


def save_plan(title: str, lines: tuple[PlanLine, ...], decision: DecisionRow) -> PlanRow:
    """Keep a plan with its lines."""
    plan = PlanRow.objects.create(title=title, decision=decision)
    PlanLineRow.objects.bulk_create(
        PlanLineRow(
            plan=plan,
            procedure=line.procedure,
            measure=line.measure,
            cost_basis=line.cost_basis,
            term_before=str(line.before.term or ""),
            term_after=str(line.after.term or ""),
            papers_before=line.before.papers,
            papers_after=line.after.papers,
            cost_before=line.before.cost,
            cost_after=line.after.cost,
            conditions_before=line.before.conditions,
            conditions_after=line.after.conditions,
        )
        for line in lines
    )
    return plan


def find(number: int) -> PlanRow:
    """The plan of this number. Raises NoSuchPlan."""
    row = PlanRow.objects.select_related("decision").filter(pk=number).first()
    if row is None:
        raise NoSuchPlan("plan", given=number)
    return row


def line(number: int) -> PlanLineRow:
    """One line of a plan. Raises NoSuchPlan."""
    row = PlanLineRow.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        raise NoSuchPlan("fulfils", given=number)
    return row

"""A simplification plan says what of a procedure is to become less, and is followed until it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.domain.deadline import Term
from thongsuot.domain.refusal import Refusal


class NothingSimplified(Refusal):
    """A line of a plan that takes nothing from anybody is no simplification."""

    code = "nothing_simplified"


class CostBasisNeeded(Refusal):
    """A compliance cost is reckoned, and the plan says how."""

    code = "cost_basis_needed"


class AlreadyFulfilled(Refusal):
    """The line of the plan was carried out by a decision already."""

    code = "already_fulfilled"


class PlanOfAnother(Refusal):
    """The line of the plan speaks of another procedure."""

    code = "plan_of_another"


@dataclass(frozen=True, slots=True)
class Burden:
    """What a procedure asks of people: time, papers, money, conditions of business."""

    term: Term | None = None
    papers: int = 0
    cost: int = 0
    conditions: int = 0


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One procedure of a plan: before, after, how its cost is reckoned, what carried it out.

    Refuses: NothingSimplified, CostBasisNeeded. Source: NĐ 63/2010/NĐ-CP Đ.12, Đ.30.
    """

    procedure: str
    before: Burden
    after: Burden
    measure: str
    cost_basis: str = ""
    amended_by: str = ""

    def __post_init__(self) -> None:
        if (self.before.cost or self.after.cost) and not self.cost_basis.strip():
            raise CostBasisNeeded("cost_basis", procedure=self.procedure)
        if not _is_less(self.before, self.after):
            raise NothingSimplified("after", procedure=self.procedure)

    @property
    def saved(self) -> int:
        """The compliance cost saved in a year, in đồng."""
        return self.before.cost - self.after.cost


@dataclass(frozen=True, slots=True)
class Saving:
    """What plans save in a year: what is decided, and what is carried out of it."""

    lines: int
    lines_done: int
    cost_before: int
    cost: int
    cost_done: int


def saving(lines: Iterable[PlanLine]) -> Saving:
    """The totals of the lines of a plan."""
    listed = tuple(lines)
    done = [line for line in listed if line.amended_by]
    return Saving(
        lines=len(listed),
        lines_done=len(done),
        cost_before=sum(line.before.cost for line in listed),
        cost=sum(line.saved for line in listed),
        cost_done=sum(line.saved for line in done),
    )


def fulfil(line: PlanLine, *, procedure: str) -> None:
    """Check that a change of this procedure may carry out a line of a plan.

    Raises PlanOfAnother, AlreadyFulfilled.
    """
    if line.procedure != procedure:
        raise PlanOfAnother("fulfils", given=procedure, planned=line.procedure)
    if line.amended_by:
        raise AlreadyFulfilled("fulfils", given=procedure, decision=line.amended_by)


def _is_less(before: Burden, after: Burden) -> bool:
    shorter = (
        before.term is not None
        and after.term is not None
        and before.term.unit is after.term.unit
        and after.term.halves < before.term.halves
    )
    return shorter or any(
        getattr(after, part) < getattr(before, part) for part in ("papers", "cost", "conditions")
    )

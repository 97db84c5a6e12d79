"""Plans of reorganisation as lists and pages tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from thongsuot.domain.reorganisation import Plan
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow
from thongsuot.records.reorganisation import ReorganisationRow


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list."""

    key: str
    title: str
    effective_on: date
    state: str
    operations: int
    gaps: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """What was done with a plan, by whom, when."""

    step: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan: its text, what it says, its course."""

    line: PlanLine
    plan: Plan
    text: str
    seal: str
    steps: tuple[StepLine, ...]
    undone: frozenset[int]
    hands: frozenset[str]  # who drafted or rehearsed it: they do not approve it

    @property
    def may_rehearse(self) -> bool:
        """Whether it may be rehearsed now."""
        return self.line.state in (PlanState.DRAFT.value, PlanState.REHEARSED.value)

    @property
    def may_approve(self) -> bool:
        """Whether nothing but a second person is missing."""
        return self.line.state == PlanState.REHEARSED.value and not self.line.gaps

    @property
    def is_switched(self) -> bool:
        """Whether its switch is over."""
        return self.line.state == PlanState.SWITCHED.value

    @property
    def is_begun(self) -> bool:
        """Whether something of it was switched, so that there is a progress and a balance."""
        begun = (PlanState.SWITCHING, PlanState.SWITCHED, PlanState.UNDONE)
        return self.line.state in begun

    @property
    def may_edit(self) -> bool:
        """Whether it may be written anew."""
        return self.may_rehearse or self.line.state == PlanState.APPROVED.value


def plans() -> tuple[PlanLine, ...]:
    """Every plan, the latest day first."""
    return tuple(_line(row) for row in _rows().order_by("-effective_on", "key"))


def plan(key: str) -> PlanPage:
    """One plan. Raises NoSuchReorganisation, PlanCannotBeRead."""
    row = _rows().filter(key=key).first() or records.find(key)
    steps = list(row.steps.order_by("at", "pk"))
    names = dict(
        AccountRow.objects.filter(username__in=[one.by for one in steps]).values_list(
            "username", "name"
        )
    )
    undone = row.operations.filter(undone_at__isnull=False).values_list("number", flat=True)
    rehearsed = {one.by for one in steps if one.step == "rehearse" and one.seal == row.seal}
    return PlanPage(
        _line(row),
        row.value(),
        row.text,
        row.seal,
        tuple(StepLine(one.step, names.get(one.by, one.by), one.at, one.note) for one in steps),
        frozenset(undone),
        frozenset({row.drafted_by, *rehearsed}),
    )


def plan_titles(keys: Iterable[str]) -> dict[str, str]:
    """The titles of plans by their keys."""
    rows = ReorganisationRow.objects.filter(key__in=[*keys])
    return dict(rows.values_list("key", "title"))


def _rows() -> QuerySet[ReorganisationRow]:
    open_gaps = Count("gaps", filter=Q(gaps__closed_at=None), distinct=True)
    return ReorganisationRow.objects.annotate(
        many=Count("operations", distinct=True), open_gaps=open_gaps
    )


def _line(row: ReorganisationRow) -> PlanLine:
    return PlanLine(
        row.key,
        row.title,
        row.effective_on,
        row.state,
        getattr(row, "many", 0),
        getattr(row, "open_gaps", 0),
    )

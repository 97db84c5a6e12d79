"""A plan is kept as it is written, and approved by a second person once it leaves nothing open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions.reorganisation import listing
from thongsuot.actions.reorganisation.ground import Ground, ground_for
from thongsuot.actions.reorganisation.moves import Begins, Sets, accounts, counters, rosters
from thongsuot.actions.reorganisation.rehearsal import Rehearsal, known, look, require_planner
from thongsuot.domain.duties import Person
from thongsuot.domain.readiness import ReadinessItem, ReadinessVerdict
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Plan, require_sound
from thongsuot.domain.reorganisation.course import PlanState, PlanStep, state_after
from thongsuot.records import readiness
from thongsuot.records import reorganisation as records
from thongsuot.records.directory import ReceptionPointRow
from thongsuot.records.dossier import EventRow
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.words import plans
from thongsuot.words.systems import READINESS_ITEM

SHOWN = 5
BEFORE_SWITCH = {
    state.value for state in (PlanState.DRAFT, PlanState.REHEARSED, PlanState.APPROVED)
}
# What the system notes by itself is no act of a body.
BY_ITSELF = ("notice_sent", "became_near", "became_late")


class PlanHasGaps(Refusal):
    """A plan that leaves something open is not approved."""

    code = "plan_has_gaps"


class SamePersonApproves(Refusal):
    """Who drafted or rehearsed a plan does not approve it."""

    code = "same_person_approves"
    kind = Kind.FORBIDDEN


class PointsNotReady(Refusal):
    """Reception points that the plan begins or gives work to cannot open yet."""

    code = "points_not_ready"


class EffectBeforeLastAct(Refusal):
    """A body cannot end before what it did last."""

    code = "effect_before_last_act"


@transaction.atomic
def keep(text: str, by: Person, at: datetime) -> ReorganisationRow:
    """Keep a plan as it is written; what was rehearsed or approved before has to be so anew.

    Raises NotYourRight, PlanCannotBeRead, PlanNotSound, PlanNotAtThisStep.
    """
    require_planner(by, at)
    read = plans.read(text)
    if read.plan is None:
        raise records.PlanCannotBeRead("plan", plan="", faults=len(read.faults))
    require_sound(read.plan, known(ground_for(read.plan)))
    return records.draft(read.plan, text, by=by.account, at=at)


def rehearse(key: str, by: Person, at: datetime) -> Rehearsal:
    """Try a plan that is kept, and keep its gaps; nobody is locked out meanwhile.

    Of one that is approved only the result is kept. Raises NoSuchReorganisation, NotYourRight,
    PlanCannotBeRead, PlanNotSound.
    """
    require_planner(by, at)
    row = records.find(key)
    found = look(row.value(), at=at)
    with transaction.atomic():
        row = records.find(key, lock=True)
        if row.seal == found.seal and row.state in BEFORE_SWITCH:
            listing.keep(row, found, by=by)
            if row.state != PlanState.APPROVED.value:
                records.keep_gaps(row, found.gaps, at=at)
                records.take_step(row, PlanStep.REHEARSE, by=by.account, at=at)
    return found


@transaction.atomic
def approve(key: str, by: Person, at: datetime, waive: str = "") -> None:
    """Approve a plan that was rehearsed without a gap; `waive` is why red items hinder nothing.

    Raises NoSuchReorganisation, NotYourRight, PlanNotAtThisStep, SamePersonApproves, PlanHasGaps,
    EffectBeforeLastAct, PointsNotReady.
    """
    require_planner(by, at)
    row = records.find(key, lock=True)
    state_after(PlanStep.APPROVE, PlanState(row.state), plan=key)
    _require_second(row, by)
    gaps = row.gaps.filter(closed_at__isnull=True).count()
    if gaps:
        raise PlanHasGaps("plan", plan=key, gaps=gaps)
    plan = row.value()
    ground = ground_for(plan)
    _require_after_last_act(plan, ground)
    red = red_items(ground, at=at)
    if red and not waive:
        told = [f"{point}: {READINESS_ITEM[item.value]}" for point, item in red]
        raise PointsNotReady("plan", plan=key, many=len(told), items=told[:SHOWN])
    _waive(red, why=waive, by=by, at=at)
    records.take_step(row, PlanStep.APPROVE, by=by.account, at=at, note=waive[:1000])


def red_items(ground: Ground, *, at: datetime) -> tuple[tuple[str, ReadinessItem], ...]:
    """What keeps the reception points of a plan from opening on its day.

    Who comes to a counter by the plan itself counts as being there.
    """
    points, staffed = _points(ground)
    named = {str(move.after.get("office", "")) for move in rosters(ground).moves if move.changes}
    by_plan = {
        **{(point, ReadinessItem.ACCOUNTS): True for point in staffed},
        **{(p, ReadinessItem.ROSTER): True for p, office in points.items() if office in named},
    }
    checks = readiness.checks(points, at=at, on=ground.day)
    return tuple(
        (point, check.item)
        for point in sorted(checks)
        for check in checks[point]
        if check.is_red and (point, check.item) not in by_plan
    )


def _points(ground: Ground) -> tuple[dict[str, str], set[str]]:
    """The counters that a plan begins or gives work to, with their bodies; and those it staffs."""
    heirs = {one.to for one in counters(ground).moves if one.to}
    heirs |= {move.to for move in accounts(ground).moves if move.to} | set(ground.begun)
    rows = ReceptionPointRow.objects.filter(valid__contains=ground.day, office__in=heirs)
    points = dict(rows.values_list("key", "office"))
    for move in counters(ground).moves:
        for change in move.changes:
            if isinstance(change, Begins):
                points[move.key] = move.to
            else:
                points.pop(move.key, None)
    staffed = {
        str(change.value)
        for move in accounts(ground).moves
        for change in move.changes
        if isinstance(change, Sets) and change.column == "reception_point"
    }
    return points, staffed


def _require_second(row: ReorganisationRow, by: Person) -> None:
    rehearsed = row.steps.filter(step=PlanStep.REHEARSE.value, seal=row.seal)
    if by.account in {row.drafted_by, *rehearsed.values_list("by", flat=True)}:
        raise SamePersonApproves("by", person=by.name)


def _require_after_last_act(plan: Plan, ground: Ground) -> None:
    acts = EventRow.objects.filter(office__in=ground.touched, occurred_at__gte=plan.effective_at)
    last = acts.exclude(name__in=BY_ITSELF).order_by("-occurred_at").first()
    if last is not None:
        raise EffectBeforeLastAct(
            "plan",
            plan=plan.id,
            office=last.office,
            last=last.occurred_at.isoformat(),
            since=plan.effective_on.isoformat(),
        )


def _waive(
    red: tuple[tuple[str, ReadinessItem], ...], *, why: str, by: Person, at: datetime
) -> None:
    ReadinessNoteRow.objects.bulk_create(
        ReadinessNoteRow(
            point=point,
            item=item.value,
            verdict=ReadinessVerdict.WAIVED.value,
            remark=why[:500],
            by=by.account,
            at=at,
        )
        for point, item in red
    )

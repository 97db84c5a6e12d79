"""Plans of reorganisation as documents, where they stand, and everything that they moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Bodies, Gap, GapKind, Plan, Subject, kind_of, without
from thongsuot.domain.reorganisation.course import MoveStep, PlanState, PlanStep, state_after
from thongsuot.records import directory
from thongsuot.records.codec import Json
from thongsuot.records.directory import OfficeRow
from thongsuot.words import plans


class NoSuchReorganisation(Refusal):
    """No plan of reorganisation is kept under this key."""

    code = "no_such_reorganisation"
    kind = Kind.UNKNOWN


class PlanCannotBeRead(Refusal):
    """The text of a plan has faults; each is told with its line by the check of plans."""

    code = "plan_cannot_be_read"
    kind = Kind.MALFORMED


class ReorganisationRow(models.Model):
    """A plan: its text as it was written, and the seal over what it does."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    province = models.CharField(max_length=2)
    effective_on = models.DateField()
    text = models.TextField()
    seal = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=PlanState.DRAFT.value, db_index=True)
    drafted_by = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["effective_on"], name="reorganisation_day")]

    def value(self) -> Plan:
        """The plan, without the operations that were undone. Raises PlanCannotBeRead."""
        read = plans.read(self.text)
        if read.plan is None:
            raise PlanCannotBeRead("plan", plan=self.key, faults=len(read.faults))
        undone = self.operations.filter(undone_at__isnull=False)
        return without(read.plan, undone.values_list("number", flat=True))


class ReorganisationStepRow(models.Model):
    """One step of a plan's course: who, when, over which seal. Never changed or removed."""

    plan = models.ForeignKey(ReorganisationRow, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["plan", "at"], name="reorganisation_steps")]


class OperationRow(models.Model):
    """One operation of a plan, by its number, when it was done and when undone."""

    plan = models.ForeignKey(ReorganisationRow, models.CASCADE, related_name="operations")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    why_not_undone = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="operation_once"),
            models.CheckConstraint(
                name="only_what_was_done_is_undone",
                condition=models.Q(undone_at__isnull=True) | models.Q(done_at__isnull=False),
            ),
        ]


class MovedRow(models.Model):
    """One thing that a plan moved: before, after, by which rule. Never changed or removed.

    What was moved back, or done by people from a worklist, is one more row.
    """

    plan = models.ForeignKey(ReorganisationRow, models.PROTECT, related_name="moved")
    operation = models.PositiveIntegerField()
    subject = models.CharField(max_length=20)
    key = models.CharField(max_length=80)  # a dossier's code, an account, a counter, a code
    step = models.CharField(max_length=8)
    before = models.JSONField()
    after = models.JSONField()
    rule = models.CharField(max_length=200)
    is_fallback = models.BooleanField(default=False)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["plan", "subject", "key"], name="moved_of_subject"),
            models.Index(fields=["plan", "operation"], name="moved_by_operation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="moved_subject_is_known",
                condition=models.Q(subject__in=[subject.value for subject in Subject]),
            ),
            models.CheckConstraint(
                name="moved_step_is_known",
                condition=models.Q(step__in=[step.value for step in MoveStep]),
            ),
        ]


class GapRow(models.Model):
    """A gap that a rehearsal or a switch found; open until somebody closed it."""

    plan = models.ForeignKey(ReorganisationRow, models.CASCADE, related_name="gaps")
    kind = models.CharField(max_length=24)
    office = models.CharField(max_length=35)
    procedure = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=5, blank=True)
    role = models.CharField(max_length=30, blank=True)
    candidates = models.JSONField(default=list)
    operation = models.PositiveIntegerField(default=0)
    dossier = models.CharField(max_length=60, blank=True)  # the one that it holds back
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["plan"], name="gaps_open", condition=models.Q(closed_at__isnull=True)
            )
        ]

    def value(self) -> Gap:
        """The gap that this row stands for."""
        return Gap(
            GapKind(self.kind),
            self.office,
            self.procedure,
            self.place,
            self.role,
            tuple(self.candidates),
            self.operation,
        )


def find(key: str, *, lock: bool = False) -> ReorganisationRow:
    """The row of a plan. Raises NoSuchReorganisation."""
    rows = ReorganisationRow.objects.filter(key=key)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchReorganisation("plan", given=key)
    return row


def draft(plan: Plan, text: str, *, by: str, at: datetime) -> ReorganisationRow:
    """Keep a plan as it is written now; one that was rehearsed has to be rehearsed anew.

    Raises PlanNotAtThisStep once its switch has begun.
    """
    row = ReorganisationRow.objects.select_for_update().filter(key=plan.id).first()
    state = PlanState(row.state) if row else PlanState.DRAFT
    state_after(PlanStep.DRAFT, state, plan=plan.id)
    told = {
        "title": plan.title[:300],
        "province": plan.province,
        "effective_on": plan.effective_on,
        "text": text,
        "seal": plan.seal,
        "drafted_by": by,
        "drafted_at": at,
    }
    kept, _ = ReorganisationRow.objects.update_or_create(key=plan.id, defaults=told)
    kept.operations.all().delete()
    OperationRow.objects.bulk_create(
        OperationRow(plan=kept, number=number, kind=kind_of(one).value)
        for number, one in plan.numbered
    )
    take_step(kept, PlanStep.DRAFT, by=by, at=at)
    return kept


def take_step(
    row: ReorganisationRow, step: PlanStep, *, by: str, at: datetime, note: str = ""
) -> PlanState:
    """Record a step of a plan and where it stands then. Raises PlanNotAtThisStep."""
    state = state_after(step, PlanState(row.state), plan=row.key)
    row.state = state.value
    row.save(update_fields=["state"])
    ReorganisationStepRow.objects.create(
        plan=row, step=step.value, by=by, at=at, seal=row.seal, note=note
    )
    return state


def keep_gaps(row: ReorganisationRow, gaps: Iterable[tuple[Gap, str]], *, at: datetime) -> int:
    """Keep the gaps of a rehearsal in place of those of the one before; each with its dossier."""
    row.gaps.filter(closed_at__isnull=True).delete()
    made = GapRow.objects.bulk_create(
        (
            GapRow(
                plan=row,
                kind=gap.kind.value,
                office=gap.office,
                procedure=gap.procedure,
                place=gap.place,
                role=gap.role,
                candidates=list(gap.candidates),
                operation=gap.operation,
                dossier=dossier,
                found_at=at,
            )
            for gap, dossier in gaps
        ),
        batch_size=5000,
    )
    return len(made)


def moved(
    row: ReorganisationRow,
    *,
    operation: int,
    subject: Subject,
    key: str,
    before: Json,
    after: Json,
    rule: str,
    by: str,
    at: datetime,
    step: MoveStep = MoveStep.MOVED,
    is_fallback: bool = False,
) -> MovedRow:
    """One line of what a plan moved, not yet kept: they are kept many at a time."""
    return MovedRow(
        plan=row,
        operation=operation,
        subject=subject.value,
        key=key,
        step=step.value,
        before=before,
        after=after,
        rule=rule[:200],
        is_fallback=is_fallback,
        by=by,
        at=at,
    )


def switched() -> list[Plan]:
    """The plans that hold, in the order of their days, without what was undone."""
    rows = ReorganisationRow.objects.filter(
        state__in=[PlanState.SWITCHING.value, PlanState.SWITCHED.value]
    )
    return [row.value() for row in rows.order_by("effective_on", "id")]


def bodies() -> Bodies:
    """Every version of every body that is loaded, and who follows whom."""
    versions = frozenset(row.value() for row in OfficeRow.objects.all())
    return Bodies(versions, frozenset(directory.successions()))

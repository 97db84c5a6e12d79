"""Proposals of processes and rosters, and every step that was taken with them."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from thongsuot.domain.proposals import NoSuchProposal, ProposalKind, ProposalState, Step
from thongsuot.records.codec import Json
from thongsuot.records.decisions import DecisionRow


class ProposalRow(models.Model):
    """Something that a body proposes; in force only by a decision."""

    kind = models.CharField(max_length=10)
    office = models.CharField(max_length=35, db_index=True)
    subject = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10)
    remark = models.TextField(blank=True)
    body = models.JSONField()
    by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="in_force", decision__isnull=False)
                | ~models.Q(state="in_force") & models.Q(decision__isnull=True),
                name="proposal_in_force_by_decision",
            )
        ]


class ProposalStepRow(models.Model):
    """One step taken with a proposal."""

    proposal = models.ForeignKey(ProposalRow, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    remark = models.TextField(blank=True)
    at = models.DateTimeField()


def find(number: int, *, lock: bool = False) -> ProposalRow:
    """The proposal of this number. Raises NoSuchProposal."""
    rows = ProposalRow.objects.select_related(None if lock else "decision")
    row = (rows.select_for_update() if lock else rows).filter(pk=number).first()
    if row is None:
        raise NoSuchProposal("proposal", given=number)
    return row


def open_one(
    kind: ProposalKind,
    *,
    office: str,
    subject: str,
    title: str,
    body: Json,
    by: str,
    at: datetime,
) -> ProposalRow:
    """Keep a new draft of a proposal."""
    row = ProposalRow.objects.create(
        kind=kind.value,
        office=office,
        subject=subject,
        title=title,
        state=ProposalState.DRAFTED.value,
        body=body,
        by=by,
        changed_at=at,
    )
    keep_step(row, Step.EDIT, by=by, at=at)
    return row


def keep_step(row: ProposalRow, step: Step, *, by: str, at: datetime, remark: str = "") -> None:
    """Keep that a step was taken."""
    row.changed_at = at
    row.save()
    ProposalStepRow.objects.create(proposal=row, step=step.value, by=by, remark=remark, at=at)

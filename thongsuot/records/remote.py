"""Dossiers held elsewhere as they were last told of, and in what they disagree with ours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models

from thongsuot.domain.cutover import remote as rules
from thongsuot.domain.dossier import Outcome, Status
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.dossier import DossierRow


class NoSuchDivergence(Refusal):
    """No difference of this number waits for somebody."""

    code = "no_such_divergence"
    kind = Kind.UNKNOWN


class RemoteDossierRow(models.Model):
    """A dossier that another system holds: read here, never worked on; nothing of its applicant."""

    partner = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    procedure = models.CharField(max_length=10)
    field = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=2)
    raw_status = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    body = models.CharField(max_length=120, blank=True)
    step = models.CharField(max_length=200, blank=True)
    holder = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_over = models.BooleanField()
    said_at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "code"], name="remote_once")]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="remote_received"),
            models.Index(fields=["body"], condition=models.Q(is_over=False), name="remote_open"),
            models.Index(fields=["procedure"], name="remote_procedure"),
        ]

    def value(self) -> rules.RemoteDossier:
        """The dossier that this row stands for."""
        return rules.RemoteDossier(
            partner=self.partner,
            code=self.code,
            procedure=self.procedure,
            status=Status(self.status),
            raw_status=self.raw_status,
            received_at=self.received_at,
            due_at=self.due_at,
            ended_at=self.ended_at,
            said_at=self.said_at,
            field=self.field,
            channel=self.channel,
            body=self.body,
            step=self.step,
            holder=self.holder,
        )


class DivergenceRow(models.Model):
    """In what a dossier is told differently here and there, until it agrees or somebody settles it."""

    remote = models.ForeignKey(RemoteDossierRow, on_delete=models.PROTECT, related_name="apart")
    dossier = models.CharField(max_length=60, blank=True)
    aspect = models.CharField(max_length=10)
    ours = models.CharField(max_length=80)
    theirs = models.CharField(max_length=80)
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remote", "aspect"],
                condition=models.Q(gone_at=None),
                name="divergence_is_open_once",
            )
        ]


def find(partner: str, code: str) -> RemoteDossierRow | None:
    """What was told of a dossier, held until the end of the transaction."""
    return (
        RemoteDossierRow.objects.select_for_update(of=("self",))
        .filter(partner=partner, code=code)
        .first()
    )


def keep(
    row: RemoteDossierRow | None, told: rules.RemoteDossier, *, at: datetime
) -> RemoteDossierRow:
    """Keep what a partner told last of a dossier."""
    row = row or RemoteDossierRow(partner=told.partner, code=told.code)
    row.procedure = told.procedure
    row.field = told.field
    row.status, row.raw_status = told.status.value, told.raw_status
    row.channel, row.body = told.channel, told.body
    row.step, row.holder = told.step, told.holder
    row.received_at, row.due_at, row.ended_at = told.received_at, told.due_at, told.ended_at
    row.is_over, row.said_at, row.heard_at = told.is_over, told.said_at, at
    row.save()
    return row


def held(partner: str, code: str) -> rules.Held | None:
    """What we hold of the same dossier: by its code, or by the code that the partner gave it."""
    rows = DossierRow.objects.filter(code=code)
    known = DossierRow.objects.filter(identifiers__system=partner, identifiers__code=code)
    row = rows.first() or known.first()
    if row is None:
        return None
    return rules.Held(
        row.code,
        row.procedure,
        row.received_at,
        row.due_at,
        is_over=row.ended_at is not None,
        is_moved=row.outcome == Outcome.MOVED,
    )


def note_divergences(
    row: RemoteDossierRow, found: Collection[rules.Divergence], *, dossier: str, at: datetime
) -> None:
    """Keep in what a dossier disagrees: what agrees again is over, what changed is told anew."""
    now = {one.aspect.value: one for one in found}
    for known in row.apart.filter(gone_at=None):
        one = now.get(known.aspect)
        if one is not None and (one.ours, one.theirs) == (known.ours, known.theirs):
            del now[known.aspect]
        else:
            known.gone_at = at
            known.save(update_fields=["gone_at"])
    settled = {
        (known.aspect, known.ours, known.theirs) for known in row.apart.exclude(settled_by="")
    }
    DivergenceRow.objects.bulk_create(
        DivergenceRow(
            remote=row,
            dossier=dossier,
            aspect=one.aspect.value,
            ours=one.ours,
            theirs=one.theirs,
            seen_at=at,
        )
        for one in now.values()
        # What somebody settled by name does not come back with the same two values.
        if (one.aspect.value, one.ours, one.theirs) not in settled
    )


def open_divergence(number: int) -> DivergenceRow:
    """A difference that waits for somebody, to settle it. Raises NoSuchDivergence."""
    row = DivergenceRow.objects.select_for_update().filter(pk=number, gone_at=None).first()
    if row is None:
        raise NoSuchDivergence("divergence", given=number)
    return row

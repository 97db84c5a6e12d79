"""Decisions, what each of them changed in the catalogue, and what is still a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import models

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.decisions import Decision
from thongsuot.domain.publication import Change
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.catalogue import ProcedureRow, procedure_row
from thongsuot.records.codec import decode, encode
from thongsuot.records.spans import to_range


class NoSuchDraft(Refusal):
    """Nobody drafted this procedure."""

    code = "no_such_draft"
    kind = Kind.UNKNOWN


class DecisionRow(models.Model):
    """A decision that put something in force."""

    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=200)
    title = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField()
    by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    def value(self) -> Decision:
        """The decision that this row stands for."""
        return Decision(self.number, self.issued_on, self.issuer, self.title, self.valid_from)


class ProcedureChangeRow(models.Model):
    """What a decision did to a procedure."""

    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)
    base = models.CharField(max_length=10, db_index=True)
    ended_version = models.PositiveIntegerField(null=True)
    begun_version = models.PositiveIntegerField(null=True)
    replaced_by = models.CharField(max_length=10, blank=True)


class ProcedureDraftRow(models.Model):
    """A procedure that is being written; it is in force for nobody."""

    base = models.CharField(max_length=10, unique=True)
    name = models.TextField()
    body = models.JSONField()
    source = models.CharField(max_length=200)
    by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()

    def value(self) -> Procedure:
        """The procedure as drafted."""
        return decode(Procedure, self.body)


def save_decision(value: Decision, *, by: str, at: datetime) -> DecisionRow:
    """Keep a decision; one that changes several things is kept once."""
    row, _ = DecisionRow.objects.get_or_create(
        number=value.number,
        issued_on=value.issued_on,
        valid_from=value.valid_from,
        defaults={"issuer": value.issuer, "title": value.title, "by": by, "recorded_at": at},
    )
    return row


def save_change(
    change: Change, *, base: str, search: str, source: str, by: str, at: datetime
) -> DecisionRow:
    """Keep what a decision did: the version that ends, then the one that begins."""
    decision = save_decision(change.decision, by=by, at=at)
    if change.ended:
        _end(change.ended)
    if change.begun:
        procedure_row(change.begun, search=search, source=source).save()
    ProcedureChangeRow.objects.create(
        decision=decision,
        kind=change.kind.value,
        base=base,
        ended_version=change.ended.version if change.ended else None,
        begun_version=change.begun.version if change.begun else None,
        replaced_by=change.replaced_by,
    )
    return decision


def _end(ended: Procedure) -> None:
    row = ProcedureRow.objects.select_for_update().get(base=ended.code.base, version=ended.version)
    row.valid, row.body = to_range(ended.valid), encode(ended)
    row.save(update_fields=["valid", "body"])


def draft(base: str) -> ProcedureDraftRow:
    """The draft of a procedure. Raises NoSuchDraft."""
    row = ProcedureDraftRow.objects.filter(base=base).first()
    if row is None:
        raise NoSuchDraft("draft", given=base)
    return row


def save_draft(value: Procedure, *, source: str, by: str, at: datetime) -> None:
    """Keep the draft of a procedure in place of an earlier one."""
    body = encode(replace(value, decision="", version=1))
    ProcedureDraftRow.objects.update_or_create(
        base=value.code.base,
        defaults={
            "name": value.name,
            "body": body,
            "source": source,
            "by": by,
            "changed_at": at,
        },
    )


def decisions_on(base: str) -> list[tuple[ProcedureChangeRow, date]]:
    """What decisions did to a procedure, the latest first, with the day from which it holds."""
    rows = ProcedureChangeRow.objects.select_related("decision").filter(base=base)
    return [(row, row.decision.valid_from) for row in rows.order_by("-decision__valid_from", "-id")]

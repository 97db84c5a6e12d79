"""Hand-overs of dossiers to the systems of ministries, line by line to their end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models

from thongsuot.domain.handover import (
    PENDING,
    FrozenLine,
    HandoverBooks,
    HandoverState,
    LineState,
    digest_of,
)
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.dossier import DossierRow
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import OutboxRow


class NoSuchHandover(Refusal):
    """No hand-over has this number."""

    code = "no_such_handover"
    kind = Kind.UNKNOWN


class HandoverRow(models.Model):
    """A set of dossiers that goes to a ministry's system: which, where to, who answers for it."""

    field = models.CharField(max_length=200)
    office = models.CharField(max_length=35, blank=True)
    received_from = models.DateTimeField(null=True)
    received_before = models.DateTimeField()
    system = models.CharField(max_length=40)
    system_name = models.CharField(max_length=200)
    link = models.CharField(max_length=300, blank=True)
    partner = models.CharField(max_length=40)
    decision = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default=HandoverState.PLANNED.value)
    connection = models.PositiveIntegerField(default=0)  # the version it was checked against
    shape = models.CharField(max_length=60, blank=True)  # the specification, with its version
    digest = models.CharField(max_length=64, blank=True)
    planned_by = models.CharField(max_length=60)
    planned_at = models.DateTimeField()
    checked_by = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was withdrawn
    wanted = models.CharField(max_length=8, blank=True)  # what a worker is asked to do with it
    wanted_by = models.CharField(max_length=60, blank=True)
    trouble = models.CharField(max_length=400, blank=True)  # why what was asked last was not done
    evidence = models.JSONField(default=dict)  # what was signed, without the certificates
    chosen = models.PositiveIntegerField()

    def head(self) -> dict[str, object]:
        """What is approved besides the dossiers."""
        return {
            "handover": self.pk,
            "field": self.field,
            "system": self.system,
            "partner": self.partner,
            "connection": self.connection,
            "shape": self.shape,
            "decision": self.decision,
        }

    def books(self) -> HandoverBooks:
        """The balance of its dossiers."""
        counted = self.lines.values_list("state").annotate(many=models.Count("pk")).order_by()
        return HandoverBooks.of(self.chosen, counted)

    def frozen(self) -> str:
        """The digest of the set as its lines are now."""
        rows = self.lines.values_list("dossier__code", "version", "state", "form")
        return digest_of(self.head(), (FrozenLine(*row) for row in rows))


class HandoverLineRow(models.Model):
    """One dossier of a hand-over: as it was frozen, whether it fits, what became of it."""

    handover = models.ForeignKey(HandoverRow, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey(DossierRow, models.PROTECT, related_name="handovers")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=LineState.LISTED.value)
    reasons = models.JSONField(default=list)
    form = models.CharField(max_length=64, blank=True)  # what the partner gets, as a digest
    seq = models.PositiveIntegerField(default=0)  # the version at which it was offered
    reference = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)
    certificate = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "dossier"], name="dossier_once_in_a_handover"
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(state__in=sorted(state.value for state in PENDING)),
                name="dossier_in_one_handover_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["handover", "state", "id"], name="handover_lines")]


def find(number: int, *, lock: bool = False) -> HandoverRow:
    """A hand-over by its number. Raises NoSuchHandover."""
    rows = HandoverRow.objects.filter(pk=number)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchHandover("handover", given=number)
    return row


def lines_in(
    row: HandoverRow, *states: LineState, after: int = 0, limit: int
) -> Sequence[HandoverLineRow]:
    """The next lines of a hand-over in these states, with their dossiers."""
    lines = row.lines.filter(state__in=states, pk__gt=after).select_related("dossier")
    return list(lines.order_by("pk")[:limit])


def line(number: int) -> HandoverLineRow:
    """One line, ours alone until the end of the transaction."""
    rows = HandoverLineRow.objects.select_for_update(of=("self",)).select_related("dossier")
    return rows.get(pk=number)


def in_another(dossiers: Iterable[int]) -> set[int]:
    """Which of these dossiers another hand-over has already and has not brought to an end."""
    taken = HandoverLineRow.objects.filter(dossier__in=dossiers, state__in=PENDING)
    return set(taken.values_list("dossier", flat=True))


def message_of(row: HandoverRow, line_: HandoverLineRow) -> OutboxRow | None:
    """What is owed to the partner of a line that was sent."""
    rows = OutboxRow.objects.filter(partner=row.partner, dossier=line_.dossier_id, seq=line_.seq)
    return rows.select_for_update().first()


def last_word(message: OutboxRow, *steps: str) -> str:
    """What the ledger says last of a message, of these kinds of lines; "" where nothing."""
    lines = LedgerRow.objects.filter(partner=message.partner, message=message.pk)
    told = lines.filter(step__in=steps) if steps else lines
    return told.order_by("-number").values_list("told", flat=True).first() or ""


def last_steps(message: OutboxRow) -> tuple[str, ...]:
    """The kinds of the last lines that the ledger has of a message, the newest first."""
    lines = LedgerRow.objects.filter(partner=message.partner, message=message.pk)
    return tuple(lines.order_by("-number").values_list("step", flat=True)[:2])

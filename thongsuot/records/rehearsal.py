"""The last rehearsal of each plan as it was told then: nobody computes it anew to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, models, transaction
from psycopg import sql

from thongsuot.records.codec import Json
from thongsuot.records.reorganisation import ReorganisationRow


class RehearsalRow(models.Model):
    """What a plan would have done to the data of a moment, by the seal that it had."""

    plan = models.OneToOneField(ReorganisationRow, models.CASCADE, related_name="rehearsal")
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    due = models.CharField(max_length=600)
    totals = models.JSONField()  # how many things of each subject are touched
    by_fallback = models.PositiveIntegerField()
    gaps = models.JSONField()  # each a sentence and the dossier that it holds back


class RehearsalLineRow(models.Model):
    """One thing that a rehearsal touched, in words."""

    rehearsal = models.ForeignKey(RehearsalRow, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    body = models.TextField()
    to = models.TextField()
    before = models.TextField()
    after = models.TextField()
    rule = models.TextField()
    operation = models.PositiveIntegerField()
    is_fallback = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "number"], name="rehearsal_line_once")
        ]


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a rehearsal before it is kept; bodies by their names."""

    subject: str
    key: str
    body: str
    to: str
    before: str
    after: str
    rule: str
    operation: int
    is_fallback: bool


@transaction.atomic
def keep(
    plan: ReorganisationRow,
    lines: Sequence[KeptLine],
    *,
    seal: str,
    at: datetime,
    by: str,
    told: Mapping[str, Json],
) -> None:
    """Keep a rehearsal in place of the one before."""
    RehearsalRow.objects.filter(plan=plan).delete()
    kept = RehearsalRow.objects.create(plan=plan, seal=seal, at=at, by=by, **told)
    names = ("rehearsal_id", "number", *KeptLine.__slots__)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY records_rehearsallinerow ({}) FROM STDIN").format(columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number, line in enumerate(lines, start=1):
            copy.write_row((kept.pk, number, *asdict(line).values()))

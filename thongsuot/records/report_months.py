"""How many dossiers came and ended in each month, kept up with every batch that is reckoned."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models

# So that a dashboard adds up some thousands of rows and not a million dossiers.
_CHANGE = """
INSERT INTO records_reportmonthrow
       (month, office, field, system, is_online, received, resolved, resolved_late)
SELECT date_trunc('month', at AT TIME ZONE INTERVAL '7 hours')::date,
       office, field, system, is_online,
       %(sign)s * sum(received), %(sign)s * sum(resolved), %(sign)s * sum(resolved_late)
  FROM (SELECT received_at AS at, office, field, system, is_online,
               1 AS received, 0 AS resolved, 0 AS resolved_late
          FROM records_stretchrow
         WHERE number = 1 AND NOT is_interlinked
           AND (%(dossiers)s::bigint[] IS NULL OR dossier = ANY(%(dossiers)s))
        UNION ALL
        SELECT ended_at, office, field, system, is_online, 0, 1,
               CASE WHEN outcome <> 'withdrawn'
                     AND (ended_at AT TIME ZONE INTERVAL '7 hours')::date
                         > (due_at AT TIME ZONE INTERVAL '7 hours')::date
                    THEN 1 ELSE 0 END
          FROM records_stretchrow
         WHERE ended_at IS NOT NULL AND outcome <> 'moved' AND NOT is_interlinked
           AND (%(dossiers)s::bigint[] IS NULL OR dossier = ANY(%(dossiers)s))) told
 GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (month, office, field, system, is_online) DO UPDATE
       SET received = records_reportmonthrow.received + excluded.received,
           resolved = records_reportmonthrow.resolved + excluded.resolved,
           resolved_late = records_reportmonthrow.resolved_late + excluded.resolved_late
"""


class ReportMonthRow(models.Model):
    """What one body received and resolved in a month, by field, system and channel.

    Late is by the day of the first appointment, as Biểu II.06 says it; an interlinked dossier is
    counted with the one above it, and one that went to a ministry was not resolved here.
    """

    month = models.DateField()
    office = models.CharField(max_length=35)
    field = models.CharField(max_length=200, blank=True)
    system = models.CharField(max_length=40)
    is_online = models.BooleanField()
    received = models.IntegerField()
    resolved = models.IntegerField()
    resolved_late = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "office", "field", "system", "is_online"], name="report_month_once"
            )
        ]


def take_away(dossiers: Sequence[int]) -> None:
    """Take away what some dossiers count for by their stretches, before these are made anew."""
    _change(dossiers, -1)


def add(dossiers: Sequence[int]) -> None:
    """Add what some dossiers count for by their stretches."""
    _change(dossiers, 1)


def count_anew() -> None:
    """Count every month from all stretches, as if nothing had been kept up."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_reportmonthrow")
    _change(None, 1)


def _change(dossiers: Sequence[int] | None, sign: int) -> None:
    given = {"sign": sign, "dossiers": None if dossiers is None else list(dossiers)}
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, given)

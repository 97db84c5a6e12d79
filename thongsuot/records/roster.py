"""Rosters in force, line by line, as PostgreSQL keeps them."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Lower, Upper

from thongsuot.domain.roster import Duty, LaterRosterExists, Named, Roster
from thongsuot.domain.spans import Span
from thongsuot.records.decisions import DecisionRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_range, to_span


class RosterRow(models.Model):
    """An official named for a step in an office, while it is valid."""

    office = models.CharField(max_length=35)
    process = models.CharField(max_length=60)
    stage = models.CharField(max_length=40)
    procedure = models.CharField(max_length=10, blank=True)
    official = models.CharField(max_length=60, db_index=True)
    valid = DateRangeField()
    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            never_overlapping(
                "roster_names_somebody_once", "office", "process", "stage", "procedure", "official"
            )
        ]

    def value(self) -> Duty:
        """The line that this row stands for."""
        named = Named(self.stage, self.official, self.procedure)
        return Duty(named, to_span(self.valid), self.decision.number)


@remembered
def duties(office: str, process: str, *, on: date) -> tuple[Duty, ...]:
    """The lines of a roster in force on a day; none where none was decided."""
    rows = RosterRow.objects.select_related("decision").filter(
        office=office, process=process, valid__contains=on
    )
    return tuple(row.value() for row in rows)


def put_in_force(roster: Roster, decision: DecisionRow) -> None:
    """A roster takes the place of the office's earlier one. Raises LaterRosterExists."""
    day = decision.valid_from
    rows = RosterRow.objects.filter(office=roster.office, process=roster.process)
    later = rows.annotate(since=Lower("valid")).filter(since__gte=day).first()
    if later is not None:
        since = to_span(later.valid).start.isoformat()
        raise LaterRosterExists("valid_from", office=roster.office, since=since)
    for row in rows.annotate(until=Upper("valid")).filter(until=None):
        row.valid = to_range(Span(to_span(row.valid).start, day))
        row.save(update_fields=["valid"])
    RosterRow.objects.bulk_create(
        RosterRow(
            office=roster.office,
            process=roster.process,
            stage=line.stage,
            procedure=line.procedure,
            official=line.official,
            valid=to_range(Span(day)),
            decision=decision,
        )
        for line in roster.named
    )

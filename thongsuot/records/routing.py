"""Who is named for what, by dated data, and what is known of a counter on a day."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level, Office
from thongsuot.domain.routing import Competence, Surroundings
from thongsuot.records import directory
from thongsuot.records.directory import OfficeRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping


class CompetenceRow(models.Model):
    """A body is named for a field, a procedure, or a case of it, while a decision holds."""

    procedure = models.CharField(max_length=10, blank=True)
    case = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=35)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            never_overlapping("competences_do_not_overlap", "procedure", "case", "field", "office"),
            models.CheckConstraint(
                name="competence_is_of_a_procedure_or_a_field",
                condition=~Q(procedure="", field="") & (Q(procedure="") | Q(field="")),
            ),
        ]
        indexes = [models.Index(fields=["procedure", "field"], name="competence_of")]

    def value(self) -> Competence:
        """The competence that this row stands for."""
        return Competence(self.office, self.procedure, self.case, self.field, self.source)


def surroundings(procedure: Procedure, *, receiving: Office, place: str, on: date) -> Surroundings:
    """What is known around a counter on a day; `place` may be a commune of former times.

    Raises NoSuchPlace.
    """
    rules, offices = _named(procedure.code.base, procedure.field, on)
    return Surroundings(
        receiving=receiving, of_place=committee_of(place, on), rules=rules, offices=offices
    )


@remembered
def _named(
    procedure: str, field: str, on: date
) -> tuple[tuple[Competence, ...], tuple[Office, ...]]:
    """The competences that speak of a procedure, and the offices that they name."""
    about = Q(procedure=procedure) | Q(procedure="", field=field)
    rows = CompetenceRow.objects.filter(about, valid__contains=on).order_by("id")
    rules = tuple(row.value() for row in rows)
    offices = OfficeRow.objects.filter(code__in=[rule.office for rule in rules], valid__contains=on)
    return rules, tuple(row.value() for row in offices)


@remembered
def committee_of(place: str, on: date) -> Office | None:
    """The People's Committee of the commune that stands on a day at a place of any time.

    Raises NoSuchPlace.
    """
    if not place:
        return None
    today = directory.place_today(place, on=on)
    row = OfficeRow.objects.filter(
        place=today, kind="commune", level=Level.COMMUNE.value, valid__contains=on
    ).first()
    return row.value() if row else None

"""What can be told of incidents: found, told, fixed, and whose clocks were paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from thongsuot.domain.incidents import Incident
from thongsuot.queries import access
from thongsuot.records import incidents as records
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.incidents import IncidentRow
from thongsuot.records.shared_systems import SharedSystemRow

SHOWN = 200


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident as a line of the register."""

    number: int
    incident: Incident
    system: str
    found_by: str
    told_to: str
    how: str
    dossiers: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class IncidentStepLine:
    """One thing done about an incident."""

    step: str
    said: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PausedLine:
    """A dossier that an incident touches."""

    code: str
    procedure: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident with its steps and dossiers."""

    line: IncidentLine
    steps: tuple[IncidentStepLine, ...]
    states: tuple[tuple[str, int], ...]
    dossiers: tuple[PausedLine, ...]


def incidents(*, at: datetime) -> tuple[IncidentLine, ...]:
    """Every incident, those that run first, then the latest."""
    rows = IncidentRow.objects.annotate(many=Count("dossiers")).order_by("-found_at", "-id")
    names = dict(SharedSystemRow.objects.values_list("code", "name"))
    lines = [_line(row, row.many, names, at) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.incident.fixed_at is not None))


def incident(number: int, *, at: datetime) -> IncidentPage:
    """One incident. Raises NoSuchIncident."""
    row = records.incident(number)
    names = dict(SharedSystemRow.objects.filter(code=row.system).values_list("code", "name"))
    states = tuple(row.dossiers.values_list("state").annotate(many=Count("pk")).order_by("state"))
    steps = list(row.steps.order_by("id"))
    people = access.names(step.by for step in steps)
    touched = row.dossiers.select_related("dossier").order_by("-state", "id")[:SHOWN]
    return IncidentPage(
        _line(row, sum(many for _, many in states), names, at),
        tuple(IncidentStepLine(s.step, s.said, people.get(s.by, s.by), s.at) for s in steps),
        states,
        tuple(
            PausedLine(one.dossier.code, one.dossier.procedure_name, one.state, one.said)
            for one in touched
        ),
    )


def running(*, office: str = "", procedure: str = "", limit: int) -> tuple[str, ...]:
    """The codes of dossiers whose clocks run, of an office, of a procedure, the nearest due first."""
    rows = DossierRow.objects.filter(OPEN)
    if office:
        rows = rows.filter(office=office)
    if procedure:
        rows = rows.filter(procedure=procedure)
    return tuple(rows.order_by("due_at", "code").values_list("code", flat=True)[:limit])


def systems() -> tuple[tuple[str, str], ...]:
    """The shared systems that may fail: code and name."""
    return tuple(SharedSystemRow.objects.order_by("id").values_list("code", "name"))


def _line(row: IncidentRow, many: int, names: dict[str, str], at: datetime) -> IncidentLine:
    value = row.value()
    return IncidentLine(
        row.pk,
        value,
        names.get(row.system, row.system),
        row.found_by,
        row.told_to,
        row.how,
        many,
        value.is_mended_late(at),
    )

"""Where a dossier is received, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.cutover import Because, ReceptionSystem
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records import catalogue, exchange
from thongsuot.records import cutover as records
from thongsuot.records.cutover import SentElsewhereRow
from thongsuot.words import reading


@dataclass(frozen=True, slots=True)
class Where:
    """The system that receives a dossier; None is our own."""

    procedure: Procedure
    system: ReceptionSystem | None
    since: datetime | None
    decision: str
    because: tuple[Because, ...]

    @property
    def is_here(self) -> bool:
        """Whether it is received on the system of the province."""
        return self.system is None


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A system of reception: what it receives, whether we speak to it, whom we sent there."""

    system: ReceptionSystem
    fields: int
    procedures: int
    connection: str
    sent: int


@dataclass(frozen=True, slots=True)
class Systems:
    """The register of systems of reception, and those sent elsewhere of late by field."""

    lines: tuple[SystemLine, ...]
    sent: tuple[tuple[str, str, int], ...]


def systems(*, at: datetime, since: datetime) -> Systems:
    """Every system that receives dossiers, and how many people were shown it since a moment."""
    rules: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for rule in (rule for own in records.moved().values() for rule in own):
        rules[rule.system] += bool(rule.field)
        alone[rule.system] += bool(rule.procedure)
    states = {row.partner: row.state for row in exchange.connected(at=at)}
    rows = SentElsewhereRow.objects.filter(at__gte=since)
    counted = rows.values_list("system", "field").annotate(many=Count("pk")).order_by("-many")
    sent = [(system, field, many) for system, field, many in counted]
    known = records.systems(on=records.day_of(at))
    names = {system.code: system.name for system in known}
    return Systems(
        tuple(
            SystemLine(
                system,
                rules[system.code],
                alone[system.code],
                states.get(system.partner, "") if system.partner else "",
                sum(many for code, _, many in sent if code == system.code),
            )
            for system in sorted(known, key=lambda one: (-rules[one.code], one.name))
        ),
        tuple((field, names.get(system, system), many) for system, field, many in sent),
    )


def where(procedure: Procedure, *, received_at: datetime) -> Where:
    """Which system receives a procedure at an instant, and why. Raises NoSuchReceptionSystem."""
    found = records.destination(procedure, received_at=received_at)
    system = None
    if found.system != settings.HOME_SYSTEM:
        system = records.system(found.system, on=records.day_of(received_at))
    return Where(procedure, system, found.since, found.decision, found.because)


def explain(*, procedure: str, received_at: datetime) -> Where:
    """Which system receives what is handed in at an instant, and why.

    Raises ProcedureCodeMalformed, NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    code = reading.parsed("procedure", ProcedureCode.parse, procedure)
    asked = catalogue.procedure(code, on=records.day_of(received_at))
    return where(asked, received_at=received_at)

"""Where a dossier is received, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.cutover import Because, ReceptionSystem
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records import catalogue
from thongsuot.records import cutover as records
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

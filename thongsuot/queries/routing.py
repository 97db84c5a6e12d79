"""Who would resolve a dossier, and why; those who might, where it is not clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Office
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import CompetentOfficeNeeded, Route, candidates
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import catalogue, directory
from thongsuot.records import routing as records
from thongsuot.words import reading


@dataclass(frozen=True, slots=True)
class Found:
    """The bodies that might resolve a dossier; one when the rules decide."""

    procedure: Procedure
    receiving: Office
    routes: tuple[Route, ...]

    @property
    def decided(self) -> Route | None:
        """The one body that resolves, where there is one."""
        return self.routes[0] if len(self.routes) == 1 else None


def find(
    procedure: Procedure, *, receiving: Office, case: str, place: str, on: date
) -> tuple[Route, ...]:
    """The bodies that the rules name; none for a place that nobody knows."""
    try:
        around = records.surroundings(procedure, receiving=receiving, place=place, on=on)
    except Refusal:
        return ()
    return candidates(procedure, case=case, around=around)


def explain(
    *, procedure: str, point: str, case: str = "", place: str = "", received_at: datetime
) -> Found:
    """Who resolves what a counter takes in at a moment, and why.

    Raises ProcedureCodeMalformed, NoSuchProcedure, NoSuchReceptionPoint, OfficeClosed,
    NoSuchCase, NoSuchPlace, CompetentOfficeNeeded.
    """
    on = received_at.astimezone(VIETNAM).date()
    code = reading.parsed("procedure", ProcedureCode.parse, procedure)
    asked = catalogue.procedure(code, on=on)
    asked.papers_for(case)  # refuses a case that there is not
    counter = directory.reception_point(point, on=on)
    receiving = directory.office(str(counter.office), on=on)
    around = records.surroundings(asked, receiving=receiving, place=place, on=on)
    routes = candidates(asked, case=case, around=around)
    if not routes:
        raise CompetentOfficeNeeded("competent_office", procedure=str(asked.code))
    return Found(asked, receiving, routes)

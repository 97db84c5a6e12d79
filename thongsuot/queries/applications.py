"""The online applications that a counter has to answer, the most urgent first."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.applications import Application, ApplicationState, NoSuchApplication
from thongsuot.domain.looks import ReadingToken
from thongsuot.records import applications as records
from thongsuot.records import directory
from thongsuot.records.applications import ApplicationRow
from thongsuot.words.persons import masked_name

PAGE = 100


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application as a line of a list; the applicant's name is masked."""

    number: int
    code: str
    procedure: str
    procedure_name: str
    office_name: str
    applicant: str
    papers: int
    submitted_at: datetime
    check_by: datetime
    state: ApplicationState
    dossier: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Applications:
    """What waits, and what was answered last."""

    waiting: tuple[ApplicationLine, ...]
    answered: tuple[ApplicationLine, ...]
    many: int


def at_counter(point: str, *, at: datetime, on: date) -> Applications:
    """The applications of the bodies that a counter answers for; none without a counter."""
    offices = directory.answered_at(point, on=on) if point else frozenset()
    rows = ApplicationRow.objects.filter(office__in=offices)
    waiting = rows.filter(state=ApplicationState.WAITING).order_by("check_by", "pk")
    answered = rows.exclude(state=ApplicationState.WAITING).order_by("-settled_at")
    return Applications(
        waiting=tuple(_line(row, at) for row in waiting[:PAGE]),
        answered=tuple(_line(row, at) for row in answered[:20]),
        many=waiting.count(),
    )


def waiting_at(point: str, *, on: date) -> int:
    """How many applications wait for a counter."""
    offices = directory.answered_at(point, on=on) if point else frozenset()
    return ApplicationRow.objects.filter(office__in=offices, state=ApplicationState.WAITING).count()


def about(number: int) -> str:
    """How the log of looks names an application."""
    return f"list:application:{number}"


def application(number: int, *, point: str, on: date, reading: ReadingToken) -> Application:
    """What somebody filed, the look at it logged. Raises NoSuchApplication."""
    reading.require(about(number))
    found = records.find(number).value()
    if not point or found.office not in directory.answered_at(point, on=on):
        raise NoSuchApplication("application", given=number)
    return found


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as it was filed: whether its content is here, or why it is not ("" is not yet known)."""

    name: str
    is_here: bool
    is_elsewhere: bool
    why: str


def papers(number: int, *, reading: ReadingToken) -> tuple[PaperLine, ...]:
    """The papers of an application in their order. Raises NoSuchApplication."""
    reading.require(about(number))
    return tuple(
        PaperLine(
            str(paper["name"]),
            bool(paper["base64"]),
            records.is_elsewhere(paper),
            str(paper.get("why") or ""),
        )
        for paper in records.find(number).papers
    )


def paper(
    number: int, place: int, *, point: str, on: date, reading: ReadingToken
) -> tuple[str, bytes]:
    """A paper as it was filed, by its place in the list, the look at it logged.

    Raises NoSuchApplication, also where its content did not come along.
    """
    application(number, point=point, on=on, reading=reading)
    filed = records.find(number).papers
    if not 0 < place <= len(filed) or not filed[place - 1]["base64"]:
        raise NoSuchApplication("application", given=number)
    found = filed[place - 1]
    try:
        return str(found["name"]), base64.b64decode(found["base64"], validate=True)
    except binascii.Error:  # shown as it came, so that somebody sees that it is broken
        return str(found["name"]), str(found["base64"]).encode()


def _line(row: ApplicationRow, at: datetime) -> ApplicationLine:
    state = ApplicationState(row.state)
    return ApplicationLine(
        number=row.pk,
        code=row.code,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        office_name=directory.name_of(row.office) or row.office,
        applicant=masked_name(row.applicant["name"]),
        papers=len(row.papers),
        submitted_at=row.submitted_at,
        check_by=row.check_by,
        state=state,
        dossier=row.dossier,
        is_late=state is ApplicationState.WAITING and row.check_by < at,
    )

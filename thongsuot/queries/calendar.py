"""What can be told about the clock: when something is due, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import Deadline, Pause, Term, due
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import calendar as records
from thongsuot.records import catalogue
from thongsuot.records.codec import Json
from thongsuot.records.directory import canonical
from thongsuot.words import clock as words


class TermOrProcedure(Refusal):
    """A due moment is computed from a term or from a procedure: one of the two."""

    code = "term_or_procedure"
    kind = Kind.MALFORMED


class NoLegalTerm(Refusal):
    """The law gives no term for this case: the official enters an appointment."""

    code = "no_legal_term"


@dataclass(frozen=True, slots=True)
class Question:
    """When would a dossier received at this moment be due?"""

    received_at: datetime
    term: Term | None = None
    procedure: ProcedureCode | None = None
    case: str = ""
    channel: Channel = Channel.IN_PERSON
    office: str = ""
    pauses: Sequence[Pause] = ()
    after_15h: bool | None = None


def due_moment(question: Question) -> Deadline:
    """The due moment with its reasons.

    Raises TermOrProcedure, NoLegalTerm, NoCalendarForYear, NoSuchProcedure, NoSuchCase, …
    """
    term, flag = _term(question)
    office = canonical(OfficeCode.parse(question.office).canonical) if question.office else ""
    return due(
        question.received_at,
        term,
        records.calendar(office=office),
        pauses=question.pauses,
        after_15h=flag if question.after_15h is None else question.after_15h,
    )


def told(deadline: Deadline) -> Mapping[str, Json]:
    """A deadline with its ledger and reasons, as JSON."""
    return {
        "due": deadline.at.isoformat(),
        "starts": deadline.starts_at.isoformat(),
        "term": str(deadline.term),
        "ledger": [
            {
                "day": day.day.isoformat(),
                "counted": day.counted,
                "why": words.why(day),
                **({} if day.minutes is None else {"minutes": day.minutes}),
            }
            for day in deadline.ledger()
        ],
        "because": [
            {"code": reason.code.value, "text": words.reason(reason), "source": reason.source}
            for reason in deadline.because()
        ],
        "projected": [day.isoformat() for day in deadline.projected_days()],
        "to_check": [day.isoformat() for day in deadline.unchecked_days()],
    }


def _term(question: Question) -> tuple[Term, bool]:
    if (question.term is None) == (question.procedure is None):
        raise TermOrProcedure("term")
    if question.term is not None:
        return question.term, False
    if question.procedure is None:
        raise TermOrProcedure("procedure")
    on = question.received_at.astimezone(VIETNAM).date()
    procedure = catalogue.procedure(question.procedure, on=on)
    term = procedure.term_for(question.case, question.channel)
    if term is None:
        raise NoLegalTerm("procedure", given=str(procedure.code))
    return term, procedure.counts_from_next_day_after_15h

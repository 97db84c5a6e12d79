"""What can be told about the clock: when something is due, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from thongsuot.domain.catalogue import Channel, Procedure, in_force
from thongsuot.domain.deadline import Deadline, Pause, PauseKind, ReasonCode, Term, due
from thongsuot.domain.directory import Office, Succession, as_of
from thongsuot.domain.dossier import Dossier, clock
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM, NoCalendarForYear, WorkCalendar
from thongsuot.records import calendar as records
from thongsuot.records import catalogue, directory
from thongsuot.records.codec import Json, encode
from thongsuot.words import clock as words
from thongsuot.words import reading
from thongsuot.words.reading import BadField, Expected

_DOUBTS = (ReasonCode.RESTS_ON_PROJECTED, ReasonCode.RESTS_ON_UNCHECKED)
FIELDS = (
    "received",
    "term",
    "procedure",
    "case",
    "channel",
    "office",
    "pauses",
    "after_15h",
)


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


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day that is not what its weekday says."""

    day: date
    is_working: bool
    kind: str
    name: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year as the newest calendar has it, by the province's hours."""

    year: int
    version: str
    working_days: int
    days: tuple[YearDay, ...]


class Almanac:
    """Calendars, offices and procedures, each read once, to answer many questions."""

    def __init__(self) -> None:
        self._calendars: dict[str, WorkCalendar] = {}
        self._offices: dict[str, list[Office]] = {}
        self._successions: list[Succession] | None = None
        self._procedures: dict[str, list[Procedure]] = {}

    def due_moment(self, question: Question) -> Deadline:
        """The due moment with its reasons.

        Raises TermOrProcedure, NoLegalTerm, NoCalendarForYear, NoSuchProcedure, NoSuchCase,
        NoSuchChannel, ProcedureRepealed, NoSuchOffice, OfficeClosed, …
        """
        term, flag = self._term(question)
        return due(
            question.received_at,
            term,
            self._calendar(question),
            pauses=question.pauses,
            after_15h=flag if question.after_15h is None else question.after_15h,
        )

    def _term(self, question: Question) -> tuple[Term, bool]:
        if question.term is not None:
            return question.term, False
        if question.procedure is None:
            raise TermOrProcedure("term")
        base = question.procedure.base
        if base not in self._procedures:
            self._procedures[base] = catalogue.versions(base)
        procedure = in_force(
            self._procedures[base], code=str(question.procedure), on=_day_of(question)
        )
        term = procedure.term_for(question.case, question.channel)
        if term is None:
            raise NoLegalTerm("procedure", given=str(procedure.code))
        return term, procedure.counts_from_next_day_after_15h

    def _calendar(self, question: Question) -> WorkCalendar:
        office = self._office(question) if question.office else ""
        if office not in self._calendars:
            self._calendars[office] = records.calendar(office=office)
        return self._calendars[office]

    def _office(self, question: Question) -> str:
        if question.office not in self._offices:
            code = directory.canonical(question.office)
            self._offices[question.office] = directory.versions(code)
        if self._successions is None:
            self._successions = directory.successions()
        found = as_of(
            self._offices[question.office],
            code=question.office,
            on=_day_of(question),
            successions=self._successions,
        )
        return found.code.canonical


def due_moment(question: Question) -> Deadline:
    """The due moment with its reasons. Raises what `Almanac.due_moment` raises."""
    return Almanac().due_moment(question)


def read_question(raw: object) -> Question:
    """A question as a door was given it.

    Raises FieldNeeded, FieldUnknown, FieldTooLong, BadField, TermOrProcedure, TermMalformed,
    ProcedureCodeMalformed, OfficeCodeMalformed, PauseEndsBeforeItStarts, …
    """
    given = reading.fields(raw, known=FIELDS, name="line")
    if reading.is_empty(given.get("term")) == reading.is_empty(given.get("procedure")):
        raise TermOrProcedure("term")
    return Question(
        received_at=reading.moment("received", given.get("received")),
        term=reading.maybe(_term, given, "term"),
        procedure=reading.maybe(_procedure, given, "procedure"),
        case=reading.if_given(reading.text, given, "case", ""),
        channel=reading.if_given(reading.channel, given, "channel", Channel.IN_PERSON),
        office=reading.if_given(_office_code, given, "office", ""),
        pauses=_pauses(given.get("pauses")),
        after_15h=reading.maybe(reading.flag, given, "after_15h"),
    )


def year(number: int) -> Year:
    """The special days of a year. Raises NoCalendar, NoCalendarForYear."""
    calendar = records.calendar(office="")
    if number not in calendar.years:
        raise NoCalendarForYear("year", year=number, version=calendar.version)
    first, end = date(number, 1, 1), date(number + 1, 1, 1)
    notes = (calendar.describe(first + timedelta(days=i)) for i in range((end - first).days))
    return Year(
        year=number,
        version=calendar.version,
        working_days=calendar.working_days_between(first, end),
        days=tuple(
            YearDay(note.day, note.working, note.why, note.name, note.status.value, note.source)
            for note in notes
            if note.status is not None
        ),
    )


def told(deadline: Deadline) -> dict[str, Json]:
    """A deadline with its ledger and reasons, as JSON."""
    because = deadline.because()
    doubts = {reason.code: reason.facts["days"] for reason in because if reason.code in _DOUBTS}
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
            for reason in because
        ],
        "projected": encode(doubts.get(ReasonCode.RESTS_ON_PROJECTED, [])),
        "to_check": encode(doubts.get(ReasonCode.RESTS_ON_UNCHECKED, [])),
    }


def _term(name: str, raw: object) -> Term:
    return reading.parsed(name, Term.parse, raw)


def _procedure(name: str, raw: object) -> ProcedureCode:
    return reading.parsed(name, ProcedureCode.parse, raw)


def _office_code(name: str, raw: object) -> str:
    return str(reading.parsed(name, OfficeCode.parse, raw))


def _pauses(raw: object) -> tuple[Pause, ...]:
    if reading.is_empty(raw):
        return ()
    if not isinstance(raw, list):
        raise BadField.holding("pauses", raw, Expected.LIST)
    return tuple(_pause(f"pauses.{step}", item) for step, item in enumerate(raw))


def _pause(where: str, raw: object) -> Pause:
    if not isinstance(raw, list) or len(raw) != 2:
        raise BadField.holding(where, raw, Expected.SPAN)
    start, end = (reading.moment(where, moment) for moment in raw)
    try:
        return Pause(start, end, PauseKind.SUPPLEMENT)
    except Refusal as refusal:
        raise refusal.at(where) from None


def _day_of(question: Question) -> date:
    return question.received_at.astimezone(VIETNAM).date()


def if_resumed(dossier: Dossier, *, at: datetime) -> Deadline | None:
    """What the deadline would be if everything that the clock waits for ended now.

    None for an appointment given by hand, and before the competent body has the dossier.
    """
    own = records.calendar(office=dossier.competent_office, version=dossier.calendar_version)
    ended = [Pause(p.start, at, p.kind) for p in dossier.open_pauses if p.start < at]
    return clock.deadline_of(replace(dossier, pauses=(*dossier.pauses, *ended)), own)

"""What each act asks for, so that every door asks the same and refuses the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thongsuot.actions.dossier.desk import act as make_act
from thongsuot.actions.dossier.desk import rehearse as rehearse_act
from thongsuot.actions.dossier.keeping import World, day_of
from thongsuot.actions.dossier.rostering import require_on_roster, require_role
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier, Event, clock, fees, reception, resolution
from thongsuot.domain.dossier.events import AskedAgain, PaperGiven, Payment
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import access, calendar, catalogue, directory, papers
from thongsuot.words import reading
from thongsuot.words.reading import BadField, Expected, FieldNeeded, FieldUnknown, Given

__all__ = [
    "MOVES",
    "BadField",
    "Field",
    "FieldKind",
    "FieldNeeded",
    "FieldUnknown",
    "Move",
    "UnknownMove",
    "find",
    "make",
    "read",
    "rehearse",
]


class UnknownMove(Refusal):
    """There is no act of this name."""

    code = "unknown_move"
    kind = Kind.UNKNOWN


class FieldKind(StrEnum):
    """What a field holds, as a door reads and shows it."""

    TEXT = "text"
    LINES = "lines"
    MOMENT = "moment"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    OFFICE = "office"
    OFFICIAL = "official"
    CHANNEL = "channel"


Value = str | tuple[str, ...] | datetime | date | int | bool | Channel


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an act asks for."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True


class Answers:
    """What was entered, read by kind; each reader knows its field."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """A text, "" where it was left empty."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def lines(self, name: str) -> tuple[str, ...]:
        """Several lines, none where it was left empty."""
        value = self._values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def moment(self, name: str) -> datetime:
        """A moment. Raises FieldNeeded."""
        value = self._values.get(name)
        if not isinstance(value, datetime):
            raise FieldNeeded(name, field=name)
        return value

    def day(self, name: str) -> date | None:
        """A day, None where it was left empty."""
        value = self._values.get(name)
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def number(self, name: str) -> int:
        """A whole number, 0 where it was left empty."""
        value = self._values.get(name, 0)
        return value if isinstance(value, int) else 0

    def flag(self, name: str) -> bool:
        """Yes or no; no where it was left empty."""
        return self._values.get(name) is True

    def channel(self, name: str) -> Channel:
        """A channel; in person where it was left empty."""
        value = self._values.get(name)
        return value if isinstance(value, Channel) else Channel.IN_PERSON


Run = Callable[[Dossier, World, Answers, datetime], Event]


@dataclass(frozen=True, slots=True)
class Move:
    """An act with what it asks for and how it is decided."""

    act: Act
    fields: tuple[Field, ...]
    decide: Run
    branches: bool = False  # where several ways lead on, `target` says which


def make(
    *,
    code: str,
    move: str,
    given: Given,
    by: Person,
    at: datetime,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
) -> Dossier:
    """Make a move on a dossier from what a door was given.

    Raises UnknownMove, FieldNeeded, FieldUnknown, BadField, and what the act raises.
    """
    chosen = find(move)
    answers = read(chosen, given)
    return make_act(
        code=code,
        act=chosen.act,
        decide=lambda dossier, world: chosen.decide(dossier, world, answers, at),
        by=by,
        at=at,
        occurred_at=occurred_at,
        seen_version=seen_version,
        about=answers.number("opinion"),
    )


def rehearse(*, code: str, move: str, given: Given, by: Person, at: datetime) -> Dossier:
    """The dossier as it stands, where `make` would make the move; nothing is kept.

    Raises what `make` raises.
    """
    chosen = find(move)
    answers = read(chosen, given)
    return rehearse_act(
        code=code,
        act=chosen.act,
        decide=lambda dossier, world: chosen.decide(dossier, world, answers, at),
        by=by,
        at=at,
    )


def find(name: str) -> Move:
    """The move of this name. Raises UnknownMove."""
    for move in MOVES:
        if move.act.value == name:
            return move
    raise UnknownMove("move", given=name)


def read(move: Move, given: Given) -> Answers:
    """What was entered, each field by its kind. Raises FieldNeeded, FieldUnknown, BadField."""
    known = {field.name: field for field in (*move.fields, *(_TARGET if move.branches else ()))}
    entered = reading.fields(given, known=known, name="fields")
    values: dict[str, Value] = {}
    for name, field in known.items():
        raw = entered.get(name)
        if not reading.is_empty(raw):
            values[name] = _READERS[field.kind](name, raw)
        elif field.is_required:
            raise FieldNeeded(name, field=name)
    return Answers(values)


_READERS: Mapping[FieldKind, Callable[[str, object], Value]] = {
    FieldKind.TEXT: reading.text,
    FieldKind.LINES: reading.lines,
    FieldKind.MOMENT: reading.moment,
    FieldKind.NUMBER: reading.number,
    FieldKind.FLAG: reading.flag,
    FieldKind.DAY: reading.day,
    FieldKind.OFFICE: reading.text,
    FieldKind.OFFICIAL: reading.text,
    FieldKind.CHANNEL: reading.channel,
}


def _digitise(d: Dossier, _: World, a: Answers, _at: datetime) -> Event:
    return reception.digitise(d, paper=a.text("paper"), content_hash="")


def _forward(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    return reception.forward(
        d,
        process=w.process,
        at=at,
        calendar=w.calendar,
        policies=w.policies,
        target=a.text("target"),
    )


def _arrive(d: Dossier, w: World, _: Answers, at: datetime) -> Event:
    return reception.arrive(d, at=at, calendar=w.calendar)


def _assign(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    official = access.official_in(a.text("official"), office=d.office, on=day_of(at))
    assigned = resolution.assign(
        d,
        process=w.process,
        official=official,
        reason=a.text("reason"),
        target=a.text("target"),
    )
    require_role(
        official,
        w.process.stage(assigned.stage),
        office=d.office,
        procedure=d.procedure,
        on=day_of(at),
    )
    require_on_roster(
        d, w.process, stage=assigned.stage, office=d.office, officials=(official,), at=at
    )
    return assigned


def _claim(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    official = w.hands[0]
    claimed = resolution.claim(d, process=w.process, official=official, target=a.text("target"))
    require_on_roster(d, w.process, stage=claimed.stage, office=d.office, officials=w.hands, at=at)
    return claimed


def _ask_opinion(d: Dossier, _: World, a: Answers, at: datetime) -> Event:
    asked = directory.office(a.text("of"), on=day_of(at)).code.canonical
    return resolution.ask_opinion(
        d,
        of=asked,
        question=a.text("question"),
        stops_clock=a.flag("stops_clock"),
        basis=a.text("basis"),
        on=day_of(at),
        answer_by=a.day("answer_by"),
    )


def _give_opinion(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    return resolution.give_opinion(
        d, opinion=a.number("opinion"), answer=a.text("answer"), at=at, calendar=w.calendar
    )


def _propose(d: Dossier, w: World, a: Answers, _at: datetime) -> Event:
    return resolution.propose(
        d,
        process=w.process,
        proposal=a.text("proposal"),
        without_opinions=a.text("without_opinions"),
        target=a.text("target"),
    )


def _approve(d: Dossier, w: World, a: Answers, _at: datetime) -> Event:
    return resolution.approve(
        d,
        process=w.process,
        hands=w.hands,
        note=a.text("note"),
        without_opinions=a.text("without_opinions"),
        draft=a.text("draft"),
        target=a.text("target"),
    )


def _send_back(d: Dossier, w: World, a: Answers, _at: datetime) -> Event:
    return resolution.send_back(
        d, process=w.process, reason=a.text("reason"), target=a.text("target")
    )


def _refuse(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    version = catalogue.procedure_version(d.procedure, d.procedure_version)
    return resolution.refuse(
        d,
        process=w.process,
        reason=a.text("reason"),
        basis=a.text("basis"),
        phrases=calendar.phrases(on=day_of(at)),
        about_reorganisation=version.about_reorganisation,
        at=at,
        target=a.text("target"),
    )


def _stop(d: Dossier, _: World, a: Answers, _at: datetime) -> Event:
    return resolution.stop(d, reason=a.text("reason"), channel=a.channel("channel"))


def _issue_result(d: Dossier, w: World, a: Answers, _at: datetime) -> Event:
    return resolution.issue_result(
        d, process=w.process, number=a.text("number"), target=a.text("target")
    )


def _hand_over(d: Dossier, w: World, a: Answers, _at: datetime) -> Event:
    return resolution.hand_over(d, process=w.process, to=a.text("to"), how=a.channel("how"))


def _ask_supplement(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    return clock.ask_supplement(
        d,
        missing=a.lines("missing"),
        reason=a.text("reason"),
        basis=a.text("basis"),
        policies=w.policies,
        held=papers.held_by(d.applicant.number, on=day_of(at), besides=d.code),
        again=_asked_again(a),
    )


def _asked_again(a: Answers) -> AskedAgain | None:
    given = a.text("asked_again_because")
    if given and given not in set(AskedAgain):
        raise BadField.holding("asked_again_because", given, Expected.TEXT)
    return AskedAgain(given) if given else None


def _receive_supplement(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    papers = tuple(PaperGiven(name=name, originals=1) for name in a.lines("papers"))
    return clock.receive_supplement(d, papers=papers, at=at, calendar=w.calendar)


def _raise_financial_duty(d: Dossier, _: World, a: Answers, _at: datetime) -> Event:
    return clock.raise_financial_duty(d, amount=a.number("amount"), what=a.text("what"))


def _settle_financial_duty(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    return clock.settle_financial_duty(d, receipt=a.text("receipt"), at=at, calendar=w.calendar)


def _collect_fee(d: Dossier, _: World, a: Answers, _at: datetime) -> Event:
    how = a.text("how")
    if how not in set(Payment):
        raise BadField.holding("how", how, Expected.TEXT)
    return fees.collect(
        d,
        name=a.text("what"),
        amount=a.number("amount"),
        how=Payment(how),
        reference=a.text("reference"),
        receipt_series=a.text("receipt_series"),
        receipt_number=a.text("receipt_number"),
        basis=a.text("basis"),
    )


def _begin_incident(d: Dossier, _: World, a: Answers, _at: datetime) -> Event:
    return clock.begin_incident(d, what=a.text("what"), announced_in=a.text("announced_in"))


def _end_incident(d: Dossier, w: World, _: Answers, at: datetime) -> Event:
    return clock.end_incident(d, at=at, calendar=w.calendar)


def _apologise(d: Dossier, w: World, a: Answers, at: datetime) -> Event:
    return clock.apologise(
        d,
        reason=a.text("reason"),
        new_day=a.moment("new_day"),
        at=at,
        calendar=w.calendar,
        policies=w.policies,
    )


_REASON = Field("reason")
_TARGET = (Field("target", is_required=False),)
_BASIS = Field("basis")
_WITHOUT = Field("without_opinions", is_required=False)
_BASIS_IF_ANY = Field("basis", is_required=False)

MOVES: tuple[Move, ...] = (
    Move(Act.DIGITISE, (Field("paper"),), _digitise),
    Move(Act.FORWARD, (), _forward, branches=True),
    Move(Act.ARRIVE, (), _arrive),
    Move(
        Act.ASSIGN,
        (Field("official", FieldKind.OFFICIAL), Field("reason", is_required=False)),
        _assign,
        branches=True,
    ),
    Move(Act.CLAIM, (), _claim, branches=True),
    Move(
        Act.ASK_OPINION,
        (
            Field("of", FieldKind.OFFICE),
            Field("question"),
            Field("answer_by", FieldKind.DAY, is_required=False),
            Field("stops_clock", FieldKind.FLAG, is_required=False),
            _BASIS_IF_ANY,
        ),
        _ask_opinion,
    ),
    Move(Act.GIVE_OPINION, (Field("opinion", FieldKind.NUMBER), Field("answer")), _give_opinion),
    Move(Act.PROPOSE, (Field("proposal"), _WITHOUT), _propose, branches=True),
    Move(
        Act.APPROVE,
        (Field("draft", is_required=False), Field("note", is_required=False), _WITHOUT),
        _approve,
        branches=True,
    ),
    Move(Act.SEND_BACK, (_REASON,), _send_back, branches=True),
    Move(
        Act.ASK_SUPPLEMENT,
        (
            Field("missing", FieldKind.LINES),
            _REASON,
            _BASIS_IF_ANY,
            Field("asked_again_because", is_required=False),
        ),
        _ask_supplement,
    ),
    Move(
        Act.RECEIVE_SUPPLEMENT,
        (Field("papers", FieldKind.LINES, is_required=False),),
        _receive_supplement,
    ),
    Move(
        Act.RAISE_FINANCIAL_DUTY,
        (Field("amount", FieldKind.NUMBER), Field("what")),
        _raise_financial_duty,
    ),
    Move(Act.SETTLE_FINANCIAL_DUTY, (Field("receipt"),), _settle_financial_duty),
    Move(
        Act.COLLECT_FEE,
        (
            Field("what"),
            Field("amount", FieldKind.NUMBER, is_required=False),
            Field("how"),
            Field("receipt_series", is_required=False),
            Field("receipt_number", is_required=False),
            Field("reference", is_required=False),
            _BASIS_IF_ANY,
        ),
        _collect_fee,
    ),
    Move(Act.BEGIN_INCIDENT, (Field("what"), Field("announced_in")), _begin_incident),
    Move(Act.END_INCIDENT, (), _end_incident),
    Move(Act.APOLOGISE, (_REASON, Field("new_day", FieldKind.MOMENT)), _apologise),
    Move(Act.REFUSE, (_REASON, _BASIS), _refuse, branches=True),
    Move(
        Act.STOP,
        (_REASON, Field("channel", FieldKind.CHANNEL, is_required=False)),
        _stop,
    ),
    Move(Act.ISSUE_RESULT, (Field("number"),), _issue_result, branches=True),
    Move(
        Act.HAND_OVER,
        (Field("to"), Field("how", FieldKind.CHANNEL, is_required=False)),
        _hand_over,
    ),
)

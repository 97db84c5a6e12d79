"""Which system receives a dossier: a field or a procedure, and the instant of receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from thongsuot.domain.catalogue import Origin, Procedure
from thongsuot.domain.refusal import Kind, Refusal

_JUST_BEFORE = timedelta(microseconds=1)


class BelongsElsewhere(Refusal):
    """By the rules of that instant another system receives this dossier."""

    code = "belongs_elsewhere"


class RuleOfNothing(Refusal):
    """A rule speaks of a field or of a procedure: one of them, not both, and ends after it begins."""

    code = "cutover_rule_of_nothing"
    kind = Kind.MALFORMED


class StepNotNow(Refusal):
    """As the field stands, this is not done with it."""

    code = "cutover_step_not_now"


class StepBeforeNow(Refusal):
    """What was received is received: a step works from now on, or later."""

    code = "cutover_step_before_now"


class SystemState(StrEnum):
    """How far a system of reception is."""

    PLANNED = "planned"
    TESTING = "testing"
    LIVE = "live"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ReceptionSystem:
    """A system that receives dossiers: who runs it, where it is, and by which partner we speak to it."""

    code: str
    name: str
    body: str
    contact: str
    protocol: str
    state: SystemState
    certificate: str
    certificate_until: date | None
    test_address: str
    live_address: str
    partner: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """From an instant until before another, a field or a procedure is received by a system.

    Refuses: RuleOfNothing.
    """

    system: str
    since: datetime
    until: datetime | None
    decision: str
    source: str
    field: str = ""
    procedure: str = ""

    def __post_init__(self) -> None:
        never = self.until is not None and self.until <= self.since
        if bool(self.field) == bool(self.procedure) or never:
            raise RuleOfNothing("field" if not never else "until")

    def holds(self, at: datetime) -> bool:
        """Whether the rule is in force at this instant."""
        return self.since <= at and (self.until is None or at < self.until)

    def speaks_of(self, procedure: Procedure) -> bool:
        """Whether the rule names the procedure, or its field."""
        return self.procedure == procedure.code.base or self.field == procedure.field != ""


class FieldAct(StrEnum):
    """What people do with the cut-over of a field."""

    FREEZE = "freeze"
    START = "start"
    ROLL_BACK = "roll_back"


@dataclass(frozen=True, slots=True)
class FieldStep:
    """Such an act as it was recorded; it works from its instant on and never backwards."""

    field: str
    act: FieldAct
    effective_at: datetime
    decision: str = ""


class Ground(StrEnum):
    """Why a dossier is received where it is."""

    PROVINCIAL = "provincial"
    INTERNAL = "internal"
    NO_RULE = "no_rule"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    RULE_OF_PROCEDURE = "rule_of_procedure"
    RULE_OF_FIELD = "rule_of_field"
    STARTED = "started"
    FROZEN = "frozen"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: what it rests on, from or until which instant, by which decision."""

    ground: Ground
    fact: str = ""
    at: datetime | None = None
    decision: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """The system that receives a dossier, since when, and why."""

    system: str
    since: datetime | None
    because: tuple[Because, ...]

    @property
    def decision(self) -> str:
        """The decision that the answer rests on, where there is one."""
        return next((reason.decision for reason in self.because if reason.decision), "")


def destination(
    procedure: Procedure,
    *,
    received_at: datetime,
    rules: Iterable[Rule],
    steps: Iterable[FieldStep],
    home: str,
) -> Destination:
    """The one system that receives a procedure at an instant, whenever it is entered.

    What the province made for itself stays here. A rule of the procedure goes before one of
    its field. A field that was frozen stays where it was; one rolled back is received here.
    Source: letter of Lai Châu 12/2025 (UBND-HCC) khoản 1; letter of Lào Cai 4/2026.
    """
    if procedure.origin is not Origin.NATIONAL:
        ground = Ground.INTERNAL if procedure.origin is Origin.INTERNAL else Ground.PROVINCIAL
        return Destination(home, None, (Because(ground),))
    own = tuple(rule for rule in rules if rule.speaks_of(procedure))
    return field_destination(
        procedure.field, received_at=received_at, rules=own, steps=steps, home=home
    )


def field_destination(
    field: str,
    *,
    received_at: datetime,
    rules: Iterable[Rule],
    steps: Iterable[FieldStep],
    home: str,
) -> Destination:
    """The system that receives what these rules of one field speak of."""
    taken = sorted((step for step in steps if step.field == field), key=_effective)
    return _standing(field, received_at, tuple(rules), taken, home)


def _standing(
    field: str,
    at: datetime,
    rules: tuple[Rule, ...],
    steps: Sequence[FieldStep],
    home: str,
) -> Destination:
    past = [step for step in steps if step.effective_at <= at]
    if not past:
        return _by_rule(field, at, rules, home)
    last = past[-1]
    why = Because(_GROUND[last.act], field, last.effective_at, last.decision)
    match last.act:
        case FieldAct.ROLL_BACK:
            return Destination(home, last.effective_at, (why,))
        case FieldAct.FREEZE:
            before = last.effective_at - _JUST_BEFORE
            kept = _standing(field, before, rules, past[:-1], home)
        case FieldAct.START:
            kept = _by_rule(field, at, rules, home)
            if kept.since is not None and kept.since < last.effective_at:
                kept = replace(kept, since=last.effective_at)
    return replace(kept, because=(*kept.because, why))


_GROUND = {
    FieldAct.FREEZE: Ground.FROZEN,
    FieldAct.START: Ground.STARTED,
    FieldAct.ROLL_BACK: Ground.ROLLED_BACK,
}


def _by_rule(field: str, at: datetime, rules: tuple[Rule, ...], home: str) -> Destination:
    holding = [rule for rule in rules if rule.holds(at)]
    if holding:
        rule = max(holding, key=lambda one: one.procedure)
        ground = Ground.RULE_OF_PROCEDURE if rule.procedure else Ground.RULE_OF_FIELD
        fact = rule.procedure or rule.field
        why = Because(ground, fact, rule.since, rule.decision, rule.source)
        return Destination(rule.system, rule.since, (why,))
    coming = min((rule for rule in rules if rule.since > at), key=_since, default=None)
    if coming is not None:
        fact = coming.procedure or coming.field
        why = Because(Ground.NOT_YET, fact, coming.since, coming.decision, coming.source)
        return Destination(home, None, (why,))
    if rules:
        gone = max(rules, key=_since)
        fact = gone.procedure or gone.field
        return Destination(
            home, gone.until, (Because(Ground.NO_LONGER, fact, gone.until, gone.decision),)
        )
    return Destination(home, None, (Because(Ground.NO_RULE, field),))


def _since(rule: Rule) -> datetime:
    return rule.since


def _effective(step: FieldStep) -> datetime:
    return step.effective_at


_AFTER: dict[FieldAct | None, tuple[FieldAct, ...]] = {
    None: (FieldAct.FREEZE, FieldAct.START, FieldAct.ROLL_BACK),
    FieldAct.START: (FieldAct.FREEZE, FieldAct.ROLL_BACK),
    FieldAct.FREEZE: (FieldAct.START, FieldAct.ROLL_BACK),
    FieldAct.ROLL_BACK: (FieldAct.START,),
}


def acts_now(steps: Iterable[FieldStep]) -> tuple[FieldAct, ...]:
    """What may be done with a field after the steps that were taken with it."""
    last = max(steps, key=lambda step: step.effective_at, default=None)
    return _AFTER[last.act if last else None]


def take(steps: Iterable[FieldStep], step: FieldStep, *, at: datetime) -> FieldStep:
    """The step, if it may be taken: from now on, after every earlier one, and where it makes sense.

    Raises StepBeforeNow, StepNotNow.
    """
    taken = tuple(steps)
    last = max((one.effective_at for one in taken), default=at)
    if step.effective_at < at or step.effective_at < last:
        raise StepBeforeNow("effective_at", given=step.effective_at.isoformat())
    if step.act not in acts_now(taken):
        raise StepNotNow("act", field_name=step.field, cutover_act=step.act.value)
    return step

"""What was decided for a body, what a ministry set up for it, and in what the two differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from thongsuot.domain.cutover.rules import ReceptionSystem, SystemState


@dataclass(frozen=True, slots=True)
class StepSetUp:
    """A step of a process: its name, how long it may take, and the accounts named for it."""

    name: str
    role: str
    term: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureSetUp:
    """How a body resolves a procedure: its terms, its process with the decision, its steps."""

    code: str
    name: str
    terms: tuple[str, ...]
    process: str
    decision: str
    steps: tuple[StepSetUp, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An account to be opened: who it is, and the roles held."""

    account: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetUp:
    """Everything of a field that a system must know of a body."""

    field: str
    office: str
    procedures: tuple[ProcedureSetUp, ...]
    people: tuple[Person, ...]

    @property
    def digest(self) -> str:
        """The same content gives the same digest: what was exported is current while it does."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def is_approved(self) -> bool:
        """Whether every process rests on a decision."""
        return all(one.decision for one in self.procedures)

    @property
    def is_staffed(self) -> bool:
        """Whether every step has somebody."""
        return all(step.people for one in self.procedures for step in one.steps)


class DifferenceKind(StrEnum):
    """In what a set-up differs from the decision."""

    PROCEDURE_MISSING = "procedure_missing"
    PROCEDURE_UNKNOWN = "procedure_unknown"
    TERM = "term"
    STEP_MISSING = "step_missing"
    STEP_UNKNOWN = "step_unknown"
    STEP_ORDER = "step_order"
    STEP_TERM = "step_term"
    PEOPLE = "people"
    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_UNKNOWN = "account_unknown"


@dataclass(frozen=True, slots=True)
class SetUpDifference:
    """One difference: of which procedure and step, as decided and as set up."""

    kind: DifferenceKind
    procedure: str
    step: str
    decided: str
    there: str


def differences(decided: SetUp, there: SetUp) -> Iterator[SetUpDifference]:
    """In what a system's set-up of a body differs from what was decided, in a stable order."""
    ours = {one.code: one for one in decided.procedures}
    theirs = {one.code: one for one in there.procedures}
    for code, one in ours.items():
        if code not in theirs:
            yield SetUpDifference(DifferenceKind.PROCEDURE_MISSING, code, "", one.name, "")
        else:
            yield from _of_procedure(one, theirs[code])
    for code in theirs.keys() - ours.keys():
        yield SetUpDifference(
            DifferenceKind.PROCEDURE_UNKNOWN, code, "", "", theirs[code].name or code
        )
    yield from _of_accounts(decided.people, there.people)


def _of_procedure(ours: ProcedureSetUp, theirs: ProcedureSetUp) -> Iterator[SetUpDifference]:
    code = ours.code
    if set(ours.terms) != set(theirs.terms):
        yield SetUpDifference(DifferenceKind.TERM, code, "", _all(ours.terms), _all(theirs.terms))
    there = {_key(step.name): step for step in theirs.steps}
    here = {_key(step.name): step for step in ours.steps}
    for key, step in here.items():
        if key not in there:
            yield SetUpDifference(DifferenceKind.STEP_MISSING, code, step.name, step.name, "")
            continue
        other = there[key]
        if step.term != other.term:
            yield SetUpDifference(DifferenceKind.STEP_TERM, code, step.name, step.term, other.term)
        if set(step.people) != set(other.people):
            yield SetUpDifference(
                DifferenceKind.PEOPLE, code, step.name, _all(step.people), _all(other.people)
            )
    for key, step in there.items():
        if key not in here:
            yield SetUpDifference(DifferenceKind.STEP_UNKNOWN, code, step.name, "", step.name)
    if here.keys() == there.keys() and list(here) != list(there):
        names = tuple(step.name for step in ours.steps), tuple(step.name for step in theirs.steps)
        yield SetUpDifference(
            DifferenceKind.STEP_ORDER, code, "", " → ".join(names[0]), " → ".join(names[1])
        )


def _of_accounts(ours: Iterable[Person], theirs: Iterable[Person]) -> Iterator[SetUpDifference]:
    here, there = {one.account: one for one in ours}, {one.account: one for one in theirs}
    for account in here:
        if account not in there:
            yield SetUpDifference(DifferenceKind.ACCOUNT_MISSING, "", "", account, "")
    for account in there:
        if account not in here:
            yield SetUpDifference(DifferenceKind.ACCOUNT_UNKNOWN, "", "", "", account)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _all(values: Iterable[str]) -> str:
    return ", ".join(sorted(values))


class Check(StrEnum):
    """What a field needs at a body before it is received elsewhere."""

    DECIDED = "decided"
    SYSTEM = "system"
    CONNECTED = "connected"
    APPROVED = "approved"
    STAFFED = "staffed"
    EXPORTED = "exported"
    READ_BACK = "read_back"
    TESTED = "tested"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a field at a body: nothing of it is ticked by hand."""

    decision: str
    system: ReceptionSystem | None
    is_connected: bool
    is_approved: bool
    is_staffed: bool
    exported: str  # the digest of what was exported last
    current: str  # the digest of what is decided now
    read_back_at: datetime | None  # of what was exported last
    differences: int
    tested_at: datetime | None


def checks(known: Evidence, *, on: date) -> tuple[tuple[Check, bool], ...]:
    """What is ready and what is not, in the order of the work.

    Source: letter of Lào Cai 4/2026 (processes and accounts on the centralised systems).
    """
    system = known.system
    is_live = system is not None and system.state is SystemState.LIVE
    expired = system is not None and bool(
        system.certificate_until and system.certificate_until <= on
    )
    is_current = bool(known.exported) and known.exported == known.current
    is_same = is_current and known.read_back_at is not None and known.differences == 0
    return (
        (Check.DECIDED, bool(known.decision)),
        (Check.SYSTEM, is_live and not expired),
        (Check.CONNECTED, known.is_connected),
        (Check.APPROVED, known.is_approved),
        (Check.STAFFED, known.is_staffed),
        (Check.EXPORTED, is_current),
        (Check.READ_BACK, is_same),
        (Check.TESTED, known.tested_at is not None),
    )

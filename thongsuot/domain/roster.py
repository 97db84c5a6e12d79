"""A roster names the officials of each step of a process in an office, from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Process, StageKind


class NotOnRoster(Refusal):
    """A roster in force names the people of this step, and this person is not among them."""

    code = "not_on_roster"
    kind = Kind.FORBIDDEN


class RosterEmpty(Refusal):
    """A roster names at least one official."""

    code = "roster_empty"


class NamedTwice(Refusal):
    """An official is named once for a step."""

    code = "named_twice"


class StageNotOnProcess(Refusal):
    """A roster names officials for the steps that its process has."""

    code = "stage_not_on_process"


class LaterRosterExists(Refusal):
    """A roster from that day or later stands already: they are decided in the order of days."""

    code = "later_roster_exists"


@dataclass(frozen=True, slots=True)
class Named:
    """An official named for a step, of one procedure or ("") of all that the process resolves."""

    stage: str
    official: str
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who does the steps of a process in an office."""

    office: str
    process: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of a roster in force."""

    named: Named
    valid: Span
    decision: str


def check(roster: Roster, process: Process) -> None:
    """Raises RosterEmpty, NamedTwice, StageNotOnProcess for a roster that cannot be followed."""
    if not roster.named:
        raise RosterEmpty("named")
    stages = {stage.key for stage in process.stages if stage.kind is not StageKind.END}
    for number, line in enumerate(roster.named):
        if line.stage not in stages:
            raise StageNotOnProcess(f"named.{number}", stage=line.stage, process=process.name)
        if line in roster.named[:number]:
            raise NamedTwice(f"named.{number}", official=line.official, stage=line.stage)


def people(
    duties: Iterable[Duty], *, stage: str, procedure: str, on: date
) -> frozenset[str] | None:
    """The officials of a step on a day; None where no roster speaks of it.

    What is said of the procedure itself goes before what is said of all.
    """
    here = [duty for duty in duties if duty.named.stage == stage and on in duty.valid]
    own = [duty for duty in here if duty.named.procedure == procedure]
    common = [duty for duty in here if not duty.named.procedure]
    speaking = own or common
    return frozenset(duty.named.official for duty in speaking) if speaking else None


def require(
    duties: Iterable[Duty],
    *,
    officials: tuple[str, ...],
    stage: str,
    procedure: str,
    on: date,
) -> None:
    """One of these people is on the roster of the step, or nobody wrote one.

    Raises NotOnRoster. Source: letters of Lai Châu 06/2025 and Lào Cai 04/2026.
    """
    named = people(duties, stage=stage, procedure=procedure, on=on)
    if named is not None and not named.intersection(officials):
        raise NotOnRoster("official", given=officials[0], stage=stage, known=sorted(named))

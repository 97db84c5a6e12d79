"""A procedure is what a decision published, for as long as it is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span


class NoSuchProcedure(Refusal):
    """No version of a procedure with this code was ever published here."""

    code = "no_such_procedure"
    kind = Kind.UNKNOWN


class ProcedureNotYetInForce(Refusal):
    """The procedure is published, but its day has not come."""

    code = "procedure_not_yet_in_force"


class ProcedureRepealed(Refusal):
    """The procedure was in force once and is no more."""

    code = "procedure_repealed"


class NoSuchCase(Refusal):
    """The procedure has no case of this name."""

    code = "no_such_case"
    kind = Kind.UNKNOWN


class CaseNeeded(Refusal):
    """The term depends on the case, and none of those that it names was given."""

    code = "case_needed"


class NoSuchChannel(Refusal):
    """The procedure is not received by this channel."""

    code = "no_such_channel"


class Channel(StrEnum):
    """How a dossier reaches the counter. Source: NĐ 118/2025 Đ.15."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


class Origin(StrEnum):
    """Who made the procedure."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class TermRule:
    """How long the law gives, for one channel and one case; no term means an appointment."""

    channel: Channel
    term: Term | None
    case: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the papers that a case asks for."""

    name: str
    case: str = ""
    form: str = ""
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee by channel; an amount of None is not known and never zero."""

    channel: Channel
    amount: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant takes home, with its national code where it has one."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of an administrative procedure, bound to the decision that published it."""

    code: ProcedureCode
    name: str
    field: str
    levels: frozenset[Level]
    origin: Origin
    valid: Span
    decision: str
    version: int = 1
    terms: tuple[TermRule, ...] = ()
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    counts_from_next_day_after_15h: bool = False
    about_reorganisation: bool = False

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that the procedure distinguishes, in their order; () when it has none."""
        named = [rule.case for rule in self.terms] + [paper.case for paper in self.papers]
        return tuple(dict.fromkeys(case for case in named if case))

    def term_for(self, case: str, channel: Channel) -> Term | None:
        """The legal term of a case by a channel; None where the law gives none.

        Raises NoSuchCase, NoSuchChannel, CaseNeeded.
        """
        self._require_case(case)
        rules = [rule for rule in self.terms if rule.channel is channel]
        if not rules:
            raise NoSuchChannel("channel", procedure=str(self.code), channel=channel.value)
        fitting = [rule for rule in rules if rule.case == case]
        fitting = fitting or [rule for rule in rules if not rule.case] or rules
        if len({rule.term for rule in fitting}) > 1:
            known = [rule.case for rule in fitting]
            raise CaseNeeded("case", procedure=str(self.code), known=known)
        return fitting[0].term

    def papers_for(self, case: str) -> tuple[Paper, ...]:
        """The papers that a case asks for, common ones included."""
        self._require_case(case)
        return tuple(paper for paper in self.papers if paper.case in ("", case))

    def _require_case(self, case: str) -> None:
        if case and case not in self.cases:
            raise NoSuchCase("case", procedure=str(self.code), case=case, known=list(self.cases))


def in_force(versions: Iterable[Procedure], *, code: str, on: date) -> Procedure:
    """The version of a procedure in force on a day.

    Raises NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    known = sorted(versions, key=lambda version: version.valid.start)
    if not known:
        raise NoSuchProcedure("procedure", given=code)
    for version in known:
        if version.valid.contains(on):
            return version
    if on < known[0].valid.start:
        since = known[0].valid.start.isoformat()
        raise ProcedureNotYetInForce("procedure", given=code, since=since)
    past = [version for version in known if version.valid.end and version.valid.end <= on]
    until = past[-1].valid.end
    raise ProcedureRepealed(
        "procedure",
        given=code,
        until=until.isoformat() if until else "",
        decision=past[-1].decision,
    )

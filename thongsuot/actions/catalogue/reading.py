"""What a door was given about the catalogue, read once into values; each refusal names its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from thongsuot.actions.load import cells
from thongsuot.domain.catalogue import Channel, Fee, Origin, Paper, Procedure, Result, TermRule
from thongsuot.domain.deadline import Term
from thongsuot.domain.decisions import Decision
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.roster import Named
from thongsuot.domain.simplification import Burden, PlanLine
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act, ChildLink, Move, Process, Stage, StageKind
from thongsuot.words import reading
from thongsuot.words.reading import Given

Part = TypeVar("Part")
Choice = TypeVar("Choice", bound=StrEnum)

DECISION = ("number", "issued_on", "issuer", "title", "valid_from")


def decision(given: Given) -> Decision:
    """A decision. Raises DecisionUnnumbered, FieldNeeded, BadField, EffectiveBeforeIssued."""
    issued_on = reading.day("issued_on", given.get("issued_on"))
    return Decision(
        number=_text(given, "number", longest=100),
        issued_on=issued_on,
        issuer=reading.text("issuer", given.get("issuer"), longest=200),
        title=_text(given, "title", longest=500),
        valid_from=reading.if_given(reading.day, given, "valid_from", issued_on),
    )


def procedure(given: Given, *, on: date) -> Procedure:
    """A procedure as drafted. Raises FieldNeeded, BadField, ChoiceUnknown, TermMalformed, …"""
    levels = reading.lines("levels", given.get("levels", []))
    return Procedure(
        code=reading.parsed("code", ProcedureCode.parse, given.get("code")),
        name=reading.text("name", given.get("name"), longest=2000),
        field=reading.text("field", given.get("field"), longest=200),
        levels=frozenset(cells.one_of("levels", level, Level) for level in levels),
        origin=cells.one_of("origin", _text(given, "origin") or "provincial", Origin),
        valid=Span(on),
        decision="",
        terms=_rows(given, "terms", _term_rule),
        papers=_rows(given, "papers", _paper),
        fees=_rows(given, "fees", _fee),
        results=_rows(given, "results", _result),
        counts_from_next_day_after_15h=_flag(given, "counts_from_next_day_after_15h"),
        about_reorganisation=_flag(given, "about_reorganisation"),
    )


def process(given: Given) -> Process:
    """A process as written in a form or a file; who decided on it is left behind.

    Raises FieldNeeded, BadField, ChoiceUnknown, TermMalformed, ProcedureCodeMalformed.
    """
    return Process(
        code=reading.text("code", given.get("code"), longest=60),
        version=1,
        name=reading.text("name", given.get("name"), longest=200),
        stages=_rows(given, "stages", stage),
        moves=_rows(given, "moves", move),
        opinions=reading.if_given(reading.lines, given, "opinions", ()),
        children=_rows(given, "children", _child),
    )


def stage(row: Given) -> Stage:
    """One step of a process. Raises FieldNeeded, ChoiceUnknown, TermMalformed."""
    return Stage(
        key=reading.text("key", row.get("key"), longest=40),
        name=reading.text("name", row.get("name"), longest=200),
        kind=_choice(row, "kind", StageKind),
        role=_text(row, "role", longest=40),
        term=reading.if_given(_term, row, "term", None),
        two_people=_flag(row, "two_people"),
    )


def move(row: Given) -> Move:
    """One way of a process. Raises FieldNeeded, ChoiceUnknown."""
    return Move(
        act=_choice(row, "act", Act),
        source=reading.text("source", row.get("source"), longest=40),
        target=reading.text("target", row.get("target"), longest=40),
        name=_text(row, "name", longest=200),
    )


def _child(row: Given) -> ChildLink:
    base = reading.parsed("procedure", ProcedureCode.parse, row.get("procedure")).base
    return ChildLink(base, reading.text("stage", row.get("stage"), longest=40))


def roster(given: Given) -> tuple[Named, ...]:
    """The officials of a roster, line by line. Raises FieldNeeded, ProcedureCodeMalformed."""
    return _rows(given, "named", _named)


def plan_lines(given: Given) -> tuple[PlanLine, ...]:
    """The lines of a plan. Raises FieldNeeded, BadField, NothingSimplified, CostBasisNeeded, …"""
    return _rows(given, "lines", _plan_line)


def rows(
    given: Given, name: str, read: Callable[[Given], Part]
) -> tuple[tuple[Part, ...], tuple[Refusal, ...]]:
    """The rows that can be read, and what is wrong with the others, each by its place."""
    raw = given.get(name, [])
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise reading.BadField.holding(name, raw, reading.Expected.LIST)
    good: list[Part] = []
    wrong: list[Refusal] = []
    for number, row in enumerate(raw):
        try:
            good.append(read(reading.named(name, row)))
        except Refusal as refusal:
            wrong.append(refusal.at(f"{name}.{number}"))
    return tuple(good), tuple(wrong)


def _rows(given: Given, name: str, read: Callable[[Given], Part]) -> tuple[Part, ...]:
    good, wrong = rows(given, name, read)
    if wrong:
        raise wrong[0]
    return good


def _term_rule(row: Given) -> TermRule:
    return TermRule(
        channel=_choice(row, "channel", Channel),
        term=reading.if_given(_term, row, "term", None),
        case=_text(row, "case", longest=300),
        note=_text(row, "note", longest=600),
    )


def _paper(row: Given) -> Paper:
    return Paper(
        name=reading.text("name", row.get("name"), longest=6000),
        case=_text(row, "case", longest=300),
        form=_text(row, "form", longest=300),
        originals=reading.if_given(reading.number, row, "originals", 0),
        copies=reading.if_given(reading.number, row, "copies", 0),
    )


def _fee(row: Given) -> Fee:
    return Fee(
        channel=_choice(row, "channel", Channel),
        amount=reading.maybe(reading.number, row, "amount"),
        note=_text(row, "note", longest=600),
    )


def _result(row: Given) -> Result:
    name = reading.text("name", row.get("name"), longest=3000)
    return Result(name, _text(row, "code", longest=40))


def _named(row: Given) -> Named:
    code = row.get("procedure")
    base = reading.parsed("procedure", ProcedureCode.parse, code).base if code else ""
    return Named(
        stage=reading.text("stage", row.get("stage"), longest=40),
        official=reading.text("official", row.get("official"), longest=60),
        procedure=base,
    )


def _plan_line(row: Given) -> PlanLine:
    return PlanLine(
        procedure=reading.parsed("procedure", ProcedureCode.parse, row.get("procedure")).base,
        before=_burden(row, "before"),
        after=_burden(row, "after"),
        measure=reading.text("measure", row.get("measure")),
        cost_basis=_text(row, "cost_basis"),
    )


def _burden(row: Given, when: str) -> Burden:
    counts = {
        part: reading.if_given(reading.number, row, f"{part}_{when}", 0)
        for part in ("papers", "cost", "conditions")
    }
    return Burden(reading.if_given(_term, row, f"term_{when}", None), **counts)


def _choice(row: Given, name: str, kind: type[Choice]) -> Choice:
    return cells.one_of(name, reading.text(name, row.get(name)), kind)


def _term(name: str, raw: object) -> Term | None:
    return reading.parsed(name, Term.parse, raw)


def _flag(given: Mapping[str, object], name: str) -> bool:
    return reading.if_given(reading.flag, given, name, False)


def _text(given: Mapping[str, object], name: str, *, longest: int = reading.LONGEST) -> str:
    value = given.get(name)
    return "" if reading.is_empty(value) else reading.text(name, value, longest=longest)

"""Internal processes, each a file of stages, moves and the procedures it resolves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import (
    Act,
    BadProcess,
    ChildLink,
    Move,
    Process,
    Stage,
    StageKind,
    check,
)
from thongsuot.records.access import RoleRow
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow, process_row
from thongsuot.records.spans import to_range
from thongsuot.words import reading
from thongsuot.words.faults import said

FOLDER = "processes"

Given = Mapping[str, object]
Part = TypeVar("Part")

_PROCESSES = Kept(ProcessRow, ("code", "version"), columns("name", "decision", "body", "source"))
_USES = Kept(ProcessUseRow, ("procedure", "level"), lambda row: row.process_id)


@dataclass(frozen=True, slots=True)
class Use:
    """A process resolves a procedure ("" for any) at a level while this is valid."""

    procedure: str
    level: Level
    valid: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """What a process file says."""

    process: Process
    source: str
    uses: tuple[Use, ...]


@transaction.atomic
def load_process(sheet: Sheet, *, as_of: date | None) -> None:
    """Load a process and where it is used; a process that fails its check is refused."""
    roles = frozenset(RoleRow.objects.values_list("code", flat=True))
    read = sheet.read(lambda line: _checked(definition(line.cells), roles))
    rows = [(line, process_row(said.process, source=said.source)) for line, said in read]
    add_rows(sheet, rows, _PROCESSES, as_of=as_of)
    for line, stated in read:
        _keep_uses(sheet, line, stated, as_of)


def definition(raw: Given) -> Definition:
    """A process as its file says it. Raises FieldNeeded, FieldUnknown, BadField, ChoiceUnknown."""
    known = ("code", "version", "name", "decision", "source", "opinions")
    given = reading.fields(raw, known=(*known, "stage", "move", "child", "use"), name="process")
    process = Process(
        code=reading.text("code", given.get("code"), longest=60),
        version=reading.number("version", given.get("version")),
        name=reading.text("name", given.get("name"), longest=200),
        stages=_each(given, "stage", ("key", "name", "kind", "role", "term", "two_people"), _stage),
        moves=_each(given, "move", ("act", "from", "to", "name"), _move),
        decision=_text(given, "decision"),
        opinions=reading.if_given(reading.lines, given, "opinions", ()),
        children=_each(given, "child", ("procedure", "stage"), _child),
    )
    uses = _each(given, "use", ("level", "procedures", "valid_from", "valid_to"), _uses)
    source = reading.text("source", given.get("source"), longest=200)
    return Definition(process, source, tuple(use for several in uses for use in several))


def _keep_uses(sheet: Sheet, line: Line, stated: Definition, as_of: date | None) -> None:
    kept = ProcessRow.objects.filter(
        code=stated.process.code, version=stated.process.version
    ).first()
    if kept is None or sheet.refused:
        return
    uses = sheet.beside()
    add_versions(uses, [(line, _use_row(use, kept)) for use in stated.uses], _USES, as_of=as_of)
    if uses.refused:
        # A process that another one is in the way of is not kept either.
        transaction.set_rollback(True)
        sheet.loaded, sheet.unchanged, sheet.refused = 0, 0, uses.refused[:1]


def _checked(stated: Definition, roles: frozenset[str]) -> Definition:
    faults = check(stated.process, roles=roles)
    if faults:
        raise BadProcess("process", process=stated.process.key, fault=said(faults))
    return stated


def _each(
    given: Given, name: str, known: Collection[str], read: Callable[[Given], Part]
) -> tuple[Part, ...]:
    raw = given.get(name, [])
    if not isinstance(raw, list):
        raise reading.BadField.holding(name, raw, reading.Expected.LIST)
    return tuple(read(reading.fields(part, known=known, name=name)) for part in raw)


def _stage(given: Given) -> Stage:
    return Stage(
        key=reading.text("stage.key", given.get("key"), longest=40),
        name=reading.text("stage.name", given.get("name"), longest=200),
        kind=cells.one_of("stage.kind", _text(given, "kind"), StageKind),
        role=_text(given, "role"),
        term=reading.if_given(_term, given, "term", None, where="stage."),
        two_people=reading.if_given(reading.flag, given, "two_people", False, where="stage."),
    )


def _move(given: Given) -> Move:
    return Move(
        act=cells.one_of("move.act", _text(given, "act"), Act),
        source=reading.text("move.from", given.get("from"), longest=40),
        target=reading.text("move.to", given.get("to"), longest=40),
        name=_text(given, "name"),
    )


def _child(given: Given) -> ChildLink:
    return ChildLink(
        procedure=_base("child.procedure", given.get("procedure")),
        stage=reading.text("child.stage", given.get("stage"), longest=40),
    )


def _uses(given: Given) -> tuple[Use, ...]:
    level = cells.one_of("use.level", _text(given, "level"), Level)
    end = given.get("valid_to")
    valid = Span(
        _day("use.valid_from", given.get("valid_from")), _day("use.valid_to", end) if end else None
    )
    procedures = reading.lines("use.procedures", given.get("procedures", []))
    bases = [_base("use.procedures", code) for code in procedures]
    return tuple(Use(base, level, valid) for base in bases or [""])


def _use_row(use: Use, process: ProcessRow) -> ProcessUseRow:
    return ProcessUseRow(
        procedure=use.procedure, level=use.level.value, process=process, valid=to_range(use.valid)
    )


def _text(given: Given, name: str) -> str:
    return reading.if_given(reading.text, given, name, "")


def _term(name: str, raw: object) -> Term | None:
    return reading.parsed(name, Term.parse, raw)


def _day(name: str, raw: object) -> date:
    """A day of TOML, or one written as a text."""
    return raw if isinstance(raw, date) else reading.day(name, raw)


def _base(name: str, raw: object) -> str:
    return reading.parsed(name, ProcedureCode.parse, raw).base

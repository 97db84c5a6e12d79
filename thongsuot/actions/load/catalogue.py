"""Procedures from the tables of the national database, each one value bound to its decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from thongsuot.actions.load import cells, terms
from thongsuot.actions.load.merging import Kept, add_versions
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Read, Sheet
from thongsuot.domain.catalogue import Origin, Paper, Procedure, Result
from thongsuot.domain.directory import Level
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.records.catalogue import ProcedureRow, procedure_row
from thongsuot.records.codec import encode
from thongsuot.records.spans import to_range
from thongsuot.words import reading

PROCEDURES = Shape(
    "tthc/procedures.csv",
    ("code", "name", "field", "levels", "origin", "decision", "valid_from", "valid_to", "source"),
)
CHANNELS = Shape(
    "tthc/channels.csv",
    (
        "code",
        "channel",
        "time",
        "unit",
        "case",
        "is_step",
        "fee_shown",
        "fee",
        "currency",
        "fee_note",
        "quality",
    ),
)
# What stands before and after a paper in a list of papers, and is no part of its name.
_BULLETS = " -–+*•.\uf0fc"
_ENDS = " .,;:"
PAPERS = Shape("tthc/papers.csv", ("code", "case", "name", "form", "originals", "copies"))
RESULTS = Shape("tthc/results.csv", ("code", "name", "result_code"))
AFTER_15H = Shape("tthc/after_15h.csv", ("field", "source"))
ABOUT_REORGANISATION = Shape("tthc/about_reorganisation.csv", ("code", "subject"))

FILES = (PROCEDURES, CHANNELS, PAPERS, RESULTS, AFTER_15H, ABOUT_REORGANISATION)
PARTS = (CHANNELS, PAPERS, RESULTS)


class NameMissing(Refusal):
    """The list has the code of a procedure, but not its name."""

    code = "name_missing"
    kind = Kind.MALFORMED


class LevelMissing(Refusal):
    """Nobody says whether the province or the commune resolves this procedure."""

    code = "level_missing"
    kind = Kind.MALFORMED


class ProcedureNotLoaded(Refusal):
    """A line belongs to a procedure that is not in the list, or was refused there."""

    code = "procedure_not_loaded"
    kind = Kind.UNKNOWN


@dataclass(slots=True)
class _Parts:
    channels: list[terms.ChannelLine] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


def load(sheets: Mapping[Shape, Sheet], *, as_of: date | None) -> None:
    """Load procedures with their terms, papers, fees and results."""
    heads = sheets[PROCEDURES].read(_head)
    parts = _parts(sheets, {head.code.base for _, head in heads})
    fields = {line["field"]: line for line in sheets[AFTER_15H].lines}
    subjects = {_base(line["code"]): line for line in sheets[ABOUT_REORGANISATION].lines}
    rows: Read[ProcedureRow] = []
    for line, head in heads:
        value = replace(
            _with_parts(head, parts[head.code.base]),
            counts_from_next_day_after_15h=head.field in fields,
            about_reorganisation=head.code.base in subjects,
        )
        rows.append((line, _row(value, line)))
    fresh = {row.base for row in add_versions(sheets[PROCEDURES], rows, _PROCEDURES, as_of=as_of)}
    _count(sheets, fresh, {row.field for _, row in rows if row.base in fresh})


def _head(line: Line) -> Procedure:
    """A procedure without its parts. Raises NameMissing, LevelMissing, …"""
    code = reading.parsed("code", ProcedureCode.parse, line["code"])
    if not line["name"]:
        raise NameMissing("name", given=str(code))
    levels = cells.choices(line, "levels", Level, "|")
    if not levels:
        raise LevelMissing("levels", given=str(code))
    return Procedure(
        code=code,
        name=cells.text(line, "name", longest=2000),
        field=cells.text(line, "field", longest=200),
        levels=frozenset(levels),
        origin=cells.choice(line, "origin", Origin),
        valid=cells.span(line),
        decision=cells.text(line, "decision", longest=100),
    )


def _parts(sheets: Mapping[Shape, Sheet], bases: set[str]) -> dict[str, _Parts]:
    parts: dict[str, _Parts] = defaultdict(_Parts)

    def add_channel(line: Line) -> None:
        parts[_owner(line, bases)].channels.append(terms.channel_line(line))

    def add_paper(line: Line) -> None:
        parts[_owner(line, bases)].papers.append(_paper(line))

    def add_result(line: Line) -> None:
        parts[_owner(line, bases)].results.append(_result(line))

    sheets[CHANNELS].read(add_channel)
    sheets[PAPERS].read(add_paper)
    sheets[RESULTS].read(add_result)
    return parts


def _owner(line: Line, bases: set[str]) -> str:
    base = reading.parsed("code", ProcedureCode.parse, line["code"]).base
    if base not in bases:
        raise ProcedureNotLoaded("code", given=line["code"])
    return base


def _paper(line: Line) -> Paper:
    return Paper(
        name=_bare(cells.text(line, "name", longest=6000)),
        case=cells.text_if_any(line, "case", longest=terms.CASE),
        form=cells.text_if_any(line, "form", longest=300),
        originals=cells.number(line, "originals"),
        copies=cells.number(line, "copies"),
    )


def _bare(name: str) -> str:
    """The name without the marks of the list that it was copied out of."""
    shorn = name.lstrip(_BULLETS).rstrip(_ENDS)
    return shorn or name


def _result(line: Line) -> Result:
    return Result(
        name=cells.text(line, "name", longest=3000),
        code=cells.text_if_any(line, "result_code", longest=40),
    )


def _with_parts(head: Procedure, parts: _Parts) -> Procedure:
    return replace(
        head,
        terms=terms.rules(parts.channels),
        fees=terms.fees(parts.channels),
        papers=tuple(parts.papers),
        results=tuple(parts.results),
    )


def _row(value: Procedure, line: Line) -> ProcedureRow:
    search = " ".join(fold(f"{value.name} {value.field} {value.code} {value.decision}"))
    return procedure_row(value, search=search, source=cells.text(line, "source", longest=200))


def _content(row: ProcedureRow) -> object:
    """What a version says, whatever its number and its days."""
    said = {name: part for name, part in row.body.items() if name not in ("valid", "version")}
    return said | {"source": row.source}


def _seat(row: ProcedureRow, span: Span, number: int) -> None:
    row.valid, row.version = to_range(span), number
    row.body = {**row.body, "valid": encode(span), "version": number}


_PROCEDURES = Kept(ProcedureRow, ("base",), _content, _seat)


def _count(sheets: Mapping[Shape, Sheet], fresh: set[str], fields: set[str]) -> None:
    """The lines that live inside procedures count as their procedure does."""
    for shape in PARTS:
        refused = {line.line for line in sheets[shape].refused}
        sheets[shape].settle(
            line
            for line in sheets[shape].lines
            if line.number not in refused and _base(line["code"]) in fresh
        )
    sheets[AFTER_15H].settle(line for line in sheets[AFTER_15H].lines if line["field"] in fields)
    subjects = sheets[ABOUT_REORGANISATION]
    subjects.settle(line for line in subjects.lines if _base(line["code"]) in fresh)


def _base(text: str) -> str:
    return ".".join(text.split(".")[:2])

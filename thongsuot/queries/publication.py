"""What can be told of the catalogue: its list, a procedure's history, what a change touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db.models import Q, QuerySet

from thongsuot.domain.catalogue import NoSuchProcedure, Procedure
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.publication import Difference, compare
from thongsuot.domain.simplification import PlanLine
from thongsuot.records import catalogue as records
from thongsuot.records import decisions
from thongsuot.records.catalogue import ProcedureRow, ProcessRow, ProcessUseRow
from thongsuot.records.decisions import ProcedureDraftRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.simplification import PlanLineRow
from thongsuot.records.spans import to_span
from thongsuot.words import reading

CODES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A procedure of the catalogue on a day, as a line of its list."""

    base: str
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    origin: str
    decision: str
    since: date
    until: date | None
    version: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a decision did to a procedure."""

    kind: str
    number: str
    issued_on: date
    issuer: str
    title: str
    valid_from: date
    replaced_by: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft that waits for its decision."""

    base: str
    code: str
    name: str
    source: str
    by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of a simplification plan that waits to be carried out."""

    number: int
    decision: str
    line: PlanLine


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of a procedure touches."""

    open_dossiers: int
    codes: tuple[str, ...]
    processes: tuple[str, ...]
    rosters: tuple[str, ...]
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """A procedure with its versions, its decisions, its draft, and what a change would touch."""

    base: str
    shown: Procedure
    is_in_force: bool
    is_draft_only: bool
    source: str
    versions: tuple[Procedure, ...]
    changes: tuple[ChangeLine, ...]
    draft: DraftLine | None
    differences: tuple[Difference, ...]
    impact: Impact
    plan_lines: tuple[OpenLine, ...]


def listed(
    words: str, *, on: date, origin: str = "", ended: bool = False
) -> QuerySet[ProcedureRow]:
    """The procedures in force on a day, or those that are no more, by name."""
    wanted = Q(valid__endswith__lte=on) if ended else Q(valid__contains=on)
    for word in fold(words):
        wanted &= Q(search__contains=word)
    if origin:
        wanted &= Q(origin=origin)
    rows = ProcedureRow.objects.filter(wanted)
    if ended:
        alive = ProcedureRow.objects.filter(Q(valid__contains=on) | Q(valid__startswith__gt=on))
        rows = rows.exclude(base__in=alive.values("base"))
    return rows.annotate(since=RangeStartsWith("valid")).order_by("name", "base", "version")


def lines(rows: QuerySet[ProcedureRow], *, start: int = 0, limit: int = 50) -> list[CatalogueLine]:
    """So many lines of a list."""
    return [_line(row) for row in rows.defer("body", "search")[start : start + limit]]


def drafts() -> list[DraftLine]:
    """Every draft, the latest first."""
    return [_draft(row) for row in ProcedureDraftRow.objects.order_by("-changed_at")]


def page(code: str, *, on: date) -> ProcedurePage:
    """Everything about a procedure. Raises ProcedureCodeMalformed, NoSuchProcedure."""
    base = reading.parsed("code", ProcedureCode.parse, code).base
    rows = list(ProcedureRow.objects.filter(base=base).order_by("-version"))
    versions = [row.value() for row in rows]
    draft = ProcedureDraftRow.objects.filter(base=base).first()
    if not rows and draft is None:
        raise NoSuchProcedure("procedure", given=code)
    current = next((version for version in versions if on in version.valid), None)
    drafted = draft.value() if draft else None
    shown = current or (versions[0] if versions else drafted)
    if shown is None:
        raise NoSuchProcedure("procedure", given=code)
    return ProcedurePage(
        base=base,
        shown=shown,
        is_in_force=current is not None,
        is_draft_only=not versions,
        source=rows[0].source if rows else (draft.source if draft else ""),
        versions=tuple(versions),
        changes=tuple(_changes(base)),
        draft=_draft(draft) if draft else None,
        differences=compare(shown, drafted) if drafted and versions else (),
        impact=impact(base, levels=shown.levels, on=on),
        plan_lines=open_plan_lines(base),
    )


def differences(base: str, before: int, after: int) -> tuple[Difference, ...]:
    """What two versions say differently. Raises NoSuchProcedure."""
    return compare(records.procedure_version(base, before), records.procedure_version(base, after))


def drafted(base: str) -> Procedure:
    """The draft of a procedure. Raises NoSuchDraft."""
    return decisions.draft(base).value()


def impact(base: str, *, levels: frozenset[str], on: date) -> Impact:
    """What a change of a procedure touches: dossiers under way keep their version."""
    running = DossierRow.objects.filter(OPEN, procedure=base)
    uses = ProcessUseRow.objects.filter(
        Q(procedure=base) | Q(procedure="", level__in=[str(level) for level in levels]),
        valid__contains=on,
    ).select_related("process")
    own = [use for use in uses if use.procedure] or list(uses)
    rosters = RosterRow.objects.filter(procedure=base, valid__contains=on)
    return Impact(
        open_dossiers=running.count(),
        codes=tuple(running.order_by("code").values_list("code", flat=True)[:CODES_SHOWN]),
        processes=tuple(sorted({_named(use.process) for use in own})),
        rosters=tuple(sorted(set(rosters.values_list("office", flat=True)))),
        parents=tuple(sorted(_parents(base))),
    )


def open_plan_lines(base: str) -> tuple[OpenLine, ...]:
    """The lines of simplification plans that wait for a change of this procedure."""
    rows = PlanLineRow.objects.filter(procedure=base, amended_by=None)
    found = rows.select_related("plan__decision", "amended_by")
    return tuple(OpenLine(row.pk, row.plan.decision.number, row.value()) for row in found)


def every(*, on: date) -> list[Procedure]:
    """Every procedure in force on a day, by code."""
    rows = ProcedureRow.objects.filter(valid__contains=on).order_by("base")
    return [row.value() for row in rows]


def _named(row: ProcessRow) -> str:
    return f"{row.code}@{row.version}"


def _parents(base: str) -> set[str]:
    """The processes under which this procedure is opened as a child."""
    rows = ProcessRow.objects.filter(body__children__contains=[{"procedure": base}])
    return {_named(row) for row in rows}


def _line(row: ProcedureRow) -> CatalogueLine:
    valid = to_span(row.valid)
    return CatalogueLine(
        base=row.base,
        code=row.code,
        name=row.name,
        field=row.field,
        levels=tuple(row.levels),
        origin=row.origin,
        decision=row.decision,
        since=valid.start,
        until=valid.end,
        version=row.version,
    )


def _draft(row: ProcedureDraftRow) -> DraftLine:
    return DraftLine(row.base, str(row.value().code), row.name, row.source, row.by, row.changed_at)


def _changes(base: str) -> list[ChangeLine]:
    return [
        ChangeLine(
            kind=row.kind,
            number=row.decision.number,
            issued_on=row.decision.issued_on,
            issuer=row.decision.issuer,
            title=row.decision.title,
            valid_from=valid_from,
            replaced_by=row.replaced_by,
        )
        for row, valid_from in decisions.decisions_on(base)
    ]

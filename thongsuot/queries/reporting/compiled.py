"""A report worked out: rows and cells as of a moment, what agrees, what was carried between windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from django.conf import settings

from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.figures import Counted, Counting
from thongsuot.domain.reporting.forms import (
    Broken,
    Coverage,
    Dimension,
    NoSuchCell,
    ReportForm,
    Row,
    broken,
    row,
)
from thongsuot.domain.reporting.obligations import reporter_of
from thongsuot.domain.reporting.windows import NoSuchPeriod, Window
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.reporting import rules
from thongsuot.queries.reporting.tallies import (
    PAGE,
    Asked,
    Hierarchy,
    Key,
    Seen,
    Tallies,
    elsewhere,
    listed,
    summed,
    tallies,
)
from thongsuot.queries.then_and_now import Structure, names_on, structure
from thongsuot.records import report_routes
from thongsuot.records.cutover import ReceptionSystemRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reporting import StretchRow
from thongsuot.words import reporting as words

TOTAL = "total"
ELSEWHERE = "elsewhere"


class CellNotCounted(Refusal):
    """The cell is filled in by hand, so no dossiers stand behind it."""

    code = "cell_not_counted"


@dataclass(frozen=True, slots=True)
class Question:
    """Which report is asked for: form, window, body, by which bodies, as known when."""

    definition: ReportDefinition
    form: ReportForm
    unit: str
    hierarchy: Hierarchy
    known_at: datetime
    window: Window
    counting: Counting | None = None  # another way of counting than the one in force


@dataclass(frozen=True, slots=True)
class Part:
    """The bodies of a report that share a window, and the question about them."""

    window: Window
    asked: Asked
    reporters: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report with its rows; `between` is what was carried from the window before, if anything."""

    question: Question
    unit_name: str
    rows: tuple[Row, ...]
    broken: tuple[Broken, ...]
    parts: tuple[Part, ...]
    between: Row | None
    counted_by: str
    is_without_data: bool = False  # nothing is known of the window or of any time before

    @property
    def is_provisional(self) -> bool:
        """Whether the window was not over when it was counted."""
        return self.question.known_at < self.question.window.end


@dataclass(frozen=True, slots=True)
class DossierOfCell:
    """A dossier behind a cell, without its applicant."""

    number: int
    code: str
    procedure: str
    office: str
    office_name: str
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    place: Counted


def question(
    key: str,
    *,
    unit: str,
    known_at: datetime,
    period: str = "",
    ends_at: datetime | None = None,
    hierarchy: Hierarchy = Hierarchy.THEN,
) -> Question:
    """The report that is asked for.

    Raises NoSuchReport, NoSuchForm, NoSuchPeriod, NoSuchOffice, OfficeCodeMalformed.
    """
    definition, form = rules.find(key)
    reporters = report_routes.reporter(definition, unit)
    window = rules.window(definition, reporters=reporters, period=period, ends_at=ends_at)
    in_force = rules.form(form, on=window.last_day)
    return Question(definition, in_force, unit, hierarchy, known_at, window)


def compiled(of: Question, *, filled: Filled | None = None) -> Compiled:
    """The report as it was known at the moment, every cell worked out."""
    bodies = _bodies(of)
    parts = _parts(of, bodies)
    found = _mapped([tallies(part.asked) for part in parts], bodies)
    rows = (*_rows(of, bodies, found, filled or {}), *_elsewhere(of, parts, filled or {}))
    is_known = bool(found) or StretchRow.objects.filter(from_at__lt=of.window.end).exists()
    return Compiled(
        question=of,
        unit_name=bodies.names.get(of.unit, of.unit) or words.PROVINCE,
        rows=rows,
        broken=broken(of.form, rows),
        parts=parts,
        between=_between(of, bodies, parts),
        counted_by=parts[0].asked.counting.source,
        is_without_data=not is_known,
    )


@dataclass(frozen=True, slots=True)
class PartOfCell:
    """What of a cell is counted in one window: where to look, and how bodies are called."""

    asked: Asked
    wanted: Callable[[Key], bool]
    fields: tuple[str, ...] | None
    systems: tuple[str, ...] | None
    names: Mapping[str, str]
    body: Callable[[str], str]


def parts_of_cell(of: Question, row: str) -> Iterator[PartOfCell]:
    """The windows in which the dossiers of a row are looked for. Raises NoSuchCell."""
    bodies = _bodies(of)
    wanted = _wanted(of.form, row, bodies)
    for part in _parts(of, bodies):
        yield PartOfCell(
            replace(part.asked, offices=_offices_of(row, of.form, part, bodies)),
            lambda key: wanted(replace(key, office=bodies.body(key.office))),
            _only(of.form, row, Dimension.FIELD),
            _only(of.form, row, Dimension.SYSTEM),
            bodies.names,
            bodies.body,
        )


def dossiers(of: Question, *, row: str, column: str, after: int = 0) -> tuple[DossierOfCell, ...]:
    """The dossiers behind a cell, page by page in the order of their numbers.

    Raises NoSuchCell, CellNotCounted.
    """
    columns = of.form.counted_in(column)
    if not columns:
        raise CellNotCounted("column", given=column)
    found: list[Seen] = []
    for part in parts_of_cell(of, row):
        found += listed(
            part.asked,
            wanted=lambda place: any(of.form.column(each).counts(place) for each in columns),
            fields=part.fields,
            systems=part.systems,
            key=part.wanted,
            after=after,
        )
    return _lines(sorted(found, key=lambda one: one.dossier)[:PAGE], _bodies(of))


@dataclass(frozen=True, slots=True)
class _Bodies:
    """The bodies that a report covers: their names and levels, and who stands for whom."""

    covered: frozenset[str] | None  # None for every one
    names: Mapping[str, str]
    levels: Mapping[str, Level]
    reporters: Mapping[str, str]  # of which kind each that must report is
    structure: Structure | None

    def body(self, code: str) -> str:
        """The body to which the work of another is counted."""
        return self.structure.body(code) if self.structure else code

    def behind(self, codes: Iterable[str]) -> frozenset[str]:
        """The bodies of any time whose work is counted to some."""
        return frozenset(self.structure.those(codes) if self.structure else codes)


def _bodies(of: Question) -> _Bodies:
    now = of.hierarchy is Hierarchy.NOW
    known_on = of.known_at.astimezone(VIETNAM).date()
    on = known_on if now else min(of.window.last_day, known_on)
    known = directory.offices(on=on)
    rows = OfficeRow.objects.order_by("valid")
    reporters = {
        office.code.canonical: kind
        for office in known
        if office.kind is not OfficeKind.PROVINCE
        and (kind := reporter_of(of.definition.reporters, office))
    }
    return _Bodies(
        covered=_covered(of, on),
        names=names_on(rows.values_list("code", flat=True), on=on),
        levels={code: Level(level) for code, level in rows.values_list("code", "level")},
        reporters=reporters,
        structure=structure(on, today=known_on) if now else None,
    )


def _covered(of: Question, on: date) -> frozenset[str] | None:
    """The body itself, or all that stood below it at any time of the window."""
    if _is_province(of.unit):
        return None
    if of.form.covers is Coverage.OWN:
        return frozenset({of.unit})
    parents = dict(OfficeRow.objects.filter(valid__contains=on).values_list("code", "parent"))
    found = {of.unit}
    while below := {code for code, parent in parents.items() if parent in found} - found:
        found |= below
    return frozenset(found)


def _is_province(unit: str) -> bool:
    row = OfficeRow.objects.filter(code=unit).first()
    return not unit or (row is not None and row.kind == OfficeKind.PROVINCE.value)


def _parts(of: Question, bodies: _Bodies) -> tuple[Part, ...]:
    """The bodies with windows of their own apart from the others, in the same report."""
    counting = of.counting or rules.counting(rules.II06, on=of.window.last_day)

    def asked(window: Window, offices: frozenset[str] | None) -> Asked:
        return Asked(window.start, window.end, of.known_at, counting, of.hierarchy, offices)

    covered = None if bodies.covered is None else bodies.behind(bodies.covered)
    if covered is not None:
        return (Part(of.window, asked(of.window, covered)),)
    own: list[Part] = []
    apart: set[str] = set()
    for kind in dict.fromkeys(bodies.reporters.values()):
        window = _own_window(of, kind)
        if window is not None:
            offices = bodies.behind(c for c, k in bodies.reporters.items() if k == kind)
            apart |= offices
            own.append(Part(window, asked(window, offices), kind))
    if not apart:
        return (Part(of.window, asked(of.window, None)),)
    others = frozenset(OfficeRow.objects.values_list("code", flat=True)) - apart
    return (Part(of.window, asked(of.window, others)), *own)


def _own_window(of: Question, kind: str) -> Window | None:
    """The window of some reporters, where it is not that of the others."""
    if not any(rule.reporters == kind for rule in of.definition.windows):
        return None
    try:
        window = rules.window(of.definition, reporters=kind, period=of.window.key)
    except NoSuchPeriod:
        return None
    return window if window != of.window else None


Found = Mapping[tuple[Key, Counted], int]
Filled = Mapping[tuple[str, str], Fraction]


def _mapped(found: Iterable[Tallies], bodies: _Bodies) -> Found:
    """What was counted, with every body as the hierarchy asked for knows it."""
    summed_: dict[tuple[Key, Counted], int] = {}
    for each in found:
        for (key, place), many in each.items():
            at = (replace(key, office=bodies.body(key.office)), place)
            summed_[at] = summed_.get(at, 0) + many
    return summed_


def _rows(of: Question, bodies: _Bodies, found: Found, filled: Filled) -> tuple[Row, ...]:
    """The rows in the order of the form: each group with its items, then the total."""
    made: list[Row] = []

    def add(key: str, name: str, depth: int) -> None:
        wanted = _wanted(of.form, key, bodies)
        cells = {column: value for (row_, column), value in filled.items() if row_ == key}
        made.append(row(of.form, key, name, summed(found, wanted), filled=cells, depth=depth))

    named = words.OFFICE_GROUP if of.form.rows is Dimension.OFFICE else words.GROUP
    for group, items in _groups(of, bodies, found):
        if group:
            add(group, named.get(group, group), 0)
        for key, name in items:
            add(key, name, 1 if group else 0)
    add(TOTAL, words.TOTAL, 0)
    return tuple(made)


def _elsewhere(of: Question, parts: tuple[Part, ...], filled: Filled) -> tuple[Row, ...]:
    """What the ministries' systems hold, apart, each by its last word; below the total.

    They tell it of the whole province only. Where something is filled in by hand, each system in
    force has its row, of a body as well.
    """
    if of.form.rows is not Dimension.SYSTEM:
        return ()
    is_whole = parts[0].asked.offices is None
    found = elsewhere(parts[0].asked) if is_whole else {}
    systems = {key.system for key, _ in found}
    if any(column.is_filled for column in of.form.columns):
        systems |= _ministries(of.window.last_day)
    if not systems:
        return ()
    names = system_names()
    made = [row(of.form, ELSEWHERE, words.ELSEWHERE, summed(found, lambda _: True))]
    for system in sorted(systems):
        tallies_ = {at: many for at, many in found.items() if at[0].system == system}
        key = f"{ELSEWHERE}/{system}"
        typed = {column: value for (row_, column), value in filled.items() if row_ == key}
        told = row(
            of.form,
            key,
            names.get(system, system),
            summed(tallies_, lambda _: True),
            filled=typed,
            depth=1,
        )
        made.append(told if is_whole else _only_filled(of.form, told))
    return tuple(made if is_whole else made[1:])


def _only_filled(form: ReportForm, told: Row) -> Row:
    """A row of a body: what the systems do not tell of it stays empty."""
    cells = {c.key: told.cells[c.key] if c.is_filled else None for c in form.columns}
    return replace(told, cells=cells)


def _ministries(on: date) -> set[str]:
    """The systems of ministries that receive on a day, each as it is spoken to."""
    rows = ReceptionSystemRow.objects.filter(valid__contains=on)
    known = rows.values_list("code", "partner")
    return {partner or code for code, partner in known} - {settings.HOME_SYSTEM}


Items = tuple[tuple[str, str], ...]


def _groups(of: Question, bodies: _Bodies, found: Found) -> Iterator[tuple[str, Items]]:
    """The groups of rows ("" for none) with the keys and names of their items."""
    match of.form.rows:
        case Dimension.NOTHING:
            return
        case Dimension.SYSTEM:
            systems = sorted({key.system for key, _ in found} | {settings.HOME_SYSTEM})
            names = system_names()
            yield "", tuple((code, names.get(code, code)) for code in systems)
        case Dimension.FIELD:
            for level in _levels(of, bodies, found):
                fields = {k.field for k, _ in found if bodies.levels.get(k.office) == level}
                yield level, tuple((f"{level}/{f}", f or words.NO_FIELD) for f in sorted(fields))
        case Dimension.OFFICE:
            codes = {key.office for key, _ in found} | {*bodies.reporters}
            if bodies.covered is not None:
                codes &= bodies.covered
            for level in _levels(of, bodies, found):
                mine = sorted(code for code in codes if bodies.levels.get(code) == level)
                named = ((f"{level}/{code}", bodies.names.get(code, code)) for code in mine)
                yield level, tuple(named)


def _levels(of: Question, bodies: _Bodies, found: Found) -> tuple[str, ...]:
    """The levels of the form of which there is anything, and any other that has dossiers."""
    used = {level.value for k, _ in found if (level := bodies.levels.get(k.office))}
    if of.form.rows is Dimension.OFFICE:
        due = (c for c in bodies.reporters if bodies.covered is None or c in bodies.covered)
        used |= {level.value for code in due if (level := bodies.levels.get(code))}
    ordered = dict.fromkeys((*(level.value for level in of.form.groups), *sorted(used)))
    return tuple(level for level in ordered if level in used)


def _wanted(form: ReportForm, key: str, bodies: _Bodies) -> Callable[[Key], bool]:
    """Which dossiers a row counts, told of the bodies of the hierarchy. Raises NoSuchCell."""
    if key == TOTAL:
        return lambda _: True
    if key.split("/", maxsplit=1)[0] == ELSEWHERE:
        raise NoSuchCell("row", given=key, known=[TOTAL])
    level, _, item = key.partition("/")
    match form.rows:
        case Dimension.SYSTEM:
            return lambda at: at.system == key
        case Dimension.FIELD if item or "/" in key:
            return lambda at: at.field == item and bodies.levels.get(at.office) == level
        case Dimension.OFFICE if item:
            return lambda at: at.office == item
        case Dimension.FIELD | Dimension.OFFICE if level in {each.value for each in Level}:
            return lambda at: bodies.levels.get(at.office) == level
        case _:
            raise NoSuchCell("row", given=key, known=[TOTAL])


def _offices_of(key: str, form: ReportForm, part: Part, bodies: _Bodies) -> frozenset[str] | None:
    """The bodies whose dossiers a row may hold, so that PostgreSQL leaves out the others."""
    item = key.partition("/")[2]
    if form.rows is not Dimension.OFFICE or not item:
        return part.asked.offices
    behind = bodies.behind([item])
    return behind if part.asked.offices is None else behind & part.asked.offices


def _only(form: ReportForm, key: str, dimension: Dimension) -> tuple[str, ...] | None:
    """The field or the system of a row, where its rows are told apart by it."""
    if form.rows is not dimension or key == TOTAL:
        return None
    if dimension is Dimension.SYSTEM:
        return (key,)
    return (key.partition("/")[2],) if "/" in key else None


def _between(of: Question, bodies: _Bodies, parts: tuple[Part, ...]) -> Row | None:
    """What was received and resolved between the window before and this one."""
    window = of.window
    if not window.carries or of.form.rows is Dimension.NOTHING:
        return None
    asked = replace(parts[0].asked, start=window.carried_from, end=window.start)
    found = _mapped([tallies(asked)], bodies)
    return row(of.form, "between", words.BETWEEN, summed(found, lambda _: True))


def system_names() -> dict[str, str]:
    rows = ReceptionSystemRow.objects.order_by("valid").values_list("code", "partner", "name")
    names = {key: name for code, partner, name in rows for key in (code, partner) if key}
    return {**names, settings.HOME_SYSTEM: words.HOME_SYSTEM}


def _lines(found: list[Seen], bodies: _Bodies) -> tuple[DossierOfCell, ...]:
    rows = DossierRow.objects.in_bulk([one.dossier for one in found])
    return tuple(_line(one, rows[one.dossier], bodies) for one in found)


def _line(one: Seen, dossier: DossierRow, bodies: _Bodies) -> DossierOfCell:
    office = bodies.body(one.key.office)
    return DossierOfCell(
        number=one.dossier,
        code=dossier.code,
        procedure=dossier.procedure_name,
        office=office,
        office_name=bodies.names.get(office, office),
        received_at=one.received_at,
        due_at=dossier.due_at,
        ended_at=dossier.ended_at,
        place=one.place,
    )

"""Forms of reports as data: rows, columns, where each cell comes from, what must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from thongsuot.domain.directory import Level
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting import formulas
from thongsuot.domain.reporting.figures import Counted, Intake, Result
from thongsuot.domain.spans import Span


class ColumnTwice(Refusal):
    """Two columns of a form carry the same key."""

    code = "column_twice"
    kind = Kind.MALFORMED


class ColumnHasNoSource(Refusal):
    """A column is counted, worked out by a formula or filled in: one of the three."""

    code = "column_has_no_source"
    kind = Kind.MALFORMED


class TextInNumberCell(Refusal):
    """A cell for a number was filled with something else."""

    code = "text_in_number_cell"
    kind = Kind.MALFORMED


class NoSuchForm(Refusal):
    """No form of this key is in force on this day."""

    code = "no_such_form"
    kind = Kind.UNKNOWN


class NoSuchCell(Refusal):
    """The report has no cell in this row and column."""

    code = "no_such_cell"
    kind = Kind.UNKNOWN


class Dimension(StrEnum):
    """By what the rows of a form are told apart."""

    NOTHING = "nothing"
    FIELD = "field"
    OFFICE = "office"
    SYSTEM = "system"


class Coverage(StrEnum):
    """Whose dossiers a form of a body counts."""

    OWN = "own"
    BELOW = "below"  # also those of the bodies under it


class Source(StrEnum):
    """Where a column comes from."""

    COUNTED = "counted"
    FORMULA = "formula"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One column: its title on paper, and where its cells come from.

    What is counted are the dossiers of these intakes and results; an empty set means all.
    """

    key: str
    title: str
    group: str = ""
    intakes: frozenset[Intake] = frozenset()
    results: frozenset[Result] = frozenset()
    formula: str = ""
    is_filled: bool = False
    explained: str = ""
    by_extension: bool = False

    @property
    def source(self) -> Source:
        """Where its cells come from."""
        if self.is_filled:
            return Source.FILLED
        return Source.FORMULA if self.formula else Source.COUNTED

    def counts(self, place: Counted) -> bool:
        """Whether a dossier at this place is counted here."""
        result = place.extended if self.by_extension else place.result
        return (not self.intakes or place.intake in self.intakes) and (
            not self.results or result in self.results
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Two formulas that must come to the same in every row."""

    left: str
    right: str

    def __str__(self) -> str:
        return f"{self.left} = {self.right}"


@dataclass(frozen=True)
class ReportForm:
    """A version of a form. Without a layout, nobody has found how it is printed.

    Refuses: ColumnTwice, ColumnHasNoSource, FormulaMalformed, FormulaRefersToNothing, FormulaCycle.
    """

    key: str
    number: str
    title: str
    unit: str
    legal_basis: str
    valid: Span
    source: str
    rows: Dimension
    groups: tuple[Level, ...]
    columns: tuple[ColumnForm, ...]
    identities: tuple[Identity, ...] = ()
    has_layout: bool = True
    notes: tuple[str, ...] = ()
    covers: Coverage = Coverage.BELOW

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        for key in keys:
            if keys.count(key) > 1:
                raise ColumnTwice("column", given=key)
        for column in self.columns:
            counted = bool(column.intakes or column.results)
            if counted + bool(column.formula) + column.is_filled != 1:
                raise ColumnHasNoSource("column", given=column.key)
        _ = self.order
        for each in self.identities:
            for side in (each.left, each.right):
                for named in sorted(formulas.cells(formulas.parse(side)) - set(keys)):
                    raise formulas.FormulaRefersToNothing("check", column=str(each), given=named)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The columns with formulas, in the order in which they can be worked out."""
        known = frozenset(column.key for column in self.columns if not column.formula)
        return formulas.order(self.trees, known=known)

    @cached_property
    def trees(self) -> dict[str, formulas.Node]:
        """The formula of each column that has one, as a tree."""
        return {
            column.key: formulas.parse(column.formula) for column in self.columns if column.formula
        }

    def column(self, key: str) -> ColumnForm:
        """The column of a key. Raises NoSuchCell."""
        for column in self.columns:
            if column.key == key:
                return column
        raise NoSuchCell("column", given=key, known=[column.key for column in self.columns])

    def counted_in(self, key: str) -> frozenset[str]:
        """The counted columns that a column is made of, each added once. Raises NoSuchCell."""
        column = self.column(key)
        if column.source is not Source.FORMULA:
            return frozenset({key} if column.source is Source.COUNTED else ())
        parts = [self.counted_in(cell) for cell in formulas.cells(self.trees[key])]
        return frozenset().union(*parts)


Place = tuple[str, ...]
Tallies = Mapping[Counted, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report with its cells; `key` says what it counts, `depth` how it is set."""

    key: str
    name: str
    cells: Mapping[str, Fraction | None]
    depth: int = 0


def row(
    form: ReportForm,
    key: str,
    name: str,
    tallies: Tallies,
    *,
    filled: Mapping[str, Fraction] | None = None,
    depth: int = 0,
) -> Row:
    """One row: what is counted, what was filled in, then what formulas make of both."""
    cells: dict[str, Fraction | None] = {}
    for column in form.columns:
        if column.source is Source.COUNTED:
            found = (many for place, many in tallies.items() if column.counts(place))
            cells[column.key] = Fraction(sum(found))
        elif column.source is Source.FILLED:
            cells[column.key] = (filled or {}).get(column.key)
    for key_ in form.order:
        cells[key_] = formulas.value(form.trees[key_], cells.__getitem__)
    ordered = {column.key: cells[column.key] for column in form.columns}
    return Row(key, name, ordered, depth)


@dataclass(frozen=True, slots=True)
class Broken:
    """A row in which an identity does not hold."""

    row: str
    identity: Identity
    left: Fraction | None
    right: Fraction | None


def broken(form: ReportForm, rows: Iterable[Row]) -> tuple[Broken, ...]:
    """Every identity that does not hold, with both sides; what is not filled in is not judged."""
    found = []
    for each in rows:
        for identity in form.identities:
            left = formulas.value(formulas.parse(identity.left), each.cells.__getitem__)
            right = formulas.value(formulas.parse(identity.right), each.cells.__getitem__)
            if left is not None and right is not None and left != right:
                found.append(Broken(each.key, identity, left, right))
    return tuple(found)


def number(text: str, *, where: str) -> Fraction:
    """The number that was filled into a cell, as it is written in Vietnam. Raises TextInNumberCell."""
    plain = text.strip().replace(" ", "").replace(".", "").replace(",", ".")
    if not plain or not plain.removeprefix("-").replace(".", "", 1).isdecimal():
        raise TextInNumberCell(where, given=text)
    return Fraction(plain)


def different(
    before: Sequence[Row], after: Sequence[Row]
) -> tuple[tuple[str, str, Fraction | None, Fraction | None], ...]:
    """The cells in which two versions of a report differ: row, column, before, after."""
    old = {(row.key, column): value for row in before for column, value in row.cells.items()}
    new = {(row.key, column): value for row in after for column, value in row.cells.items()}
    return tuple(
        (key, column, old.get((key, column)), new.get((key, column)))
        for key, column in dict.fromkeys((*old, *new))
        if old.get((key, column)) != new.get((key, column))
    )

"""What a body says of itself beside what is computed: where they differ, and by which reading they agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.forms import ReportForm, Row, Source


class DocumentNeeded(Refusal):
    """The figures of a body come with the document in which it sent them."""

    code = "document_needed"
    kind = Kind.MALFORMED


class CellIsFilledIn(Refusal):
    """The cell is filled in by hand in the report itself: nothing is computed to compare with."""

    code = "cell_is_filled_in"


class Reading(StrEnum):
    """Another way in which the dossiers could have been counted."""

    KNOWN_THEN = "known_then"  # without what was entered after the window was over
    INTERLINKED = "interlinked"  # each dossier opened under another one too
    MOMENTS = "moments"  # late by the minute and not by the day
    EXTENDED = "extended"  # by the extended moment
    NOW = "now"  # by the bodies of now


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure that a body gave of itself, and why it differs where somebody found that out."""

    row: str
    column: str
    value: Fraction
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """A cell in which what the body said is not what is computed."""

    row: str
    column: str
    told: Fraction
    computed: Fraction
    readings: tuple[Reading, ...]  # by which both would agree
    reason: str = ""


def apart(
    told: Iterable[OwnFigure],
    computed: Sequence[Row],
    others: Mapping[Reading, Sequence[Row]],
) -> tuple[Apart, ...]:
    """Every cell in which both differ, with the readings by which they would not.

    A row that is not computed counts as zero: no dossier of ours stands in it.
    """
    ours = _cells(computed)
    read = {reading: _cells(rows) for reading, rows in others.items()}
    found = []
    for one in told:
        at = one.row, one.column
        mine = ours.get(at) or Fraction(0)
        if one.value != mine:
            agreeing = tuple(r for r, cells in read.items() if cells.get(at) == one.value)
            found.append(Apart(*at, one.value, mine, agreeing, one.reason))
    return tuple(found)


def _cells(rows: Sequence[Row]) -> dict[tuple[str, str], Fraction | None]:
    return {(row.key, column): value for row in rows for column, value in row.cells.items()}


def require_comparable(form: ReportForm, column: str) -> None:
    """Raises NoSuchCell, CellIsFilledIn."""
    if form.column(column).source is Source.FILLED:
        raise CellIsFilledIn("column", given=column)


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """A report that a body owes by document and of which no document has come."""

    report: str
    period: str
    name: str
    ended_at: datetime


_QUARTERS = {"i": "Q1", "ii": "Q2", "iii": "Q3", "iv": "Q4"}
_QUARTER = re.compile(r"\bquy (iv|i{1,3}|[1-4])\b")
_YEAR = re.compile(r"\b(20\d\d)\b")


def duty_of(subject: str, open_duties: Iterable[OpenDuty]) -> OpenDuty | None:
    """The duty that a document with this subject meets; None unless there is exactly one.

    A report calls itself one; the quarter and the year that its subject names narrow the choice.
    """
    words = _plain(subject)
    if "bao cao" not in words:
        return None
    fitting = list(open_duties)
    if quarter := _QUARTER.search(words):
        named = _QUARTERS.get(quarter[1], f"Q{quarter[1]}")
        fitting = [duty for duty in fitting if duty.period.endswith(named)]
    if year := _YEAR.search(words):
        fitting = [duty for duty in fitting if duty.period.startswith(year[1])]
    return fitting[0] if len(fitting) == 1 else None


def _plain(text: str) -> str:
    """The words of a text without accents and in small letters."""
    apart_ = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in apart_ if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare))

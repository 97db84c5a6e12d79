"""A term is how long the law gives: so many halves of a unit, as the procedure prints it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal

LONGEST_TEXT = 60
MOST = 9999

_SHAPE = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,6}))? ?([^0-9.,].*)")


class Unit(StrEnum):
    """In what a term is counted."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"

    @property
    def is_calendar(self) -> bool:
        """Whether it is counted in whole days or months of the calendar, working or not."""
        return self in (Unit.DAY, Unit.MONTH)


NAMES = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.HOUR: "giờ",
    Unit.DAY: "ngày",
    Unit.MONTH: "tháng",
}


class TermMalformed(Refusal):
    """A term is a number and a unit."""

    code = "term_malformed"
    kind = Kind.MALFORMED


class TermUnitUnknown(Refusal):
    """The unit of a term is one of those the law uses."""

    code = "term_unit_unknown"
    kind = Kind.MALFORMED


class TermNotInHalves(Refusal):
    """A term is counted in wholes and halves only."""

    code = "term_not_in_halves"
    kind = Kind.MALFORMED


class HalfCalendarTerm(Refusal):
    """Calendar days and months have no halves."""

    code = "half_calendar_term"
    kind = Kind.MALFORMED


class TermOutOfRange(Refusal):
    """A term is more than nothing and at most 9999 of its unit."""

    code = "term_out_of_range"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Term:
    """The time the law gives for a procedure or a step of it, in halves of a unit.

    Refuses: TermOutOfRange, HalfCalendarTerm.
    """

    halves: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 < self.halves <= 2 * MOST:
            raise TermOutOfRange(halves=self.halves, most=MOST)
        if self.halves % 2 and self.unit.is_calendar:
            raise HalfCalendarTerm(given=str(self))

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read a term as procedures print it: any case, with or without accents.

        Refuses: TermMalformed, TermUnitUnknown, TermNotInHalves, HalfCalendarTerm,
        TermOutOfRange.
        """
        given = text.strip()[: LONGEST_TEXT + 1]
        read = _SHAPE.fullmatch(_plain(given))
        if read is None or len(given) > LONGEST_TEXT:
            raise TermMalformed(given=given)
        whole, fraction, unit = read.groups()
        halves = 2 * int(whole) + _half(given, fraction or "0")
        return _in_unit(given, halves, unit)

    def __str__(self) -> str:
        number = f"{self.halves // 2},5" if self.halves % 2 else f"{self.halves // 2}"
        return f"{number} {NAMES[self.unit]}"


def _plain(text: str) -> str:
    """The text without case, accents and extra blanks."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.split())


_UNITS = {_plain(name): unit for unit, name in NAMES.items()}
_HALF_DAYS = frozenset({"buoi", "buoi lam viec"})


def _half(given: str, fraction: str) -> int:
    # Two digits at most: "1.500" may be one and a half or fifteen hundred.
    if fraction not in ("0", "00", "5", "50"):
        raise TermNotInHalves(given=given)
    return int(fraction[0] == "5")


def _in_unit(given: str, halves: int, unit: str) -> Term:
    if unit in _HALF_DAYS:
        if halves % 2:
            raise TermNotInHalves(given=given)
        return Term(halves // 2, Unit.WORKING_DAY)
    if unit not in _UNITS:
        raise TermUnitUnknown(given=given)
    return Term(halves, _UNITS[unit])

"""Cells of an old export as values: read as they were meant, and said where they were not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from thongsuot.domain.migration.findings import Defect, Finding
from thongsuot.domain.workdays import VIETNAM

SHOWN = 80
# Excel counts days from here; 1 January 2000 is its day 36 526.
_EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=VIETNAM)
_EXCEL = range(36_526, 73_051)
_YEARS = range(1990, 2100)

_FLOAT = re.compile(r"([0-9]+)\.0+")
_EXPONENT = re.compile(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_NUMBER = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
    r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\.[0-9]+)?)?"
)
_YEAR_FIRST = re.compile(
    r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})"
    r"(?:[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]+)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_PACKED = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])([0-2][0-9])([0-5][0-9])([0-5][0-9])")
_MILLISECONDS = re.compile(r"[0-9]{13}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cell as text, with what was done to it."""

    text: str
    defects: tuple[Defect, ...] = ()


def composed(raw: str) -> Cleaned:
    """A text in one form of Unicode, without what cannot be seen at its ends."""
    if raw.isascii():
        return Cleaned(raw.strip())
    if unicodedata.is_normalized("NFC", raw):
        return Cleaned(_without_ends(raw))
    return Cleaned(_without_ends(unicodedata.normalize("NFC", raw)), (Defect.NOT_COMPOSED,))


def _without_ends(text: str) -> str:
    return text.strip().strip("\u200b\ufeff").strip()


def plain_number(text: str) -> Cleaned:
    """Digits that a sheet turned into a number, as digits; what was lost is not put back."""
    if found := _FLOAT.fullmatch(text):
        return Cleaned(found[1], (Defect.NUMBER_AS_FLOAT,))
    if found := _EXPONENT.fullmatch(text):
        lead, rest, power = found[1], found[2] or "", int(found[3])
        if len(rest) <= power <= 15:
            digits = (lead + rest).ljust(power + 1, "0")
            return Cleaned(digits, (Defect.NUMBER_AS_FLOAT,))
    return Cleaned("".join(text.split()))


class Days:
    """How the days of an export are written, as its layout says; others are read and said."""

    __slots__ = ("style",)

    DAY_FIRST, YEAR_FIRST, PACKED, MILLISECONDS = "day_first", "year_first", "packed", "epoch_ms"
    STYLES = (DAY_FIRST, YEAR_FIRST, PACKED, MILLISECONDS)

    def __init__(self, style: str) -> None:
        self.style = style

    def read(self, text: str) -> tuple[datetime | None, Defect | None]:
        """The moment that a text names, and what is wrong with how it is written."""
        moment, style = _read(text)
        if moment is None:
            return None, Defect.DAY_UNREADABLE
        return moment, None if style == self.style else Defect.DAY_ELSEWISE


def day_or_moment(days: Days, field: str, text: str, findings: list[Finding]) -> datetime | None:
    """A moment; what cannot be read stays missing, and is said. An empty cell is nothing."""
    if not text:
        return None
    moment, defect = days.read(text)
    if defect:
        made = f"{moment:%d/%m/%Y %H:%M}" if moment else ""
        findings.append(Finding(defect, field, text[:SHOWN], made))
    return moment


@lru_cache(maxsize=100_000)
def _read(text: str) -> tuple[datetime | None, str]:
    try:
        if found := _DAY_FIRST.fullmatch(text):
            first, second, year, *clock = found.groups()
            return _day_first(int(first), int(second), int(year), clock)
        if found := _YEAR_FIRST.fullmatch(text):
            year, month, day, hour, minute, second, zone = found.groups()
            moment = _moment(int(year), int(month), int(day), [hour, minute, second])
            return _in_zone(moment, zone), Days.YEAR_FIRST
        if found := _PACKED.fullmatch(text):
            year, month, day, *clock = found.groups()
            return _moment(int(year), int(month), int(day), clock), Days.PACKED
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, VIETNAM), Days.MILLISECONDS
        if _NUMBER.fullmatch(text) and int(float(text)) in _EXCEL:
            seconds = round(float(text) * 86_400)
            return _EXCEL_ZERO + timedelta(seconds=seconds), "excel"
    except ValueError:
        pass
    return None, ""


def _day_first(first: int, second: int, year: int, clock: list[str]) -> tuple[datetime | None, str]:
    """The day stands first, as it is written here; 04/25/2025 can only be the other way round."""
    if second > 12 >= first:
        return _moment(year, first, second, clock), "month_first"
    return _moment(year, second, first, clock), Days.DAY_FIRST


def _moment(year: int, month: int, day: int, clock: list[str]) -> datetime:
    """Raises ValueError."""
    if year not in _YEARS:
        raise ValueError(year)
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)


def _in_zone(moment: datetime, zone: str | None) -> datetime:
    """A moment told in another zone, in ours."""
    if not zone:
        return moment
    written = moment.replace(tzinfo=None).isoformat() + ("+00:00" if zone == "Z" else zone)
    return datetime.fromisoformat(written).astimezone(VIETNAM)

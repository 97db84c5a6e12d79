"""What somebody entered, read by kind; every reader refuses by the name of its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM

Given = Mapping[str, object]
Value = TypeVar("Value")

LONGEST = 4000
SHOWN = 80
YEARS = range(1900, 2200)

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_FLAGS = {
    **dict.fromkeys(("on", "true", "yes", "1"), True),
    **dict.fromkeys(("off", "false", "no", "0"), False),
}
_CHANNELS = {
    "truc tiep": Channel.IN_PERSON,
    "in person": Channel.IN_PERSON,
    "truc tuyen": Channel.ONLINE,
    "online": Channel.ONLINE,
    "buu chinh": Channel.POST,
    "dich vu buu chinh": Channel.POST,
    "buu chinh cong ich": Channel.POST,
    "post": Channel.POST,
}


class Expected(StrEnum):
    """What a field holds, as a refusal names it."""

    TEXT = "text"
    LINES = "lines"
    MOMENT = "moment"
    DAY = "day"
    NUMBER = "number"
    FLAG = "flag"
    CHANNEL = "channel"
    APPLICANT_KIND = "applicant_kind"
    FIELDS = "fields"
    LIST = "list"
    SPAN = "span"


class FieldNeeded(Refusal):
    """Something is needed that was left empty."""

    code = "field_needed"
    kind = Kind.MALFORMED


class FieldUnknown(Refusal):
    """No field of this name is asked for here."""

    code = "field_unknown"
    kind = Kind.MALFORMED


class FieldTooLong(Refusal):
    """What was entered is longer than this field holds."""

    code = "field_too_long"
    kind = Kind.MALFORMED


class BadField(Refusal):
    """What was entered is not what this field holds."""

    code = "bad_field"
    kind = Kind.MALFORMED

    @classmethod
    def holding(cls, name: str, raw: object, expected: Expected) -> BadField:
        """The refusal of a value that is not what the field holds."""
        return cls(name, field=name, given=shown(raw), expected=expected.value)


def shown(raw: object) -> str:
    """What was entered, short and printable, so that it can be said back."""
    text = raw if isinstance(raw, str) else repr(raw)
    clean = "".join(c if c.isprintable() else "·" for c in text[: SHOWN + 1])
    return clean if len(clean) <= SHOWN else f"{clean[:SHOWN]}…"


def is_empty(raw: object) -> bool:
    """Whether a field was left empty."""
    return raw is None or raw in ("", []) or (isinstance(raw, str) and not raw.strip())


def fields(raw: object, *, known: Collection[str], name: str) -> dict[str, object]:
    """The fields of an object by name. Raises BadField, FieldUnknown."""
    given = named(name, raw)
    for field in given:
        if field not in known:
            unknown = shown(field)
            raise FieldUnknown(unknown, field=unknown, known=sorted(known))
    return given


def named(name: str, raw: object) -> dict[str, object]:
    """An object whose names are known only to who asks for it. Raises BadField."""
    if not isinstance(raw, Mapping):
        raise BadField.holding(name, raw, Expected.FIELDS)
    return {str(field): value for field, value in raw.items()}


def text(name: str, raw: object, *, longest: int = LONGEST) -> str:
    """A text that PostgreSQL can keep. Raises FieldNeeded, BadField, FieldTooLong."""
    if is_empty(raw):
        raise FieldNeeded(name, field=name)
    if not isinstance(raw, str) or not is_keepable(raw):
        raise BadField.holding(name, raw, Expected.TEXT)
    if len(raw.strip()) > longest:
        raise FieldTooLong(name, field=name, longest=longest)
    return raw.strip()


def lines(name: str, raw: object) -> tuple[str, ...]:
    """Several lines of text; empty ones do not count. Raises BadField, FieldTooLong."""
    given = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(given, list | tuple):
        raise BadField.holding(name, raw, Expected.LINES)
    return tuple(text(name, line) for line in given if not is_empty(line))


def moment(name: str, raw: object) -> datetime:
    """A moment; without a zone it is the office's time. Raises FieldNeeded, BadField."""
    if isinstance(raw, datetime):
        return raw if raw.tzinfo else raw.replace(tzinfo=VIETNAM)
    given = text(name, raw)
    try:
        read = datetime.fromisoformat(given) if _MOMENT.fullmatch(given) else None
    except ValueError:
        read = None
    if read is None or read.year not in YEARS:
        raise BadField.holding(name, raw, Expected.MOMENT)
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)


def day(name: str, raw: object) -> date:
    """A day of the calendar. Raises FieldNeeded, BadField."""
    given = text(name, raw)
    try:
        read = date.fromisoformat(given) if _DAY.fullmatch(given) else None
    except ValueError:
        read = None
    if read is None or read.year not in YEARS:
        raise BadField.holding(name, raw, Expected.DAY)
    return read


def number(name: str, raw: object) -> int:
    """A whole number, not negative. Raises FieldNeeded, BadField."""
    if is_empty(raw):
        raise FieldNeeded(name, field=name)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**12:
        return raw
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw.strip()):
        raise BadField.holding(name, raw, Expected.NUMBER)
    return int(raw)


def flag(name: str, raw: object) -> bool:
    """Yes or no. Raises BadField."""
    if isinstance(raw, bool):
        return raw
    found = _FLAGS.get(raw.strip().lower()) if isinstance(raw, str) else None
    if found is None:
        raise BadField.holding(name, raw, Expected.FLAG)
    return found


def channel(name: str, raw: object) -> Channel:
    """A channel, by its English or its Vietnamese name. Raises BadField."""
    found = _CHANNELS.get(" ".join(fold(raw))) if isinstance(raw, str) else None
    if found is None:
        raise BadField.holding(name, raw, Expected.CHANNEL)
    return found


def parsed(name: str, parse: Callable[[str], Value], raw: object) -> Value:
    """A text read by a parser of the domain, whose refusal then names the field."""
    given = text(name, raw)
    try:
        return parse(given)
    except Refusal as refusal:
        raise refusal.at(name) from None


def if_given(
    read: Callable[[str, object], Value],
    raw: Given,
    name: str,
    otherwise: Value,
    *,
    where: str = "",
) -> Value:
    """What a reader makes of a field, or a default where it was left empty."""
    value = raw.get(name)
    return otherwise if is_empty(value) else read(f"{where}{name}", value)


def maybe(
    read: Callable[[str, object], Value], raw: Given, name: str, *, where: str = ""
) -> Value | None:
    """What a reader makes of a field, or nothing where it was left empty."""
    value = raw.get(name)
    return None if is_empty(value) else read(f"{where}{name}", value)


def is_keepable(given: str) -> bool:
    """Whether PostgreSQL keeps it: NUL and half a surrogate pair are no characters there."""
    return not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in given)

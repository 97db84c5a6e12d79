"""What a partner's system takes, as its specification says: checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from thongsuot.domain.refusal import Kind, Refusal


class ShapeWrong(Refusal):
    """The description of what a partner takes cannot be read."""

    code = "shape_wrong"
    kind = Kind.MALFORMED


class ValueType(StrEnum):
    """What a value is."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    YES_NO = "yes_no"


class Unfit(StrEnum):
    """Why a value is not taken."""

    MISSING = "missing"
    TYPE = "type"
    TOO_LONG = "too_long"
    PATTERN = "pattern"
    NOT_ONE_OF = "not_one_of"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value of a partner's message: its place (`a.b`, `list[].c`), and what it must be."""

    path: str
    name: str
    type: ValueType = ValueType.TEXT
    is_required: bool = False
    longest: int = 0
    pattern: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the partner would not take; the value itself stays out of lists."""

    path: str
    name: str
    why: Unfit
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a partner takes of a dossier, of which version, by which source."""

    kind: str
    version: int
    source: str
    wanted: tuple[Wanted, ...]

    def misfits(self, words: Mapping[str, Any]) -> Iterator[Misfit]:
        """Everything of a message that the partner would not take, in the order of the shape."""
        for one in self.wanted:
            for given in _found(words, one.path.split(".")):
                why = _unfit(one, given)
                if why is not None:
                    yield Misfit(one.path, one.name, why, _allowed(one, why))


def _found(within: object, path: Sequence[str]) -> Iterator[object]:
    """The values at a place; None where there is none. An empty list has none to be missing."""
    if not path:
        yield within
        return
    name, rest = path[0], path[1:]
    key = name.removesuffix("[]")
    inner = within.get(key) if isinstance(within, Mapping) else None
    if not name.endswith("[]"):
        yield from _found(inner, rest)
    elif isinstance(inner, list):
        for each in inner:
            yield from _found(each, rest)
    elif inner is not None:
        yield inner  # no list where one belongs


def _unfit(one: Wanted, given: object) -> Unfit | None:
    if given is None or given == "":
        return Unfit.MISSING if one.is_required else None
    if not _is(one.type, given):
        return Unfit.TYPE
    text = str(given)
    if one.longest and len(text) > one.longest:
        return Unfit.TOO_LONG
    if one.pattern and not re.fullmatch(one.pattern, text):
        return Unfit.PATTERN
    return Unfit.NOT_ONE_OF if one.one_of and text not in one.one_of else None


def _is(type_: ValueType, given: object) -> bool:
    match type_:
        case ValueType.TEXT:
            return isinstance(given, str)
        case ValueType.NUMBER:
            return isinstance(given, int) and not isinstance(given, bool)
        case ValueType.YES_NO:
            return isinstance(given, bool)
        case ValueType.MOMENT:
            return isinstance(given, str) and _is_moment(given)


def _is_moment(given: str) -> bool:
    try:
        return datetime.fromisoformat(given).tzinfo is not None
    except ValueError:
        return False


def _allowed(one: Wanted, why: Unfit) -> str:
    match why:
        case Unfit.TOO_LONG:
            return str(one.longest)
        case Unfit.NOT_ONE_OF:
            return ", ".join(one.one_of)
        case Unfit.PATTERN:
            return one.pattern
        case _:
            return ""

"""Domain values as JSON and back, by their declared types."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from thongsuot.domain.deadline import Term
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.workdays import VIETNAM

Value = TypeVar("Value")
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def encode(value: object) -> Json:
    """A value of the domain as JSON; moments in the office's own time, sets in one order."""
    match value:
        case tuple() | list():
            return [encode(item) for item in value]
        case frozenset():
            return sorted((encode(item) for item in value), key=str)
    if is_dataclass(value) and not isinstance(value, Term | OfficeCode | ProcedureCode):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    return _encode_plain(value)


def _encode_plain(value: object) -> Json:
    match value:
        case StrEnum():
            return value.value
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return value.astimezone(VIETNAM).isoformat()
        case date():
            return value.isoformat()
        case Term() | OfficeCode() | ProcedureCode():
            return str(value)
    raise TypeError(f"{type(value).__name__} is not kept as JSON")


def decode(kind: type[Value], raw: Json) -> Value:
    """The value of a declared type that this JSON stands for. Raises TypeError, ValueError."""
    value = _decode(kind, raw)
    if not isinstance(value, kind):
        raise TypeError(f"{raw!r} is not a {kind.__name__}")
    return value


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)


def _decode(kind: object, raw: Json) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_optional(kind, raw)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], item) for item in _list(raw))
    if origin is frozenset:
        return frozenset(_decode(get_args(kind)[0], item) for item in _list(raw))
    if not isinstance(kind, type):
        raise TypeError(f"{kind!r} is not a type that is kept as JSON")
    return _decode_plain(kind, raw)


def _decode_plain(kind: type, raw: Json) -> object:
    if kind in (Term, OfficeCode, ProcedureCode):
        return kind.parse(str(raw))
    if kind in (datetime, date):
        return kind.fromisoformat(str(raw))
    if issubclass(kind, StrEnum):
        return kind(str(raw))
    if is_dataclass(kind):
        body = raw if isinstance(raw, Mapping) else {}
        hints = _hints(kind)
        return kind(**{name: _decode(hints[name], item) for name, item in body.items()})
    return raw


def _decode_optional(kind: object, raw: Json) -> object:
    if raw is None:
        return None
    inner = [arg for arg in get_args(kind) if arg is not type(None)]
    return _decode(inner[0], raw)


def _list(raw: Json) -> list[Json]:
    if not isinstance(raw, list):
        raise TypeError(f"{raw!r} is not a list")
    return raw

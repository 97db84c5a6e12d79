"""Domain values as JSON and back, by their declared types; how is decided once for each type."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from thongsuot.domain.deadline import Term
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.reporting.edges import Edge
from thongsuot.domain.workdays import VIETNAM

Value = TypeVar("Value")
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Encoder = Callable[[Any], Json]
Decoder = Callable[[Json], object]

_AS_TEXT = (Term, OfficeCode, ProcedureCode, Edge)

_JSON_AS_THEY_ARE = frozenset({str, bool, int, float})

_encoders: dict[type, Encoder] = {}
_decoders: dict[object, Decoder] = {}


def encode(value: object) -> Json:
    """A value of the domain as JSON; moments in the office's own time, sets in one order."""
    kind = type(value)
    encoder = _encoders.get(kind)
    if encoder is None:
        encoder = _encoders[kind] = _encoder_of(kind)
    return encoder(value)


def decode(kind: type[Value], raw: Json) -> Value:
    """The value of a declared type that this JSON stands for. Raises TypeError, ValueError."""
    value = _decoder(kind)(raw)
    if not isinstance(value, kind):
        raise TypeError(f"{raw!r} is not a {kind.__name__}")
    return value


def _encoder_of(kind: type) -> Encoder:
    for kinds, encoder in _PLAIN:
        if issubclass(kind, kinds):
            return encoder
    if issubclass(kind, frozenset):
        return lambda items: sorted((encode(item) for item in items), key=str)
    if issubclass(kind, tuple | list):
        return lambda items: [encode(item) for item in items]
    if is_dataclass(kind):
        return _encoder_of_fields(kind)
    raise TypeError(f"{kind.__name__} is not kept as JSON")


def _encoder_of_fields(kind: type) -> Encoder:
    """All fields are taken out at once, and those that are JSON as they are stay so."""
    names = tuple(field.name for field in fields(kind))
    hints = get_type_hints(kind)
    others = tuple(name for name in names if hints[name] not in _JSON_AS_THEY_ARE)
    if len(names) < 2:
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    values = attrgetter(*names)

    def encoded(value: object) -> Json:
        body = dict(zip(names, values(value), strict=True))
        for name in others:
            if body[name] is not None:
                body[name] = encode(body[name])
        return body

    return encoded


def _unchanged(value: Json) -> Json:
    return value


def _moment(value: datetime) -> str:
    local = value if value.tzinfo is VIETNAM else value.astimezone(VIETNAM)
    return local.isoformat()


# The first that fits: an enumeration is also a text, a moment also a day.
_PLAIN: tuple[tuple[tuple[type, ...], Encoder], ...] = (
    ((StrEnum, Fraction, *_AS_TEXT), str),
    ((str, bool, int, float, type(None)), _unchanged),
    ((datetime,), _moment),
    ((date,), date.isoformat),
)


def _decoder(kind: object) -> Decoder:
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = _decoder_of(kind)
    return decoder


def _decoder_of(kind: object) -> Decoder:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, frozenset):
        of_item, collect = _decoder(get_args(kind)[0]), tuple if origin is tuple else frozenset
        return lambda raw: collect(of_item(item) for item in _list(raw))
    if not isinstance(kind, type):
        raise TypeError(f"{kind!r} is not a type that is kept as JSON")
    return _of_type(kind)


def _of_type(kind: type) -> Decoder:
    if kind in _AS_TEXT:
        return lambda raw: kind.parse(str(raw))
    if kind is Fraction:
        return lambda raw: Fraction(str(raw))
    if kind in (datetime, date):
        return lambda raw: kind.fromisoformat(str(raw))
    if issubclass(kind, StrEnum):
        return lambda raw: kind(str(raw))
    if is_dataclass(kind):
        return _of_fields(kind)
    return _unchanged


def _of_fields(kind: type) -> Decoder:
    by_name = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}

    def decoded(raw: Json) -> object:
        body = raw if isinstance(raw, Mapping) else {}
        return kind(**{name: by_name[name](item) for name, item in body.items()})

    return decoded


def _optional(kind: object) -> Decoder:
    (inner, *_) = (arg for arg in get_args(kind) if arg is not type(None))
    of_inner = _decoder(inner)
    return lambda raw: None if raw is None else of_inner(raw)


def _list(raw: Json) -> list[Json]:
    if not isinstance(raw, list):
        raise TypeError(f"{raw!r} is not a list")
    return raw

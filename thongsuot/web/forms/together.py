"""The form of one act on many: what is the same for all, which are chosen, and as seen when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import QueryDict

from thongsuot.actions.dossier.moves import Field, FieldKind, Move
from thongsuot.domain.workflow import Act
from thongsuot.web.door import plain
from thongsuot.web.forms import move as forms
from thongsuot.web.forms.fields import FieldLine, Option
from thongsuot.words import together as words
from thongsuot.words.labels import CHANNEL
from thongsuot.words.reading import FieldNeeded

# What is left empty is not the same for all, but said by each dossier or each rule.
LEFT_OPEN = {Act.HAND_OVER: ("to",)}


def shared(move: Move, post: QueryDict) -> dict[str, str]:
    """What was typed for all of them."""
    return forms.typed(move, post)


def chosen(post: QueryDict) -> list[str]:
    """The dossiers that were chosen, by their codes."""
    return [plain(code) for code in post.getlist("code")]


def seen(post: QueryDict) -> dict[str, int]:
    """The dossiers that the page said could be done, each with the version that it showed."""
    pairs = (plain(text).rpartition(":") for text in post.getlist("seen"))
    return {code: int(version) for code, _, version in pairs if code and version.isdecimal()}


def needed(move: Move, values: Mapping[str, str]) -> tuple[FieldNeeded, ...]:
    """What must be typed before anything can be said of a single dossier."""
    left_open = LEFT_OPEN.get(move.act, ())
    return tuple(
        FieldNeeded(field.name, field=field.name)
        for field in move.fields
        if field.is_required and field.name not in left_open and not values.get(field.name)
    )


def lines(
    move: Move,
    values: Mapping[str, str],
    *,
    officials: Iterable[Option],
    ways: Iterable[Option],
) -> tuple[FieldLine, ...]:
    """The fields of the act, as one form for all."""
    targets = tuple(ways)
    kinds = {
        FieldKind.OFFICIAL: tuple(officials),
        FieldKind.CHANNEL: tuple(Option(*pair) for pair in CHANNEL.items()),
    }
    choices = {field.name: kinds.get(field.kind, ()) for field in move.fields}
    opened = replace(move, fields=tuple(_opened(move.act, field) for field in move.fields))
    found = forms.lines(opened, values, choices | ({"target": targets} if targets else {}))
    return tuple(_worded(move.act, line) for line in found)


def _opened(act: Act, field: Field) -> Field:
    return replace(field, is_required=False) if field.name in LEFT_OPEN.get(act, ()) else field


def _worded(act: Act, line: FieldLine) -> FieldLine:
    if act is Act.HAND_OVER and line.name == "to":
        return replace(line, label=words.HAND_OVER_TO, hint=words.HAND_OVER_TO_HINT)
    if act is Act.ASSIGN and line.name == "reason":
        return replace(line, hint=words.REASON_HINT)
    return line

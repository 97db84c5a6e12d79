"""The form of a move, made from what the move asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.http import QueryDict

from thongsuot.actions.dossier.moves import Field, FieldKind, Move, read
from thongsuot.domain.refusal import Refusal
from thongsuot.web.door import plain
from thongsuot.web.forms.fields import FieldLine, Option, Widget
from thongsuot.words.labels import FIELD
from thongsuot.words.screens import CHOOSE

WIDGET: dict[FieldKind, Widget] = {
    FieldKind.TEXT: Widget.TEXT,
    FieldKind.LINES: Widget.LINES,
    FieldKind.MOMENT: Widget.MOMENT,
    FieldKind.NUMBER: Widget.NUMBER,
    FieldKind.FLAG: Widget.FLAG,
    FieldKind.DAY: Widget.DAY,
    FieldKind.OFFICE: Widget.SELECT,
    FieldKind.OFFICIAL: Widget.SELECT,
    FieldKind.CHANNEL: Widget.SELECT,
}

# Texts that are more than a line long in the office's life.
LONG = frozenset({"reason", "question", "answer", "proposal", "note", "without_opinions"})

Choices = Mapping[str, tuple[Option, ...]]


def typed(move: Move, post: QueryDict) -> dict[str, str]:
    """What was typed into the fields of a move, and the way on that was chosen."""
    names = [field.name for field in move.fields] + ["target"] * move.branches
    return {name: plain(post.get(name)) for name in names}


def given(values: Mapping[str, str]) -> dict[str, object]:
    """What was typed, without what was left empty."""
    return {name: value for name, value in values.items() if value}


def refusals(move: Move, values: Mapping[str, str]) -> tuple[Refusal, ...]:
    """Everything that is wrong with what was typed, each field looked at by itself."""
    return tuple(_refusals(move, values))


def lines(move: Move, values: Mapping[str, str], choices: Choices) -> tuple[FieldLine, ...]:
    """The fields of a move with what was typed, after the way on where there are several."""
    target = (Field("target"),) if "target" in choices else ()
    fields = (*target, *move.fields)
    return tuple(_line(field, values.get(field.name, ""), choices) for field in fields)


def _refusals(move: Move, values: Mapping[str, str]) -> Iterator[Refusal]:
    for field in move.fields:
        typed_in = {field.name: values.get(field.name, "")}
        try:
            read(replace(move, fields=(field,)), given(typed_in))
        except Refusal as refusal:
            yield refusal


def _line(field: Field, value: str, choices: Choices) -> FieldLine:
    options = choices.get(field.name, ())
    widget = Widget.SELECT if options else WIDGET[field.kind]
    if widget is Widget.TEXT and field.name in LONG:
        widget = Widget.LINES
    return FieldLine(
        name=field.name,
        label=FIELD.get(field.name, field.name),
        widget=widget,
        value=value,
        options=options,
        empty=CHOOSE if widget is Widget.SELECT else "",
        is_required=field.is_required,
    )

"""The forms of the law and of the house: dated data, chosen by the day of the paper."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span

PARTS = "parts.typ"


class FormMalformed(Refusal):
    """The description of a form lacks something or says something that we do not know."""

    code = "form_malformed"
    kind = Kind.MALFORMED


class FormsOverlap(Refusal):
    """Two versions of one form would be in force on the same day."""

    code = "forms_overlap"


class NoFormInForce(Refusal):
    """On this day no version of the form is in force."""

    code = "no_form_in_force"
    kind = Kind.UNKNOWN


class FormFieldMissing(Refusal):
    """The form says that this field must be filled, and the paper leaves it empty."""

    code = "form_field_missing"


class FormFieldUnknown(Refusal):
    """The template reads a field that this paper does not have."""

    code = "form_field_unknown"
    kind = Kind.MALFORMED


class Layout(StrEnum):
    """Whether the look of the form is the law's."""

    OFFICIAL = "official"
    NOT_FOUND = "not_found"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register: its heading, its group, the field it shows, its width."""

    title: str
    field: str
    width: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form: what it is by the law, when it holds, how it is drawn."""

    key: str
    version: str
    title: str
    number: str
    legal_basis: str
    prints_basis: bool
    valid: Span
    layout: Layout
    certainty: str
    source: str
    required: tuple[str, ...]
    columns: tuple[Column, ...]
    parts: str
    template: str

    @property
    def name(self) -> str:
        """receipt/tt03-2025: as its folder is called."""
        return f"{self.key}/{self.version}"


def read(folder: Path) -> tuple[Form, ...]:
    """Every form of the folder, in the order of its keys and days.

    Refuses: FormMalformed, FormsOverlap, SpanEndsBeforeItStarts.
    """
    parts = folder / PARTS
    shared = parts.read_text(encoding="utf-8") if parts.exists() else ""
    found = [_form(meta.parent, shared) for meta in sorted(folder.glob("*/*/meta.toml"))]
    _require_apart(found)
    return tuple(sorted(found, key=lambda form: (form.key, form.valid.start)))


def choose(forms: Iterable[Form], key: str, on: date) -> Form:
    """The version of the form that is in force on the day.

    Refuses: NoFormInForce.
    """
    for form in forms:
        if form.key == key and on in form.valid:
            return form
    raise NoFormInForce(paper_kind=key, on=on.isoformat())


def _form(folder: Path, shared: str) -> Form:
    key, version = folder.parts[-2:]
    name = f"{key}/{version}"
    meta = _Meta(name, _toml(folder / "meta.toml", name))
    return Form(
        key=key,
        version=version,
        title=meta.text("title"),
        number=meta.text("number", ""),
        legal_basis=meta.text("legal_basis", ""),
        prints_basis=meta.yes("prints_basis"),
        valid=Span(meta.day("valid_from"), meta.day_or_none("valid_until")),
        layout=meta.layout(),
        certainty=meta.text("certainty"),
        source=meta.text("source"),
        required=meta.texts("required"),
        columns=meta.columns(),
        parts=shared,
        template=_text(folder / "template.typ", name),
    )


@dataclass(frozen=True, slots=True)
class _Meta:
    """The description of a form as its file gives it."""

    name: str
    given: Mapping[str, object]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.given.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key)
        return value

    def yes(self, key: str) -> bool:
        value = self.given.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.given.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key)
        return tuple(value)

    def day(self, key: str) -> date:
        day = self.day_or_none(key)
        if day is None:
            raise self._wrong(key)
        return day

    def day_or_none(self, key: str) -> date | None:
        value = self.given.get(key)
        if value is not None and type(value) is not date:
            raise self._wrong(key)
        return value

    def layout(self) -> Layout:
        value = self.text("layout")
        if value not in set(Layout):
            raise self._wrong("layout")
        return Layout(value)

    def columns(self) -> tuple[Column, ...]:
        given = self.given.get("column", [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise self._wrong("column")
        return tuple(self._column(one) for one in given)

    def _column(self, given: Mapping[str, object]) -> Column:
        match {"group": "", **given}:
            case {
                "title": str(title),
                "field": str(field),
                "width": int(width),
                "group": str(group),
                **rest,
            } if not rest:
                return Column(title, field, width, group)
        raise self._wrong("column")

    def _wrong(self, key: str) -> FormMalformed:
        return FormMalformed(form=self.name, field=key)


def _toml(path: Path, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(_text(path, name))
    except tomllib.TOMLDecodeError as wrong:
        raise FormMalformed(form=name, field=path.name) from wrong


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise FormMalformed(form=name, field=path.name) from wrong


def _require_apart(forms: Iterable[Form]) -> None:
    for one, other in combinations(forms, 2):
        if one.key == other.key and one.valid.overlaps(other.valid):
            raise FormsOverlap(form=one.name, other=other.name)

"""The drafts of decisions and the covering reports: texts that are dated data, filled in from a dossier, edited elsewhere."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import docx
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.paper.forms import Layout

# Everything that the draft of a decision may be filled in with.
FIELDS = (
    "office",
    "code",
    "procedure",
    "case",
    "applicant",
    "address",
    "received_on",
    "due_on",
    "proposal",
    "drafter",
    "today",
)
_MARKED = re.compile(r"\{[{%].*?[%}]\}")


class LetterMalformed(Refusal):
    """The description or the text of a draft's template cannot be read."""

    code = "letter_malformed"
    kind = Kind.MALFORMED


class LetterFieldUnknown(Refusal):
    """The template asks for a field that no dossier has."""

    code = "letter_field_unknown"
    kind = Kind.MALFORMED


class NoLetterInForce(Refusal):
    """There is no such template on this day."""

    code = "no_letter_in_force"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Letter:
    """One version of a template: what it is for, when it holds, how far its look is the law's."""

    key: str
    version: str
    title: str
    valid: Span
    layout: Layout
    source: str
    content: bytes


def read(folder: Path, *, fields: Sequence[str] = FIELDS) -> tuple[Letter, ...]:
    """Every template of the folder, each tried once. Raises LetterMalformed, LetterFieldUnknown."""
    return tuple(_letter(meta.parent, fields) for meta in sorted(folder.glob("*/*/meta.toml")))


def choose(letters: Iterable[Letter], key: str, on: date) -> Letter:
    """The version in force on a day. Raises NoLetterInForce."""
    for letter in letters:
        if letter.key == key and on in letter.valid:
            return letter
    raise NoLetterInForce("letter", given=key)


def fill(letter: Letter, values: Mapping[str, str]) -> bytes:
    """The text filled in; whatever a name holds stays letters and becomes no markup."""
    template = DocxTemplate(io.BytesIO(letter.content))
    template.render(dict(values), _environment())
    filled = io.BytesIO()
    template.save(filled)
    return filled.getvalue()


def dated(content: bytes, *, at: datetime) -> bytes:
    """The text with this moment as that of its making, inside and in its packing: the same bytes."""
    text = docx.Document(io.BytesIO(content))
    moment = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    text.core_properties.created = text.core_properties.modified = moment
    saved, packed = io.BytesIO(), io.BytesIO()
    text.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as made:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, moment.timetuple()[:6])
            made.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _letter(folder: Path, fields: Sequence[str]) -> Letter:
    name = "/".join(folder.parts[-2:])
    try:
        told = tomllib.loads((folder / "meta.toml").read_text(encoding="utf-8"))
        content = (folder / "template.docx").read_bytes()
        letter = Letter(
            key=folder.parts[-2],
            version=folder.parts[-1],
            title=str(told["title"]),
            valid=Span(told["valid_from"], told.get("valid_until")),
            layout=Layout(told["layout"]),
            source=str(told["source"]),
            content=content,
        )
    except (OSError, KeyError, ValueError, TypeError) as wrong:
        raise LetterMalformed("meta.toml", name=name, reason=_said(wrong)) from wrong
    _require_known(letter, name, fields)
    return letter


def _require_known(letter: Letter, name: str, fields: Sequence[str]) -> None:
    """Every field that the text asks for is one that it is filled in with."""
    try:
        template = DocxTemplate(io.BytesIO(letter.content))
        template.init_docx()
        asked = template.get_undeclared_template_variables(_environment())
        lines = _lines(letter.content)
    except (TemplateError, zipfile.BadZipFile, KeyError, ValueError) as wrong:
        raise LetterMalformed("template.docx", name=name, reason=_said(wrong)) from wrong
    for unknown in sorted(asked - set(fields)):
        number, text = _place(lines, unknown)
        raise LetterFieldUnknown(
            "template.docx", name=name, given=unknown, line=number, text=text, known=list(fields)
        )


def _lines(content: bytes) -> list[str]:
    """The paragraphs of the text, those of its tables after the others."""
    text = docx.Document(io.BytesIO(content))
    cells = (cell for table in text.tables for row in table.rows for cell in row.cells)
    inside = [line.text for cell in cells for line in cell.paragraphs]
    return [line.text for line in text.paragraphs] + inside


def _place(lines: list[str], unknown: str) -> tuple[int, str]:
    for number, line in enumerate(lines, 1):
        for marked in _MARKED.findall(line):
            if unknown in find_undeclared_variables(_environment().parse(marked)):
                return number, line
    return 0, unknown


def _said(wrong: Exception) -> str:
    return " ".join(str(wrong).split()) or type(wrong).__name__

"""The press: a form and its sheets in, one PDF/A-2b out, the same bytes for the same sheets."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final

import typst

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper import specimens
from thongsuot.paper.characters import FONTS
from thongsuot.paper.forms import PARTS, Form, FormFieldMissing, FormFieldUnknown
from thongsuot.paper.sheets import Sheet, sheet
from thongsuot.words import labels

STANDARD: Final = "a-2b"
# Some hundred MB and some seconds, during which nobody else in this process can print.
MOST_SHEETS = 200
MOST_LINES = 1500

_BEFORE = """\
#let form = json(bytes(sys.inputs.form))
#set document(title: form.heading, author: form.author, keywords: form.keywords, date: auto)
#set text(font: "Tinos", lang: "vi")
"""
_AFTER = """
#for each in json(bytes(sys.inputs.sheets)) { paper(each) }
"""
_BLOCK = """
#[
#let form = json(bytes(sys.inputs.at("form-{number}")))
{body}
#for each in json(bytes(sys.inputs.at("sheets-{number}"))) {{ paper(each) }}
]
"""
_NO_SUCH_FIELD = re.compile(r'dictionary does not contain key "([^"]*)"')
_LINE = re.compile(r"\.typ:(\d+):\d+")
_PACKAGE = re.compile(r'"(@[\w-]+/[^"]*)"')
_ONE_AT_A_TIME = threading.Lock()


class NothingToPrint(Refusal):
    """A PDF has at least one sheet."""

    code = "nothing_to_print"


class TooManySheets(Refusal):
    """So many sheets in one PDF would hold up everyone else who prints."""

    code = "too_many_sheets"


class TooManyLines(Refusal):
    """A list this long is for the workbook; as a PDF it would hold up everyone who prints."""

    code = "too_many_lines"


class FormDoesNotCompile(Refusal):
    """The template is not right typst; says where and why."""

    code = "form_does_not_compile"
    kind = Kind.MALFORMED


def pdf(form: Form, sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    """The sheets in one PDF, each on pages of its own, dated with the given moment.

    Refuses: NothingToPrint, TooManySheets, TooManyLines, FormFieldMissing, FormFieldUnknown,
    FormDoesNotCompile.
    """
    _require_bearable(form, sheets)
    for one in sheets:
        _require_filled(form, one)
    return _compile(form, sheets, at)


def together(sheets: Sequence[tuple[Form, Sheet]], *, at: datetime) -> bytes:
    """Sheets of several forms in one PDF, those of one form after each other.

    Refuses what `pdf` refuses.
    """
    by_form: dict[Form, list[Sheet]] = {}
    for form, one in sheets:
        by_form.setdefault(form, []).append(one)
    if not by_form:
        raise NothingToPrint(form="")
    if len(by_form) == 1:
        form, ours = next(iter(by_form.items()))
        return pdf(form, ours, at=at)
    if len(sheets) > MOST_SHEETS:
        raise TooManySheets(count=len(sheets), most=MOST_SHEETS)
    for form, one in sheets:
        _require_filled(form, one)
        _require_self_contained(form)
    return _compile_together(by_form, at)


def proof(form: Form, *, at: datetime) -> bytes:
    """The form tried with two specimens, one full and one as empty as may be.

    Refuses: FormFieldMissing, FormFieldUnknown, FormDoesNotCompile.
    """
    full, bare = (sheet(paper) for paper in specimens.of(form.key))
    _require_filled(form, full)
    return _compile(form, [full, bare], at)


def _require_bearable(form: Form, sheets: Sequence[Sheet]) -> None:
    if not sheets:
        raise NothingToPrint(form=form.name)
    if len(sheets) > MOST_SHEETS:
        raise TooManySheets(count=len(sheets), most=MOST_SHEETS)
    lines = sum(one.lines for one in sheets)
    if lines > MOST_LINES:
        raise TooManyLines(count=lines, most=MOST_LINES)


def _require_filled(form: Form, one: Sheet) -> None:
    for path in form.required:
        try:
            value = one.read(path)
        except KeyError as wrong:
            raise FormFieldUnknown(form=form.name, field=path) from wrong
        if value in (None, "", [], {}):
            raise FormFieldMissing(form=form.name, field=path)


def _require_self_contained(form: Form) -> None:
    """A package would be fetched from the network while somebody waits at the counter."""
    fetched = _PACKAGE.search(form.template)
    if fetched:
        line = form.template.count("\n", 0, fetched.start()) + 1
        raise FormDoesNotCompile(
            form=form.name, place=f"template.typ:{line}", reason=f"package {fetched[1]}"
        )


def _compile(form: Form, sheets: Sequence[Sheet], at: datetime) -> bytes:
    _require_self_contained(form)
    source = f"{_BEFORE}{form.parts}\n{form.template}{_AFTER}"
    inputs = {"form": _described(form, sheets), "sheets": _json([one.fields for one in sheets])}
    return _made(form, source, inputs, at)


def _compile_together(by_form: Mapping[Form, Sequence[Sheet]], at: datetime) -> bytes:
    """Each form in a block of its own, so that no template knows of another."""
    first = next(iter(by_form))
    inputs = {"form": _described(first, by_form[first])}
    source = _BEFORE
    for number, (form, sheets) in enumerate(by_form.items()):
        inputs[f"form-{number}"] = _described(form, sheets)
        inputs[f"sheets-{number}"] = _json([one.fields for one in sheets])
        source += _BLOCK.format(number=number, body=f"{form.parts}\n{form.template}")
    return _made(first, source, inputs, at)


def _made(form: Form, source: str, inputs: dict[str, str], at: datetime) -> bytes:
    try:
        with _ONE_AT_A_TIME:
            made = _compiler().compile(
                source.encode(),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARD,
                timestamp=at.replace(microsecond=0),  # a PDF tells time in whole seconds
            )
    except typst.TypstError as wrong:
        raise _refusal(form, wrong) from wrong
    if not isinstance(made, bytes):
        raise TypeError("typst gives one PDF as bytes")
    return made


@cache
def _compiler() -> typst.Compiler:
    """One for the process: it keeps the typefaces and what it learnt from the sheets before."""
    ours = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=FONTS, font_paths=ours, ignore_system_fonts=True)


def _described(form: Form, sheets: Sequence[Sheet]) -> str:
    """What the template and the description of the PDF know of the form."""
    subject = sheets[0].subject if len(sheets) == 1 else ""
    about = (form.name, form.number, form.legal_basis, labels.LAYOUT[form.layout])
    return _json(
        {
            "title": form.title,
            "number": form.number,
            "basis": form.legal_basis if form.prints_basis else "",
            "columns": [
                {"title": column.title, "field": column.field, "width": column.width}
                | {"group": column.group}
                for column in form.columns
            ],
            "heading": f"{form.title} {subject}".strip(),
            "author": str(sheets[0].read("head.office")),
            "keywords": [word for word in about if word],
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refusal(form: Form, wrong: typst.TypstError) -> Refusal:
    unknown = _NO_SUCH_FIELD.search(wrong.message)
    if unknown:
        return FormFieldUnknown(form=form.name, field=unknown[1])
    return FormDoesNotCompile(form=form.name, place=_place(form, wrong), reason=wrong.message)


def _place(form: Form, wrong: typst.TypstError) -> str:
    """Where in the template it went wrong, as its author counts the lines."""
    found = _LINE.search(wrong.diagnostic)
    line = int(found[1]) - _BEFORE.count("\n") if found else 0
    before = form.parts.count("\n") + 1
    return f"{PARTS}:{line}" if line <= before else f"template.typ:{line - before}"

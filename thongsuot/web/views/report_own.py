"""What a body reports of itself, beside what is computed: its document, its figures, where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import reporting as actions
from thongsuot.actions.files import Upload
from thongsuot.actions.reporting import OfReport
from thongsuot.actions.reporting import own as own_actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.forms import ReportForm, Source, TextInNumberCell, number
from thongsuot.domain.reporting.own import Reading
from thongsuot.queries.reporting import own as queries
from thongsuot.queries.reporting.life import ReportPage
from thongsuot.queries.reporting.own import OwnPage
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.refusals import status_of
from thongsuot.web.views.papers import handed
from thongsuot.web.views.reports import PROVINCE, asked_form, asked_page
from thongsuot.words import reading as reading_words
from thongsuot.words import reporting as words
from thongsuot.words.refusals import sentence

TOLD, REASON = "s:", "l:"


@dataclass(frozen=True, slots=True)
class OwnCell:
    """One cell: what was typed or told, what is computed, whether it can be read and whether both agree."""

    name: str
    column: str
    typed: str
    computed: str
    is_wrong: bool
    is_apart: bool


@official
def own(visit: Visit, report: str, period: str, unit: str) -> HttpResponse:
    """The document and the figures of a body, beside ours."""
    of = asked_page(visit, report, period, unit)
    if visit.request.method != "POST":
        return _shown(visit, of)
    try:
        told = (
            _attach(visit, of) if visit.request.POST.get("step") == "attach" else _tell(visit, of)
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _shown(visit, of, wrong=refusal)
    messages.success(visit.request, told)
    return redirect(f"{visit.request.path}?{urlencode({'bieu': asked_form(visit, of).key})}")


@official
def between(visit: Visit, report: str, period: str, unit: str) -> HttpResponse:
    """The dossiers by which a reading differs from ours."""
    of = asked_page(visit, report, period, unit)
    form = asked_form(visit, of)
    get = visit.request.GET
    row, column, name = plain(get.get("dong")), plain(get.get("cot")), plain(get.get("cach"))
    reading = Reading(name) if name in set(Reading) else Reading.KNOWN_THEN
    actions.catch_up()
    found = queries.between(of, form, reading, row=row, column=column, at=visit.at)
    context: dict[str, object] = {
        "here": "reports",
        "of": of,
        "unit": of.unit or PROVINCE,
        "form": form,
        "column": form.column(column),
        "reading": words.READING[reading.value],
        "lines": [
            (one, words.INTAKE[one.place.intake], words.RESULT[one.place.result]) for one in found
        ],
    }
    return show(visit, "reports/own_between.html", context)


@official
def file(visit: Visit, report: str, period: str, unit: str, number: int) -> HttpResponse:
    """The document of a report, as it came; the look at it is logged."""
    of = asked_page(visit, report, period, unit)
    chosen = plain(visit.request.GET.get("tep"))
    token = visit.reading(queries.about_document(of, number))
    index = int(chosen) if chosen.isdecimal() else 0
    stored, content = queries.document_file(of, number, index=index, reading=token)
    return handed(visit, stored, content)


def _shown(visit: Visit, of: ReportPage, *, wrong: Refusal | None = None) -> HttpResponse:
    form = _compared(visit, of)
    actions.catch_up()
    page = queries.page(of, form, at=visit.at)
    names = {row.key: row.name for row in page.rows}
    context: dict[str, object] = {
        "here": "reports",
        "of": of,
        "unit": of.unit or PROVINCE,
        "form": form,
        "tabs": [(one.key, words.tab(one)) for one in of.forms if queries.comparable(one)],
        "period": words.period(of.window.key),
        "span": words.span(of.window),
        "columns": [column for column in form.columns if column.source is not Source.FILLED],
        "lines": [(row, _cells(visit, page, form, row.key)) for row in page.rows],
        "documents": [(row, queries.files_of(row)) for row in page.documents],
        "waiting": page.waiting,
        "apart": [
            (
                one,
                names.get(one.row, one.row),
                form.column(one.column),
                words.number(one.told),
                words.number(one.computed),
                words.own_explained(reading.value for reading in one.readings),
                _typed(visit, f"{REASON}{one.row}:{one.column}", one.reason),
                f"{REASON}{one.row}:{one.column}",
                [_between(form, one.row, one.column, reading) for reading in one.readings],
                urlencode({"bieu": form.key, "dong": one.row, "cot": one.column}),
            )
            for one in page.apart
        ],
        "told": len(page.told),
        "wrong": sentence(wrong) if wrong else "",
        "notation": _typed(visit, "notation", ""),
        "issued_on": _typed(visit, "issued_on", ""),
    }
    return show(visit, "reports/own.html", context, status=status_of([wrong]) if wrong else 200)


def _compared(visit: Visit, of: ReportPage) -> ReportForm:
    """The form asked for, or the first of which anything is computed."""
    asked = asked_form(visit, of)
    if queries.comparable(asked):
        return asked
    return next((form for form in of.forms if queries.comparable(form)), asked)


def _between(form: ReportForm, row: str, column: str, reading: Reading) -> str:
    return urlencode({"bieu": form.key, "dong": row, "cot": column, "cach": reading.value})


def _typed(visit: Visit, name: str, otherwise: str) -> str:
    return plain(visit.request.POST.get(name, otherwise))


def _cells(visit: Visit, page: OwnPage, form: ReportForm, key: str) -> list[OwnCell]:
    told = {(one.row, one.column): one.value for one in page.told}
    computed = next(row for row in page.rows if row.key == key)
    apart = {(one.row, one.column) for one in page.apart}
    found = []
    for column in form.columns:
        if column.source is Source.FILLED:
            continue
        value = told.get((key, column.key))
        name = f"{TOLD}{key}:{column.key}"
        typed = _typed(visit, name, "" if value is None else words.number(value))
        found.append(
            OwnCell(
                name=name,
                column=column.key,
                typed=typed,
                computed=words.number(computed.cells[column.key]),
                is_wrong=bool(typed) and not _is_number(typed),
                is_apart=(key, column.key) in apart,
            )
        )
    return found


def _is_number(text: str) -> bool:
    try:
        number(text, where="")
    except TextInNumberCell:
        return False
    return True


def _of(of: ReportPage) -> OfReport:
    return OfReport(of.definition, of.window, of.unit)


def _attach(visit: Visit, of: ReportPage) -> str:
    post = visit.request.POST
    chosen, sent = plain(post.get("document")), visit.request.FILES.get("file")
    written = plain(post.get("issued_on"))
    own_actions.attach(
        report=_of(of),
        document=int(chosen) if chosen.isdecimal() else None,
        notation=plain(post.get("notation")),
        issued_on=_day(written) if written else None,
        upload=Upload(sent.name or "", sent.read()) if sent else None,
        by=visit.by,
        at=visit.at,
    )
    return words.DONE["attach"]


def _day(written: str) -> date:
    """A day as a field for days sends it, or as it is written. Raises BadField."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return reading_words.day("issued_on", written)


def _tell(visit: Visit, of: ReportPage) -> str:
    form = _compared(visit, of)
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for name in visit.request.POST:
        row, _, column = name.removeprefix(TOLD).rpartition(":")
        if name.startswith(TOLD):
            reason = _typed(visit, f"{REASON}{row}:{column}", "")
            cells[row, column] = (_typed(visit, name, ""), reason)
    own_actions.tell(report=_of(of), form=form, cells=cells, by=visit.by, at=visit.at)
    return words.DONE["tell"]

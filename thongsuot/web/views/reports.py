"""Reports on screen: what is due, the form as it is printed, each figure open to its dossiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from thongsuot.actions import reporting as actions
from thongsuot.actions.reporting import Contents, OfReport, exporting
from thongsuot.actions.reporting.exporting import OfCell
from thongsuot.domain.duties import NotYourRight, Right
from thongsuot.domain.files import MediaType
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.course import ReportState, ReportStep, ReportStepNotNow
from thongsuot.domain.reporting.forms import NoSuchCell, ReportForm, Row, Source, broken
from thongsuot.paper.report_sheet import report_sheet
from thongsuot.queries.access import holding
from thongsuot.queries.reporting import compiled as counting
from thongsuot.queries.reporting import files, frozen, life, long_list, reminded, rules
from thongsuot.queries.reporting import grid as grids
from thongsuot.queries.reporting.compiled import Compiled
from thongsuot.queries.reporting.life import ReportPage
from thongsuot.queries.reporting.sheets import sheet
from thongsuot.queries.reporting.tallies import PAGE
from thongsuot.records.reports import FrozenReportRow
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.refusals import status_of
from thongsuot.words import reminders as reminder_words
from thongsuot.words import reporting as words
from thongsuot.words.moments import short
from thongsuot.words.papers import column_number
from thongsuot.words.refusals import sentence

PROVINCE = "toan-tinh"
SHOWN_FROZEN = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.LOCKED})
CELL = "o:"
APART = ("between", counting.ELSEWHERE)  # no dossiers of ours stand behind these rows


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A cell as it is shown: its figure, where it leads, or what was typed into it."""

    column: str
    text: str
    address: str = ""
    name: str = ""  # of the field that fills it
    typed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A row as it is shown."""

    name: str
    depth: int
    cells: tuple[ReportCell, ...]
    faults: tuple[str, ...] = ()


@official
def overview(visit: Visit) -> HttpResponse:
    """The reports that somebody owes or receives, period by period."""
    held = _held(visit)
    units = [unit for unit in sorted(held) if unit] or [""]
    lines = []
    for definition in rules.definitions():
        for unit in units[:5]:
            for window in life.periods_of(definition, unit=unit, on=visit.on):
                page = life.page(
                    definition.key, period=window.key, unit=unit, by=visit.by, at=visit.at
                )
                if page.route is not None or not unit:
                    lines.append(
                        (
                            page,
                            unit or PROVINCE,
                            words.STATE[page.course.state.value],
                            words.period(window.key),
                        )
                    )
    lines.sort(key=lambda line: line[0].window.end, reverse=True)
    context: dict[str, object] = {
        "here": "reports",
        "lines": [(*line, words.timeliness(line[0].timeliness)) for line in lines],
        "receives": "" in held,
        "reminders": [
            (line, reminder_words.said(line.kind, line.deadline, at=visit.at))
            for line in reminded.owed(held, at=visit.at)
        ],
    }
    return show(visit, "reports/list.html", context)


@official
def grid(visit: Visit, report: str) -> HttpResponse:
    """Who reported in each of the last periods: a table that is a picture."""
    _held(visit)
    found = grids.grid(plain(report), at=visit.at)
    context: dict[str, object] = {
        "here": "reports",
        "grid": found,
        "reports": [(one.key, one.name) for one in rules.definitions()],
        "periods": [
            (
                one,
                words.period(one.window.key),
                f"trước {short(one.deadline)}" if one.deadline else words.NO_DEADLINE,
            )
            for one in found.periods
        ],
        "lines": [
            (
                line,
                [
                    (period.window.key, *words.mark(told), words.timeliness(told)[1])
                    if told
                    else (period.window.key, "", "", "")
                    for period, told in zip(found.periods, line.cells, strict=True)
                ],
            )
            for line in found.lines
        ],
    }
    return show(visit, "reports/grid.html", context)


@official
def completeness(visit: Visit, report: str, period: str) -> HttpResponse:
    """Who has reported and who in time: a table, and the same as a bar."""
    _held(visit)
    found = life.completeness(plain(report), period=plain(period), at=visit.at)
    context: dict[str, object] = {
        "here": "reports",
        "found": found,
        "span": words.span(found.window),
        "period": words.period(found.window.key),
        "lines": [
            (line, words.STATE[line.state.value], words.timeliness(line.timeliness))
            for line in found.lines
        ],
        "missing": sum(1 for line in found.lines if line.timeliness.is_missing),
        "late": found.sent - found.in_time,
        "province": PROVINCE,
    }
    return show(visit, "reports/completeness.html", context)


@official
def report(visit: Visit, report: str, period: str, unit: str) -> HttpResponse:
    """One report of one body: the form, what agrees, how it stands, what may be done."""
    of = asked_page(visit, report, period, unit)
    if visit.request.method != "POST":
        return _shown(visit, of)
    step = plain(visit.request.POST.get("step"))
    try:
        told = _steps()[ReportStep(step)](visit, of) if step in set(ReportStep) else ""
        if not told:
            raise ReportStepNotNow("step", step=step, state=of.course.state.value)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _shown(visit, asked_page(visit, report, period, unit), wrong=refusal)
    messages.success(visit.request, told)
    query = urlencode({"bieu": asked_form(visit, of).key})
    return redirect(f"{visit.request.path}?{query}")


@official
def cell(visit: Visit, report: str, period: str, unit: str) -> HttpResponse:
    """The dossiers behind a cell, and in words how they were counted."""
    of = asked_page(visit, report, period, unit)
    form = asked_form(visit, of)
    row, column = plain(visit.request.GET.get("dong")), plain(visit.request.GET.get("cot"))
    after = plain(visit.request.GET.get("sau"))
    last = _last_frozen(of)
    known_at = last.known_at if last else visit.at
    question = life.question_of(of, form, at=known_at)
    if visit.request.method == "POST":
        asked = OfCell(of.definition.key, form.key, of.window.key, of.unit, row, column, known_at)
        long_list.require(question, row=row, column=column)
        kind = plain(visit.request.POST.get("kind"))
        number = exporting.ask(cell=asked, kind=kind, account=visit.by.account, at=visit.at)
        return redirect("long-list", number=number)
    found = counting.dossiers(
        question, row=row, column=column, after=int(after) if after.isdecimal() else 0
    )
    ways = rules.counting(rules.II06, on=of.window.last_day)
    context: dict[str, object] = {
        "here": "reports",
        "of": of,
        "unit": unit,
        "form": form,
        "column": form.column(column),
        "number": column_number(column, [one.key for one in form.columns].index(column)),
        "row": row,
        "said": words.counted(form.column(column), ways),
        "known_at": known_at,
        "period": words.period(of.window.key),
        "lines": [
            (one, words.INTAKE[one.place.intake], words.RESULT[one.place.result]) for one in found
        ],
        "next": found[-1].number if len(found) == PAGE else 0,
    }
    return show(visit, "reports/cell.html", context)


@official
def workbook(visit: Visit, report: str, period: str, unit: str) -> HttpResponse:
    """The report as a workbook: of what was frozen the same bytes each time."""
    of = asked_page(visit, report, period, unit)
    form = asked_form(visit, of)
    last = _last_frozen(of)
    name = f"bao-cao-{form.key}-{of.window.key}-{of.unit or PROVINCE}.xlsx"
    if last is not None:
        return spreadsheet(files.workbook(last.content, form.key), name)
    actions.catch_up()
    return spreadsheet(report_sheet(sheet(life.figures(of, form, at=visit.at))), name)


@official
def file(visit: Visit, report: str, period: str, unit: str, kind: str) -> HttpResponse:
    """The report as a file to print, sign, read or enter: of what was frozen, always the same."""
    of = asked_page(visit, report, period, unit)
    form = asked_form(visit, of)
    last = _last_frozen(of)
    if last is None:
        actions.catch_up()
    text = last.content if last else frozen.text_of(life.everything(of, at=visit.at))
    name = f"bao-cao-{of.definition.key}-{of.window.key}-{of.unit or PROVINCE}"
    match kind:
        case "in.pdf":
            return _handed(files.pdf(text), "application/pdf", f"{name}.pdf", shown="inline")
        case "loi-van.docx":
            return _handed(files.letter(text), MediaType.DOCX.value, f"{name}.docx")
        case "bieu.csv":
            content = files.table(text, form.key)
            return _handed(content, "text/csv; charset=utf-8", f"{name}-{form.key}.csv")
        case "so-lieu.json":
            return _handed(text.encode(), MediaType.JSON.value, f"{name}.json")
        case _:
            return _to_enter(text, kind.removeprefix("nhap-").removesuffix(".json"))


@official
def version(visit: Visit, report: str, period: str, unit: str, number: int) -> HttpResponse:
    """What a version changed against the one before, cell by cell, and by which dossiers."""
    of = asked_page(visit, report, period, unit)
    versions = {row.version: row for row in of.versions}
    after, before = versions.get(number), versions.get(number - 1)
    if after is None:
        raise NoSuchCell("version", given=str(number), known=[str(each) for each in versions])
    changes = frozen.changes(before.content, after.content) if before else ()
    context: dict[str, object] = {
        "here": "reports",
        "of": of,
        "unit": unit,
        "after": after,
        "before": before,
        "changes": [(one, words.number(one.before), words.number(one.after)) for one in changes],
        "causes": life.causes(of, before, after) if before else (),
        "is_whole": frozen.is_whole(after),
        "period": words.period(of.window.key),
    }
    return show(visit, "reports/version.html", context)


def _to_enter(text: str, key: str) -> HttpResponse:
    for one in files.to_enter(text):
        if one.key == key:
            return _handed(one.content, MediaType.JSON.value, f"{one.key}-{one.name}")
    raise NoSuchCell("file", given=key, known=[one.key for one in files.to_enter(text)])


def _handed(content: bytes, kind: str, name: str, *, shown: str = "attachment") -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    return answer


def asked_page(visit: Visit, report: str, period: str, unit: str) -> ReportPage:
    """The report asked for. Raises NotYourRight unless it is sent or received here."""
    code = "" if plain(unit) == PROVINCE else plain(unit)
    of = life.page(plain(report), period=plain(period), unit=code, by=visit.by, at=visit.at)
    receiver = of.route.receiver if of.route else ""
    if not _held(visit) & {"", code, receiver}:
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    return of


def _held(visit: Visit) -> frozenset[str]:
    held = holding(visit.by, Right.REPORTS, on=visit.on)
    if not held:
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    return held


def asked_form(visit: Visit, of: ReportPage) -> ReportForm:
    asked = plain(visit.request.GET.get("bieu")) or plain(visit.request.POST.get("bieu"))
    return next((form for form in of.forms if form.key == asked), of.forms[0])


def _last_frozen(of: ReportPage) -> FrozenReportRow | None:
    """What was sent, while it is not given back."""
    return of.versions[-1] if of.versions and of.course.state in SHOWN_FROZEN else None


def _shown(visit: Visit, of: ReportPage, *, wrong: Refusal | None = None) -> HttpResponse:
    form = asked_form(visit, of)
    last = _last_frozen(of)
    made: Compiled | None = None
    if last is None:
        actions.catch_up()
        made = life.figures(of, form, at=visit.at)
    rows = frozen.rows(last.content, form.key) if last else _rows(made)
    own = tuple(row for row in rows if row.key != "between")
    ways = rules.counting(rules.II06, on=of.window.last_day)
    context: dict[str, object] = {
        "here": "reports",
        "of": of,
        "unit": of.unit or PROVINCE,
        "form": form,
        "span": words.span(of.window),
        "groups": _groups(form),
        "columns": [
            (column, words.counted(column, ways), column_number(column.key, index))
            for index, column in enumerate(form.columns)
        ],
        "first": words.FIRST_COLUMN[form.rows.value],
        "lines": [_line(visit, of, form, row) for row in own],
        "between": next(
            (_line(visit, of, form, row) for row in rows if row.key == "between"), None
        ),
        "identities": form.identities,
        "faults": broken(form, own),
        "notes": [
            *words.notes(
                form,
                is_provisional=visit.at < of.window.end,
                is_without_data=made is not None and made.is_without_data,
            )
        ],
        "last": last,
        "known_at": last.known_at if last else visit.at,
        "state": words.STATE[of.course.state.value],
        "timeliness": words.timeliness(of.timeliness),
        "deadline": words.deadline(of.timeliness),
        "steps": [(words.STEP_TAKEN[one.step.value], one) for one in of.steps],
        "may": [
            (step.value, words.STEP[step.value]) for step in of.may if step is not ReportStep.FILL
        ],
        "fills": ReportStep.FILL in of.may and any(c.is_filled for c in form.columns),
        "needs_words": any(
            step in of.may
            for step in (ReportStep.RETURN, ReportStep.ASK_UNLOCK, ReportStep.RESTATE)
        ),
        "locked": words.locked(of.course),
        "wrong": sentence(wrong) if wrong else "",
        "remarks": plain(visit.request.POST.get("remarks")),
        "source": plain(visit.request.POST.get("source")),
        "receiver": of.receiver_name,
        "period": words.period(of.window.key),
        "to_enter": rules.entered(of.definition, on=of.window.last_day),
        "tabs": [(one.key, words.tab(one)) for one in of.forms],
    }
    return show(visit, "reports/report.html", context, status=status_of([wrong]) if wrong else 200)


def _rows(made: Compiled | None) -> tuple[Row, ...]:
    if made is None:
        return ()
    return (*made.rows, *([made.between] if made.between else []))


def _groups(form: ReportForm) -> list[tuple[str, int]]:
    """The groups above the columns, and over how many each stands."""
    found: list[tuple[str, int]] = []
    for column in form.columns:
        if found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return found


def _line(visit: Visit, of: ReportPage, form: ReportForm, row: Row) -> ReportLine:
    sources = life.sources_of(of, form) if any(c.is_filled for c in form.columns) else {}
    cells = []
    for column in form.columns:
        value = row.cells[column.key]
        text = words.number(value)
        if column.source is Source.FILLED:
            name = f"{CELL}{row.key}:{column.key}"
            typed = visit.request.POST.get(name, "" if value is None else _typed(value))
            source = sources.get((row.key, column.key), "")
            cells.append(ReportCell(column.key, text, name=name, typed=plain(typed), source=source))
        elif value and row.key.split("/")[0] not in APART and form.counted_in(column.key):
            query = urlencode({"bieu": form.key, "dong": row.key, "cot": column.key})
            cells.append(ReportCell(column.key, text, address=f"?{query}"))
        else:
            cells.append(ReportCell(column.key, text))
    return ReportLine(row.name, row.depth, tuple(cells))


def _typed(value: Fraction) -> str:
    return words.number(value)


def _steps() -> dict[ReportStep, Callable[[Visit, ReportPage], str]]:
    return {
        ReportStep.FILL: _fill,
        ReportStep.CHECK: _check,
        ReportStep.SUBMIT: _submit,
        ReportStep.RESTATE: _restate,
        ReportStep.RETURN: _return,
        ReportStep.ACCEPT: _accept,
        ReportStep.LOCK: _lock,
        ReportStep.ASK_UNLOCK: _ask_unlock,
        ReportStep.UNLOCK: _unlock,
    }


def _of(of: ReportPage) -> OfReport:
    return OfReport(of.definition, of.window, of.unit)


def _fill(visit: Visit, of: ReportPage) -> str:
    form = asked_form(visit, of)
    cells = {}
    for name, text in visit.request.POST.items():
        row, _, column = name.removeprefix(CELL).rpartition(":")
        if name.startswith(CELL) and form.column(column).is_filled:
            cells[form.key, row, column] = plain(str(text))
    source = plain(visit.request.POST.get("source"))
    actions.fill(report=_of(of), cells=cells, source=source, by=visit.by, at=visit.at)
    return words.DONE["fill"]


def _check(visit: Visit, of: ReportPage) -> str:
    actions.catch_up()
    faults = [fault for made in life.everything(of, at=visit.at) for fault in made.broken]
    actions.check(report=_of(of), broken=tuple(faults), by=visit.by, at=visit.at)
    return words.DONE["check"]


def _contents(visit: Visit, of: ReportPage) -> Contents:
    actions.catch_up()
    made = frozen.canonical(life.everything(of, at=visit.at))
    return Contents(made.text, made.files, made.to_enter, visit.at, len(of.steps))


def _submit(visit: Visit, of: ReportPage) -> str:
    number = actions.submit(report=_of(of), contents=_contents(visit, of), by=visit.by, at=visit.at)
    return words.DONE["submit"].format(version=number)


def _restate(visit: Visit, of: ReportPage) -> str:
    number = actions.restate(
        report=_of(of),
        contents=_contents(visit, of),
        reason=plain(visit.request.POST.get("remarks")),
        by=visit.by,
        at=visit.at,
    )
    return words.DONE["restate"].format(version=number)


def _return(visit: Visit, of: ReportPage) -> str:
    remarks = plain(visit.request.POST.get("remarks"))
    actions.return_(report=_of(of), remarks=remarks, by=visit.by, at=visit.at)
    return words.DONE["return"]


def _accept(visit: Visit, of: ReportPage) -> str:
    actions.accept(report=_of(of), by=visit.by, at=visit.at)
    return words.DONE["accept"]


def _lock(visit: Visit, of: ReportPage) -> str:
    actions.lock(report=_of(of), by=visit.by, at=visit.at)
    return words.DONE["lock"]


def _ask_unlock(visit: Visit, of: ReportPage) -> str:
    reason = plain(visit.request.POST.get("remarks"))
    actions.ask_unlock(report=_of(of), reason=reason, by=visit.by, at=visit.at)
    return words.DONE["ask_unlock"]


def _unlock(visit: Visit, of: ReportPage) -> str:
    actions.unlock(report=_of(of), by=visit.by, at=visit.at)
    return words.DONE["unlock"]

"""Single orders on screen: enter one with its tasks, answer, accept, sum up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import reporting as actions
from thongsuot.domain.directory import OfficeKind
from thongsuot.domain.duties import NotYourRight, Right
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.course import Timeliness
from thongsuot.domain.reporting.orders import AnswerStepNotNow, OrderDocument, OrderStep, OrderTask
from thongsuot.paper.listing import listing
from thongsuot.queries import directory
from thongsuot.queries.reporting import orders as queries
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import orders as words
from thongsuot.words import reading
from thongsuot.words import reporting as report_words
from thongsuot.words.moments import moment, short
from thongsuot.words.refusals import sentence

DOCUMENT = ("number", "issued_on", "issuer", "title")
TASKS = range(1, 7)


@official
def orders(visit: Visit) -> HttpResponse:
    """The orders that somebody gave or has to answer."""
    context: dict[str, object] = {
        "here": "reports",
        "lines": queries.orders(visit.by, at=visit.at),
        "may_order": queries.may_order(visit.by, at=visit.at),
    }
    return show(visit, "reports/orders.html", context)


@official
def new(visit: Visit) -> HttpResponse:
    """Enter an order: the document, its tasks, who carries them out."""
    if not queries.may_order(visit.by, at=visit.at):
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    if visit.request.method != "POST":
        return _new(visit)
    try:
        number = actions.order(
            document=_document(visit),
            tasks=_tasks(visit),
            units=[plain(unit) for unit in visit.request.POST.getlist("units")],
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _new(visit, refusal)
    messages.success(visit.request, words.DONE["order"])
    return redirect("report-order", number=number)


@official
def order(visit: Visit, number: int) -> HttpResponse:
    """One order: its tasks, who has answered what, what may be done next."""
    if visit.request.method != "POST":
        return _shown(visit, number)
    try:
        step = _step(visit, number)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _shown(visit, number, refusal)
    messages.success(visit.request, words.DONE[step.value])
    return redirect("report-order", number=number)


@official
def workbook(visit: Visit, number: int) -> HttpResponse:
    """What came of an order, body by body, as a workbook."""
    page = queries.order(number, by=visit.by, at=visit.at)
    rows = [
        (
            f"{task.number}. {task.text}",
            short(task.deadline) if task.deadline else words.NO_DEADLINE,
            one.name,
            words.STATE[one.state.value],
            _told(one.timeliness)[1],
            one.said,
            one.by,
        )
        for task in page.tasks
        for one in task.answers
    ]
    title = words.SHEET.format(number=page.line.document, day=f"{page.line.issued_on:%d/%m/%Y}")
    made = listing(title, words.COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"chi-dao-{number}.xlsx")


def _document(visit: Visit) -> OrderDocument:
    given = visit.request.POST
    return OrderDocument(
        number=reading.text("number", plain(given.get("number")), longest=60),
        title=reading.text("title", plain(given.get("title")), longest=300),
        issuer=reading.text("issuer", plain(given.get("issuer")), longest=200),
        issued_on=reading.day("issued_on", plain(given.get("issued_on"))),
    )


def _tasks(visit: Visit) -> list[OrderTask]:
    """The tasks that were written, numbered as they stand."""
    found: list[OrderTask] = []
    for place in TASKS:
        text = plain(visit.request.POST.get(f"task-{place}"))
        deadline = plain(visit.request.POST.get(f"deadline-{place}"))
        if text:
            by = reading.moment(f"deadline-{place}", deadline) if deadline else None
            found.append(OrderTask(len(found) + 1, text, by))
        elif deadline:
            raise reading.FieldNeeded(f"task-{place}", field="text")
    return found


def _step(visit: Visit, number: int) -> OrderStep:
    given, by, at = visit.request.POST, visit.by, visit.at
    written, _, unit = plain(given.get("answer")).partition(":")
    task = reading.number("task", written) if written else 0
    said, step = plain(given.get("said")), plain(given.get("do"))
    match step:
        case OrderStep.ANSWER:
            actions.answer(order=number, task=task, unit=unit, said=said, by=by, at=at)
        case OrderStep.RETURN:
            actions.give_back(order=number, task=task, unit=unit, said=said, by=by, at=at)
        case OrderStep.ACCEPT:
            actions.accept_answer(order=number, task=task, unit=unit, by=by, at=at)
        case OrderStep.CLOSE:
            actions.close(order=number, summary=said, by=by, at=at)
        case _:
            raise AnswerStepNotNow("step", step=step, state="")
    return OrderStep(step)


def _new(visit: Visit, wrong: Refusal | None = None) -> HttpResponse:
    given = visit.request.POST
    found = problems([wrong] if wrong else [], [*DOCUMENT])
    typed = {name: plain(given.get(name)) for name in DOCUMENT}
    fields = (
        FieldLine("number", "Số, ký hiệu", value=typed["number"], is_required=True),
        FieldLine("issued_on", "Ngày ban hành", Widget.DAY, typed["issued_on"], is_required=True),
        FieldLine("issuer", "Cơ quan ban hành", value=typed["issuer"], is_required=True),
        FieldLine("title", "Trích yếu", Widget.LINES, typed["title"], is_required=True),
    )
    chosen = set(given.getlist("units"))
    context: dict[str, object] = {
        "here": "reports",
        "fields": with_errors(fields, found),
        "problems": found,
        "tasks": [
            (place, plain(given.get(f"task-{place}")), plain(given.get(f"deadline-{place}")))
            for place in TASKS
        ],
        "groups": _groups(visit, chosen),
    }
    return show(
        visit, "reports/order_new.html", context, status=status_of([wrong]) if wrong else 200
    )


def _groups(visit: Visit, chosen: set[str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The bodies of today by level, each with whether it was chosen."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for office in directory.offices(on=visit.on):
        if office.kind is not OfficeKind.PROVINCE:
            code = office.code.canonical
            name = words.GROUP.get(office.level.value, "")
            found.setdefault(name, []).append((code, office.name, code in chosen))
    return [(name, sorted(those, key=lambda one: one[1])) for name, those in found.items()]


def _shown(visit: Visit, number: int, wrong: Refusal | None = None) -> HttpResponse:
    page = queries.order(number, by=visit.by, at=visit.at)
    given = visit.request.POST
    typed = plain(given.get("answer"))
    context: dict[str, object] = {
        "here": "reports",
        "page": page,
        "tasks": [
            (
                task,
                moment(task.deadline) if task.deadline else words.NO_DEADLINE,
                [
                    (
                        one,
                        words.STATE[one.state.value],
                        _told(one.timeliness),
                        [step.value for step in one.may],
                        plain(given.get("said")) if typed == f"{task.number}:{one.unit}" else "",
                    )
                    for one in task.answers
                ],
            )
            for task in page.tasks
        ],
        "steps": [(words.STEP[one.step.value], one) for one in page.steps],
        "wrong": sentence(wrong) if wrong else "",
        "summary": plain(given.get("said")) if plain(given.get("do")) == "close" else "",
    }
    return show(visit, "reports/order.html", context, status=status_of([wrong]) if wrong else 200)


def _told(told: Timeliness) -> tuple[str, str]:
    """How an answer stands with its deadline; a task without one is never late."""
    return report_words.timeliness(told)

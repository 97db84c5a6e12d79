"""Many of one kind at the counter: typed in a table or read from a file, shown, taken in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import table
from thongsuot.actions import together as actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import blank
from thongsuot.queries import counter
from thongsuot.queries.counter import Counter
from thongsuot.web.applicant import Person
from thongsuot.web.chosen import routes_of
from thongsuot.web.desk import new_key, screen
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms import many as forms
from thongsuot.web.forms import reception, rows
from thongsuot.web.forms.rows import Rows
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.reception import require_counter
from thongsuot.words import together as words
from thongsuot.words.refusals import sentence

WIDTHS = {"name": 30, "number": 18, "phone": 16, "email": 26, "address": 44, "proxy": 28}


@dataclass(frozen=True, slots=True)
class Preview:
    """A line with what will come of it."""

    number: int
    name: str
    said: str


@official
def many(visit: Visit, code: str) -> HttpResponse:
    """One procedure, one case, one channel; a line for each person."""
    require_counter(visit)
    here = counter.counter(plain(code), point=visit.desk.reception_point, at=visit.at)
    post = visit.request.POST
    if visit.request.method != "POST":
        return _page(visit, here, {"key": new_key()}, [], spare=forms.SPARE_AT_FIRST)
    values, people = reception.typed(post), rows.typed(post, forms.SHEET)
    action = values.get("action")
    if action == "upload":
        return _uploaded(visit, here, values, people)
    if action not in ("look", "begin"):
        return _page(visit, here, values, people)
    return _asked(visit, here, values, people)


def _asked(visit: Visit, here: Counter, values: dict[str, str], people: Rows) -> HttpResponse:
    """What is wrong, else what will come of it, else what was begun."""
    routes = routes_of(here, values, on=visit.on)
    read = forms.read(values, people, here, routes, at=visit.at)
    if read.wrong:
        return _page(visit, here, values, people, wrong=read.wrong)
    if values["action"] == "begin":
        return _begun(visit, here, values, read.requests)
    return _rehearsed(visit, here, values, people, read.requests)


@official
def template(visit: Visit, code: str) -> HttpResponse:
    """The table to fill in elsewhere."""
    require_counter(visit)
    columns = [(title, WIDTHS[name]) for name, title in words.PEOPLE.items()]
    made = blank(words.TEMPLATE_TITLE, columns)
    return spreadsheet(made, f"danh-sach-{plain(code)[:20]}.xlsx")


def _uploaded(visit: Visit, here: Counter, values: dict[str, str], people: Rows) -> HttpResponse:
    """The table with the lines of the file below those that were typed."""
    try:
        found = table.rows(
            content_of(visit.request),
            columns=words.PEOPLE,
            needed="name",
            at_most=forms.MOST - len(people),
        )
    except Refusal as refusal:
        return _page(visit, here, values, people, wrong=(refusal,))
    messages.success(visit.request, words.ROWS_READ.format(count=len(found)))
    return _page(visit, here, values, [*people, *found])


def _rehearsed(
    visit: Visit,
    here: Counter,
    values: dict[str, str],
    people: Rows,
    requests: tuple[dict[str, object], ...],
) -> HttpResponse:
    lines, remarks = list[Preview](), dict[int, tuple[str, ...]]()
    for number, request in enumerate(requests):
        try:
            said = actions.rehearse_reception(request=request, by=visit.by, at=visit.at)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            remarks[number] = (sentence(refusal),)
        else:
            lines.append(Preview(number + 1, people[number].get("name", ""), said))
    return _page(visit, here, values, people, lines=tuple(lines), remarks=remarks)


def _begun(
    visit: Visit,
    here: Counter,
    values: dict[str, str],
    requests: tuple[dict[str, object], ...],
) -> HttpResponse:
    number = actions.begin_receptions(
        requests=requests,
        title=words.TITLE["receive"].format(procedure=here.procedure.name),
        by=visit.by,
        office=visit.desk.office,
        key=values.get("key", "")[:120] or new_key(),
        at=visit.at,
    )
    return redirect("together-run", number=number)


def _page(
    visit: Visit,
    here: Counter,
    values: dict[str, str],
    people: Rows,
    *,
    wrong: tuple[Refusal, ...] = (),
    lines: tuple[Preview, ...] = (),
    remarks: dict[int, tuple[str, ...]] | None = None,
    spare: int = rows.SPARE,
) -> HttpResponse:
    routes = routes_of(here, values, on=visit.on)
    cells = rows.names(forms.SHEET, len(people) + spare)
    shared = screen(here, values, wrong, routes, Person(), on=visit.on)
    named = [
        line.name for group in (shared.about, shared.bodies, shared.appointment) for line in group
    ]
    named += ["place", "more_papers"]
    found = problems(wrong, [*cells, *named])
    context: dict[str, object] = {
        "here": "reception",
        "screen": shared,
        "place": next(line for line in shared.applicant if line.name == "place"),
        "problems": found,
        "table": rows.shown(forms.SHEET, people, found, remarks=remarks, spare=spare),
        "lines": lines,
        "is_ready": bool(lines) and not remarks,
    }
    return show(visit, "reception/many.html", context, status=status_of(wrong) if wrong else 200)

"""Rosters: the officials of each step by name, in force and proposed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import reading as given_as
from thongsuot.actions.catalogue.proposals import newest
from thongsuot.actions.catalogue.rights import may_propose, require_body
from thongsuot.domain.proposals import ProposalKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Process, StageKind
from thongsuot.queries import proposals as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import rows
from thongsuot.web.forms.fields import Option
from thongsuot.web.forms.rows import Column, Rows, Sheet
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.labels import PROPOSAL_STATE

MORE_ROWS = 8


@official
def rosters(visit: Visit) -> HttpResponse:
    """The rosters in force today or on another day, and what is proposed."""
    asked = visit.request.GET.dict()
    words, on = plain(asked.get("q")), reading.if_given(reading.day, asked, "ngay", visit.on)
    proposed = queries.proposed(ProposalKind.ROSTER)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "roster",
        "search": words,
        "on": on,
        "is_today": on == visit.on,
        "lines": queries.rosters_in_force(on=on, words=words),
        "proposed": [(line, PROPOSAL_STATE[line.state]) for line in proposed],
        "proposes": may_propose(visit.by.account, office=visit.desk.office, at=visit.at),
    }
    return show(visit, "catalogue/rosters.html", context)


@official
def new(visit: Visit) -> HttpResponse:
    """The form of a roster: first the process, then who does each of its steps."""
    require_body(visit.by, office=visit.desk.office, at=visit.at)
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    code = plain(asked.get("quy-trinh"))
    if not code:
        processes = {line.key.rpartition("@")[0]: line.name for line in _processes(visit)}
        context: dict[str, object] = {
            "here": "catalogue",
            "tab": "roster",
            "processes": list(processes.items()),
        }
        return show(visit, "catalogue/roster_process.html", context)
    process = newest(code)
    sheet = _sheet(visit, process)
    if visit.request.method != "POST":
        return _form(visit, process, sheet, _beginning(process))
    typed = rows.typed(visit.request.POST, sheet)
    if asked.get("action") == "more":
        return _form(visit, process, sheet, typed, spare=MORE_ROWS)
    try:
        named = given_as.roster({"named": [row for row in typed if row.get("official")]})
        number = actions.draft_roster(
            office=visit.desk.office, process=process.code, named=named, by=visit.by, at=visit.at
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _form(visit, process, sheet, typed, (refusal,))
    messages.success(
        visit.request, "Đã lưu đề xuất phân công; chưa có hiệu lực khi chưa quyết định."
    )
    return redirect("proposal", number=number)


def _processes(visit: Visit) -> list[queries.ProcessLine]:
    return queries.processes(on=visit.on)


def _sheet(visit: Visit, process: Process) -> Sheet:
    working = queries.officials(visit.desk.office, on=visit.on)
    stages = [stage for stage in process.stages if stage.kind is not StageKind.END]
    return Sheet(
        "named",
        "Người thực hiện từng bước",
        (
            Column("stage", "Bước", tuple(Option(s.key, s.name) for s in stages)),
            Column("official", "Người thực hiện", tuple(Option(a, n) for a, n in working)),
            Column("procedure", "Riêng thủ tục (mã)"),
        ),
        "Bước không ghi ai thì mọi người có vai trò của bước đều làm được. Nhiều người một bước: "
        "ghi nhiều dòng.",
    )


def _beginning(process: Process) -> Rows:
    return [{"stage": stage.key} for stage in process.stages if stage.kind is not StageKind.END]


def _form(
    visit: Visit,
    process: Process,
    sheet: Sheet,
    typed: Rows,
    wrong: tuple[Refusal, ...] = (),
    *,
    spare: int = rows.SPARE,
) -> HttpResponse:
    found = problems(wrong, rows.names(sheet, len(typed)))
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "roster",
        "process": process,
        "table": rows.shown(sheet, typed, found, spare=spare),
        "problems": found,
    }
    return show(
        visit, "catalogue/roster_form.html", context, status=status_of(wrong) if wrong else 200
    )

"""Proposals of processes and rosters: written, laid before the Office, appraised, decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import exchange
from thongsuot.actions.catalogue import reading as given_as
from thongsuot.actions.catalogue.proposals import (
    ProposedProcess,
    ProposedUse,
    content_of,
    newest,
)
from thongsuot.actions.catalogue.rights import may_keep, may_propose, require_body
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.proposals import Step
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.roster import Roster
from thongsuot.domain.workflow import Fault, NoProcess, check
from thongsuot.queries import access
from thongsuot.queries import proposals as queries
from thongsuot.records.proposals import find
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import decision as decisions
from thongsuot.web.forms import process as forms
from thongsuot.web.forms import rows
from thongsuot.web.forms.process import ProcessDraft
from thongsuot.web.forms.upload import content_of as sent
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.process import bpmn_file, move_lines, stage_lines
from thongsuot.words import reading
from thongsuot.words.labels import PROPOSAL_KIND, PROPOSAL_STATE, PROPOSAL_STEP
from thongsuot.words.processes import fault

MORE_ROWS = 6
EMPTY = ProcessDraft({}, [], [], [], ())


@official
def proposal(visit: Visit, number: int) -> HttpResponse:
    """A proposal, its steps, and the next one."""
    if visit.request.method != "POST":
        return _page(visit, number, decisions.defaults(on=visit.on))
    values = decisions.typed(visit.request.POST)
    values["remark"] = plain(visit.request.POST.get("remark"))
    step = visit.request.POST.get("step")
    try:
        _take(visit, number, step, values)
    except Refusal as refusal:
        if refusal.kind is not Kind.MALFORMED and refusal.kind is not Kind.RULE:
            raise
        return _page(visit, number, values, (refusal,))
    messages.success(visit.request, f"Đã ghi nhận: {PROPOSAL_STEP[str(step)]}.")
    return redirect("proposal", number=number)


@official
def drawn(visit: Visit, number: int) -> HttpResponse:
    """A proposed process as BPMN 2.0."""
    del visit
    content = content_of(find(number))
    if isinstance(content, Roster):
        raise Http404
    return bpmn_file(content.process)


@official
def new_process(visit: Visit) -> HttpResponse:
    """The form of a new proposal: empty, begun with a version, or read from a file."""
    require_body(visit.by, office=visit.desk.office, at=visit.at)
    if visit.request.method != "POST":
        key = plain(visit.request.GET.get("tu"))
        return _form(visit, _begun(visit, key) if key else EMPTY)
    if visit.request.POST.get("action") == "import":
        try:
            return _form(visit, forms.of(exchange.read_process(sent(visit.request))))
        except Refusal as refusal:
            return _form(visit, forms.typed(visit.request.POST, queries.roles()), (refusal,))
    return _written(visit, None)


def _begun(visit: Visit, key: str) -> ProcessDraft:
    """A version with where it is used today, as the next one begins."""
    uses = queries.uses(key, on=visit.on)
    codes = [use.procedure for use in uses if use.procedure]
    return forms.of(
        queries.process(key)[0],
        levels=[use.level for use in uses],
        procedures=", ".join(codes),
    )


@official
def edit(visit: Visit, number: int) -> HttpResponse:
    """The form of a proposed process that may still be changed."""
    row = find(number)
    require_body(visit.by, office=row.office, at=visit.at)
    content = content_of(row)
    if isinstance(content, Roster):
        return redirect("proposal", number=number)
    if visit.request.method == "POST":
        return _written(visit, number)
    levels = dict.fromkeys(use.level.value for use in content.uses)
    codes = " ".join(dict.fromkeys(use.procedure for use in content.uses if use.procedure))
    return _form(visit, forms.of(content.process, levels=levels, procedures=codes), number=number)


def _written(visit: Visit, number: int | None) -> HttpResponse:
    """What was typed is kept, shown with more rows, or only checked."""
    typed = forms.typed(visit.request.POST, queries.roles())
    action = visit.request.POST.get("action")
    if action == "more":
        return _form(visit, typed, number=number, spare=MORE_ROWS)
    try:
        process = given_as.process(typed.given())
        uses = _uses(typed)
        if action == "check":
            return _form(visit, typed, number=number, is_checked=True)
        if number is None:
            office = visit.desk.office
            number = actions.draft_process(
                office=office, process=process, uses=uses, by=visit.by, at=visit.at
            )
        else:
            content = ProposedProcess(process, uses)
            actions.edit(number=number, content=content, by=visit.by, at=visit.at)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _form(visit, typed, (refusal,), number=number)
    messages.success(visit.request, "Đã lưu đề xuất; chưa có hiệu lực khi chưa có quyết định.")
    return redirect("proposal", number=number)


def _uses(typed: ProcessDraft) -> tuple[ProposedUse, ...]:
    codes = typed.procedures.replace(",", " ").split()
    bases = [reading.parsed("procedures", ProcedureCode.parse, code).base for code in codes]
    return tuple(
        ProposedUse(base, Level(level)) for level in typed.levels for base in bases or [""]
    )


def _take(visit: Visit, number: int, step: str | None, values: dict[str, str]) -> None:
    by, at = visit.by, visit.at
    match step:
        case Step.PROPOSE:
            actions.propose(number=number, by=by, at=at)
        case Step.RETURN:
            actions.send_back(number=number, remark=values["remark"], by=by, at=at)
        case Step.APPRAISE:
            actions.appraise(number=number, remark=values["remark"], by=by, at=at)
        case Step.DECIDE:
            decision = given_as.decision(values)
            actions.decide(number=number, decision=decision, by=by, at=at)
        case _:
            raise Http404


def _page(
    visit: Visit, number: int, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    told = queries.proposal(number)
    content = content_of(find(number))
    found = problems(wrong, [*given_as.DECISION, "remark"])
    keeps = may_keep(visit.by.account, at=visit.at)
    speaks = may_propose(visit.by.account, office=told.office_code, at=visit.at)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "roster" if isinstance(content, Roster) else "process",
        "told": told,
        "kind": PROPOSAL_KIND[told.line.kind],
        "state": PROPOSAL_STATE[told.line.state],
        "steps": [(PROPOSAL_STEP[step.step], step) for step in told.steps],
        "may": {
            step.value
            for step in told.open_steps
            if (speaks if step in (Step.EDIT, Step.PROPOSE) else keeps)
        },
        "remark": values.get("remark", ""),
        "fields": decisions.lines(values, found),
        "problems": found,
        **_content(content, visit),
    }
    return show(
        visit, "catalogue/proposal.html", context, status=status_of(wrong) if wrong else 200
    )


def _content(content: ProposedProcess | Roster, visit: Visit) -> dict[str, object]:
    if isinstance(content, Roster):
        names = access.names(line.official for line in content.named)
        stages = _stage_names(content.process)
        named = [
            (stages.get(n.stage, n.stage), n.procedure, names.get(n.official, n.official))
            for n in content.named
        ]
        return {"named": named}
    roles = queries.roles()
    faults = check(content.process, roles=frozenset(roles))
    return {
        "process": content.process,
        "stages": stage_lines(content.process, roles),
        "moves": move_lines(content.process),
        "faults": [fault(one) for one in faults],
        "impact": queries.process_impact(content.process.code, on=visit.on),
    }


def _stage_names(code: str) -> dict[str, str]:
    try:
        return {stage.key: stage.name for stage in newest(code).stages}
    except NoProcess:
        return {}


def _form(
    visit: Visit,
    typed: ProcessDraft,
    wrong: tuple[Refusal, ...] = (),
    *,
    number: int | None = None,
    spare: int = rows.SPARE,
    is_checked: bool = False,
) -> HttpResponse:
    roles = queries.roles()
    found = problems(wrong, [*forms.names(typed), "procedures"])
    faults = _faults(typed, roles)
    head, tables = forms.shown(typed, roles, faults, found, spare=spare)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "process",
        "number": number,
        "head": head,
        "tables": tables,
        "levels": [(k, label, k in typed.levels) for k, label in _LEVELS],
        "procedures": typed.procedures,
        "problems": found,
        "faults": [fault(one) for one in faults],
        "is_checked": is_checked and not faults,
    }
    return show(
        visit, "catalogue/process_form.html", context, status=status_of(wrong) if wrong else 200
    )


_LEVELS = (("province", "Cấp tỉnh"), ("commune", "Cấp xã"))


def _faults(typed: ProcessDraft, roles: dict[str, str]) -> tuple[Fault, ...]:
    """What the check finds in what was typed; nothing while it cannot be read yet."""
    if not typed.stages:
        return ()
    try:
        return check(given_as.process(typed.given()), roles=frozenset(roles))
    except Refusal:
        return ()

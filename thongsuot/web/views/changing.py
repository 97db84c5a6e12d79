"""Drafts of procedures, and the decisions that put them in force, end or replace them."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import reading as given_as
from thongsuot.actions.catalogue.rights import require_office
from thongsuot.domain.catalogue import NoSuchProcedure
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.publication import ChangeKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import publication as queries
from thongsuot.queries.publication import ProcedurePage
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import decision as decisions
from thongsuot.web.forms import procedure as forms
from thongsuot.web.forms import rows
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.forms.procedure import Draft
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.catalogue import said_differences
from thongsuot.words import reading
from thongsuot.words.labels import CHANGE

KINDS = {
    "cong-bo": ChangeKind.PUBLISH,
    "sua-doi": ChangeKind.AMEND,
    "thay-the": ChangeKind.REPLACE,
    "bai-bo": ChangeKind.REPEAL,
}
MORE_ROWS = 6


@official
def draft(visit: Visit, code: str = "") -> HttpResponse:
    """The form of a draft: new, or begun with what is in force."""
    require_office(visit.by, at=visit.at)
    if visit.request.method != "POST":
        return _form(visit, code, _beginning(visit, plain(code)))
    typed = forms.typed(visit.request.POST)
    if visit.request.POST.get("action") == "more":
        return _form(visit, code, typed, spare=MORE_ROWS)
    try:
        value = given_as.procedure(typed.given(), on=visit.on)
        actions.draft_procedure(procedure=value, by=visit.by, at=visit.at)
    except Refusal as refusal:
        return _form(visit, code, typed, (refusal,))
    messages.success(visit.request, "Đã lưu dự thảo; dự thảo chưa có hiệu lực với ai.")
    return redirect("procedure", code=value.code.base)


@official
def change(visit: Visit, code: str, kind: str) -> HttpResponse:
    """A decision about a procedure: first what it touches, then the act."""
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Http404
    require_office(visit.by, at=visit.at)
    told = queries.page(plain(code), on=visit.on)
    if visit.request.method != "POST":
        return _decision(visit, told, chosen, decisions.defaults(on=visit.on))
    values = decisions.typed(visit.request.POST) | {
        name: plain(visit.request.POST.get(name)) for name in ("replaced_by", "fulfils")
    }
    try:
        _make(visit, told.base, chosen, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _decision(visit, told, chosen, values, (refusal,))
    messages.success(visit.request, f"Đã ghi nhận: {CHANGE[chosen]} theo {values['number']}.")
    return redirect("procedure", code=told.base)


def _make(visit: Visit, base: str, kind: ChangeKind, values: Mapping[str, str]) -> None:
    decision = given_as.decision(values)
    fulfils = reading.maybe(reading.number, values, "fulfils")
    by, at = visit.by, visit.at
    match kind:
        case ChangeKind.PUBLISH:
            actions.publish(code=base, decision=decision, by=by, at=at)
        case ChangeKind.AMEND:
            actions.amend(code=base, decision=decision, by=by, at=at, fulfils=fulfils)
        case ChangeKind.REPLACE:
            other = reading.parsed("replaced_by", ProcedureCode.parse, values.get("replaced_by"))
            actions.replace_by(code=base, other=other.base, decision=decision, by=by, at=at)
        case ChangeKind.REPEAL:
            actions.repeal(code=base, decision=decision, by=by, at=at, fulfils=fulfils)


def _beginning(visit: Visit, code: str) -> Draft:
    if not code:
        return Draft({"origin": "provincial"})
    try:
        told = queries.page(code, on=visit.on)
    except NoSuchProcedure:
        return Draft({"code": code, "origin": "provincial"})
    return forms.of(queries.drafted(told.base) if told.draft else told.shown)


def _form(
    visit: Visit,
    code: str,
    typed: Draft,
    wrong: tuple[Refusal, ...] = (),
    *,
    spare: int = rows.SPARE,
) -> HttpResponse:
    found = problems(wrong, forms.names(typed))
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "catalogue",
        "code": plain(code),
        "form": forms.shown(typed, found, spare=spare),
        "problems": found,
    }
    return show(visit, "catalogue/draft.html", context, status=status_of(wrong) if wrong else 200)


def _decision(
    visit: Visit,
    told: ProcedurePage,
    kind: ChangeKind,
    values: Mapping[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    more = _more(told, kind, values)
    names = [*given_as.DECISION, *(line.name for line in more)]
    found = problems(wrong, names)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "catalogue",
        "told": told,
        "kind": kind.value,
        "label": CHANGE[kind],
        "fields": (*decisions.lines(values, found), *with_errors(more, found)),
        "problems": found,
        "differences": said_differences(told.differences)
        if kind in (ChangeKind.AMEND, ChangeKind.PUBLISH)
        else (),
    }
    return show(visit, "catalogue/change.html", context, status=status_of(wrong) if wrong else 200)


def _more(
    told: ProcedurePage, kind: ChangeKind, values: Mapping[str, str]
) -> tuple[FieldLine, ...]:
    """What some decisions ask for besides: the procedure that follows, the plan carried out."""
    if kind is ChangeKind.REPLACE:
        given = values.get("replaced_by", "")
        label = "Mã thủ tục thay thế"
        return (FieldLine("replaced_by", label, value=given, is_required=True),)
    if kind is ChangeKind.PUBLISH or not told.plan_lines:
        return ()
    options = tuple(
        Option(str(line.number), f"{line.decision}: {line.line.measure}")
        for line in told.plan_lines
    )
    return (
        FieldLine(
            "fulfils",
            "Thực hiện phương án đơn giản hóa",
            Widget.SELECT,
            values.get("fulfils", ""),
            options,
            "– không –",
        ),
    )

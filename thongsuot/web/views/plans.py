"""Simplification plans: their list with totals, a plan, a new one by decision."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import reading as given_as
from thongsuot.actions.catalogue.rights import may_keep, require_office
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import simplification as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import decision as decisions
from thongsuot.web.forms import rows
from thongsuot.web.forms.fields import FieldLine, with_errors
from thongsuot.web.forms.rows import Column, Rows, Sheet
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.catalogue import burden
from thongsuot.words.screens import money

SHEET = Sheet(
    "lines",
    "Thủ tục trong phương án",
    (
        Column("procedure", "Mã thủ tục"),
        Column("measure", "Nội dung đơn giản hóa", is_long=True),
        Column("term_before", "Thời hạn trước"),
        Column("term_after", "Thời hạn sau"),
        Column("papers_before", "Giấy tờ trước", is_number=True),
        Column("papers_after", "Giấy tờ sau", is_number=True),
        Column("cost_before", "Chi phí trước (đồng/năm)", is_number=True),
        Column("cost_after", "Chi phí sau (đồng/năm)", is_number=True),
        Column("cost_basis", "Cách tính chi phí", is_long=True),
        Column("conditions_before", "Điều kiện trước", is_number=True),
        Column("conditions_after", "Điều kiện sau", is_number=True),
    ),
    "Thời hạn ghi như “15 ngày làm việc”; chi phí tuân thủ tính cho một năm và phải ghi cách tính.",
)
MORE_ROWS = 5


@official
def plans(visit: Visit) -> HttpResponse:
    """Every plan with what it saves, and what of it is done."""
    found = queries.plans()
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "plans",
        "lines": [(plan, money(plan.saving.cost), money(plan.saving.cost_done)) for plan in found],
        "total": money(sum(plan.saving.cost for plan in found)),
        "total_done": money(sum(plan.saving.cost_done for plan in found)),
        "keeps": may_keep(visit.by.account, at=visit.at),
    }
    return show(visit, "catalogue/plans.html", context)


@official
def plan(visit: Visit, number: int) -> HttpResponse:
    """One plan: each procedure before and after, and the decision that carried it out."""
    told = queries.plan(number)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "plans",
        "told": told,
        "lines": [
            (name, line, burden(line.before), burden(line.after), money(line.saved))
            for name, line in told.lines
        ],
        "cost_before": money(told.summary.saving.cost_before),
        "cost": money(told.summary.saving.cost),
        "cost_done": money(told.summary.saving.cost_done),
    }
    return show(visit, "catalogue/plan.html", context)


@official
def new(visit: Visit) -> HttpResponse:
    """The form of a plan that was decided."""
    require_office(visit.by, at=visit.at)
    if visit.request.method != "POST":
        return _form(visit, decisions.defaults(on=visit.on), [])
    post = visit.request.POST
    values = decisions.typed(post) | {"plan_title": plain(post.get("plan_title"))}
    typed = rows.typed(post, SHEET)
    if post.get("action") == "more":
        return _form(visit, values, typed, spare=MORE_ROWS)
    try:
        number = actions.decide_plan(
            title=reading.text("plan_title", values["plan_title"], longest=300),
            lines=given_as.plan_lines({"lines": typed}),
            decision=given_as.decision(values),
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _form(visit, values, typed, (refusal,))
    messages.success(visit.request, "Đã ghi phương án đơn giản hóa.")
    return redirect("plan", number=number)


def _form(
    visit: Visit,
    values: Mapping[str, str],
    typed: Rows,
    wrong: tuple[Refusal, ...] = (),
    *,
    spare: int = rows.SPARE,
) -> HttpResponse:
    names = [*given_as.DECISION, "plan_title", *rows.names(SHEET, len(typed))]
    found = problems(wrong, names)
    title = FieldLine(
        "plan_title", "Tên phương án", value=values.get("plan_title", ""), is_required=True
    )
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "plans",
        "fields": (*with_errors((title,), found), *decisions.lines(values, found)),
        "table": rows.shown(SHEET, typed, found, spare=spare),
        "problems": found,
    }
    return show(
        visit, "catalogue/plan_form.html", context, status=status_of(wrong) if wrong else 200
    )

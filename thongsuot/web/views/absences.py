"""Absences: who is away, until when, and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import accounts as actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import staff
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading

FIELDS = ("absent", "substitute", "first", "last")


@official
def absences(visit: Visit) -> HttpResponse:
    """The absences of the office, and the form to record one or to end one."""
    if visit.request.method != "POST":
        return _page(visit, {"absent": visit.by.account})
    values = {name: plain(visit.request.POST.get(name)) for name in (*FIELDS, "end")}
    try:
        if values["end"]:
            number = reading.number("end", values["end"])
            actions.end_absence(number=number, by=visit.by, at=visit.at)
            messages.success(visit.request, "Đã kết thúc; từ hôm nay không ai thay nữa.")
        else:
            _record(visit, values)
            messages.success(
                visit.request, "Đã ghi nhận; người thay làm được việc trong thời gian đó."
            )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, values, (refusal,))
    return redirect("absences")


def _record(visit: Visit, values: dict[str, str]) -> None:
    actions.record_absence(
        absent=values["absent"] or visit.by.account,
        substitute=reading.text("substitute", values["substitute"]),
        first=reading.day("first", values["first"]),
        last=reading.day("last", values["last"]),
        by=visit.by,
        at=visit.at,
    )


def _page(visit: Visit, values: dict[str, str], wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    office = visit.desk.office
    people = tuple(Option(account, name) for account, name in staff.colleagues(office))
    others = tuple(option for option in people if option.value != visit.by.account)
    lines = [
        FieldLine(
            "substitute",
            "Người thay",
            Widget.SELECT,
            values.get("substitute", ""),
            people if values.get("absent") != visit.by.account else others,
            empty="— chọn —",
            is_required=True,
        ),
        FieldLine("first", "Từ ngày", Widget.DAY, values.get("first", ""), is_required=True),
        FieldLine("last", "Đến hết ngày", Widget.DAY, values.get("last", ""), is_required=True),
    ]
    if staff.may_record(visit.by, office=office, on=visit.on):
        absent = values.get("absent", "")
        lines.insert(0, FieldLine("absent", "Người vắng", Widget.SELECT, absent, people))
    found = problems(wrong, [line.name for line in lines])
    context: dict[str, object] = {
        "here": "absences",
        "fields": with_errors(lines, found),
        "problems": found,
        "lines": staff.absences(visit.by, office=office, on=visit.on),
    }
    return show(visit, "access/absences.html", context, status=status_of(wrong) if wrong else 200)

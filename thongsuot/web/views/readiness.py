"""Whether reception points can open: the overview, and one point with its items."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import readiness as actions
from thongsuot.domain.readiness import ReadinessCheck, ReadinessItem, ReadinessVerdict
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import access
from thongsuot.queries import readiness as queries
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words.systems import NOT_NOTED, READINESS_ITEM, READINESS_VERDICT, counted

SHAPE = {
    ReadinessVerdict.READY: "good",
    ReadinessVerdict.NOT_READY: "late",
    ReadinessVerdict.WAIVED: "near",
}


@official
def overview(visit: Visit) -> HttpResponse:
    """Every reception point, those that cannot open first."""
    held = require_keeper(visit.by, on=visit.on)
    points = queries.overview(at=visit.at, offices=held)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "readiness",
        "items": [READINESS_ITEM[item.value] for item in ReadinessItem],
        "lines": [
            (
                one,
                [
                    (READINESS_ITEM[c.item.value], SHAPE[c.verdict], READINESS_VERDICT[c.verdict])
                    for c in one.checks
                ],
            )
            for one in points
        ],
        "ready": sum(one.is_ready for one in points),
    }
    return show(visit, "systems/readiness.html", context)


@official
def point(visit: Visit, key: str) -> HttpResponse:
    """One reception point: each item, by what data or by whose word, and what may be noted."""
    held = require_keeper(visit.by, on=visit.on)
    values = {name: plain(visit.request.POST.get(name)) for name in ("item", "verdict", "remark")}
    if visit.request.method != "POST":
        return _point(visit, key, held, values)
    try:
        actions.note(
            point=key,
            item=ReadinessItem(values["item"]),
            verdict=ReadinessVerdict(values["verdict"]),
            remark=values["remark"],
            by=visit.by,
            at=visit.at,
        )
    except ValueError:
        return _point(visit, key, held, values)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _point(visit, key, held, values, (refusal,))
    messages.success(visit.request, f"Đã ghi nhận: {READINESS_ITEM[values['item']]}.")
    return redirect("readiness-point", key=key)


def _point(
    visit: Visit,
    key: str,
    held: frozenset[str],
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    found = queries.readiness(key, at=visit.at)
    names = access.names(check.note.by for check in found.checks if check.note)
    wrongs = problems(wrong, ["remark"])
    remark = FieldLine(
        "remark",
        "Nội dung, lý do",
        Widget.LINES,
        values["remark"],
        hint="bắt buộc khi để lại một mục chưa sẵn sàng",
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "readiness",
        "it": found,
        "lines": [
            (
                check,
                READINESS_ITEM[check.item.value],
                SHAPE[check.verdict],
                READINESS_VERDICT[check.verdict],
                _told(check),
                names.get(check.note.by, check.note.by) if check.note else "",
            )
            for check in found.checks
        ],
        "notable": [
            (check.item.value, READINESS_ITEM[check.item.value])
            for check in found.checks
            if check.fact is None
        ],
        "waivable": [
            (check.item.value, READINESS_ITEM[check.item.value])
            for check in found.checks
            if check.is_red
        ],
        "notes": bool(held & {"", found.office}),
        "waives": "" in held,
        "item": values["item"],
        "field": with_errors((remark,), wrongs)[0],
        "problems": wrongs,
    }
    return show(visit, "systems/point.html", context, status=status_of(wrong) if wrong else 200)


def _told(check: ReadinessCheck) -> str:
    """By what data or whose words the item stands as it does."""
    if check.fact is not None:
        return counted(check.item.value, check.fact.count, check.fact.missing)
    return "" if check.note else NOT_NOTED

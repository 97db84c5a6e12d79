"""What partners sent us; what could not be understood waits here, never dropped unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import inbox as actions
from thongsuot.domain.looks import Purpose
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import inbox as queries
from thongsuot.queries.inbox import ArrivalLine
from thongsuot.queries.messages import ledger_of_arrival, partners, require_exchange
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words.exchange import ARRIVAL, KIND, SIGN, STEP

ASKED = ("trang-thai", "doi-tac", "q")


@official
def arrivals(visit: Visit) -> HttpResponse:
    """What came, what waits for people first."""
    require_exchange(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    if "trang-thai" not in visit.request.GET:
        asked["trang-thai"] = actions.QUARANTINED
    before = plain(visit.request.GET.get("sau"))
    page = queries.arrivals(
        state=asked["trang-thai"],
        partner=asked["doi-tac"],
        search=asked["q"][:200],
        before=int(before) if before.isdecimal() else 0,
    )
    counts = dict(page.counts)
    names = partners()
    context: dict[str, object] = {
        "here": "systems",
        "tab": "arrivals",
        "lines": [
            (line, ARRIVAL[line.state], SIGN[line.state], KIND.get(line.kind, line.kind))
            for line in page.lines
        ],
        "names": names,
        "states": [
            (
                name,
                counts.get(state, 0),
                f"?{urlencode({**asked, 'trang-thai': state})}",
                state == asked["trang-thai"],
            )
            for state, name in ARRIVAL.items()
        ],
        "asked": asked,
        "is_all": not asked["trang-thai"],
        "is_sought": bool(asked["q"] or asked["doi-tac"]),
        "next": f"?{urlencode({**asked, 'sau': page.next})}" if page.next else "",
    }
    return show(visit, "exchange/arrivals.html", context)


@official
def arrival(visit: Visit, number: int) -> HttpResponse:
    """One arrival: why it waits, what came (the look logged), try again or drop."""
    require_exchange(visit.by, on=visit.on)
    values = {name: plain(visit.request.POST.get(name)) for name in ("do", "reason")}
    line = queries.arrival(number)
    if visit.request.method != "POST":
        return _arrival(visit, line, values)
    try:
        said = _acts(visit, number, values)[values["do"]]()
    except KeyError:
        return _arrival(visit, line, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _arrival(visit, line, values, (refusal,))
    notes.success(visit.request, said)
    return redirect("arrival", number=number)


def _acts(visit: Visit, number: int, values: dict[str, str]) -> dict[str, Callable[[], str]]:
    def again() -> str:
        state = actions.try_again(number=number, by=visit.by, at=visit.at)
        return "Đã nhận." if state == actions.TAKEN_IN else f"Thử lại: {ARRIVAL[state]}."

    def drop() -> str:
        actions.drop(number=number, reason=values["reason"], by=visit.by, at=visit.at)
        return "Đã bỏ bản gửi này; nội dung và lý do vẫn được giữ."

    return {"again": again, "drop": drop}


def _arrival(
    visit: Visit, line: ArrivalLine, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    found = problems(wrong, ["reason"])
    reason = FieldLine("reason", "Lý do bỏ", Widget.LINES, values["reason"], is_required=True)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "arrivals",
        "line": line,
        "partner": partners().get(line.partner, line.partner),
        "state": ARRIVAL[line.state],
        "sign": SIGN[line.state],
        "kind": KIND.get(line.kind, line.kind),
        "steps": [
            (STEP.get(step.step, step.step), step)
            for step in ledger_of_arrival(line.number, partner=line.partner)
        ],
        "content": _content(visit, line.number) if visit.request.GET.get("noi-dung") else "",
        "waits": line.state == actions.QUARANTINED,
        "field": with_errors((reason,), found)[0],
        "problems": found,
    }
    return show(visit, "exchange/arrival.html", context, status=status_of(wrong) if wrong else 200)


def _content(visit: Visit, number: int) -> str:
    token = visit.reading(queries.about(number), Purpose.MAINTAIN)
    return json.dumps(queries.content(number, reading=token), ensure_ascii=False, indent=2)

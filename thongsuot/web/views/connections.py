"""How we are connected with each partner; frozen and opened with a reason, never a secret shown."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import connections as actions
from thongsuot.actions import messages
from thongsuot.actions.connections import NoSuchConnection
from thongsuot.domain.exchange import ConnectionState
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import connections as queries
from thongsuot.queries.messages import require_exchange
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.exchange import CONNECTION, SIGN

SAID = {
    "freeze": "Đã tạm ngừng: phiên bản {} của kết nối.",
    "open": "Đã mở: phiên bản {} của kết nối.",
    "again": "Sẽ gửi lại {} thông điệp.",
}


@official
def connections(visit: Visit) -> HttpResponse:
    """Every partner with the connection in use."""
    require_exchange(visit.by, on=visit.on)
    lines = queries.connections(at=visit.at)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "connections",
        "lines": [
            (line, CONNECTION.get(line.state, ""), SIGN.get(line.state, "late")) for line in lines
        ],
    }
    return show(visit, "exchange/connections.html", context)


@official
def connection(visit: Visit, partner: str) -> HttpResponse:
    """One connection: what is set up, its versions, freeze and open."""
    require_exchange(visit.by, on=visit.on)
    values = {name: plain(visit.request.POST.get(name)) for name in ("do", "reason", "since")}
    if visit.request.method != "POST":
        return _page(visit, plain(partner), values)
    if values["do"] not in SAID:
        return _page(visit, plain(partner), values)
    try:
        many = _act(visit, plain(partner), values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, plain(partner), values, (refusal,))
    notes.success(visit.request, SAID[values["do"]].format(many))
    return redirect("connection", partner=partner)


def _act(visit: Visit, partner: str, values: dict[str, str]) -> int:
    why, by, at = values["reason"], visit.by, visit.at
    if values["do"] == "again":
        since = reading.moment("since", values["since"])
        return messages.replay_since(partner, since=since, reason=why, by=by, at=at)
    turn = actions.freeze if values["do"] == "freeze" else actions.open_again
    return turn(partner=partner, reason=why, by=by, at=at)


def _page(
    visit: Visit, partner: str, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    page = queries.connection(partner, at=visit.at)
    if page is None:
        raise NoSuchConnection("partner", given=partner)
    found = problems(wrong, ["reason", "since"])
    since = FieldLine("since", "Từ", Widget.MOMENT, values["since"], is_required=True)
    reason = FieldLine("reason", "Lý do", Widget.LINES, values["reason"], is_required=True)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "connections",
        "page": page,
        "state": CONNECTION[page.now.state] if page.now else "chưa kết nối",
        "sign": SIGN[page.now.state] if page.now else "late",
        "is_frozen": page.now is not None and page.now.state == ConnectionState.FROZEN,
        "is_live": page.now is not None and page.now.state == ConnectionState.LIVE,
        "versions": [(version, CONNECTION[version.state]) for version in page.versions],
        "field": with_errors((reason,), found)[0],
        "since": with_errors((since,), found)[0],
        "takes_twice": ("send_in_doubt", "True") in page.settings,
        "problems": found,
    }
    return show(
        visit, "exchange/connection.html", context, status=status_of(wrong) if wrong else 200
    )

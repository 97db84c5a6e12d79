"""Dossiers that other systems hold: a list to read, and what is told differently there."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import remote as actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import remote as queries
from thongsuot.queries.remote import STATES
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words.cutover import ASPECT, REMOTE_STATE, SETTLED, told
from thongsuot.words.labels import STATUS

ASKED = ("he-thong", "loc", "linh-vuc", "q")


@official
def remote(visit: Visit) -> HttpResponse:
    """What other systems hold of the bodies that this person deals with."""
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    after = plain(visit.request.GET.get("sau"))
    state = asked["loc"] if asked["loc"] in STATES else ""
    found = queries.remote(
        queries.seen_by(visit.by.account, at=visit.at),
        at=visit.at,
        partner=asked["he-thong"],
        state=state,
        field=asked["linh-vuc"],
        search=asked["q"],
        after=int(after) if after.isdecimal() and len(after) < 18 else 0,
    )
    context: dict[str, object] = {
        "here": "worklist",
        "sources": [(line, _with(asked, "he-thong", line.partner)) for line in found.sources],
        "lines": [(line, STATUS.get(line.status, line.status)) for line in found.lines],
        "states": [
            (_with(asked, "loc", key), REMOTE_STATE[key], key == state) for key in ("", *STATES)
        ],
        "chosen": asked["he-thong"],
        "every": _with(asked, "he-thong", ""),
        "asked": asked,
        "search": asked["q"],
        "open": sum(line.open for line in found.sources),
        "apart": sum(line.apart for line in found.sources),
        "next": f"?{urlencode({**asked, 'sau': found.next})}" if found.next else "",
    }
    return show(visit, "remote/list.html", context)


@official
def divergences(visit: Visit) -> HttpResponse:
    """What is told differently here and there, each with its two values, until it is settled."""
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in ("number", "reason")}
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        number = values["number"]
        try:
            actions.settle(
                number=int(number) if number.isdecimal() and len(number) < 18 else 0,
                reason=values["reason"],
                by=visit.by,
                at=visit.at,
            )
        except Refusal as refusal:
            if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
                raise
            wrong = (refusal,)
        else:
            messages.success(visit.request, SETTLED)
            return redirect("divergences")
    found = problems(wrong, ["reason"])
    lines = queries.divergences(queries.seen_by(visit.by.account, at=visit.at))
    context: dict[str, object] = {
        "here": "worklist",
        "lines": [
            (
                line,
                ASPECT[line.aspect],
                told(line.aspect, line.ours),
                line.source if line.aspect == "place" else told(line.aspect, line.theirs),
                with_errors((_reason(values, line.number),), found)[0],
            )
            for line in lines
        ],
        "settles": queries.settles(visit.by.account, at=visit.at),
        "problems": found,
    }
    return show(
        visit, "remote/divergences.html", context, status=status_of(wrong) if wrong else 200
    )


def _reason(values: dict[str, str], number: int) -> FieldLine:
    is_typed = values["number"] == str(number)
    return FieldLine(
        "reason", "Lý do", Widget.TEXT, values["reason"] if is_typed else "", is_required=True
    )


def _with(asked: dict[str, str], name: str, value: str) -> str:
    wanted = {key: text for key, text in {**asked, name: value}.items() if text}
    return f"?{urlencode(wanted)}"

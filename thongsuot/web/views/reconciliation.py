"""Two accounts compared on the screen: what differs, decided line by line with a reason, and again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import reconciliation as actions
from thongsuot.actions.reconciliation import SideUnknown
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import migration
from thongsuot.queries import reconciliation as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words import reconciliation as words

FIELDS = ("left", "right", "level")
AGAIN = "again"


@official
def comparisons(visit: Visit) -> HttpResponse:
    """The comparisons that were made, and a form for the next one."""
    migration.require_engineer(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    post = visit.request.POST
    typed = {name: plain(post.get(name)) for name in FIELDS}
    if visit.request.method == "POST":
        try:
            return _asked(visit, typed)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    found = problems(wrong, FIELDS)
    context: dict[str, object] = {
        **_frame(),
        "lines": [_line(line) for line in queries.comparisons()],
        "fields": with_errors(_fields(typed, visit.at), found),
        "problems": found,
    }
    code = status_of(wrong) if wrong else 200
    return show(visit, "reconciliation/list.html", context, status=code)


def _asked(visit: Visit, typed: Mapping[str, str]) -> HttpResponse:
    """Raises what asking refuses. Files of the server are named on the command line alone."""
    sides = {name: reading.text(name, typed[name], longest=300) for name in ("left", "right")}
    known = {side for side, _ in queries.sides(at=visit.at)}
    for name, side in sides.items():
        if side not in known:
            raise SideUnknown(name, given=side)
    level = ReconcileLevel.parse(typed["level"])
    number = actions.ask(sides["left"], sides["right"], level=level, by=visit.by, at=visit.at)
    messages.success(visit.request, words.ASKED)
    return redirect("reconciliation", number=number)


@official
def comparison(visit: Visit, number: int) -> HttpResponse:
    """What differs between two accounts: chosen lines are mended or left so, with a reason."""
    migration.require_engineer(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    post = visit.request.POST
    reason = plain(post.get("reason"))
    chosen = {int(one) for one in post.getlist("chosen") if one.isascii() and one.isdecimal()}
    if visit.request.method == "POST":
        try:
            return _decided(visit, number, chosen, reason)
        except Refusal as refusal:
            if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
                raise
            wrong = (refusal,)
    get = visit.request.GET
    waiting, after = bool(get.get("cho")), plain(get.get("sau"))
    from_ = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
    page = queries.comparison(number, waiting=waiting, after=from_)
    found = problems(wrong, ("reason",))
    field = FieldLine("reason", "Lý do", Widget.LINES, reason, is_required=True)
    context: dict[str, object] = {
        **_frame(),
        "head": page.head,
        "left": words.side(page.head.left),
        "right": words.side(page.head.right),
        "state": words.STATE[page.head.state],
        "level": words.LEVEL[page.head.level],
        "lines": [_difference(one, one.number in chosen) for one in page.lines],
        "only": waiting,
        "next": page.lines[-1].number if len(page.lines) == queries.DIFFERENCES_AT_MOST else 0,
        "acts": list(words.ACTS.items()),
        "fields": with_errors([field], found),
        "problems": found,
    }
    code = status_of(wrong) if wrong else 200
    return show(visit, "reconciliation/one.html", context, status=code)


def _decided(visit: Visit, number: int, chosen: set[int], reason: str) -> HttpResponse:
    """Raises what the act refuses."""
    act = plain(visit.request.POST.get("act"))
    if act == AGAIN:
        new = actions.again(number, by=visit.by, at=visit.at)
        messages.success(visit.request, words.ASKED)
        return redirect("reconciliation", number=new)
    decide = actions.mend if act == "mend" else actions.leave
    many = decide(number, sorted(chosen), reason=reason, by=visit.by, at=visit.at)
    messages.success(visit.request, words.DECIDED.format(many=many))
    return redirect("reconciliation", number=number)


def _line(line: queries.ReconciliationLine) -> dict[str, object]:
    return {
        "line": line,
        "left": words.side(line.left),
        "right": words.side(line.right),
        "state": words.STATE[line.state],
        "level": words.LEVEL[line.level],
    }


def _difference(one: queries.DifferenceLine, is_chosen: bool) -> dict[str, object]:
    value = one.value
    return {
        "one": one,
        "field": words.FIELD.get(value.field, value.field) or "cả hồ sơ",
        "nature": words.NATURE[value.nature],
        "left": value.left,
        "right": value.right,
        "repair": words.REPAIR[value.repair],
        "act": words.ACT.get(one.act, ""),
        "is_chosen": is_chosen,
    }


def _fields(typed: Mapping[str, str], at: datetime) -> tuple[FieldLine, ...]:
    known = tuple(Option(side, what) for side, what in queries.sides(at=at))
    levels = tuple(Option(level.value, words.LEVEL[level]) for level in ReconcileLevel)
    here = typed["right"] or "records"
    return (
        FieldLine("left", "Bên trái", Widget.SELECT, typed["left"], known, is_required=True),
        FieldLine("right", "Bên phải", Widget.SELECT, here, known, is_required=True),
        FieldLine(
            "level",
            "Sâu đến đâu",
            Widget.SELECT,
            typed["level"] or ReconcileLevel.MEANING.value,
            levels,
            is_required=True,
        ),
    )


def _frame() -> dict[str, object]:
    return {"here": "systems", "tab": "migration"}

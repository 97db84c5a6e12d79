"""What we owe to partners: followed, sent again, mended or skipped, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import messages as actions
from thongsuot.domain.looks import Purpose
from thongsuot.domain.messages import MessageKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import connections
from thongsuot.queries import messages as queries
from thongsuot.queries.messages import Content, MessageLine, Owed, Sought
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.exchange import KIND, OWED, SIGN, STEP, balance
from thongsuot.words.labels import EVENT

ASKED = ("trang-thai", "doi-tac", "loai", "q", "ly-do")
MOST_AT_ONCE = 10_000


@official
def partners(visit: Visit) -> HttpResponse:
    """How it stands with each partner, in one sentence that must close."""
    queries.require_exchange(visit.by, on=visit.on)
    lines = queries.standing()
    totals = [
        sum(getattr(line, name) for line in lines)
        for name in ("ever", "acknowledged", "skipped", "waiting", "aside")
    ]
    context: dict[str, object] = {
        "here": "systems",
        "tab": "partners",
        "lines": lines,
        "balance": balance(*totals),
        "is_balanced": not any(line.difference for line in lines),
        "frozen": connections.frozen(at=visit.at),
    }
    return show(visit, "exchange/partners.html", context)


@official
def messages(visit: Visit) -> HttpResponse:
    """The messages, narrowed; those set aside are sent again together."""
    queries.require_exchange(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    sought = _sought(asked)
    values = {"reason": plain(visit.request.POST.get("reason"))}
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        numbers = _chosen(visit, sought)
        try:
            done = actions.replay(numbers, reason=values["reason"], by=visit.by, at=visit.at)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
        else:
            notes.success(visit.request, f"Sẽ gửi lại {len(done)} thông điệp; theo dõi ở dưới.")
            followed = urlencode({"ly-do": values["reason"]})
            answer = redirect("messages")
            answer["Location"] += f"?{followed}"
            return answer
    return _list(visit, asked, sought, values, wrong)


@official
def message(visit: Visit, number: int) -> HttpResponse:
    """One message: what happened with it, what it says (the look logged), what may be done."""
    queries.require_exchange(visit.by, on=visit.on)
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in ("do", "reason", "payload")}
    line = queries.message(number)
    if visit.request.method != "POST":
        return _message(visit, line, values)
    try:
        _acts(visit, number, values)[values["do"]]()
    except KeyError:
        return _message(visit, line, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _message(visit, line, values, (refusal,))
    notes.success(visit.request, "Đã ghi nhận.")
    return redirect("message", number=number)


def _acts(visit: Visit, number: int, values: dict[str, str]) -> dict[str, Callable[[], object]]:
    why, by, at = values["reason"], visit.by, visit.at
    return {
        "replay": lambda: actions.replay([number], reason=why, by=by, at=at),
        "skip": lambda: actions.skip(number=number, reason=why, by=by, at=at),
        "mend": lambda: actions.mend(
            number=number, payload=_payload(values["payload"]), reason=why, by=by, at=at
        ),
    }


def _payload(typed: str) -> dict[str, object]:
    """What somebody mended, as it will be sent. Raises BadField, FieldNeeded."""
    written = reading.text("payload", typed, longest=1_000_000)
    try:
        read = json.loads(written)
    except ValueError:
        raise reading.BadField.holding("payload", "…", reading.Expected.FIELDS) from None
    return reading.named("payload", read)


def _sought(asked: dict[str, str]) -> Sought:
    state = asked["trang-thai"]
    return Sought(
        state=Owed(state) if state in set(Owed) else None,
        partner=asked["doi-tac"][:40],
        kind=asked["loai"] if asked["loai"] in set(MessageKind) else "",
        search=asked["q"][:200],
        marked=asked["ly-do"][:300],
    )


def _chosen(visit: Visit, sought: Sought) -> tuple[int, ...]:
    """The messages that were ticked, or all that the list is narrowed to."""
    if visit.request.POST.get("every"):
        return queries.aside(sought, limit=MOST_AT_ONCE)
    given = visit.request.POST.getlist("number")
    return tuple(int(one) for one in given if one.isdecimal() and len(one) <= 15)


def _list(
    visit: Visit,
    asked: dict[str, str],
    sought: Sought,
    values: dict[str, str],
    wrong: tuple[Refusal, ...],
) -> HttpResponse:
    after = plain(visit.request.GET.get("sau"))
    page = queries.messages(sought, after=int(after) if after.isdecimal() else 0)
    counts = queries.counted(
        Sought(None, sought.partner, sought.kind, sought.search, sought.marked)
    )
    names = queries.names()
    found = problems(wrong, ["reason"])
    reason = FieldLine("reason", "Lý do gửi lại", value=values["reason"], is_required=True)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "messages",
        "lines": [
            (line, OWED[line.state], SIGN[line.state], KIND.get(line.kind, line.kind))
            for line in page.lines
        ],
        "states": [
            (OWED[state], counts[state], _to(asked, {"trang-thai": state}), state is sought.state)
            for state in Owed
        ],
        "all": _to(asked, {"trang-thai": ""}),
        "partners": list(names.items()),
        "names": names,
        "partner": sought.partner,
        "kinds": [(kind.value, KIND[kind]) for kind in MessageKind],
        "asked": asked,
        "marked": sought.marked,
        "state": sought.state,
        "kind": sought.kind,
        "next": _to(asked, {"sau": str(page.next)}) if page.next else "",
        "aside": counts[Owed.ASIDE],
        "counts": counts,
        "field": with_errors((reason,), found)[0],
        "problems": found,
        "events": EVENT,
    }
    return show(visit, "exchange/messages.html", context, status=status_of(wrong) if wrong else 200)


def _to(asked: dict[str, str], other: dict[str, str]) -> str:
    told = {name: value for name, value in {**asked, **other}.items() if value}
    return f"?{urlencode(told)}"


def _message(
    visit: Visit, line: MessageLine, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    is_whole = bool(visit.request.GET.get("noi-dung") or values["payload"])
    content = _content(visit, line) if is_whole else None
    found = problems(wrong, ["reason", "payload"])
    reason = FieldLine("reason", "Lý do", Widget.LINES, values["reason"], is_required=True)
    typed = values["payload"] or (_written(content.payload) if content else "")
    payload = FieldLine("payload", "Nội dung sẽ gửi", Widget.LINES, typed, is_required=True)
    fields = with_errors((reason, payload), found)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "messages",
        "line": line,
        "partner": queries.names().get(line.partner, line.partner),
        "state": OWED[line.state],
        "sign": SIGN[line.state],
        "kind": KIND.get(line.kind, line.kind),
        "event": EVENT.get(line.event, line.event),
        "steps": [
            (STEP.get(step.step, step.step), step)
            for step in queries.ledger_of(line.number, partner=line.partner)
        ],
        "content": _written(content.payload) if content else "",
        "befores": _befores(content) if content else (),
        "is_aside": line.state is Owed.ASIDE,
        "reason": fields[0],
        "payload": fields[1],
        "problems": found,
    }
    return show(visit, "exchange/message.html", context, status=status_of(wrong) if wrong else 200)


def _content(visit: Visit, line: MessageLine) -> Content:
    reading_ = visit.reading(line.dossier, Purpose.MAINTAIN)
    return queries.content(line.number, reading=reading_)


def _befores(content: Content) -> list[tuple[object, object]]:
    """Each mending with what it changed: from what it said to what it said after."""
    after = [*(one.payload for one in content.before[1:]), content.payload]
    return [
        (one, queries.differences(one.payload, then))
        for one, then in zip(content.before, after, strict=False)
    ]


def _written(payload: object) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2)

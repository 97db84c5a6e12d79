"""The board of the cut-over: fields, their bodies, what keeps them from green, what is still here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from thongsuot.actions import cutover as actions
from thongsuot.actions.enquiries import ask_how_set_up
from thongsuot.domain.cutover import FieldAct
from thongsuot.domain.cutover.set_up import Check
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import listing
from thongsuot.queries import board as queries
from thongsuot.queries import cutover, directory
from thongsuot.queries.board import STATES, FieldLine
from thongsuot.queries.enquiries import is_connected
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.desk import new_key
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine as Field
from thongsuot.web.forms.fields import Widget, with_errors
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.enquiries import asked_on, named_on
from thongsuot.words import cutover as words
from thongsuot.words import reading
from thongsuot.words.labels import CUTOVER_ACT
from thongsuot.words.moments import short

LATELY = timedelta(days=30)
FIELDS = ("effective_at", "decision", "reason", "despite", "file", "code")


@official
def board(visit: Visit) -> HttpResponse:
    """Every field that moves, with its numbers."""
    require_keeper(visit.by, on=visit.on)
    lines = queries.board(at=visit.at)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "lines": [(line, _address(line.field), _state(line)) for line in lines],
        "open": sum(line.numbers.open for line in lines),
        "stuck": sum(line.numbers.stuck for line in lines),
        "ready": sum(line.bodies == line.ready != 0 for line in lines),
        "reasons": [(words.CHECK[check.value], words.CHECK_WHY[check.value]) for check in Check],
    }
    return show(visit, "cutover/board.html", context)


@official
def systems(visit: Visit) -> HttpResponse:
    """The register of systems that receive dossiers, and whom the counters sent there."""
    require_keeper(visit.by, on=visit.on)
    found = cutover.systems(at=visit.at, since=visit.at - LATELY)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "lines": [(line, words.SYSTEM_STATE[line.system.state.value]) for line in found.lines],
        "sent": found.sent,
    }
    return show(visit, "cutover/systems.html", context)


@official
def field(visit: Visit) -> HttpResponse:
    """One field: its bodies, the differences, the tests, the acts."""
    require_keeper(visit.by, on=visit.on)
    name = plain(visit.request.GET.get("ten"))
    values = {key: plain(visit.request.POST.get(key)) for key in ("do", *FIELDS)}
    if visit.request.method != "POST":
        return _field(visit, name, values)
    try:
        if values["do"] == "ask":
            return _asked(visit, name)
        messages.success(visit.request, _done(visit, name, values))
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _field(visit, name, values, (refusal,))
    return redirect(_address(name))


@official
def left(visit: Visit) -> HttpResponse:
    """The dossiers of a field that are still here, until there are none."""
    require_keeper(visit.by, on=visit.on)
    name = plain(visit.request.GET.get("ten"))
    office = plain(visit.request.GET.get("co-quan"))
    state = plain(visit.request.GET.get("loc"))
    state = state if state in STATES else "open"
    lines, count = queries.left(name, at=visit.at, office=office, state=state)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "name": name,
        "back": _address(name),
        "office": directory.office_names([office]).get(office, office) if office else "",
        "state": words.LEFT[state],
        "chips": [
            (
                f"?{urlencode({'ten': name, 'co-quan': office, 'loc': key})}",
                words.LEFT[key],
                key == state,
            )
            for key in STATES
        ],
        "lines": lines,
        "count": count,
    }
    return show(visit, "cutover/left.html", context)


@official
def file(visit: Visit, kind: str) -> HttpResponse:
    """What was exported last of a field: for machines, or as workbooks for people."""
    require_keeper(visit.by, on=visit.on)
    name = plain(visit.request.GET.get("ten"))
    actions.require_moved(name)
    told = actions.document(name, at=visit.at)
    if kind == "json":
        answer = HttpResponse(actions.as_bytes(told), content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="cau-hinh.json"'
        return answer
    names = directory.office_names(body["office"] for body in told["bodies"])
    if kind == "quy-trinh":
        title = words.PROCESS_TITLE.format(field=name)
        steps = queries.process_rows(told["bodies"], names)
        made = listing(title, words.PROCESS_COLUMNS, steps, at=visit.at, by=visit.by.name)
    else:
        title = words.ACCOUNT_TITLE.format(field=name)
        people = queries.account_rows(told["bodies"], names)
        made = listing(title, words.ACCOUNT_COLUMNS, people, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"{kind}.xlsx")


def _done(visit: Visit, name: str, values: dict[str, str]) -> str:
    """What was asked for, done, in a sentence."""
    do = values["do"]
    made: dict[str, Callable[[], str]] = {
        "export": lambda: words.EXPORTED.format(
            many=actions.export(field=name, by=visit.by, at=visit.at)
        ),
        "read": lambda: _read(visit, name),
        "test": lambda: words.TEST_NOTED.format(
            code=actions.note_test(field=name, code=values["code"], by=visit.by, at=visit.at).code
        ),
    }
    return made[do]() if do in made else _act(visit, name, values)


def _read(visit: Visit, name: str) -> str:
    sent = visit.request.FILES.get("file")
    source = plain(sent.name if sent is not None else "").rpartition("/")[2][:200] or "tệp dán"
    bodies, found = actions.read_back(
        field=name,
        content=content_of(visit.request),
        source=source,
        by=visit.by,
        at=visit.at,
    )
    return words.READ_BACK.format(many=bodies, differences=found)


def _asked(visit: Visit, name: str) -> HttpResponse:
    """The system is asked by a worker; the page looks again by itself."""
    key = plain(visit.request.POST.get("key")) or new_key()
    number = ask_how_set_up(field=name, key=key, by=visit.by, at=visit.at)
    return redirect(f"{_address(name)}&{urlencode({'hoi': number})}")


def _act(visit: Visit, name: str, values: dict[str, str]) -> str:
    if values["do"] not in set(FieldAct):
        raise reading.FieldNeeded("do", field="do")
    taken = actions.act(
        field=name,
        act=FieldAct(values["do"]),
        effective_at=reading.maybe(reading.moment, values, "effective_at"),
        decision=values["decision"],
        reason=values["reason"],
        despite=values["despite"] == "on",
        by=visit.by,
        at=visit.at,
    )
    at = short(taken.effective_at)
    return words.ACTED.format(act=CUTOVER_ACT[taken.act.value], at=at)


def _field(
    visit: Visit, name: str, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    page = queries.page(name, at=visit.at)
    if page is None:
        raise actions.NoSuchField("field", given=name)
    found, system = problems(wrong, FIELDS), page.line.system
    asked = urlencode({"ten": name})
    acts = (
        Field(
            "effective_at",
            "Có hiệu lực từ",
            Widget.MOMENT,
            values["effective_at"],
            hint=words.ACT_HINT,
        ),
        Field(
            "decision",
            "Số văn bản",
            Widget.TEXT,
            values["decision"],
            hint="tạm giữ thì không bắt buộc",
        ),
        Field("reason", "Lý do", Widget.LINES, values["reason"], is_required=True),
    )
    code = Field("code", "Mã hồ sơ thử ở hệ thống của bộ", Widget.TEXT, values["code"])
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "page": page,
        "state": _state(page.line),
        "checks": [(words.CHECK[check.value], words.CHECK_WHY[check.value]) for check in Check],
        "bodies": [(line, _left_of(name, line.office)) for line in page.bodies],
        "acts": [(act.value, CUTOVER_ACT[act.value]) for act in page.acts_now],
        "done": [(CUTOVER_ACT[line.act], line) for line in page.acts],
        "differences": [
            (line.office, words.DIFFERENCE[line.difference.kind], line.difference)
            for line in page.differences
        ],
        "act_fields": with_errors(acts, found),
        "despite": values["despite"] == "on",
        "test_field": with_errors((code,), found)[0],
        "asked": asked,
        "is_connected": is_connected(system.partner if system else "", at=visit.at),
        "key": new_key(),
        "enquiry": asked_on(line) if (line := named_on(visit)) else None,
        "problems": found,
    }
    return show(visit, "cutover/field.html", context, status=status_of(wrong) if wrong else 200)


def _state(line: FieldLine) -> tuple[str, str]:
    """How a field stands: the shape of its sign, and the words."""
    if line.last_act:
        shape = (
            "near"
            if line.last_act == FieldAct.FREEZE.value
            else "good"
            if line.is_moved
            else "late"
        )
        return shape, words.STANDS[line.last_act]
    return ("good", words.MOVED) if line.is_moved else ("near", words.COMING)


def _address(name: str) -> str:
    return f"{reverse('cutover-field')}?{urlencode({'ten': name})}"


def _left_of(name: str, office: str) -> str:
    return f"{reverse('cutover-left')}?{urlencode({'ten': name, 'co-quan': office})}"

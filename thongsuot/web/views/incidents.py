"""The register of incidents: found, told, fixed, and whose clocks were paused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import incidents as actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import listing
from thongsuot.queries import directory
from thongsuot.queries import incidents as queries
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.moments import short
from thongsuot.words.systems import (
    INCIDENT_COLUMNS,
    INCIDENT_STEP,
    INCIDENTS_TITLE,
    PAUSED_STATE,
)

NEW = ("what", "system", "found_at", "found_by")
TOLD = ("told_at", "told_to", "announced_in")
PAUSED = ("codes", "office")
FIXED = ("fixed_at", "how")
ENOUGH = 100_000


@official
def incidents(visit: Visit) -> HttpResponse:
    """Every incident, and the form of one that was found."""
    held = require_keeper(visit.by, on=visit.on)
    values = {name: plain(visit.request.POST.get(name)) for name in NEW}
    if visit.request.method != "POST":
        values["found_at"] = _local(visit)
        return _page(visit, held, values)
    try:
        number = actions.find(
            what=reading.text("what", values["what"], longest=500),
            system=values["system"][:40],
            found_at=reading.moment("found_at", values["found_at"]),
            found_by=reading.text("found_by", values["found_by"], longest=200),
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, held, values, (refusal,))
    messages.success(visit.request, "Đã ghi sự cố vào sổ.")
    return redirect("incident", number=number)


@official
def workbook(visit: Visit) -> HttpResponse:
    """The register as a workbook."""
    require_keeper(visit.by, on=visit.on)
    rows = [
        (
            line.number,
            line.incident.what,
            line.system,
            short(line.incident.found_at),
            line.found_by,
            short(line.incident.told_at) if line.incident.told_at else "",
            line.incident.announced_in,
            short(line.incident.fixed_at) if line.incident.fixed_at else "",
            line.how,
            line.dossiers,
        )
        for line in queries.incidents(at=visit.at)
    ]
    made = listing(INCIDENTS_TITLE, INCIDENT_COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"so-su-co-{visit.on:%Y%m%d}.xlsx")


@official
def incident(visit: Visit, number: int) -> HttpResponse:
    """One incident: what was done, whose clocks stopped, and what may be done next."""
    held = require_keeper(visit.by, on=visit.on)
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in (*TOLD, *PAUSED, *FIXED, "do")}
    if visit.request.method != "POST":
        values |= {"told_at": _local(visit), "fixed_at": _local(visit)}
        return _incident(visit, number, held, values)
    try:
        _acts(visit, number, values)[values["do"]]()
    except KeyError:
        return _incident(visit, number, held, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _incident(visit, number, held, values, (refusal,))
    messages.success(visit.request, "Đã ghi nhận.")
    return redirect("incident", number=number)


def _acts(visit: Visit, number: int, values: dict[str, str]) -> dict[str, Callable[[], object]]:
    by, at = visit.by, visit.at
    return {
        "tell": lambda: actions.tell(
            number=number,
            told_at=reading.moment("told_at", values["told_at"]),
            told_to=reading.text("told_to", values["told_to"], longest=300),
            announced_in=reading.if_given(reading.text, values, "announced_in", "")[:200],
            by=by,
            at=at,
        ),
        "pause": lambda: actions.pause(number=number, codes=_codes(values), by=by, at=at),
        "fix": lambda: actions.fix(
            number=number,
            fixed_at=reading.moment("fixed_at", values["fixed_at"]),
            how=reading.text("how", values["how"], longest=500),
            by=by,
            at=at,
        ),
    }


def _codes(values: dict[str, str]) -> tuple[str, ...]:
    """The codes that were written, and those of all open dossiers of a body."""
    written = reading.lines("codes", values["codes"])
    office = values["office"]
    return (*written, *(queries.running(office=office, limit=ENOUGH) if office else ()))


def _page(
    visit: Visit,
    held: frozenset[str],
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    found = problems(wrong, ["at", *NEW])
    systems = tuple(Option(code, name) for code, name in queries.systems())
    fields = (
        FieldLine("what", "Sự cố", Widget.LINES, values["what"], is_required=True),
        FieldLine("system", "Hệ thống", Widget.SELECT, values["system"], systems, "— khác —"),
        FieldLine("found_at", "Phát hiện lúc", Widget.MOMENT, values["found_at"], is_required=True),
        FieldLine("found_by", "Người phát hiện", value=values["found_by"], is_required=True),
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "incidents",
        "lines": queries.incidents(at=visit.at),
        "keeps": "" in held,
        "fields": with_errors(fields, found),
        "problems": found,
        "is_open": bool(wrong),
    }
    return show(visit, "systems/incidents.html", context, status=status_of(wrong) if wrong else 200)


def _incident(
    visit: Visit,
    number: int,
    held: frozenset[str],
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    page = queries.incident(number, at=visit.at)
    found = problems(wrong, [*TOLD, *PAUSED, *FIXED])
    offices = tuple(Option(str(o.code), o.name) for o in directory.offices(on=visit.on))
    told = (
        FieldLine("told_at", "Thông báo lúc", Widget.MOMENT, values["told_at"], is_required=True),
        FieldLine("told_to", "Đã báo cho", value=values["told_to"], is_required=True),
        FieldLine(
            "announced_in",
            "Số thông báo của cơ quan chủ quản",
            value=values["announced_in"],
            hint="cần có mới tạm dừng được tính thời hạn",
        ),
    )
    paused = (
        FieldLine("codes", "Mã hồ sơ, mỗi dòng một mã", Widget.LINES, values["codes"]),
        FieldLine(
            "office",
            "và mọi hồ sơ đang giải quyết tại",
            Widget.SELECT,
            values["office"],
            offices,
            "— không —",
        ),
    )
    fixed = (
        FieldLine("fixed_at", "Khắc phục lúc", Widget.MOMENT, values["fixed_at"], is_required=True),
        FieldLine("how", "Đã làm gì", Widget.LINES, values["how"], is_required=True),
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "incidents",
        "page": page,
        "steps": [(INCIDENT_STEP[step.step], step) for step in page.steps],
        "states": [(PAUSED_STATE[state], many) for state, many in page.states],
        "dossiers": [(PAUSED_STATE[one.state], one) for one in page.dossiers],
        "keeps": "" in held and page.line.incident.fixed_at is None,
        "told": with_errors(told, found),
        "paused": with_errors(paused, found),
        "fixed": with_errors(fixed, found),
        "problems": found,
    }
    return show(visit, "systems/incident.html", context, status=status_of(wrong) if wrong else 200)


def _local(visit: Visit) -> str:
    return f"{visit.at:%Y-%m-%dT%H:%M}"

"""Shared systems: what is set up in them, what passes through a body that is gone, until it is done."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import shared_systems as actions
from thongsuot.actions.load import Report
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.shared_systems import EntryKind, FindingState, FindingStep
from thongsuot.paper.listing import listing
from thongsuot.queries import shared_systems as queries
from thongsuot.queries.shared_systems import FindingLine
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.systems import (
    COLUMNS,
    ENTRY_KIND,
    FINDING_STATE,
    FINDING_STEP,
    FINDINGS_TITLE,
    STEP_HINT,
    SYSTEM_KIND,
)

OPEN = "open"
SHOWN_REFUSED = 100
SHOWN_FINDINGS = 200


@official
def systems(visit: Visit) -> HttpResponse:
    """Every shared system with its regulations, and how much in it is still to be rewired."""
    offices = queries.require_keeper(visit.by, on=visit.on)
    lines = queries.systems(on=visit.on, offices=offices)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "systems",
        "lines": [(line, SYSTEM_KIND[line.system.kind.value]) for line in lines],
    }
    return show(visit, "systems/list.html", context)


@official
def system(visit: Visit, code: str) -> HttpResponse:
    """One shared system: its regulations and what is set up in it."""
    queries.require_keeper(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ("loai", "q", "sau")}
    kind = asked["loai"] if asked["loai"] in set(EntryKind) else ""
    page = queries.system(
        plain(code), on=visit.on, kind=kind, search=asked["q"], after=asked["sau"]
    )
    following = urlencode({"loai": kind, "q": asked["q"], "sau": page.next})
    context: dict[str, object] = {
        "here": "systems",
        "tab": "systems",
        "page": page,
        "kind_name": SYSTEM_KIND[page.system.kind.value],
        "lines": [(line, ENTRY_KIND[line.kind]) for line in page.lines],
        "kind": kind,
        "search": asked["q"],
        "next": f"?{following}" if page.next else "",
    }
    return show(visit, "systems/system.html", context)


@official
def imported(visit: Visit) -> HttpResponse:
    """A table of entries, regulations or systems, as CSV or a workbook; each line told."""
    queries.require_keeper(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    reports: tuple[Report, ...] = ()
    typed = {"as_of": plain(visit.request.POST.get("as_of"))}
    if visit.request.method == "POST":
        try:
            reports = actions.import_entries(
                name=_name(visit),
                content=content_of(visit.request),
                folder=settings.DATA_DIR,
                by=visit.by,
                at=visit.at,
                as_of=reading.maybe(reading.day, typed, "as_of"),
            )
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    found = problems(wrong, ["file", "as_of"])
    since = FieldLine(
        "as_of",
        "Thay nội dung cũ từ ngày",
        Widget.DAY,
        typed["as_of"],
        hint="để trống: dòng đã có với nội dung khác bị từ chối kèm lý do",
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "systems",
        "reports": [(report, report.refused[:SHOWN_REFUSED]) for report in reports],
        "field": with_errors((since,), found)[0],
        "problems": found,
    }
    return show(visit, "systems/import.html", context, status=status_of(wrong) if wrong else 200)


@official
def findings(visit: Visit) -> HttpResponse:
    """What passes through a body that is gone, and how far each has been followed."""
    held = queries.require_keeper(visit.by, on=visit.on)
    if visit.request.method == "POST":
        new = actions.record_findings(by=visit.by, at=visit.at)
        messages.success(visit.request, f"Đã ghi nhận thêm {new} mục cần chuyển.")
        return redirect("findings")
    lines = queries.findings(on=visit.on, offices=held)
    asked = {name: plain(visit.request.GET.get(name)) for name in ("he-thong", "muc")}
    shown = [line for line in lines if _is_asked(line, asked)]
    context: dict[str, object] = {
        "here": "systems",
        "tab": "findings",
        "chips": _chips(lines, asked),
        "lines": [(line, FINDING_STATE[line.state], ENTRY_KIND[line.kind]) for line in shown][
            :SHOWN_FINDINGS
        ],
        "count": len(shown),
        "open_count": sum(line.is_open for line in lines),
        "unrecorded": sum(line.state == "" for line in lines),
        "keeps": "" in held,
        "asked": urlencode({name: value for name, value in asked.items() if value}),
    }
    return show(visit, "systems/findings.html", context)


@official
def workbook(visit: Visit) -> HttpResponse:
    """The same list as a workbook."""
    held = queries.require_keeper(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ("he-thong", "muc")}
    lines = queries.findings(on=visit.on, offices=held)
    rows = [
        (
            line.system_name,
            ENTRY_KIND[line.kind],
            line.key,
            line.way,
            "; ".join(line.why),
            line.proposal,
            FINDING_STATE[line.state],
        )
        for line in lines
        if _is_asked(line, asked)
    ]
    made = listing(FINDINGS_TITLE, COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"ra-soat-{visit.on:%Y%m%d}.xlsx")


@official
def finding(visit: Visit, number: int) -> HttpResponse:
    """One finding: what, why, what instead, what was done, and the next step."""
    queries.require_keeper(visit.by, on=visit.on)
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in ("step", "reason")}
    if visit.request.method != "POST":
        return _finding(visit, number, values)
    try:
        state = actions.step(
            number=number,
            step=FindingStep(values["step"]),
            reason=values["reason"],
            by=visit.by,
            at=visit.at,
        )
    except ValueError:
        return _finding(visit, number, values)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _finding(visit, number, values, (refusal,))
    messages.success(visit.request, f"{FINDING_STATE[state.value]}.")
    return redirect("finding", number=number)


def _finding(
    visit: Visit, number: int, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    page = queries.finding(number, on=visit.on)
    found = problems(wrong, ["reason"])
    reason = FieldLine("reason", "Nội dung, lý do", Widget.LINES, values["reason"], hint=STEP_HINT)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "findings",
        "page": page,
        "kind": ENTRY_KIND[page.line.kind],
        "state": FINDING_STATE[page.line.state],
        "steps": [(FINDING_STEP[step.step], step) for step in page.steps],
        "moves": [(step.value, FINDING_STEP[step.value]) for step in page.open_steps],
        "field": with_errors((reason,), found)[0],
        "problems": found,
    }
    return show(visit, "systems/finding.html", context, status=status_of(wrong) if wrong else 200)


def _is_asked(line: FindingLine, asked: dict[str, str]) -> bool:
    fits = asked["he-thong"] in ("", line.system)
    if asked["muc"] == OPEN:
        return fits and line.is_open
    known = asked["muc"] in set(FindingState)
    return fits and (not known or line.state == asked["muc"])


def _chips(lines: tuple[FindingLine, ...], asked: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The systems with what is open in each, one to choose."""
    counts = Counter((line.system, line.system_name) for line in lines if line.is_open)
    total = sum(counts.values())
    every = (f"Tất cả ({total})", "?", not asked["he-thong"])
    return [
        every,
        *(
            (f"{name} ({many})", f"?{urlencode({'he-thong': code})}", asked["he-thong"] == code)
            for (code, name), many in sorted(counts.items())
        ),
    ]


def _name(visit: Visit) -> str:
    """What the file is called, without a folder; pasted text is a table of text."""
    file = visit.request.FILES.get("file")
    return plain(file.name if file is not None else "").rpartition("/")[2] or "dan.csv"

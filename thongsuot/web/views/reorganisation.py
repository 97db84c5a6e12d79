"""Plans of reorganisation: written, rehearsed on live data, approved by a second person."""

from __future__ import annotations

from collections import Counter
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import reorganisation as actions
from thongsuot.actions.reorganisation import listing
from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.actions.reorganisation.checking import Checked, check
from thongsuot.actions.reorganisation.flows import flows
from thongsuot.actions.reorganisation.rehearsal import look
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Subject
from thongsuot.queries import rehearsal as kept
from thongsuot.queries import reorganisation as queries
from thongsuot.queries.rehearsal import RehearsalPage
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.records.sketches import sketch as cells_of
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.lineage import picture
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.sketch import sketched
from thongsuot.words import plans as texts
from thongsuot.words import reading
from thongsuot.words.labels import PLAN_STATE
from thongsuot.words.plans import keys
from thongsuot.words.reorganisation import (
    FIRST_TEXT,
    PLAN_STEP,
    counted,
    due_sentence,
    gap_sentence,
    operation_sentence,
    share_sentences,
)

SHOWN = 100
SHOWN_FLOWS = 60
SHOWN_OPERATIONS = 40


@official
def plans(visit: Visit) -> HttpResponse:
    """Every plan, and how to begin one."""
    held = require_keeper(visit.by, on=visit.on)
    lines = queries.plans()
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "lines": [(line, PLAN_STATE[line.state]) for line in lines],
        "keeps": "" in held,
    }
    return show(visit, "reorganisation/list.html", context)


@official
def writing(visit: Visit) -> HttpResponse:
    """A new plan as text: an example, or built from the units of a province."""
    require_keeper(visit.by, on=visit.on)
    if visit.request.method == "POST":
        return _written(visit, "")
    asked = {name: plain(visit.request.GET.get(name)) for name in ("tinh", "ngay")}
    if not asked["tinh"]:
        return _editor(visit, FIRST_TEXT, None)
    try:
        made = build_plan(
            province=asked["tinh"], on=reading.day("ngay", asked["ngay"]), data=settings.DATA_DIR
        )
    except Refusal as refusal:
        return _editor(visit, FIRST_TEXT, None, wrong=(refusal,), asked=asked)
    return _editor(visit, texts.write(made.plan, names=made.names), None, asked=asked)


@official
def rewriting(visit: Visit, key: str) -> HttpResponse:
    """The text of a plan, to be written anew; then it is rehearsed anew."""
    require_keeper(visit.by, on=visit.on)
    page = queries.plan(plain(key))
    if visit.request.method == "POST":
        return _written(visit, page.line.key)
    return _editor(visit, page.text, None, key=page.line.key)


@official
def plan(visit: Visit, key: str) -> HttpResponse:
    """One plan: its operations as sentences, who follows whom, its course; a second one approves."""
    if visit.request.method == "POST":
        return _approve(visit, plain(key))
    return _plan(visit, plain(key))


@official
def rehearsal(visit: Visit, key: str) -> HttpResponse:
    """What the plan would do to the data of this moment; the button keeps it as rehearsed."""
    held = require_keeper(visit.by, on=visit.on)
    if visit.request.method == "POST":
        many = len(actions.rehearse(plain(key), visit.by, visit.at).gaps)
        said = f"Đã diễn tập: còn {many} chỗ hổng." if many else "Đã diễn tập: không có chỗ hổng."
        messages.success(visit.request, said)
        return redirect("rehearsal", key=plain(key))
    page = queries.plan(plain(key))
    asked = {name: plain(visit.request.GET.get(name)) for name in ("loai", "q")}
    found = kept.rehearsal(page.line.key, subject=asked["loai"], search=asked["q"], limit=SHOWN)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "page": page,
        "found": found,
        "is_older": found is not None and found.seal != page.seal,
        "gaps": found.gaps[:SHOWN] if found else (),
        "chips": _chips(found, asked) if found else (),
        "lines": [
            (line, keys.SUBJECTS[Subject(line.subject)]) for line in (found.lines if found else ())
        ],
        "search": asked["q"],
        "subject": asked["loai"],
        "keeps": "" in held,
    }
    return show(visit, "reorganisation/rehearsal.html", context)


@official
def workbook(visit: Visit, key: str) -> HttpResponse:
    """The whole of the last rehearsal as a workbook; made now where there was none."""
    require_keeper(visit.by, on=visit.on)
    page = queries.plan(plain(key))
    known = page.line.key
    found = kept.rehearsal(known, limit=0)
    if found is None:
        made = listing.workbook(look(page.plan, at=visit.at), by=visit.by.name)
    else:
        lines = kept.rehearsed_lines(known)
        made = listing.book(known, found.gaps, lines, at=found.at, by=visit.by.name)
    return spreadsheet(made, f"dien-tap-{page.line.key}.xlsx")


@official
def sketch(visit: Visit, key: str) -> HttpResponse:
    """To which communes the open work goes, on a sketch that is no map, with the same in a table."""
    require_keeper(visit.by, on=visit.on)
    page = queries.plan(plain(key))
    found = flows(page.plan, is_switched=page.is_switched)
    many: Counter[str] = Counter()
    for line in found.lines:
        many[found.places.get(line.to, "")] += line.many
    drawn = sketched(cells_of(page.plan.province), many)
    communes = drawn.communes if drawn else ()
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "page": page,
        "sketch": drawn,
        "communes": sorted(communes, key=lambda one: (-one.many, one.name)),
        "elsewhere": many.total() - sum(one.many for one in communes),
    }
    return show(visit, "reorganisation/sketch.html", context)


def _approve(visit: Visit, key: str) -> HttpResponse:
    waive = plain(visit.request.POST.get("waive"))
    try:
        actions.approve(key, visit.by, visit.at, waive)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _plan(visit, key, waive, (refusal,))
    messages.success(visit.request, "Đã phê duyệt phương án.")
    return redirect("plan", key=key)


def _plan(visit: Visit, key: str, waive: str = "", wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    held = require_keeper(visit.by, on=visit.on)
    page = queries.plan(key)
    found = flows(page.plan, is_switched=page.is_switched)
    numbered, start = list(page.plan.numbered), start_of(visit)
    gone = problems(wrong, ["waive"])
    reason = FieldLine(
        "waive",
        "Lý do cho qua các mục chưa sẵn sàng ở quầy",
        Widget.LINES,
        waive,
        hint="để trống nếu mọi quầy đã sẵn sàng",
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "page": page,
        "state": PLAN_STATE[page.line.state],
        "operations": [
            (
                number,
                operation_sentence(one, found.names),
                share_sentences(one, found.names),
                one.line,
            )
            for number, one in numbered[start : start + SHOWN_OPERATIONS]
        ],
        "next": start + SHOWN_OPERATIONS if start + SHOWN_OPERATIONS < len(numbered) else None,
        "first": start > 0,
        "picture": picture(found.lines, found.names) if found.lines else None,
        "flows": [
            (found.names.get(one.body, one.body), found.names.get(one.to, one.to), one.many)
            for one in sorted(found.lines, key=lambda one: -one.many)[:SHOWN_FLOWS]
        ],
        "flow_count": len(found.lines),
        "open": sum(one.many for one in found.lines),
        "due": due_sentence(page.plan.longer_term),
        "steps": [(PLAN_STEP[one.step], one) for one in page.steps],
        "field": with_errors((reason,), gone)[0],
        "problems": gone,
        "keeps": "" in held,
        "is_second": visit.by.account not in page.hands,
    }
    return show(
        visit, "reorganisation/plan.html", context, status=status_of(wrong) if wrong else 200
    )


def start_of(visit: Visit) -> int:
    """From which line on a long list is shown, as `?tu=` says."""
    given = plain(visit.request.GET.get("tu"))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _written(visit: Visit, key: str) -> HttpResponse:
    """What was typed is checked; kept only if it is asked and nothing is wrong."""
    # Lines and spaces are part of what was typed.
    text = (visit.request.POST.get("text") or "").replace("\x00", "").replace("\r\n", "\n")
    checked = check(text, data=settings.DATA_DIR)
    if checked.faults or visit.request.POST.get("do") != "keep":
        return _editor(visit, text, checked, key=key)
    try:
        row = actions.keep(text, visit.by, visit.at)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _editor(visit, text, checked, key=key, wrong=(refusal,))
    messages.success(visit.request, "Đã lưu phương án; diễn tập để xem những gì sẽ chuyển.")
    return redirect("plan", key=row.key)


def _editor(
    visit: Visit,
    text: str,
    checked: Checked | None,
    *,
    key: str = "",
    wrong: tuple[Refusal, ...] = (),
    asked: dict[str, str] | None = None,
) -> HttpResponse:
    written = text.split("\n")
    faults = checked.faults if checked else ()
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "key": key,
        "text": text,
        "rows": min(max(len(written) + 2, 16), 32),
        "checked": checked,
        "faults": [
            (fault.line, _line_of(written, fault.line), texts.sentence(fault)) for fault in faults
        ],
        "gaps": [gap_sentence(gap) for gap in (checked.gaps[:SHOWN] if checked else ())],
        "counts": [counted(name, many) for name, many in (checked.counts if checked else ())],
        "problems": problems(wrong, []),
        "province": (asked or {}).get("tinh", ""),
        "day": (asked or {}).get("ngay", date(2025, 7, 1).isoformat()),
    }
    bad = bool(wrong) or bool(faults)
    return show(visit, "reorganisation/edit.html", context, status=422 if bad else 200)


def _line_of(written: list[str], number: int) -> str:
    return written[number - 1] if 0 < number <= len(written) else ""


def _chips(found: RehearsalPage, asked: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The subjects with their counts, one to choose."""
    totals = found.totals
    every = (f"Tất cả ({sum(totals.values())})", "?", not asked["loai"])
    return [
        every,
        *(
            (
                f"{keys.SUBJECTS[one].capitalize()} ({totals[one.value]})",
                f"?{urlencode({'loai': one.value})}",
                asked["loai"] == one.value,
            )
            for one in Subject
            if totals.get(one.value)
        ),
    ]

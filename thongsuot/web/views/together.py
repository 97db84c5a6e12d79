"""One act on many: shown before it is begun, followed while it is made, told line by line."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from thongsuot.actions import together as actions
from thongsuot.actions.dossier.moves import FieldNeeded, Move, find
from thongsuot.actions.together import Rehearsed
from thongsuot.domain.looks import Purpose
from thongsuot.domain.refusal import Fact, Refusal
from thongsuot.domain.workflow import Act, BranchNeeded
from thongsuot.paper.listing import listing
from thongsuot.queries import access
from thongsuot.queries import together as queries
from thongsuot.queries.together import ResultLine, RunLine
from thongsuot.web.desk import new_key
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms import together as forms
from thongsuot.web.forms.fields import Option, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import together as words
from thongsuot.words.labels import ACT
from thongsuot.words.moments import short
from thongsuot.words.refusals import sentence


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A dossier with what will come of it, or why nothing will."""

    line: Rehearsed
    said: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class TogetherLine:
    """A run in words."""

    run: RunLine
    state: str
    is_over: bool


@require_POST
@official
def new(visit: Visit) -> HttpResponse:
    """What an act will come to for each of those chosen; begun when it is confirmed."""
    post = visit.request.POST
    act = plain(post.get("do"))
    actions.require_together(act)
    move = find(act)
    values = forms.shared(move, post)
    needed = forms.needed(move, values)
    asked = post.get("action")
    if asked != "begin":
        return _preview(visit, move, values, wrong=needed if asked == "look" else ())
    if needed:
        return _preview(visit, move, values, wrong=needed)
    number = actions.begin(
        act=act,
        seen=forms.seen(post),
        shared=values,
        by=visit.by,
        office=visit.desk.office,
        key=plain(post.get("key"))[:120] or new_key(),
        at=visit.at,
    )
    return redirect("together-run", number=number)


@official
def runs(visit: Visit) -> HttpResponse:
    """What I began for many, the newest first."""
    found = [_told(run) for run in queries.runs(visit.by.account)]
    return show(visit, "together/list.html", {"here": "worklist", "runs": found})


@official
def run(visit: Visit, number: int) -> HttpResponse:
    """How far a run is, and what came of each line."""
    page = queries.page(number, account=visit.by.account)
    context: dict[str, object] = {
        "here": "worklist",
        "told": _told(page.run),
        "lines": page.lines,
        "states": words.STATE,
        "received": page.received,
        "again": page.run.refused + page.run.cancelled,
    }
    return show(visit, "together/run.html", context)


@require_POST
@official
def cancel(visit: Visit, number: int) -> HttpResponse:
    """Stop what has not begun."""
    stopped = actions.cancel(run=number, by=visit.by, at=visit.at)
    messages.success(visit.request, words.CANCELLED.format(count=stopped))
    return redirect("together-run", number=number)


@require_POST
@official
def again(visit: Visit, number: int) -> HttpResponse:
    """Try again what did not succeed."""
    waiting = actions.again(run=number, by=visit.by)
    messages.success(visit.request, words.AGAIN.format(count=waiting))
    return redirect("together-run", number=number)


@official
def exported(visit: Visit, number: int) -> HttpResponse:
    """The results as a workbook; the look at it is logged."""
    page = queries.page(number, account=visit.by.account)
    visit.reading(queries.EXPORT, Purpose.EXPORT)
    made = listing(
        page.run.title,
        words.EXPORT_COLUMNS,
        [_cells(line) for line in page.lines],
        at=visit.at,
        by=f"{visit.by.name} – {visit.desk.office_name}",
    )
    return spreadsheet(made, f"viec-hang-loat-{number}.xlsx")


def _preview(
    visit: Visit, move: Move, values: dict[str, str], *, wrong: tuple[Refusal, ...]
) -> HttpResponse:
    act = move.act.value
    codes = forms.chosen(visit.request.POST)
    is_ready = not forms.needed(move, values)
    found = actions.rehearse(act=act, codes=codes, shared=values, by=visit.by, at=visit.at)
    lines = [_line(one, is_ready=is_ready) for one in found]
    fields = forms.lines(
        move, values, officials=_officials(visit, found), ways=_ways(found, values)
    )
    told = problems(wrong, [field.name for field in fields])
    context: dict[str, object] = {
        "here": "worklist",
        "act": act,
        "title": words.TITLE[act],
        "label": ACT[act],
        "fields": with_errors(fields, told),
        "problems": told,
        "lines": lines,
        "codes": codes,
        "seen": [f"{each.line.code}:{each.line.version}" for each in lines if each.is_open],
        "is_ready": is_ready,
        "left_out": sum(not each.is_open for each in lines),
        "key": new_key(),
    }
    return show(visit, "together/new.html", context, status=status_of(wrong) if wrong else 200)


def _line(one: Rehearsed, *, is_ready: bool) -> PreviewLine:
    """What is not typed yet is no fault of a dossier."""
    refusal = None if isinstance(one.refusal, FieldNeeded) else one.refusal
    said = sentence(refusal) if refusal else one.will
    return PreviewLine(one, said, is_open=refusal is None and is_ready)


def _officials(visit: Visit, found: tuple[Rehearsed, ...]) -> tuple[Option, ...]:
    """Those who work where the dossiers are."""
    offices = dict.fromkeys(one.office for one in found if one.office)
    people = [who for office in offices for who in access.officials(office, on=visit.on)]
    named = {
        who.account: Option(who.account, f"{who.name} – {', '.join(who.roles)}") for who in people
    }
    return tuple(named.values())


def _ways(found: tuple[Rehearsed, ...], values: dict[str, str]) -> tuple[Option, ...]:
    """Where several ways lead on, which they are; one chosen before stays chosen."""
    ways: dict[str, str] = {}
    for one in found:
        if isinstance(one.refusal, BranchNeeded):
            facts = one.refusal.facts
            ways |= dict(zip(_texts(facts["known"]), _texts(facts["ways"]), strict=True))
    target = values.get("target", "")
    if target:
        ways.setdefault(target, target)
    return tuple(Option(*pair) for pair in ways.items())


def _texts(fact: Fact) -> list[str]:
    return [str(each) for each in fact] if isinstance(fact, list) else []


def _told(run: RunLine) -> TogetherLine:
    is_over = run.ended_at is not None and not run.waiting
    if not is_over:
        state = "running"
    elif run.is_cancelled:
        state = "cancelled"
    else:
        state = "partly" if run.refused else "done"
    return TogetherLine(run, words.RUN_STATE[state], is_over)


def _cells(line: ResultLine) -> tuple[str | int, ...]:
    return (
        line.number,
        line.code,
        line.applicant,
        line.procedure,
        words.STATE[line.state],
        line.said,
        short(line.at) if line.at else "",
    )


def buttons(visit: Visit, *, ended: bool) -> list[tuple[str, str]]:
    """The acts that somebody may try on many of a list: those of the end, or those before."""
    offered = queries.offered(visit.by.account, at=visit.at)
    known = (Act.HAND_OVER,) if ended else tuple(a for a in actions.ACTS if a is not Act.HAND_OVER)
    return [(act.value, words.BUTTON[act.value]) for act in known if act in offered]

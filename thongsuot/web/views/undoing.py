"""A switched plan is taken back: what would go where, why something stays, asked for with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions.reorganisation import asking_back as actions
from thongsuot.actions.reorganisation.asking_back import Outlook
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import directory
from thongsuot.queries import undoing as queries
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.queries.undoing import UndoPage
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.reorganisation import start_of
from thongsuot.words import balance as words
from thongsuot.words import reading
from thongsuot.words.labels import PLAN_STATE
from thongsuot.words.plans import keys
from thongsuot.words.refusals import sentence
from thongsuot.words.reorganisation import operation_sentence

WHOLE = "ca"  # in place of an operation's number: all that can be
PAGE = 50


@official
def undo(visit: Visit, key: str) -> HttpResponse:
    """What can be taken back; one operation, or all, looked at closely; asked for with a reason."""
    if visit.request.method == "POST":
        return _ask(visit, plain(key))
    return _shown(visit, plain(key), chosen=plain(visit.request.GET.get("thao-tac")))


def _ask(visit: Visit, key: str) -> HttpResponse:
    chosen = plain(visit.request.POST.get("thao-tac"))
    reason = plain(visit.request.POST.get("reason"))
    try:
        actions.ask(key, _number(chosen), reason=reason, by=visit.by, at=visit.at)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _shown(visit, key, chosen=chosen, reason=reason, wrong=(refusal,))
    messages.success(visit.request, words.UNDO_ASKED)
    return redirect("plan-undo", key=key)


def _number(chosen: str) -> int | None:
    return None if chosen == WHOLE else reading.number("thao-tac", chosen)


def _shown(
    visit: Visit,
    key: str,
    *,
    chosen: str,
    reason: str = "",
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    held = require_keeper(visit.by, on=visit.on)
    found = queries.undo_page(key)
    look = actions.outlook(key, _number(chosen)) if chosen else None
    names = directory.office_names(_bodies(found, look))
    gone = problems(wrong, ["reason"])
    field = FieldLine("reason", words.UNDO_REASON, Widget.LINES, reason, is_required=True)
    start = start_of(visit)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "found": found,
        "state": PLAN_STATE[found.page.line.state],
        "lines": [
            (line, operation_sentence(line.operation, names))
            for line in found.operations[start : start + PAGE]
        ],
        "next": start + PAGE if start + PAGE < len(found.operations) else None,
        "first": start > 0,
        "chosen": chosen,
        "chosen_told": [
            operation_sentence(line.operation, names)
            for line in found.operations
            if str(line.number) == chosen
        ],
        "whole": WHOLE,
        "look": look,
        "back": [
            (names.get(one.heir, one.heir), names.get(one.body, one.body), one.many)
            for one in (look.back if look else ())
        ],
        "others": [
            (keys.SUBJECTS[subject].capitalize(), many)
            for subject, many in (look.others if look else ())
        ],
        "refusals": [sentence(one) for one in (look.refusals if look else ())],
        "field": with_errors((field,), gone)[0],
        "problems": gone,
        "keeps": "" in held,
    }
    status = status_of(wrong) if wrong else 200
    return show(visit, "reorganisation/undo.html", context, status=status)


def _bodies(found: UndoPage, look: Outlook | None) -> set[str]:
    codes = set(found.bodies)
    if look:
        codes |= {code for one in look.back for code in (one.heir, one.body)}
    return codes

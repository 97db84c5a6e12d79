"""Reception: find the procedure, then take the dossier in with one form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect

from thongsuot.actions.access import Answer, answer_once
from thongsuot.actions.dossier import Reception, decline, receive, send_elsewhere
from thongsuot.actions.drafts import forget_draft, save_draft
from thongsuot.actions.enquiries import fetch_paper
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import NoSuchReceptionPoint, OfficeClosed, ReceptionPointClosed
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.exchange import EnquiryKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Act
from thongsuot.queries import catalogue, counter, drafts
from thongsuot.queries.counter import Counter
from thongsuot.web.applicant import (
    Person,
    check,
    check_person,
    look_up,
    met,
    search_store,
    unknowing,
    unshown,
)
from thongsuot.web.card import card
from thongsuot.web.chosen import received_at_of, routes_of
from thongsuot.web.desk import new_key, screen
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import reception as forms
from thongsuot.web.refusals import status_of
from thongsuot.web.views.dossier import FRESH
from thongsuot.words.cutover import SENT_ELSEWHERE
from thongsuot.words.reading import FieldNeeded
from thongsuot.words.refusals import sentence
from thongsuot.words.screens import DONE, DRAFT_FORGOTTEN, DRAFT_SAVED, NO_PROCEDURE

FOUND_AT_MOST = 30
# Sent with the form, and no part of what was typed.
NOT_TYPED = ("csrfmiddlewaretoken", "action")


class CaseChanged(Refusal):
    """Another case was chosen: its papers and term are shown before the dossier is taken in."""

    code = "case_changed"


@official
def search(visit: Visit) -> HttpResponse:
    """Step one: the procedure, by any words, without accents."""
    require_counter(visit)
    words = plain(visit.request.GET.get("q"))
    found = catalogue.search(words, on=visit.on, limit=FOUND_AT_MOST + 1)
    context: dict[str, object] = {
        "here": "reception",
        "search": words,
        "lines": found[:FOUND_AT_MOST],
        "has_more": len(found) > FOUND_AT_MOST,
        "closed": _closed(visit),
        "recent": () if words else counter.recent(visit.desk.reception_point, on=visit.on),
        "empty": NO_PROCEDURE,
        "drafts": () if words else drafts.drafts(visit.by.account, on=visit.on),
    }
    return show(visit, "reception/search.html", context)


def _closed(visit: Visit) -> str:
    """Why nothing can be taken in here any more, and where it is; "" at a counter that is open."""
    try:
        counter.open_point(visit.desk.reception_point, at=visit.at)
    except (NoSuchReceptionPoint, ReceptionPointClosed, OfficeClosed) as refusal:
        return sentence(refusal)
    return ""


@official
def form(visit: Visit, code: str) -> HttpResponse:
    """Step two: everything about the dossier on one page."""
    require_counter(visit)
    here = counter.counter(plain(code), point=visit.desk.reception_point, at=visit.at)
    if visit.request.method != "POST":
        return _opened(visit, here)
    values = forms.typed(visit.request.POST)
    if answer := _BESIDES.get(values.get("action", "")):
        return answer(visit, here, values)
    routes = routes_of(here, values, on=visit.on)
    request, wrong = forms.read(values, here, routes, at=visit.at)
    if values.get("case", "") != values.get("case_shown", ""):
        wrong = (*wrong, CaseChanged("case", case=values.get("case", "")))
    person = met(visit, here.procedure, values)
    if values.get("action") != Act.DECLINE.value:
        given = forms.ticked(values, here.procedure)
        wrong = (*wrong, *unknowing(person), *unshown(person, given))
    if request and not wrong:
        request = _knowing(request, person, forms.reused(values, here.procedure))
        try:
            return _take_in(visit, request, values, here.procedure)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    return _page(visit, here, values, wrong, person=person)


def _knowing(request: Reception, person: Person, reused: tuple[str, ...]) -> Reception:
    """The reception with what the official looked at, and what is taken from what is held."""
    aware_of = tuple(line.code for line in person.before) if person.goes_on else ()
    submission = replace(request.submission, aware_of=aware_of)
    return replace(request, submission=submission, reused=reused)


def _person(visit: Visit, here: Counter, values: dict[str, str]) -> HttpResponse:
    """The page with what is known of the person at the counter."""
    try:
        person, filled = look_up(visit, here.procedure, values)
    except FieldNeeded as refusal:
        return _page(visit, here, values, (refusal,))
    return _page(visit, here, filled, person=person)


def _checked(visit: Visit, here: Counter, values: dict[str, str]) -> HttpResponse:
    """The page with a question about the person on its way."""
    ask = search_store if values["action"] == "store" else check_person
    try:
        asked = ask(visit, here, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, here, values, (refusal,))
    return _page(visit, here, asked)


def _opened(visit: Visit, here: Counter) -> HttpResponse:
    """An empty form, or the one that this official left."""
    left = drafts.draft(visit.by.account, procedure=here.procedure.code)
    if left is None:
        return _page(visit, here, {"key": new_key()})
    return _page(visit, here, left.typed, saved_at=left.saved_at)


def _draft(visit: Visit, here: Counter, values: dict[str, str]) -> HttpResponse:
    """Keep what was typed, or throw it away; a script is told in one line."""
    code = here.procedure.code
    if values["action"] == "forget":
        forget_draft(by=visit.by, procedure=code)
        messages.success(visit.request, DRAFT_FORGOTTEN)
        return redirect("reception-form", code=str(code))
    typed = {name: text for name, text in values.items() if name not in NOT_TYPED}
    save_draft(by=visit.by, procedure=code, typed=typed, key=values.get("key", ""), at=visit.at)
    said = DRAFT_SAVED.format(time=f"{visit.at.astimezone(VIETNAM):%H:%M:%S}")
    if visit.request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": said})
    messages.success(visit.request, said)
    return redirect("reception-form", code=str(code))


def _send_elsewhere(visit: Visit, here: Counter, values: dict[str, str]) -> HttpResponse:
    """Note that somebody was shown the system that receives their dossier."""
    try:
        name = send_elsewhere(
            procedure=here.procedure,
            point=here.point.key,
            received_at=received_at_of(values) or visit.at,
            who=values.get("applicant.number")
            or values.get("applicant.name")
            or values.get("key", ""),
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        return _page(visit, here, values, (refusal,))
    forget_draft(by=visit.by, procedure=here.procedure.code)
    messages.success(visit.request, SENT_ELSEWHERE.format(system=name))
    return redirect("reception")


def _take_in(
    visit: Visit, request: Reception, values: dict[str, str], procedure: Procedure
) -> HttpResponse:
    """Take the dossier in, or decline it: once, however often the form is sent."""
    act = Act.DECLINE if values.get("action") == Act.DECLINE.value else Act.RECEIVE

    def once() -> Answer:
        if act is Act.DECLINE:
            reason = values.get("reason", "")
            kept = decline(request=request, reason=reason, by=visit.by, at=visit.at)
        else:
            kept = receive(request=request, by=visit.by, at=visit.at)
            _fetch_from_store(visit, values, procedure, kept.code)
        return Answer(303, kept.code)

    reply = answer_once(
        account=visit.by.account,
        key=values.get("key", ""),
        request=_fingerprint(visit.request.POST),
        at=visit.at,
        act=once,
    )
    forget_draft(by=visit.by, procedure=procedure.code)
    messages.success(visit.request, DONE[act.value].format(code=reply.answer.body))
    visit.request.session[FRESH] = reply.answer.body
    return redirect("dossier", code=reply.answer.body)


def _fetch_from_store(
    visit: Visit, values: dict[str, str], procedure: Procedure, code: str
) -> None:
    """Have the papers brought that the official ticked among those of the store."""
    store = check(visit, values, EnquiryKind.PAPERS)
    names = {fold(paper.name): paper.name for paper in procedure.papers}
    for offer in store.offers:
        if store.line and f"take-{offer.place}" in values:
            fetch_paper(
                code=code,
                paper=names.get(fold(offer.title), offer.title),
                offered_in=store.line.number,
                place=offer.place,
                by=visit.by,
                at=visit.at,
            )


def _page(
    visit: Visit,
    here: Counter,
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
    *,
    person: Person | None = None,
    saved_at: datetime | None = None,
) -> HttpResponse:
    routes = routes_of(here, values, on=visit.on)
    person = person or met(visit, here.procedure, values)
    context: dict[str, object] = {
        "here": "reception",
        "screen": screen(here, values, wrong, routes, person, on=visit.on),
        "card": card(here, values, routes, at=visit.at),
        "saved_at": saved_at,
        "person": person,
        "enquiry": check(visit, values),
        "store": check(visit, values, EnquiryKind.PAPERS),
        "taken": [name for name in values if name.startswith("take-")],
    }
    return show(visit, "reception/form.html", context, status=status_of(wrong) if wrong else 200)


def _fingerprint(post: QueryDict) -> bytes:
    """What was sent, without the one-time proof of where it came from."""
    sent = [(name, value) for name, value in post.items() if name != "csrfmiddlewaretoken"]
    return urlencode(sorted(sent)).encode()


def require_counter(visit: Visit) -> None:
    """Raises NotYourDuty for someone who does not sit at a counter today."""
    if not visit.desk.receives:
        raise NotYourDuty(
            "by", person=visit.by.name, act=Act.RECEIVE.value, office=visit.desk.office, role=""
        )


# The buttons that neither take a dossier in nor decline it.
_BESIDES: dict[str, Callable[[Visit, Counter, dict[str, str]], HttpResponse]] = {
    "draft": _draft,
    "forget": _draft,
    "look": _page,
    "person": _person,
    "check": _checked,
    "store": _checked,
    "elsewhere": _send_elsewhere,
}

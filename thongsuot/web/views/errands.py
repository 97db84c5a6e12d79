"""Errands at partners: what waits for people is sent again or left; documents of the axis."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import documents as papers
from thongsuot.actions import messages as actions
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import errands as queries
from thongsuot.queries.messages import partners, require_exchange
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.papers import handed
from thongsuot.web.views.sending import told_of
from thongsuot.words import reading
from thongsuot.words.errands import DONE, KIND, STATE, WAY


@official
def errands(visit: Visit) -> HttpResponse:
    """What is owed besides messages; `?trang-thai=waiting`, `?doi-tac=`."""
    require_exchange(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            return _decide(visit)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    asked = plain(visit.request.GET.get("trang-thai"))
    state = asked if asked in STATE else queries.ASIDE
    partner = plain(visit.request.GET.get("doi-tac"))
    found = queries.page(state, partner=partner)
    names = partners()
    context: dict[str, object] = {
        "here": "systems",
        "tab": "errands",
        "state": state,
        "partner": partner,
        "states": [(one, name, found.counts.get(one, 0)) for one, name in STATE.items()],
        "lines": [(line, KIND.get(line.kind, line.kind)) for line in found.lines],
        "names": names,
        "problems": problems(wrong, ("reason",)),
        "typed": plain(visit.request.POST.get("reason")),
    }
    return show(visit, "exchange/errands.html", context, status=status_of(wrong) if wrong else 200)


@official
def documents(visit: Visit) -> HttpResponse:
    """Documents that came and went over the axis; `?chieu=out`."""
    require_exchange(visit.by, on=visit.on)
    if visit.request.method == "POST":
        number = reading.number("number", plain(visit.request.POST.get("number")))
        papers.acknowledge(number=number, by=visit.by, at=visit.at)
        notes.success(visit.request, DONE["acknowledge"])
        return redirect("documents")
    if asked := plain(visit.request.GET.get("ho-so")):
        if "/" in asked:  # no code, and no address
            raise NoSuchDossier("code", given=asked)
        return redirect("send-result", code=asked)
    way = "out" if visit.request.GET.get("chieu") == "out" else "in"
    lines = [(line, told_of(line)) for line in queries.documents(way)]
    context: dict[str, object] = {
        "here": "systems",
        "tab": "documents",
        "way": way,
        "ways": WAY,
        "lines": lines,
    }
    return show(visit, "exchange/documents.html", context)


@official
def file(visit: Visit, number: int, sha256: str) -> HttpResponse:
    """One file of a document, the look at it logged."""
    require_exchange(visit.by, on=visit.on)
    token = visit.reading(queries.about_document(number))
    stored, content = queries.document_file(number, plain(sha256), reading=token)
    return handed(visit, stored, content)


def _decide(visit: Visit) -> HttpResponse:
    post = visit.request.POST
    number = -reading.number("number", plain(post.get("number")).lstrip("-"))
    reason = plain(post.get("reason"))
    if post.get("action") == "skip":
        actions.skip(number=number, reason=reason, by=visit.by, at=visit.at)
        notes.success(visit.request, DONE["skip"])
    else:
        actions.replay([number], reason=reason, by=visit.by, at=visit.at)
        notes.success(visit.request, DONE["replay"])
    return redirect("errands")

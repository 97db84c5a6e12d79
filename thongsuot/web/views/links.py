"""Files that partners fetch by a signed address, and the addresses of portals that closed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from thongsuot.actions import links as actions
from thongsuot.domain.cutover.links import LinkExpired, LinkRevoked
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import links as queries
from thongsuot.queries import portals
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.public import Call, public
from thongsuot.web.public import show as show_public
from thongsuot.web.refusals import Problem, problems, status_of, told
from thongsuot.words import links as words
from thongsuot.words.moments import short
from thongsuot.words.reading import FieldNeeded

GONE = 410


@require_GET
@public
def file(call: Call, token: str) -> HttpResponse:
    """The file of an address; one that is over says so, and that it can be renewed."""
    try:
        handed = actions.hand_out(token=plain(token), address=call.address, at=call.at)
    except (LinkExpired, LinkRevoked) as refusal:
        said = {"refused": told(refusal)}
        return show_public(call, "public/refused.html", said, status=GONE)
    answer = HttpResponse(handed.content, content_type=handed.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, handed.name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_GET
@public
def old(call: Call, rest: str = "") -> HttpResponse:
    """An address of a portal that closed: to the dossier that it names, else where to go now."""
    words_in = (*plain(rest).split("/"), *map(plain, call.request.GET.dict().values()))
    found = portals.meant(words_in, host=call.request.get_host(), on=call.on)
    if found.dossier:
        return redirect(f"{reverse('lookup')}?{urlencode({'ma': found.dossier})}")
    return show_public(call, "public/closed_portal.html", {"found": found})


@official
def links(visit: Visit) -> HttpResponse:
    """The addresses handed out: which hold, which are broken; renewed or taken back by name."""
    require_keeper(visit.by, on=visit.on)
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in ("do", "number", "reason")}
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            messages.success(visit.request, _done(visit, values))
        except Refusal as refusal:
            if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
                raise
            wrong = (refusal,)
        else:
            return redirect("links")
    asked = {name: plain(visit.request.GET.get(name)) for name in ("q", "loc")}
    found = problems(wrong, ["reason"])
    page = queries.links(at=visit.at, search=asked["q"], state=asked["loc"])
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "page": page,
        "lines": [(line, _field(values, line.number, found)) for line in page.lines],
        "chips": [
            (f"?{urlencode({**asked, 'loc': key})}", label, asked["loc"] == key)
            for key, label in words.STATES.items()
        ],
        "search": asked["q"],
        "problems": found,
    }
    return show(visit, "cutover/links.html", context, status=status_of(wrong) if wrong else 200)


def _done(visit: Visit, values: dict[str, str]) -> str:
    number = int(values["number"]) if values["number"].isdecimal() else 0
    reason = values["reason"]
    match values["do"]:
        case "renew":
            until = actions.renew(number=number, reason=reason, by=visit.by, at=visit.at)
            return words.RENEWED.format(at=short(until))
        case "revoke":
            actions.revoke(number=number, reason=reason, by=visit.by, at=visit.at)
            return words.REVOKED
        case _:
            raise FieldNeeded("do", field="do")


def _field(values: dict[str, str], number: int, found: tuple[Problem, ...]) -> FieldLine:
    is_typed = values["number"] == str(number)
    line = FieldLine("reason", "Lý do", Widget.TEXT, values["reason"] if is_typed else "")
    return with_errors((line,), found if is_typed else ())[0]

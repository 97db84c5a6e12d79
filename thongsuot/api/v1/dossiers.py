"""Dossiers: taken in, declined, looked at, listed and moved, by the acts of the screens."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from ninja import Router

from thongsuot.actions import dossier as actions
from thongsuot.api.door import Caller, Request, answered, answered_once, body, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking, taking
from thongsuot.domain.dossier import Dossier
from thongsuot.queries import applicants, catalogue, register
from thongsuot.queries import dossier as queries
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading

router = Router(tags=["dossiers"])

LIST = {
    "tab": "mine, office, near, late, waiting, to_return: as the work list shows them",
    "office": "where the dossier lies",
    "structure": "a past day: `office` is then a body of that day, 2025-06-30",
    "procedure": "code of the procedure",
    "status": "1 to 10, as the national portal counts them",
    "standing": "on_time, near or late",
    "search": "part of the code or of the applicant's name",
    "after": "the `next` of the page before",
    "limit": "lines of a page, 50 if left out, at most 200",
}


@router.post(
    "/dossiers", response={201: schemas.DossierOut}, openapi_extra=taking(schemas.TakingIn)
)
def receive(request: Request) -> HttpResponse:
    """Take a dossier in; it gets its code and its appointment.

    As at the counter, a like dossier brought lately and papers that the province holds are
    told first: `aware_of` and `held_shown` say that they were looked at.
    """
    sent = body(request)

    def act() -> Json:
        given = reading.fields(sent, known=("held_shown", *actions.ENTERED), name="request")
        is_shown = reading.if_given(reading.flag, given, "held_shown", False)
        entered = _read(request, {n: v for n, v in given.items() if n != "held_shown"})
        _require_knowing(request.auth, entered, is_shown=is_shown)
        kept = actions.take_in(request=entered, by=request.auth.person, at=request.auth.at)
        return _told(request, kept)

    return answered_once(request, sent, act, status=201)


@router.post(
    "/dossiers/declined",
    response={201: schemas.DossierOut},
    openapi_extra=taking(schemas.DeclineIn),
)
def decline(request: Request) -> HttpResponse:
    """Do not take a dossier in, with the reason in writing."""
    sent = body(request)

    def act() -> Json:
        given = reading.fields(sent, known=("reason", *actions.ENTERED), name="request")
        reason = reading.text("reason", given.pop("reason", None))
        kept = actions.decline(
            request=_read(request, given),
            reason=reason,
            by=request.auth.person,
            at=request.auth.at,
        )
        return _told(request, kept)

    return answered_once(request, sent, act, status=201)


@router.get("/dossiers", response=schemas.DossiersOut, openapi_extra=asking(**LIST))
def listed(request: Request) -> HttpResponse:
    """The dossiers of the caller's offices in the order they came, page by page."""
    given = query(request, LIST)
    limit = reading.if_given(reading.number, given, "limit", 50)
    page = register.listed_for(
        request.auth.person.account,
        register.read_wanted(given),
        at=request.auth.at,
        reading=request.auth.reading(register.ABOUT),
        after=reading.if_given(reading.text, given, "after", ""),
        limit=min(max(limit, 1), register.LARGEST_PAGE),
    )
    return answered({"dossiers": [encode(line) for line in page.lines], "next": page.next})


@router.get("/dossiers/{code}", response=schemas.DossierOut, openapi_extra=asking())
def shown(request: Request, code: str) -> HttpResponse:
    """A dossier with its events, its clock day by day, and what the caller may try."""
    query(request, ())
    caller = request.auth
    told = queries.show_to(
        code, account=caller.person.account, at=caller.at, reading=caller.reading(code)
    )
    return answered(told)


@router.post(
    "/dossiers/{code}/moves",
    response={200: schemas.DossierOut},
    openapi_extra=taking(schemas.MoveIn),
)
def move(request: Request, code: str) -> HttpResponse:
    """Make one move on a dossier."""
    sent = body(request)
    return answered_once(request, sent, partial(_moved, request, code, sent), status=200)


def _moved(request: Request, code: str, sent: object) -> Json:
    given = reading.fields(sent, known=("move", "fields", "seen_version"), name="request")
    fields = given.get("fields")
    moved = actions.make(
        code=code,
        move=reading.text("move", given.get("move")),
        given=reading.named("fields", {} if fields is None else fields),
        by=request.auth.person,
        at=request.auth.at,
        seen_version=reading.maybe(reading.number, given, "seen_version"),
    )
    return _told(request, moved)


def _require_knowing(caller: Caller, entered: actions.Reception, *, is_shown: bool) -> None:
    """Raises SubmittedBefore, HeldNotShown, and before them what `preview` raises."""
    actions.require_received_here(request=entered, by=caller.person, at=caller.at)
    actions.preview(request=entered, by=caller.person, at=caller.at)
    submission = entered.submission
    who, given = submission.applicant, {*entered.reused, *(p.name for p in submission.papers)}
    before = applicants.duplicates(
        procedure=entered.procedure, number=who.number, name=who.name, phone=who.phone, at=caller.at
    )
    wrong = applicants.unaware("aware_of", before, submission.aware_of)
    if who.number and not is_shown:
        on = caller.at.date()
        held = applicants.offers(
            reading=caller.reading(applicants.about(number=who.number, phone="")),
            number=who.number,
            procedure=catalogue.get(str(entered.procedure), on=on),
            on=on,
        )
        wrong += applicants.unused("papers", held, given)
    if wrong:
        raise wrong[0]


def _read(request: Request, sent: object) -> actions.Reception:
    caller = request.auth
    return actions.read_reception(sent, at=caller.at, receiving_point=caller.reception_point)


def _told(request: Request, dossier: Dossier) -> Json:
    return queries.show(dossier.code, reading=request.auth.reading(dossier.code))

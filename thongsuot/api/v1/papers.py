"""The papers of a dossier: scans come in as files, and go out with a logged look."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from ninja import Router

from thongsuot.actions.dossier import papers as actions
from thongsuot.api.door import Request, Sent, answered_once, form, handed_out, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking, giving_files, taking_files
from thongsuot.queries import dossier as dossiers
from thongsuot.queries import papers as queries
from thongsuot.records.codec import Json
from thongsuot.words import reading

router = Router(tags=["papers"])

SCAN = {
    "paper": "the name of the paper, as the dossier lists it",
    "is_checked": "whether whoever scanned it vouches that it is complete, in order and legible",
    "valid_until": "the last day on which the paper holds, if it says one",
}


@router.post(
    "/dossiers/{code}/papers",
    response={200: schemas.DossierOut},
    openapi_extra=taking_files(needed=("paper",), **SCAN),
)
def attach(request: Request, code: str) -> HttpResponse:
    """Add scanned files to a paper of a dossier: all of them or none."""
    sent = form(request, SCAN)
    return answered_once(request, sent.told, partial(_attached, request, code, sent), status=200)


@router.get("/dossiers/{code}/files/{sha256}", openapi_extra=giving_files(asking()))
def file(request: Request, code: str, sha256: str) -> HttpResponse:
    """One file of a dossier, by the digest of its content; the look at it is logged."""
    query(request, ())
    caller = request.auth
    stored, content = queries.file_of(
        code, sha256, account=caller.person.account, at=caller.at, reading=caller.reading(code)
    )
    return handed_out(stored, content)


def _attached(request: Request, code: str, sent: Sent) -> Json:
    caller = request.auth
    kept = actions.add_scans(
        code=code,
        paper=reading.text("paper", sent.fields.get("paper")),
        uploads=sent.uploads,
        is_checked=reading.if_given(reading.flag, sent.fields, "is_checked", False),
        valid_until=reading.maybe(reading.day, sent.fields, "valid_until"),
        by=caller.person,
        at=caller.at,
    )
    return dossiers.show(kept.code, reading=caller.reading(kept.code))

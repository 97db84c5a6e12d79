"""A refusal as problem+json (RFC 9457): the one place where the API says no."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.words.payload import JsonMalformed
from thongsuot.words.refusals import FAULT, TITLE, sentence, told

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class Unauthenticated(Refusal):
    """No token was given, or one that does not work any more."""

    code = "unauthenticated"
    kind = Kind.FORBIDDEN


class NoSuchRoute(Refusal):
    """Nothing is at this address."""

    code = "no_such_route"
    kind = Kind.UNKNOWN


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method."""

    code = "method_not_allowed"


class BodyTooLarge(Refusal):
    """The request is larger than anything that we take."""

    code = "body_too_large"
    kind = Kind.MALFORMED


class FormMalformed(Refusal):
    """The parts of a form with files do not come as they were announced, or there are too many."""

    code = "form_with_files_malformed"
    kind = Kind.MALFORMED


class MediaTypeUnsupported(Refusal):
    """The request is not in the one format that is taken here."""

    code = "media_type_unsupported"
    kind = Kind.MALFORMED


_OF_KIND = {
    Kind.MALFORMED: 422,
    Kind.UNKNOWN: 404,
    Kind.FORBIDDEN: 403,
    Kind.RULE: 422,
    Kind.CONFLICT: 409,
}
_OF_CODE = {
    JsonMalformed.code: 400,
    FormMalformed.code: 400,
    Unauthenticated.code: 401,
    MethodNotAllowed.code: 405,
    BodyTooLarge.code: 413,
    MediaTypeUnsupported.code: 415,
}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _OF_CODE.get(refusal.code, _OF_KIND[refusal.kind])


def body_of(refusal: Refusal, *, path: str) -> str:
    """The refusal as a problem: what sort of no, which one, where, and how to mend it."""
    return json.dumps(
        {
            "type": f"urn:thongsuot:{refusal.code}",
            "title": TITLE[refusal.kind],
            "status": status_of(refusal),
            "detail": sentence(refusal),
            "instance": iri_to_uri(path),
            **told(refusal),
        },
        ensure_ascii=False,
    )


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a request that the rules refuse."""
    body = body_of(refusal, path=request.path)
    response = HttpResponse(body, status=status_of(refusal), content_type=MEDIA_TYPE)
    if isinstance(refusal, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to a request on which we failed; it is logged here, once."""
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    said = {
        "type": "urn:thongsuot:fault",
        "title": FAULT[0],
        "status": 500,
        "detail": FAULT[1],
        "instance": iri_to_uri(request.path),
    }
    body = json.dumps(said, ensure_ascii=False)
    return HttpResponse(body, status=500, content_type=MEDIA_TYPE)

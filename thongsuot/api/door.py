"""The door for machines: whose token it is, what they sent, and the one clock of a request."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import content_disposition_header
from ninja.security import HttpBearer

from thongsuot.actions.access import Answer, Reply, answer_once, open_reading
from thongsuot.actions.files import Upload
from thongsuot.api.problems import (
    MEDIA_TYPE,
    BodyTooLarge,
    FormMalformed,
    MediaTypeUnsupported,
    body_of,
    status_of,
)
from thongsuot.domain.duties import Person
from thongsuot.domain.files import StoredFile
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.access import account_of_token
from thongsuot.records.codec import Json
from thongsuot.words import payload, reading

JSON = "application/json"
PAGE, LARGEST_PAGE = 50, 200
FORM = "multipart/form-data"
FILES = "files"
IDEMPOTENCY_KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Caller:
    """The account for which a request speaks, and the moment at which it came."""

    person: Person
    reception_point: str
    at: datetime

    def reading(self, about: str) -> ReadingToken:
        """Log a look at a dossier or a person, to read it. Raises NoSuchDossier."""
        return open_reading(
            by=self.person, about=about, purpose=Purpose.MACHINE, at=self.at, door="api"
        )


class Request(HttpRequest):
    """A request whose token works."""

    auth: Caller


class Token(HttpBearer):
    """`Authorization: Bearer …`, the token being one of ours."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, if the token works; the clock is taken here, once."""
        del request
        account = account_of_token(token)
        if account is None:
            return None
        return Caller(account.person(), account.reception_point, now())


def now() -> datetime:
    """The real moment."""
    return datetime.now(VIETNAM)


def body(request: HttpRequest) -> object:
    """The JSON that was sent. Raises MediaTypeUnsupported, BodyTooLarge, JsonMalformed."""
    if request.content_type not in ("", JSON):
        given = reading.shown(request.content_type or "")
        raise MediaTypeUnsupported("content_type", given=given, taken=JSON)
    try:
        return payload.parse(request.body)
    except RequestDataTooBig:
        longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        raise BodyTooLarge("body", longest=longest) from None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form with files, as it was sent."""

    fields: dict[str, object]
    uploads: tuple[Upload, ...]

    @property
    def told(self) -> Json:
        """What makes two such forms the same, the files by their content."""
        files = [f"{one.name} {sha256(one.content).hexdigest()}" for one in self.uploads]
        fields = [f"{name}={text}" for name, text in sorted(self.fields.items())]
        return [*fields, *files]


def form(request: HttpRequest, known: Collection[str]) -> Sent:
    """The form with files that was sent, its files under the name `files`.

    Raises MediaTypeUnsupported, FormMalformed, FieldUnknown.
    """
    if request.content_type != FORM:
        given = reading.shown(request.content_type or "")
        raise MediaTypeUnsupported("content_type", given=given, taken=FORM)
    try:
        fields, files = dict(request.POST.items()), request.FILES
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError) as broken:
        raise FormMalformed("body") from broken
    strange = [name for name in files if name != FILES]
    entered = reading.fields(fields | dict.fromkeys(strange, ""), known=known, name="request")
    uploads = [Upload(one.name or "", one.read()) for one in files.getlist(FILES)]
    return Sent(entered, tuple(uploads))


def handed_out(file: StoredFile, content: bytes) -> HttpResponse:
    """A file to be kept, never to be run."""
    response = HttpResponse(content, content_type=file.media_type.value)
    response.headers["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def query(request: HttpRequest, known: Collection[str]) -> dict[str, object]:
    """What stands after the question mark, each name once. Raises FieldUnknown."""
    return reading.fields(dict(request.GET.items()), known=known, name="query")


def limit(given: Mapping[str, object]) -> int:
    """How many lines a page is asked to have. Raises BadField."""
    asked = reading.if_given(reading.number, given, "limit", PAGE)
    return min(max(asked, 1), LARGEST_PAGE)


def answered(data: Json, *, status: int = 200) -> HttpResponse:
    """An answer as JSON."""
    return _response(Answer(status, _text(data)))


def answered_once(
    request: Request, sent: object, act: Callable[[], Json], *, status: int
) -> HttpResponse:
    """Act, or with an `Idempotency-Key` that came before, answer what was answered then.

    What the rules refuse is an answer too. Raises IdempotencyKeyMalformed, IdempotencyKeyReused.
    """
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is None:
        return _response(_acted(request, act, status))
    reply: Reply = answer_once(
        account=request.auth.person.account,
        key=key,
        request=_fingerprint(request, sent),
        at=request.auth.at,
        act=lambda: _acted(request, act, status),
    )
    response = _response(reply.answer)
    if reply.is_replay:
        response.headers[REPLAYED] = "true"
    return response


def _acted(request: HttpRequest, act: Callable[[], Json], status: int) -> Answer:
    try:
        return Answer(status, _text(act()))
    except Refusal as refusal:
        return Answer(status_of(refusal), body_of(refusal, path=request.path))


def _fingerprint(request: HttpRequest, sent: object) -> bytes:
    """What makes two requests the same: the act and what was sent, not how it was spaced."""
    asked = [request.method, request.path, sent]
    return json.dumps(asked, sort_keys=True).encode()


def _response(answer: Answer) -> HttpResponse:
    kind = JSON if answer.status < 400 else MEDIA_TYPE
    response = HttpResponse(answer.body, status=answer.status, content_type=kind)
    if answer.status == 201:
        response.headers["Location"] = f"/api/v1/dossiers/{json.loads(answer.body)['code']}"
    return response


def _text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False)

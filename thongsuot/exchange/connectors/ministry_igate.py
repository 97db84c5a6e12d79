"""A ministry's centralised system of the kind iGate 2: REST, its own identifiers.

It takes the same code twice as two dossiers, but finds them by their code: what is in doubt is
looked for first. Steps of ours have no place there; the end of the work has. The ministry's own
dossiers are read from the same search. Source: iGate 2 as its own pages call it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any

from thongsuot.domain.exchange import (
    Acknowledged,
    Arrival,
    Asked,
    CannotTell,
    Failed,
    NotTaken,
    Outcome,
    Parcel,
    Taken,
    ValueMissing,
)
from thongsuot.domain.messages import MessageKind
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import (
    Collected,
    Connection,
    Sent,
    no_answer,
    no_service,
    said_by_status,
    spoken,
)
from thongsuot.exchange.dialects import set_up
from thongsuot.exchange.dialects.payload import (
    VALUES,
    day_of,
    known,
    without_blanks,
    wrong_version,
)
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.exchange.transports.session import Bearer, Session, token

NEEDED = ("client_id",)
MAPS = ("status", "channel")
SHOWS: Mapping[str, str] = {
    "procedure": "procedure.code",
    "office": "agency.code",
    "channel": "applyMethod.id",
    "applicant": "applicant.data.fullname",
    "received_at": "acceptedDate",
    "promised_at": "appointmentDate",
}
REMOTE = "remote_dossier"
PAGE = 200
MOST_OF_ONE_CODE = 50
ISO = "%Y-%m-%dT%H:%M:%S.000%z"
TOKEN = "/auth/realms/digo/protocol/openid-connect/token"  # noqa: S105 - a path


class MinistryIgate:
    """Settings: `client_id`, `token_path`; the secret `client_secret`."""

    is_listing = True  # a search shows everything each time

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._calls = Bearer(self._http, Session(self._sign_in))

    def send(self, parcel: Parcel, /) -> Sent:
        """A new dossier, or its end; a value without a name is raised."""
        if wrong := wrong_version(parcel):
            return Sent(wrong)
        if parcel.kind == MessageKind.DOSSIER:
            return self._create(parcel)
        if parcel.kind == MessageKind.RESULT:
            return self._end(parcel)
        return no_service(parcel)

    def form(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """The dossier as it would go. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        return self._dossier(parcel)

    @property
    def shows(self) -> Mapping[str, str]:
        """What its search shows as it was told it; how the work stands there is its own."""
        return SHOWS

    def shown(self, code: str, /) -> tuple[Mapping[str, Any], ...]:
        """Its dossiers of our code. Raises Away, NoAnswer, Unreadable."""
        return tuple(self._found(code))

    def as_shown(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """The dossier as it was told. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        return self._dossier(parcel)

    def may_repeat(self, parcel: Parcel, /) -> bool:
        """An end is an end; a dossier would stand there twice."""
        return parcel.kind == MessageKind.RESULT

    def ask(self, parcel: Parcel, /) -> Asked:
        """Whether a dossier of our code is there, and has ended where the message says so."""
        try:
            found = self._found(parcel.dossier)
        except (Away, NoAnswer, Unreadable) as reason:
            return CannotTell(f"{type(reason).__name__}: {reason}", for_now=True)
        if parcel.kind == MessageKind.RESULT:
            ended = self._to.named("status", parcel.payload["status"], day_of(parcel))
            found = [one for one in found if _status(one) == ended]
        return Taken(text(found[0]["id"])) if found else NotTaken()

    def faults(self, on: datetime, /) -> Iterable[str]:
        """What the settings and the maps lack."""
        yield from (f"thiếu cấu hình {name}" for name in NEEDED if not self._to.setting(name))
        for name in MAPS:
            yield from self._to.gaps(name, VALUES[name], on.astimezone(VIETNAM).date())

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        """The next page of the ministry's dossiers. Raises Away, NoAnswer, Unreadable."""
        del at
        number = int(cursor) if cursor.isdecimal() else 0
        page = self._page({"page": str(number), "size": str(PAGE), "sort": "updatedDate,desc"})
        arrivals = tuple(
            Arrival(self._to.partner, _key(one), REMOTE, one) for one in rows(page.get("content"))
        )
        has_more = page.get("last") is False
        return Collected(arrivals, str(number + 1) if has_more else "", has_more)

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        """A search wants no receipt."""

    def read(self, came: Arrival, /) -> Arrival:
        """A dossier of theirs in neutral words. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        told = came.body
        on = (came.said_at or _moment(told.get("updatedDate")) or _EPOCH).date()
        words = {
            "code": self._needed("code", text(told.get("code"))),
            "procedure": text(_within(told, "procedure", "code")),
            "status": self._to.maps.ours("status", self._needed("status", _status(told)), on),
            "raw_status": text(_within(told, "dossierStatus", "name")) or _status(told),
            "received_at": _told(told.get("acceptedDate")),
            "due_at": _told(told.get("appointmentDate") or told.get("dueDate")),
            "ended_at": _told(told.get("completedDate")),
            "body": text(_within(told, "agency", "code")),
            "field": text(_within(told, "procedure", "sector", "code")),
            "channel": text(_within(told, "applyMethod", "id")),
            "step": text(_within(told, "currentTask", 0, "bpmProcessDefinitionTask", "name")),
            "holder": text(_within(told, "currentTask", 0, "assignee", "fullname")),
            "said_at": _told(told.get("updatedDate")),
        }
        return Arrival(came.partner, came.key, REMOTE, words, _moment(told.get("updatedDate")))

    def set_up(self, procedures: Collection[str], /) -> Mapping[str, Any]:
        """How it has set up procedures: read back to compare. Raises Away, NoAnswer, Unreadable."""
        return set_up.bodies(
            self._every("/bd/procedure-process-definition"),
            self._every("/hu/user"),
            procedures=procedures,
        )

    def _every(self, path: str) -> Iterator[dict[str, Any]]:
        """Everything of a list, page by page."""
        for number in count():
            page = self._read(path, {"page": str(number), "size": str(PAGE)})
            yield from rows(page.get("content"))
            if page.get("last") is not False:
                return

    def _create(self, parcel: Parcel) -> Sent:
        body = written(self._dossier(parcel))
        sent = spoken(
            lambda: self._calls.call("POST", "/pa/dossier", body=body),
            body,
            lambda told: _created(parcel, told),
            may_repeat=False,
        )
        said = sent.answer.decode("utf-8", "replace")
        return self._if_there(parcel, sent) if "đã tồn tại" in said else sent

    def _if_there(self, parcel: Parcel, sent: Sent) -> Sent:
        """Who says that it has it must be able to show it."""
        match self.ask(parcel):
            case Taken(reference):
                return Sent(Acknowledged(reference), sent.request, sent.answer)
            case _:
                reason = "says that it exists, and does not show it"
                return Sent(Failed(reason), sent.request, sent.answer)

    def _end(self, parcel: Parcel) -> Sent:
        try:
            found = self._found(parcel.dossier)
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=True))
        if not found:
            # It lost what it had acknowledged; the whole dossier stands in this message too.
            created = self._create(parcel)
            if not isinstance(created.outcome, Acknowledged):
                return created
            found = [{"id": created.outcome.reference}]
        body = written([{"id": text(one["id"]), "code": parcel.dossier} for one in found])
        return spoken(
            lambda: self._calls.call("PUT", "/pa/dossier/--force-end-process", body=body),
            body,
            lambda told: _ended(told, len(found)),
            may_repeat=True,
        )

    def _found(self, code: str) -> list[dict[str, Any]]:
        """Their dossiers of our code, each once. Raises Away, NoAnswer, Unreadable."""
        page = self._page({"code": code, "page": "0", "size": str(MOST_OF_ONE_CODE)})
        found = rows(page.get("content"))
        if any(not one.get("id") or one.get("code") != code for one in found):
            raise Unreadable("a dossier without id or of another code")
        return list({text(one["id"]): one for one in found}.values())

    def _page(self, query: Mapping[str, str]) -> dict[str, Any]:
        return self._read("/pa/dossier/search", query)

    def _read(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        reply = self._calls.call("GET", path, query=query)
        if said_by_status(reply, may_repeat=True) is not None:
            raise NoAnswer(f"HTTP {reply.status}")
        return object_of(reply)

    def _dossier(self, parcel: Parcel) -> dict[str, Any]:
        told, on = parcel.payload, day_of(parcel)
        who = told["applicant"]
        is_person = who["kind"] == "person"
        number = known(self._to, "applicant.number", who["number"])
        applicant = {
            "fullname": known(self._to, "applicant.name", who["name"]),
            "ownerFullname": who["name"],
            "identityNumber": number if is_person else "",
            "organization": "" if is_person else who["name"],
            "taxCode": "" if is_person else number,
            "phoneNumber": who["phone"],
            "email": who["email"],
            "address": who["address"],
        }
        words = {
            "code": told["code"],
            "procedure": {
                "code": self._to.named("procedure", told["procedure"], on),
                "translate": {"name": told["procedure_name"]},
            },
            "applicant": {"data": without_blanks(applicant)},
            "agency": {
                "code": self._to.named("office", told["competent_office"], on),
                "name": told["competent_office_name"],
            },
            "applyMethod": {"id": self._to.named("channel", told["channel"], on)},
            "dossierStatus": {"id": int(self._to.named("status", told["status"], on))},
            "dossierFormFile": [
                {
                    "procedureForm": {"name": paper["name"]},
                    "detail": {"quantity": paper["originals"] + paper["copies"]},
                }
                for paper in told["papers"]
            ],
            "acceptedDate": _iso(known(self._to, "received_at", told["received_at"])),
            "appointmentDate": _iso(told["promised_at"]),
            "dueDate": _iso(told["due_at"]),
            "completedDate": _iso(told["ended_at"]),
        }
        return without_blanks(words)

    def _needed(self, where: str, given: str) -> str:
        if not given:
            raise ValueMissing(where, partner=self._to.partner)
        return given

    def _sign_in(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._to.setting("client_id"),
            "client_secret": self._to.secret("client_secret"),
        }
        return token(self._http, self._to.setting("token_path", TOKEN), form)


_EPOCH = datetime(2025, 1, 1, tzinfo=VIETNAM)


def _created(parcel: Parcel, told: Mapping[str, Any]) -> Outcome:
    """A success names its own id and repeats our code; anything else is none."""
    if told.get("error"):
        return Failed(f"{text(told['error'])}: {text(told.get('message'))}")
    if not told.get("id") or told.get("code") != parcel.dossier:
        raise Unreadable("no id")
    return Acknowledged(text(told["id"]))


def _ended(told: Mapping[str, Any], many: int) -> Outcome:
    if told.get("error"):
        return Failed(f"{text(told['error'])}: {text(told.get('message'))}")
    if text(told.get("affectedRows")) != str(many):
        raise Unreadable("not as many ended as were named")
    return Acknowledged()


def _status(told: Mapping[str, Any]) -> str:
    return text(_within(told, "dossierStatus", "id"))


def _within(told: object, *path: str | int) -> object:
    """What stands at a place of nested data; None where nothing does."""
    for step in path:
        if isinstance(told, Mapping) and isinstance(step, str):
            told = told.get(step)
        elif isinstance(told, list) and isinstance(step, int) and step < len(told):
            told = told[step]
        else:
            return None
    return told


def _key(dossier: Mapping[str, Any]) -> str:
    """A word about a dossier: it is another one as soon as anything of it changed."""
    return f"{text(dossier.get('id'))[:40]}:{hashlib.sha256(written(dossier)).hexdigest()}"


def _iso(told: str | None) -> str:
    return f"{datetime.fromisoformat(told).astimezone(VIETNAM):{ISO}}" if told else ""


def _moment(told: object) -> datetime | None:
    """A moment that they wrote; none where it cannot be read."""
    try:
        at = datetime.fromisoformat(text(told))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _told(given: object) -> str | None:
    at = _moment(given)
    return at.astimezone(VIETNAM).isoformat() if at else None

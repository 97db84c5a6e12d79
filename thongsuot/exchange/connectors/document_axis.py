"""The national document exchange axis: documents, statuses and the codes of bodies, over VXP."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
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
    Refused,
    Taken,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Collected, Connection, Sent, no_answer, said_by_status
from thongsuot.exchange.dialects import edxml
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, NoAnswer, Reply, Unreadable
from thongsuot.exchange.transports.vxp import Vxp

NEEDED = ("system", "organs")
DONE = "0"
EXISTS, MISSING, MALFORMED = "-3", "-4", frozenset({"-2", "-6"})
RESULT, DOCUMENT, STATUS = "result", "document", "status"
REGISTER, DELETE = "register_body", "delete_body"
EPOCH = datetime.fromtimestamp(0, VIETNAM)


class DocumentAxis:
    """Everything goes out in the name of a body; what came is fetched, kept, then acknowledged."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked_at = EPOCH
        self._line = Vxp(
            connection.http(),
            system=connection.setting("system"),
            secret=partial(connection.secret, "secret"),
        )

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        for name in NEEDED:
            if not self._connection.settings.get(name):
                yield f"thiếu thiết lập {name}"

    def send(self, parcel: Parcel) -> Sent:
        """Hand a document, a status or a body's code over.

        Raises ValueUnmapped, ValueMissing, MapUnknown, NoSuchFile.
        """
        match parcel.kind:
            case "result":
                return self._result(parcel)
            case "document":
                return self._document(parcel, parcel.payload)
            case "status":
                return self._status(parcel)
            case "register_body" | "delete_body":
                return self._body(parcel)
            case _:
                return Sent(Refused("kind_unknown", f"trục không nhận loại “{parcel.kind}”"))

    def ask(self, parcel: Parcel) -> Asked:
        """Whether the axis has it: a body's code is in its list, a document perhaps."""
        try:
            if parcel.kind in (REGISTER, DELETE):
                is_there = parcel.payload["code"] in self.bodies(at=parcel.owed_at)
                return Taken() if is_there is (parcel.kind == REGISTER) else NotTaken()
            return self._among_sent(parcel)
        except (Away, NoAnswer, Unreadable) as reason:
            return CannotTell(f"{type(reason).__name__}: {reason}")

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        """What lies ready for our bodies: what was not acknowledged lies there again."""
        self._asked_at = at
        arrivals: list[Arrival] = []
        for organ in self._connection.settings["organs"]:
            for kind in ("edoc", "status"):
                listed = self._line.call(
                    "/getReceivedEdocList", at=at, to=str(organ), messagetype=kind
                )
                for one in _listed(listed):
                    arrivals.append(self._fetched(text(one.get("docId")), kind, at))
        return Collected(tuple(arrivals), cursor)

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        """Tell the axis that a document is kept here; one that cannot be read stays there."""
        if is_taken:
            number = str(arrival.body["id"])
            self._line.call("/updateStatus", at=self._asked_at, docId=number, status="done")

    def bodies(self, *, at: datetime) -> frozenset[str]:
        """The codes of bodies that the axis knows. Raises Away, NoAnswer, Unreadable."""
        reply = self._line.call("/getSynchronizeUnit", at=at)
        return frozenset(text(one.get("code")) for one in _listed(reply)) - {""}

    def _result(self, parcel: Parcel) -> Sent:
        """A result goes to the body that took the dossier in, where that is another one."""
        told, on = parcel.payload, parcel.owed_at.astimezone(VIETNAM).date()
        if told["receiving_office"] == told["competent_office"] or not told["result"]:
            return Sent(Acknowledged("no other body"))
        sender = self._connection.named("office", told["competent_office"], on)
        to = self._connection.named("office", told["receiving_office"], on)
        number, _, notation = str(told["result"]["number"]).partition("/")
        day = datetime.fromisoformat(told["result"]["ended_at"]).astimezone(VIETNAM).date()
        words = {
            "name": f"{sender},{day:%Y/%m/%d},{number}/{notation or 'KQ'}",
            "sender": sender,
            "sender_name": told["competent_office_name"],
            "receivers": [to],
            "to": to,
            "number": number or told["code"],
            "notation": notation or "KQ",
            "subject": f"Kết quả giải quyết hồ sơ {told['code']}",
            "content": told["procedure_name"],
            "issued_on": day.isoformat(),
            "files": [told["result"]["file"]] if told["result"]["file"] else [],
        }
        return self._document(parcel, words)

    def _document(self, parcel: Parcel, words: Mapping[str, Any]) -> Sent:
        files = [
            edxml.Attachment(one["name"], one["type"], self._connection.content(one["sha256"]))
            for one in words["files"]
        ]
        content = edxml.document(words, files, at=parcel.owed_at)
        to = {"from": words["sender"], "to": words["to"], "messagetype": "edoc"}
        return self._said("/sendEdoc", parcel, content, to, name=words["name"], may_repeat=False)

    def _status(self, parcel: Parcel) -> Sent:
        told = parcel.payload
        to = {"from": told["sender"], "to": told["receiver"], "messagetype": "status"}
        content = edxml.status(told)
        return self._said("/sendEdoc", parcel, content, to, name=told["about"], may_repeat=True)

    def _body(self, parcel: Parcel) -> Sent:
        """A code is registered or closed; whether it is so already, the list says."""
        told = parcel.payload
        given = {"code": told["code"], "name": told["name"]}
        path = "/registerAgency" if parcel.kind == REGISTER else "/deleteAgency"
        sent = self._said(path, parcel, written(given), {}, name=told["code"], may_repeat=True)
        is_said = isinstance(sent.outcome, Failed) and sent.outcome.reason.startswith(
            EXISTS if parcel.kind == REGISTER else MISSING
        )
        if is_said and isinstance(self.ask(parcel), Taken):
            return Sent(Acknowledged(told["code"]), sent.request, sent.answer)
        return sent

    def _said(
        self,
        path: str,
        parcel: Parcel,
        body: bytes,
        to: Mapping[str, str],
        *,
        name: str,
        may_repeat: bool,
    ) -> Sent:
        try:
            reply = self._line.call(path, at=parcel.owed_at, body=body, **to)
            outcome = said_by_status(reply, may_repeat=may_repeat) or _meant(reply, name)
        except (Away, NoAnswer, Unreadable) as reason:
            return Sent(no_answer(reason, may_repeat=may_repeat), body)
        return Sent(outcome, body, reply.body)

    def _among_sent(self, parcel: Parcel) -> Asked:
        """Among what we sent, where the axis names the documents in its list."""
        listed = _listed(self._line.call("/getSentEdocList", at=parcel.owed_at))
        named = [one for one in listed if text(one.get("notation"))]
        if not named:
            return CannotTell("the axis' list names no document")
        words = parcel.payload
        notation = f"{words.get('number', '')}/{words.get('notation', '')}"
        to = words.get("to", "")
        is_there = any(
            text(one["notation"]) == notation and text(one.get("toCode")) == to for one in named
        )
        return Taken() if is_there else NotTaken()

    def _fetched(self, number: str, kind: str, at: datetime) -> Arrival:
        """A document as it came, and what it says; one that cannot be read says why."""
        reply = self._line.call("/getEdoc", at=at, docId=number)
        is_document = kind == "edoc"
        neutral = "document" if is_document else "document_status"
        try:
            read = edxml.read_document if is_document else edxml.read_status
            told = read(reply.body)
        except Unreadable as reason:
            raw = base64.b64encode(reply.body).decode()
            key = f"{number}:{sha256(reply.body).hexdigest()[:16]}"
            body = {"id": number, "raw": raw, "unreadable": str(reason)}
            return Arrival(self._connection.partner, key, neutral, body)
        key = told["name"] if is_document else number
        return Arrival(self._connection.partner, key[:120], neutral, {"id": number, **told})


def _meant(reply: Reply, name: str) -> Outcome:
    told = object_of(reply)
    code, reason = text(told.get("ErrorCode")), text(told.get("ErrorDesc"))
    if code == DONE:
        return Acknowledged(name)
    if not code:
        raise Unreadable("no ErrorCode")
    if code in MALFORMED:
        return Refused(code, reason)
    return Failed(f"{code}: {reason}")


def _listed(reply: Reply) -> list[dict[str, Any]]:
    """The rows of a list. Raises Unreadable."""
    told = object_of(reply)
    if reply.status != 200 or text(told.get("ErrorCode")) != DONE:
        raise Unreadable(f"HTTP {reply.status} {text(told.get('ErrorCode'))}")
    return rows(told.get("data"))

"""The national portal through its adapter: one address, the service in the body, a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import Arrival, Asked, Parcel
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection, Sent, said_by_status
from thongsuot.exchange.dialects import formality, portal_words
from thongsuot.exchange.dialects.portal import WENT_WELL, Portal, Service, Told
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, Reply, Unreadable
from thongsuot.exchange.transports.session import Session

HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Charset": "utf-8"}
NEEDED = ("username", "dstcode", "madonvi")


class NationalPortal:
    """Settings: `username`, `dstcode`, `madonvi`, the three endpoints; the secret `password`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._session = Session(self._sign_in)
        self._portal = Portal(connection, self)

    def send(self, parcel: Parcel, /) -> Sent:
        """Hand one message over; a value without a name is raised."""
        return self._portal.send(parcel)

    def ask(self, parcel: Parcel, /) -> Asked:
        """Whether the portal has a message; a step cannot be asked for."""
        return self._portal.ask(parcel)

    @property
    def shows(self) -> Mapping[str, str]:
        """What a lookup shows of a dossier."""
        return portal_words.SHOWS

    def shown(self, code: str, /) -> tuple[Mapping[str, Any], ...]:
        """The dossier as it was last told. Raises Away, NoAnswer, Unreadable."""
        return self._portal.shown(code)

    def as_shown(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """The dossier as we would tell it. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        return portal_words.dossier(parcel, self._to)

    def may_repeat(self, parcel: Parcel, /) -> bool:
        """Whether the portal takes the same message twice without harm."""
        return self._portal.may_repeat(parcel)

    def read(self, came: Arrival, /) -> Arrival:
        """An application that was filed there, in neutral words."""
        return portal_words.application(came, self._to)

    def faults(self, on: datetime, /) -> Iterable[str]:
        """What the settings and the maps lack."""
        lacking = [f"thiếu cấu hình {name}" for name in NEEDED if not self._to.setting(name)]
        return [*lacking, *self._portal.faults(on.astimezone(VIETNAM).date())]

    def say(self, service: Service, data: object, *, is_update: bool | None = None) -> Told:
        """Call a service that writes. Raises Away, NoAnswer, Unreadable."""
        how = {} if is_update is None else {"isUpdating": str(is_update)}
        if service is Service.NOTICE:
            how = {"type": "2"}
        return self._told("integration", {"service": service.value, **how, "data": data})

    def ask_for(self, code: str) -> Told:
        """Look a dossier up. Raises Away, NoAnswer, Unreadable."""
        return self._told("integration", {"service": Service.LOOK_UP.value, "mahoso": code})

    @property
    def answer(self) -> str:
        """Which of the two answers about procedures this is."""
        return "old"

    def procedures(self, _: str, /) -> tuple[tuple[tuple[str, str], ...], str]:
        """The codes of all procedures; it has no pages. Raises Away, NoAnswer, Unreadable."""
        told = self._share({"service": "LayDanhSachTTHC"})
        codes = [text(one.get("MATTHC")) for one in told]
        if not all(codes):
            raise Unreadable("a procedure without a code")
        return tuple((code, code) for code in codes), ""

    def procedure(self, code: str, /) -> tuple[dict[str, Any], Mapping[str, Any]]:
        """One procedure as `LayThuTuc` tells it. Raises Away, NoAnswer, Unreadable."""
        told = self._share({"service": "LayThuTuc", "maTTHC": code})
        if not told:
            raise Unreadable("no procedure")
        return formality.read_old(told[0]), told[0]

    def _share(self, asked: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
        told = self._told("share", asked)
        if not told.is_well:
            raise Unreadable(f"{told.code} {told.message}".strip())
        return told.result or ()

    def _told(self, endpoint: str, asked: Mapping[str, Any]) -> Told:
        """One call; a session that ended is begun anew, once."""
        told, proof = self._call(endpoint, asked)
        if told.code in self._to.settings.get("session_codes", ["-4"]):
            self._session.ended(proof)
            told, _ = self._call(endpoint, asked)
        return told

    def _call(self, endpoint: str, asked: Mapping[str, Any]) -> tuple[Told, str]:
        proof = self._session.proof()
        body = {"session": proof, "madonvi": self._to.setting("madonvi"), **asked}
        reply = self._post(endpoint, body)
        # The session is no part of what was said: the ledger must not depend on it.
        return _read(written(asked), reply), proof

    def _sign_in(self) -> str:
        given = {"username": self._to.setting("username"), "password": self._to.secret("password")}
        reply = self._post("auth", given)
        told = object_of(reply)
        session = text(told.get("session"))
        if text(told.get("error_code")) not in WENT_WELL or not session:
            raise Away(f"sign-in: {text(told.get('error_code'))} {text(told.get('message'))}")
        return session

    def _post(self, endpoint: str, data: Mapping[str, Any]) -> Reply:
        path = self._to.setting(f"{endpoint}_endpoint", f"/{endpoint}")
        headers = HEADERS | {"dstcode": self._to.setting("dstcode")}
        return self._http.call("POST", path, body=written(data), headers=headers)


def _read(request: bytes, reply: Reply) -> Told:
    by_status = said_by_status(reply, may_repeat=False)
    if by_status is not None:
        return Told(request, reply.body, "", "", by_status=by_status)
    told = object_of(reply)
    if "error_code" not in told:
        raise Unreadable("no error_code")
    return Told(
        request,
        reply.body,
        text(told["error_code"]),
        text(told.get("message")),
        tuple(rows(told["result"] or [])) if "result" in told else None,
    )

"""The national portal behind the province's own bus: REST, and JSON as a text within JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from thongsuot.domain.exchange import Arrival, Asked, Parcel, Refused
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection, Sent, said_by_status
from thongsuot.exchange.dialects import portal_words
from thongsuot.exchange.dialects.portal import Portal, Service, Told
from thongsuot.exchange.transports.answers import json_of, object_of, rows, text, written
from thongsuot.exchange.transports.http import Reply, Unreadable
from thongsuot.exchange.transports.session import Bearer, Session, token

NEEDED = ("client_id", "madonvi")
PATHS = {
    Service.DOSSIER: "/api/SynsTTHCC/DongBoHoSoMC",
    Service.STEPS: "/api/SynsTTHCC/CapNhatTienDoHoSoMC",
    Service.NOTICE: "/KetNoiMotCuaQuocGia/DongBoTrangThaiHoSoKM",
}
LOOK_UP = "/KetNoiMotCuaQuocGia/TraCuuHoSo"


class PortalFacade:
    """Settings: `client_id`, `madonvi`, `token_path`; the secret `client_secret`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._calls = Bearer(self._http, Session(self._sign_in))
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
        path = self._to.setting(f"path_{service.value}", PATHS.get(service, ""))
        if not path:
            missing = Refused("no_service", f"lối qua LGSP không có dịch vụ {service.value}")
            return Told(b"", b"", "", "", by_status=missing)
        query = {"MaDinhDanhDV": self._to.setting("madonvi")}
        if is_update is not None:
            query["isUpdating"] = str(is_update)
        body = written({"data": data} if service is Service.NOTICE else data)
        return _read(body, self._calls.call("POST", path, body=body, query=query))

    def ask_for(self, code: str) -> Told:
        """Look a dossier up. Raises Away, NoAnswer, Unreadable."""
        asked: Mapping[str, str] = {"mahoso": code}
        return _read(written(asked), self._calls.call("GET", LOOK_UP, query=asked))

    def _sign_in(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._to.setting("client_id"),
            "client_secret": self._to.secret("client_secret"),
        }
        return token(self._http, self._to.setting("token_path", "/token"), form)


def _read(request: bytes, reply: Reply) -> Told:
    by_status = said_by_status(reply, may_repeat=False)
    if by_status is not None:
        return Told(request, reply.body, "", "", by_status=by_status)
    wrapped = object_of(reply)
    told = json_of(text(wrapped.get("message")).encode())
    if not isinstance(told, dict) or "error_code" not in told:
        raise Unreadable("no error_code")
    code, message = text(told["error_code"]), text(told.get("message"))
    result = tuple(rows(told["result"] or [])) if "result" in told else None
    return Told(request, reply.body, code, message, result)

"""A ministry that is only asked: a list of its dossiers by the day of reception.

The list is asked for far back each time, because it tells of a change by the day of reception
only; whoever asked for three days lost what changed later. Its codes of the channel are 0 and 1.
Source: `danhsachhoso` of a ministry's system, polled by provinces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from thongsuot.domain.exchange import Arrival, Parcel, ValueMissing
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Collected, Connection, Sent, no_service, said_by_status
from thongsuot.exchange.transports.answers import object_of, rows, text, written
from thongsuot.exchange.transports.http import Away, NoAnswer
from thongsuot.exchange.transports.session import Bearer, Session, token

NEEDED = ("client_id", "body")
REMOTE = "remote_dossier"
PAGE = 500
DAYS_BACK = 400
MOMENT = "%d/%m/%Y %H:%M:%S"


class MinistryPolled:
    """Settings: `client_id`, `body` (its MaDonVi), `days_back`; secrets `client_secret`, `key`."""

    is_listing = True  # the list shows everything each time

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._calls = Bearer(self._http, Session(self._sign_in))

    def send(self, parcel: Parcel, /) -> Sent:
        """It takes nothing."""
        return no_service(parcel)

    def faults(self, _on: datetime, /) -> Iterable[str]:
        """What the settings lack."""
        return [f"thiếu cấu hình {name}" for name in NEEDED if not self._to.setting(name)]

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        """The next part of the list. Raises Away, NoAnswer, Unreadable."""
        start = int(cursor) if cursor.isdecimal() else 0
        back = timedelta(days=int(self._to.settings.get("days_back", DAYS_BACK)))
        here = at.astimezone(VIETNAM)
        told = self._list(start, since=here - back, until=here + timedelta(days=1))
        found = rows(told.get("data"))
        arrivals = tuple(Arrival(self._to.partner, _key(one), REMOTE, one) for one in found)
        total = text(told.get("total"))
        has_more = bool(found) and total.isdecimal() and start + PAGE < int(total)
        return Collected(arrivals, str(start + PAGE) if has_more else "", has_more)

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        """A list wants no receipt."""

    def read(self, came: Arrival, /) -> Arrival:
        """A dossier of theirs in neutral words. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        told = came.body
        received = self._moment(told, "NgayTiepNhan")
        on = (received or _EPOCH).date()
        words = {
            "code": self._needed(told, "MaHoSo"),
            "procedure": self._needed(told, "MaTTHC"),
            "status": self._to.maps.ours("status", self._needed(told, "TrangThaiHoSo"), on),
            "raw_status": text(told.get("TenTrangThaiHoSo")) or text(told.get("TrangThaiHoSo")),
            "channel": self._to.maps.ours("channel", self._needed(told, "KenhThucHien"), on),
            "received_at": _iso(received),
            "due_at": _iso(self._moment(told, "NgayHenTra")),
            "ended_at": _iso(self._moment(told, "NgayKetThucXuLy")),
            "body": text(told.get("MaDonViXuLy")),
            "field": text(told.get("TenLinhVuc")),
            "step": "",
            "holder": text(told.get("DonViXuLy")),
            "said_at": None,
        }
        return Arrival(came.partner, came.key, REMOTE, words, came.said_at)

    def _list(self, start: int, *, since: datetime, until: datetime) -> dict[str, Any]:
        body, key = self._to.setting("body"), self._to.secret("key")
        query = {
            "Start": str(start),
            "End": str(start + PAGE),
            "GovAgencyCode": body,
            "APIKey": key,
            "ReceiveFromDate": f"{since:{MOMENT}}",
            "ReceiveToDate": f"{until:{MOMENT}}",
        }
        reply = self._calls.call(
            "GET",
            "/apiGTVT/danhsachhoso",
            query=query,
            headers={"MaDonVi": body, "ApiKey": key},
        )
        if said_by_status(reply, may_repeat=True) is not None:
            raise NoAnswer(f"HTTP {reply.status}")
        told = object_of(reply)
        if told.get("error_code"):
            raise Away(f"{text(told['error_code'])} {text(told.get('message'))}")
        return told

    def _needed(self, told: Mapping[str, Any], name: str) -> str:
        """What must be there: a number 0 is a value, nothing is none."""
        given = text(told.get(name))
        if not given:
            raise ValueMissing(name, partner=self._to.partner)
        return given

    def _moment(self, told: Mapping[str, Any], name: str) -> datetime | None:
        """A moment as they write it. Raises ValueMissing where it cannot be read."""
        given = text(told.get(name))
        if not given:
            return None
        try:
            return datetime.strptime(given, MOMENT).replace(tzinfo=VIETNAM)
        except ValueError:
            raise ValueMissing(name, partner=self._to.partner) from None

    def _sign_in(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._to.setting("client_id"),
            "client_secret": self._to.secret("client_secret"),
        }
        return token(self._http, self._to.setting("token_path", "/token"), form)


_EPOCH = datetime(2025, 1, 1, tzinfo=VIETNAM)


def _key(dossier: Mapping[str, Any]) -> str:
    """A word about a dossier: it is another one as soon as anything of it changed."""
    return f"{text(dossier.get('MaHoSo'))[:50]}:{hashlib.sha256(written(dossier)).hexdigest()}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

"""The population database, asked through the province's bus: SOAP within JSON.

Source: integration.md 2.5. The address of the question is a setting: no public text tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from thongsuot.domain.exchange import Enquiry, Failed, Outcome, Parcel, Refused, Told, Unavailable
from thongsuot.domain.exchange.enquiry import bare
from thongsuot.exchange.connector import Answered, Connection, Sent, said_by_status
from thongsuot.exchange.transports import xml
from thongsuot.exchange.transports.answers import object_of, text, written
from thongsuot.exchange.transports.bearer import Bearer
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable

NEEDED = ("token_path", "path", "user", "integration", "service")
PARTS = ("Ho", "ChuDem", "Ten")


class Population:
    """One question: is a person registered by this number, name and year of birth."""

    def __init__(self, connection: Connection) -> None:
        self._set = connection.setting
        self._bus = Bearer(
            connection.http(),
            path=self._set("token_path"),
            user=self._set("user"),
            secret=partial(connection.secret, "secret"),
        )

    def send(self, _: Parcel) -> Sent:
        """It takes no messages."""
        return Sent(Refused("no_messages", "this partner is only asked"))

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        yield from (f"thiếu thiết lập {name}" for name in NEEDED if not self._set(name))

    def answer(self, enquiry: Enquiry) -> Answered:
        """The registered name, or "" where nobody is registered so."""
        request = written(self._question(enquiry))
        try:
            reply = self._bus.call("POST", self._set("path"), body=request)
            told = said_by_status(reply, may_repeat=True) or _read(object_of(reply))
        except Away as reason:
            return Answered(Unavailable(str(reason)), request)
        except (NoAnswer, Unreadable) as reason:
            return Answered(Failed(f"{type(reason).__name__}: {reason}"), request)
        return Answered(told, request, reply.body)

    def _question(self, enquiry: Enquiry) -> dict[str, str]:
        return {
            "HoVaTen": bare(str(enquiry.asked["name"])),
            "SoDinhDanh": str(enquiry.asked["number"]),
            "Nam": str(enquiry.asked["birth_year"]),
            "MaTichHop": self._set("integration"),
            "MaDVC": self._set("service"),
            "MaCanBo": enquiry.by,
            "MaYeuCau": f"{enquiry.asked_at:%Y%m%d%H%M%S}-{enquiry.number}",
        }


def _read(told: Mapping[str, Any]) -> Told | Outcome:
    """The one person, nobody, or a fault of theirs. Raises Unreadable."""
    within = xml.child(xml.read(text(told.get("message"))), "Body")
    if fault := xml.text(within, "Fault", "faultstring"):
        return Failed(fault[:200])
    people = xml.child(within, "CongdanCollection")
    if people is None:
        raise Unreadable("no CongdanCollection")
    person = xml.child(people, "CongDan")
    if person is None:
        return Told({"name": ""})
    name = " ".join(filter(None, (xml.text(person, "HoVaTen", part) for part in PARTS)))
    if not name or not xml.text(person, "SoDinhDanh"):
        raise Unreadable("a person without a name or a number")
    return Told({"name": name})

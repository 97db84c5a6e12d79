"""All partners of one process: their doors, their books, and the control address."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from ssl import SSLContext
from typing import Any

from thongsuot.simulators import pushes
from thongsuot.simulators.book import Book
from thongsuot.simulators.calls import Answer, Call, Refused, said, written
from thongsuot.simulators.desk import UNREADABLE, Desk, drifted, misspelt
from thongsuot.simulators.doors import LOOPBACK, Certificates, Door
from thongsuot.simulators.faults import CannotFailSo, Deed, Faults, Mode
from thongsuot.simulators.partner import SECRET, USER, Partner, Push
from thongsuot.simulators.partners.axis import DocumentAxis
from thongsuot.simulators.partners.catalogue import ProcedureDatabase
from thongsuot.simulators.partners.gate import SecurityServer
from thongsuot.simulators.partners.land import Land
from thongsuot.simulators.partners.lookups import DocumentStore, Population
from thongsuot.simulators.partners.mail import Mail
from thongsuot.simulators.partners.ministries import MinistryIgate, MinistryLgsp, MinistryPolled
from thongsuot.simulators.partners.national import NationalPortal, PortalFacade
from thongsuot.simulators.partners.payment import Payment
from thongsuot.simulators.partners.services import Postal, Reports

# Their order is that of their ports: the first has the one after the control address.
KINDS: tuple[type[Partner], ...] = (
    NationalPortal,
    PortalFacade,
    MinistryIgate,
    MinistryLgsp,
    MinistryPolled,
    Land,
    DocumentStore,
    DocumentAxis,
    ProcedureDatabase,
    Payment,
    Population,
    Postal,
    Reports,
    SecurityServer,
)
SHARED_BOOKS = {PortalFacade.name: NationalPortal.name}
NAMES = (*(kind.name for kind in KINDS), Mail.name)
NOTHING = {"is_sent": False, "reason": "thất lạc (giả lập)"}


@dataclass(slots=True)
class Town:
    """Everybody, behind doors of their own."""

    folder: Path | None = None
    certificates: Certificates | None = None
    callbacks: dict[str, str] = field(default_factory=dict)
    books: dict[str, Book] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    faults: dict[str, Faults] = field(default_factory=dict)
    doors: dict[str, Door | Mail] = field(default_factory=dict)

    def open(self, port: int) -> int:
        """Open every door; 0 means free ports. The port of the control address. Raises OSError."""
        numbers = iter(range(port, port + 1 + len(NAMES)) if port else [0] * (1 + len(NAMES)))
        control = Door(next(numbers), self.control)
        self.doors["_control"] = control
        for kind in KINDS:
            self._settle(kind, next(numbers))
        self.faults[Mail.name] = Faults()
        self.books[Mail.name] = self._book(Mail.name)
        mail = Mail(next(numbers), self.books[Mail.name], self.faults[Mail.name])
        self.doors[Mail.name] = mail
        for door in self.doors.values():
            door.open()
        return control.port

    def close(self) -> None:
        """Close every door."""
        for door in self.doors.values():
            door.close()

    def addresses(self) -> dict[str, str]:
        """Where each one is."""
        scheme = "https" if self.certificates else "http"
        told = {name: f"{scheme}://{LOOPBACK}:{self.doors[name].port}" for name in self.desks}
        return told | {Mail.name: f"smtp://{LOOPBACK}:{self.doors[Mail.name].port}"}

    def control(self, call: Call) -> Answer:
        """`/_control`, and `/_control/<partner>/book|faults|callback|push|place|counts`."""
        try:
            match call.path.strip("/").split("/"):
                case [""] | ["_control"]:
                    return said(self._told())
                case ["_control", "faults"] if call.method == "DELETE":
                    return self._calm()
                case ["_control", name, what] if name in NAMES:
                    return self._controlled(call, name, what)
        except Refused as refused:
            return refused.answer
        except CannotFailSo as wrong:
            return said({"message": str(wrong)}, 400)
        except UNREADABLE:
            return said({"message": "không đọc được yêu cầu"}, 400)
        return said({"message": f"không có {call.path}"}, 404)

    def _controlled(self, call: Call, name: str, what: str) -> Answer:
        match call.method, what:
            case "GET", "book":
                since = call.query.get("since", "0")
                return said(
                    {"partner": name, "is_made_up": True}
                    | {"calls": self.desks[name].counts if name in self.desks else {}}
                    | {"book": self._read(name, call.query.get("kind", ""), since)}
                )
            case "DELETE", "book":
                self.books[name].clear()
            case "GET", "faults":
                pass
            case "POST", "faults":
                self.faults[name].switch(call.json())
                self._apply(name)
            case "DELETE", "faults":
                self.faults[name].clear(call.query.get("mode", ""))
                self._apply(name)
            case "POST", "callback":
                self.callbacks[name] = str(call.object().get("address", ""))
                return said({"address": self.callbacks[name]})
            case "POST", "push" if name in self.desks:
                return said(self._sent(name, call.object()))
            case "POST", "place" if name in self.desks:
                return said(self.desks[name].partner.place(call.object()))
            case _:
                return said({"message": f"không có {call.method} {what}"}, 404)
        return said({"faults": self.faults[name].told()})

    def _calm(self) -> Answer:
        """Everybody is well again."""
        for name, faults in self.faults.items():
            faults.clear()
            self._apply(name)
        return said({"faults": []})

    def _apply(self, name: str) -> None:
        """A door is shut by `down`; kept connections end, so that a handshake is made anew."""
        door, faults = self.doors[name], self.faults[name]
        if faults.is_shut():
            door.shut()
            return
        door.open()
        if self.certificates:
            door.cut()

    def _sent(self, name: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        return self.desks[name].partner.send(asked)

    def _read(self, name: str, kind: str, since: str) -> dict[str, Any]:
        return self.books[name].told(kind=kind, since=int(since) if since.isdecimal() else 0)

    def _told(self) -> dict[str, Any]:
        return {
            "is_made_up": True,
            "user": USER,
            "secret": SECRET,
            "partners": [
                {
                    "name": name,
                    "title": self.desks[name].partner.title if name in self.desks else Mail.title,
                    "address": address,
                    "callback": self.callbacks.get(name, ""),
                    "faults": self.faults[name].told(),
                }
                for name, address in self.addresses().items()
            ],
        }

    def _settle(self, kind: type[Partner], port: int) -> None:
        name = kind.name
        book = self.books.get(SHARED_BOOKS.get(name, "")) or self._book(name)
        self.books[name], self.faults[name] = book, Faults()
        partner = self._made(kind, book, self._pusher(name))
        desk = Desk(partner, self.faults[name])
        self.desks[name] = desk
        self.doors[name] = Door(port, desk.take, self._shown(name))

    def _made(self, kind: type[Partner], book: Book, push: Push) -> Partner:
        if kind is ProcedureDatabase:
            return ProcedureDatabase(book, push, national=self.books[NationalPortal.name])
        if kind is SecurityServer:
            return SecurityServer(
                book, push, inner={name: desk.take for name, desk in self.desks.items()}
            )
        return kind(book, push)

    def _book(self, name: str) -> Book:
        return Book(self.folder / f"{name}.jsonl" if self.folder else None)

    def _shown(self, name: str) -> Callable[[], SSLContext | None]:
        def shown() -> SSLContext | None:
            if self.certificates is None:
                return None
            is_other = self.faults[name].is_other_certificate()
            return self.certificates.other if is_other else self.certificates.usual

        return shown

    def _pusher(self, name: str) -> Push:
        """What a partner sends is struck by its faults as well."""

        def push(path: str, data: Mapping[str, Any]) -> dict[str, Any]:
            hits = self.faults[name].draw(Deed.WRITE)
            if Mode.SILENT_LOSS in hits or Mode.DOWN in hits:
                return dict(NOTHING)
            body = written(data).encode()
            if drift := hits.get(Mode.SCHEMA_DRIFT):
                body = drifted(body, Random(drift.seed))  # noqa: S311 - chance on purpose
            if Mode.WRONG_ENCODING in hits:
                body = misspelt(body)
            address = f"{self.callbacks.get(name, '').rstrip('/')}{path}"
            told = pushes.post(address, body)
            return pushes.post(address, body) if Mode.DUPLICATE in hits else told

        return push


def announced(town: Town, port: int, *, as_json: bool) -> str:
    """Where the control address is, for machines also where everybody is."""
    control = f"http://{LOOPBACK}:{port}/_control"
    if as_json:
        return json.dumps({"control": control, "partners": town.addresses()})
    return f"Các đối tác giả lập (dữ liệu bịa) và lỗi của họ: {control}"

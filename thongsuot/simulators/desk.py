"""Where a partner's calls are taken, and where its faults strike."""

from __future__ import annotations

import json
import random
import time
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Any

from thongsuot.simulators.calls import Answer, Call, Cut, Refused, said, written
from thongsuot.simulators.faults import Fault, Faults, Mode
from thongsuot.simulators.partner import Partner, Route

Hits = dict[Mode, Fault]
# What reading a value of another kind than expected ends in.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(slots=True)
class Desk:
    """One partner behind its faults."""

    partner: Partner
    faults: Faults = field(default_factory=Faults)
    counts: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    routes: tuple[Route, ...] = ()

    def __post_init__(self) -> None:
        """Its routes, once."""
        self.routes = self.partner.routes()

    def take(self, call: Call) -> Answer:
        """Answer a call, or fail as switched on. Raises Cut."""
        route = self._route(call)
        if route is None:
            return said({"message": f"không có {call.method} {call.path}"}, 404)
        try:
            deed = self.partner.deed(call, route)
        except Refused as refused:
            return refused.answer
        hits = self.faults.draw(deed)
        self._count(route)
        answer = self._before(call, hits) or self._answer(call, route, hits)
        if late := hits.get(Mode.TIMES_OUT_AFTER):
            time.sleep(late.seconds)
            raise Cut
        return _after(answer, call, hits)

    def _route(self, call: Call) -> Route | None:
        for route in self.routes:
            place = route.fits(call)
            if place is not None:
                call.place = place
                return route
        return None

    def _count(self, route: Route) -> None:
        with self.lock:
            name = f"{route.method} {route.path}"
            self.counts[name] = self.counts.get(name, 0) + 1

    def _before(self, call: Call, hits: Hits) -> Answer | None:
        """What happens before anything is done."""
        if Mode.DOWN in hits:
            raise Cut
        if skew := hits.get(Mode.CLOCK_SKEW):
            call.at += timedelta(seconds=skew.seconds)
        if slow := hits.get(Mode.SLOW):
            time.sleep(slow.seconds)
        if held := hits.get(Mode.REORDERING):
            call.shuffle = random.Random(held.draws.random())  # noqa: S311 - chance on purpose
            time.sleep(held.seconds * call.shuffle.random())
        if many := hits.get(Mode.THROTTLED):
            return self.partner.throttled(max(1, round(many.seconds)))
        if Mode.EXPIRED_SESSION in hits:
            self.partner.sessions.clear()
        if Mode.ERROR_200 in hits:
            return self.partner.troubled(call)
        if Mode.ALREADY_EXISTS in hits:
            return self.partner.already(call)
        return None

    def _answer(self, call: Call, route: Route, hits: Hits) -> Answer:
        call.is_twice = Mode.DUPLICATE in hits
        call.is_half = Mode.PARTIAL_FILE in hits
        if not self.partner.takes_turns:
            return _done(route, call)
        with self.partner.book.lock:
            if Mode.SILENT_LOSS in hits:
                with self.partner.book.losing():
                    return _done(route, call)
            return _done(route, call)


def _done(route: Route, call: Call) -> Answer:
    try:
        return route.do(call)
    except Refused as refused:
        return refused.answer
    except UNREADABLE:
        return said({"message": "không đọc được yêu cầu (giả lập)"}, 400)


def _after(answer: Answer, call: Call, hits: Hits) -> Answer:
    """What a fault does to the answer on its way."""
    if drift := hits.get(Mode.SCHEMA_DRIFT):
        answer = answer.turned(body=drifted(answer.body, drift.draws))
    if Mode.WRONG_ENCODING in hits:
        answer = answer.turned(body=misspelt(answer.body))
    is_twice = call.is_twice and not call.has_rows and call.method != "GET"
    return answer.turned(at=call.at, copies=2 if is_twice else 1)


def drifted(body: bytes, draws: random.Random) -> bytes:
    """The same in a new version of the format: keys renamed, XML without its prefix."""
    try:
        data = json.loads(body)
    except ValueError:
        return body.replace(b"<edXML:", b"<").replace(b"</edXML:", b"</")
    return written(_renamed(data, draws)).encode()


def misspelt(body: bytes) -> bytes:
    """The same letters in the old Windows code page for Vietnamese, though UTF-8 is said."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    # A sign that no reader of UTF-8 can take, even where no letter has an accent.
    spelt = unicodedata.normalize("NFD", text).encode("cp1258", "replace")
    return spelt.replace(b'"', b'"\xd2', 1) if spelt.isascii() else spelt


def _renamed(data: Any, draws: random.Random) -> Any:
    if isinstance(data, list):
        return [_renamed(one, draws) for one in data]
    if not isinstance(data, dict):
        return data
    turned = {key: _renamed(value, draws) for key, value in data.items()}
    if not turned:
        return turned
    key = draws.choice([*turned])
    return {(f"{one}Moi" if one == key else one): value for one, value in turned.items()} | {
        "phienBanMoi": 2
    }

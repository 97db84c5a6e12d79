"""The national portal's services, whichever way leads there: what they are told, in which order.

A dossier is told whole each time, so that telling it twice does no harm. A step of its progress
has no number there: it is told after the dossier, which carries the number of our message. So a
portal that shows an earlier number cannot have the step; one that shows it may or may not, and
people decide. One step a call: the portal takes ten at most.
Source: the adapter's services as used 2020–2025.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from thongsuot.domain.exchange import (
    Acknowledged,
    Asked,
    CannotTell,
    Doubtful,
    Failed,
    NotTaken,
    Outcome,
    Parcel,
    Refused,
    Taken,
)
from thongsuot.exchange.connector import Connection, Sent, no_answer
from thongsuot.exchange.dialects import portal_words as words
from thongsuot.exchange.dialects.payload import wrong_version
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable

WENT_WELL = frozenset({"0", "00"})


class Service(StrEnum):
    """What is called there."""

    DOSSIER = "DongBoHoSoMC"
    STEPS = "CapNhatTienDoHoSoMC"
    NOTICE = "DongBoTrangThaiHoSo"
    LOOK_UP = "TraCuuHoSo"
    STATISTICS = "DongBoThongKeHoSo"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the portal: success is in the body, never in the status of HTTP."""

    request: bytes
    answer: bytes
    code: str
    message: str
    result: tuple[dict[str, Any], ...] | None = None  # none: the answer speaks of no result
    by_status: Outcome | None = None  # what HTTP alone already says
    wait: timedelta | None = None

    @property
    def is_well(self) -> bool:
        """Whether it was done."""
        return self.by_status is None and self.code in WENT_WELL


class Way(Protocol):
    """A way to the portal. Raises Away, NoAnswer, Unreadable."""

    def say(self, service: Service, data: object, *, is_update: bool | None = None) -> Told:
        """Call a service that writes."""

    def ask_for(self, code: str) -> Told:
        """Look a dossier up."""


@dataclass(slots=True)
class _Wire:
    """What went over it in one attempt, for the ledger."""

    request: bytes = b""
    answer: bytes = b""

    def keep(self, told: Told) -> Told:
        self.request += told.request + b"\n"
        self.answer += told.answer + b"\n"
        return told

    def sent(self, outcome: Outcome) -> Sent:
        return Sent(outcome, self.request, self.answer)


@dataclass(frozen=True, slots=True)
class Portal:
    """The portal at the end of a way."""

    connection: Connection
    way: Way

    def send(self, parcel: Parcel) -> Sent:
        """Hand one message over. Raises ValueUnmapped, ValueMissing, MapUnknown."""
        if words.is_statistics(parcel):
            return self._declared(parcel)
        if wrong := wrong_version(parcel):
            return Sent(wrong)
        wire = _Wire()
        for act in self._acts(parcel):
            outcome = act(wire)
            if not isinstance(outcome, Acknowledged):
                return wire.sent(outcome)
        return wire.sent(Acknowledged(f"{parcel.dossier}/{parcel.seq}"))

    def ask(self, parcel: Parcel) -> Asked:
        """Whether the portal has a message: by the number that its dossier carries there."""
        if words.is_statistics(parcel):
            return CannotTell("figures cannot be asked for")
        try:
            told = self.way.ask_for(parcel.dossier)
        except (Away, NoAnswer, Unreadable) as reason:
            return CannotTell(f"{type(reason).__name__}: {reason}", for_now=True)
        return _found(parcel, told)

    def shown(self, code: str) -> tuple[Mapping[str, Any], ...]:
        """What a lookup shows of a dossier. Raises Away, NoAnswer, Unreadable."""
        told = self.way.ask_for(code)
        if not told.is_well or told.result is None:
            raise Unreadable(f"{told.code} {told.message}".strip() or "no result")
        return told.result

    def may_repeat(self, parcel: Parcel) -> bool:
        """A dossier, as the figures of a month, replaces what was there; a step would stand twice."""
        return not words.is_step(parcel)

    def faults(self, on: date) -> Iterable[str]:
        """Values of ours that have no name there on a day, one sentence each."""
        for map_, values in words.ASKED_FOR.items():
            yield from self.connection.gaps(map_, values, on)

    def _declared(self, parcel: Parcel) -> Sent:
        wire = _Wire()
        figures = [words.statistics(parcel, self.connection)]
        outcome = self._said(wire, Service.STATISTICS, figures, may_repeat=True)
        return wire.sent(outcome)

    def _acts(self, parcel: Parcel) -> tuple[Callable[[_Wire], Outcome], ...]:
        """What a message comes to, in its order: everything is worded before anything is said."""
        notice = words.notice(parcel, self.connection)
        dossier = words.dossier(parcel, self.connection)
        steps = [words.step(parcel, self.connection)] if words.is_step(parcel) else []
        acts: list[Callable[[_Wire], Outcome]] = []
        if notice:
            acts.append(lambda wire: self._said(wire, Service.NOTICE, notice, may_repeat=True))
        acts.append(lambda wire: self._whole(wire, dossier, is_new=parcel.seq == 1))
        if steps:
            acts.append(lambda wire: self._said(wire, Service.STEPS, steps, may_repeat=False))
        return tuple(acts)

    def _said(self, wire: _Wire, service: Service, data: object, *, may_repeat: bool) -> Outcome:
        try:
            told = wire.keep(self.way.say(service, data))
        except (Away, NoAnswer, Unreadable) as reason:
            return no_answer(reason, may_repeat=may_repeat)
        return self._meant(told, may_repeat=may_repeat)

    def _whole(self, wire: _Wire, dossier: Mapping[str, Any], *, is_new: bool) -> Outcome:
        """The dossier as it stands: what it has is updated, what it has not is created."""
        is_update = not is_new
        for _ in range(2):
            try:
                told = wire.keep(
                    self.way.say(Service.DOSSIER, [dict(dossier)], is_update=is_update)
                )
            except (Away, NoAnswer, Unreadable) as reason:
                return no_answer(reason, may_repeat=True)
            if told.is_well or not self._is_other_way(told, is_update=is_update):
                return self._meant(told, may_repeat=True)
            is_update = not is_update
        return Failed(f"{told.code} {told.message}".strip())

    def _is_other_way(self, told: Told, *, is_update: bool) -> bool:
        """Whether the portal says that it has it already, or that it has nothing to update."""
        sentence = self.connection.setting(
            *(("says_missing", "không tồn tại") if is_update else ("says_exists", "đã tồn tại"))
        )
        return told.by_status is None and sentence in told.message.lower()

    def _meant(self, told: Told, *, may_repeat: bool) -> Outcome:
        if told.is_well:
            return Acknowledged()
        if isinstance(told.by_status, Doubtful) and may_repeat:
            return Failed(told.by_status.reason)
        if told.by_status is not None:
            return told.by_status
        if not told.code:
            reason = "the answer says neither yes nor no"
            return Failed(reason) if may_repeat else Doubtful(reason)
        refusing = self.connection.settings.get("refusing_codes", ["-1"])
        if told.code in refusing:
            return Refused(told.code, told.message)
        return Failed(f"{told.code} {told.message}".strip(), told.wait)


def _found(parcel: Parcel, told: Told) -> Asked:
    if not told.is_well or told.result is None:
        said = f"{told.code} {told.message}".strip() or "no result"
        return CannotTell(said, for_now=True)
    numbers = [words.number_of(one) for one in told.result]
    known = max((one for one in numbers if one is not None), default=None)
    if known is None and told.result and words.is_step(parcel):
        return CannotTell("the dossier there carries no number of ours")
    if known is None or known < parcel.seq:
        return NotTaken()
    if words.is_step(parcel):
        return CannotTell("steps have no number there")
    return Taken(f"{parcel.dossier}/{known}")

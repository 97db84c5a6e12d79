"""What a connector offers, and what it is given; a partner is one of these plus its settings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from thongsuot.domain.exchange import (
    Arrival,
    Asked,
    Doubtful,
    Enquiry,
    Failed,
    MapUnknown,
    Outcome,
    Parcel,
    Refused,
    Told,
    Unavailable,
    ValueMaps,
    ValueMissing,
    ValueUnmapped,
)
from thongsuot.exchange.transports.answers import asked_to_wait, object_of
from thongsuot.exchange.transports.http import (
    READ_SECONDS,
    Away,
    Http,
    NoAnswer,
    Reply,
    Trust,
    Unreadable,
)
from thongsuot.exchange.transports.xroad import XRoad

NO_TROUBLE = 300
SERVER_TROUBLE = 500
BUSY = frozenset({408, 425, 429, 503})  # it says itself that nothing was done
UNDERSTOOD_AND_NO = frozenset({400, 409, 413, 422})


def _no_content(sha256: str) -> bytes:
    raise LookupError(sha256)


@dataclass(frozen=True, slots=True)
class Connection:
    """How one partner is spoken to: address, dialect, values, and the way to its secrets.

    `secret` reads a secret by the name the settings give it, from a file or the environment;
    no secret is ever part of this value. `content` gives the file of a digest.
    """

    partner: str
    version: int
    kind: str
    address: str
    maps: ValueMaps
    secret: Callable[[str], str]
    hosts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    content: Callable[[str], bytes] = _no_content

    def named(self, map_: str, ours: str, on: date) -> str:
        """What the partner calls our value on a day: never blank, never guessed.

        Where the settings say that a map is `same`, a value without a line goes as it is.
        Raises ValueMissing, ValueUnmapped, MapUnknown.
        """
        if not ours:
            raise ValueMissing(map_, partner=self.partner)
        try:
            return self.maps.theirs(map_, ours, on)
        except (ValueUnmapped, MapUnknown):
            if map_ in self.settings.get("same", ()):
                return ours
            raise

    def ours(self, map_: str, theirs: str, on: date) -> str:
        """What we call a value of the partner's on a day: never blank, never guessed.

        Raises ValueMissing, ValueUnmapped, MapUnknown.
        """
        if not theirs:
            raise ValueMissing(map_, partner=self.partner)
        try:
            return self.maps.ours(map_, theirs, on)
        except (ValueUnmapped, MapUnknown):
            if map_ in self.settings.get("same", ()):
                return theirs
            raise

    def gaps(self, map_: str, values: Iterable[str], on: date) -> Iterable[str]:
        """What a map lacks on a day, one sentence each."""
        if map_ in self.settings.get("same", ()):
            return
        for value in self.maps.gaps(map_, values, on):
            yield f"bảng chuyển đổi {map_} chưa có giá trị cho “{value}”"

    def setting(self, name: str, usual: str = "") -> str:
        """A word of the dialect."""
        return str(self.settings.get(name, usual))

    def http(self) -> Http:
        """The line to the partner's address, with the certificates that the settings name.

        Where the settings name a service of X-Road, the address is that of our security server.
        """
        named = {
            name: Path(str(self.settings[name])) if self.settings.get(name) else None
            for name in ("authority", "certificate", "key")
        }
        trust = Trust(fingerprint=self.setting("fingerprint"), **named)
        seconds = float(self.settings.get("read_seconds", READ_SECONDS))
        if self.setting("xroad_service"):
            return XRoad(
                self.address,
                client=self.setting("xroad_client"),
                service=self.setting("xroad_service"),
                checks_hash=self.settings.get("xroad_checks_hash", True) is not False,
                hosts=self.hosts,
                trust=trust,
                seconds=seconds,
            )
        return Http(self.address, hosts=self.hosts, trust=trust, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Sent:
    """How an attempt ended, and what went over the wire, for the ledger."""

    outcome: Outcome
    request: bytes = b""
    answer: bytes = b""


class Connector(Protocol):
    """What every connector does. It keeps no state but its session, and touches no database."""

    def send(self, parcel: Parcel, /) -> Sent:
        """Hand one message over; every failure is an outcome, never an exception.

        A value without a name at the partner is raised as ValueUnmapped: the message waits.
        """

    def faults(self, on: datetime, /) -> Iterable[str]:
        """What is wrong with the settings before anything is sent, one sentence each."""


@runtime_checkable
class Askable(Protocol):
    """A connector whose partner can be asked whether it has a message."""

    def ask(self, parcel: Parcel, /) -> Asked:
        """Whether the partner has this message."""


@runtime_checkable
class Forming(Protocol):
    """A connector that takes whole dossiers, and can show what it would send of one."""

    def form(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """A dossier in the partner's words; nothing goes out.

        Raises ValueMissing, ValueUnmapped, MapUnknown.
        """


@runtime_checkable
class Showing(Protocol):
    """A connector whose partner shows the dossiers that it has of us, in its own words."""

    @property
    def shows(self) -> Mapping[str, str]:
        """Where each of our values stands in its words, by our name for it."""

    def shown(self, code: str, /) -> tuple[Mapping[str, Any], ...]:
        """Every dossier that it has of a code. Raises Away, NoAnswer, Unreadable."""

    def as_shown(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """What it would show once it has this message.

        Raises ValueMissing, ValueUnmapped, MapUnknown.
        """


@runtime_checkable
class Repeatable(Protocol):
    """A connector that knows which messages its partner takes twice without harm."""

    def may_repeat(self, parcel: Parcel, /) -> bool:
        """Whether this one may be sent again without knowing whether it arrived."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What lay ready at a partner, and from where to go on the next time."""

    arrivals: tuple[Arrival, ...]
    cursor: str
    has_more: bool = False


@runtime_checkable
class Collecting(Protocol):
    """A connector that fetches what its partner has for us."""

    def collect(self, cursor: str, *, at: datetime) -> Collected:
        """What lies ready since the cursor. Raises Away, NoAnswer, Unreadable."""

    def confirm(self, arrival: Arrival, *, is_taken: bool) -> None:
        """Tell the partner, once it is kept for good here, that we have it (or cannot)."""


@runtime_checkable
class Listing(Collecting, Protocol):
    """A connector whose partner shows all that it has each time: what it showed is no news."""

    is_listing: bool


@runtime_checkable
class Reading(Protocol):
    """A connector whose partner sends by itself, in words of its own."""

    def read(self, came: Arrival, /) -> Arrival:
        """The same in neutral words, under the partner's name for it where it gives one.

        What it leaves open is raised as a Refusal (ValueUnmapped, ValueMissing), what is no
        message at all as Unreadable: both wait in quarantine.
        """


@runtime_checkable
class Counting(Protocol):
    """A connector whose partner tells how much it has: the other half of a balance."""

    @property
    def counted(self) -> str:
        """The partner whose messages these figures are of: one may count what another takes."""

    def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many dossiers received in a period it has, by the kind of message that told them.

        Only what it counts is named: `dossier`, and `result` for those that have one. Raises
        Away, NoAnswer, Unreadable.
        """


@runtime_checkable
class Translating(Protocol):
    """A connector that calls our values by its partner's names."""

    def needs(self) -> Iterable[str]:
        """The maps that it asks for; each must name all our values of its kind."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a partner said to a question, and what went over the wire, for the ledger."""

    reply: Told | Outcome
    request: bytes = b""
    answer: bytes = b""


@runtime_checkable
class Answering(Protocol):
    """A connector whose partner is asked while somebody waits."""

    def answer(self, enquiry: Enquiry, /) -> Answered:
        """Put one question; every failure is an outcome, never an exception."""


@runtime_checkable
class Registering(Protocol):
    """A connector whose partner keeps the codes of bodies."""

    def bodies(self, *, at: datetime) -> frozenset[str]:
        """The codes that it knows. Raises Away, NoAnswer, Unreadable."""


Make = Callable[[Connection], Connector]


def no_answer(reason: Away | NoAnswer | Unreadable, *, may_repeat: bool) -> Outcome:
    """How an attempt ended that brought no answer; what may be repeated needs no question."""
    if isinstance(reason, Away):
        return Unavailable(str(reason))
    told = f"{type(reason).__name__}: {reason}"
    return Failed(told) if may_repeat else Doubtful(told)


def said_by_status(reply: Reply, told: str = "", *, may_repeat: bool) -> Outcome | None:
    """What the status of HTTP says; nothing where it is a success and the body must be read."""
    if reply.status < NO_TROUBLE:
        return None
    reason = f"HTTP {reply.status} {told}".strip()
    if reply.status in BUSY:
        return Failed(reason, asked_to_wait(reply))
    if reply.status in UNDERSTOOD_AND_NO:
        return Refused(str(reply.status), told or reason)
    if reply.status >= SERVER_TROUBLE and not may_repeat:
        return Doubtful(reason)
    return Failed(reason)


@runtime_checkable
class SettingUp(Protocol):
    """A connector whose partner tells how it has set up procedures, steps, terms and people."""

    def set_up(self, procedures: Collection[str], /) -> Mapping[str, Any]:
        """What is set up of some procedures, as `{"bodies": [...]}` in the form of our exports.

        Raises Away, NoAnswer, Unreadable.
        """


def spoken(
    call: Callable[[], Reply],
    request: bytes,
    meant: Callable[[Mapping[str, Any]], Outcome],
    *,
    may_repeat: bool,
) -> Sent:
    """One call whose answer is a JSON object, which `meant` understands."""
    answer = b""
    try:
        reply = call()
        answer = reply.body
        by_status = said_by_status(reply, may_repeat=may_repeat)
        return Sent(by_status or meant(object_of(reply)), request, answer)
    except (Away, NoAnswer, Unreadable) as reason:
        return Sent(no_answer(reason, may_repeat=may_repeat), request, answer)


def no_service(parcel: Parcel) -> Sent:
    """The partner has nothing that takes such a message: it should not be owed to it."""
    return Sent(Refused("no_service", f"đối tác không có dịch vụ nhận “{parcel.kind}”"))

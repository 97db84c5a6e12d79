"""What a connector offers, and what it is given; a partner is one of these plus its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from thongsuot.domain.exchange import Arrival, Asked, Outcome, Parcel, ValueMaps


@dataclass(frozen=True, slots=True)
class Connection:
    """How one partner is spoken to: address, dialect, values, and the way to its secrets.

    `secret` reads a secret by the name the settings give it, from a file or the environment;
    no secret is ever part of this value.
    """

    partner: str
    version: int
    kind: str
    address: str
    maps: ValueMaps
    secret: Callable[[str], str]
    hosts: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


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
class Counting(Protocol):
    """A connector whose partner tells how many dossiers it has: the other half of a balance."""

    def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """The partner's own figures of a period. Raises Away, NoAnswer, Unreadable."""


@runtime_checkable
class Translating(Protocol):
    """A connector that calls our values by its partner's names."""

    def needs(self) -> Iterable[str]:
        """The maps that it asks for; each must name all our values of its kind."""


Make = Callable[[Connection], Connector]

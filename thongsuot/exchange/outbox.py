"""What we owe goes out: a round takes what is due, sends it, and notes each answer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from thongsuot.actions import messages
from thongsuot.actions.messages import Attempt
from thongsuot.domain.exchange import (
    Acknowledged,
    CannotTell,
    Doubtful,
    Outcome,
    Parcel,
    Patience,
    Refused,
    Taken,
    Unavailable,
)
from thongsuot.domain.exchange.outcome import Asked
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connector import Askable, Connector, Repeatable, Sent
from thongsuot.words.refusals import sentence

# Longer than a partner may keep us waiting: nobody else sends the same meanwhile.
LEASE = timedelta(minutes=5)
LIMIT = 200
NOTED_TOGETHER = 3  # handfuls: a killed sender leaves no more than these in doubt


@dataclass(frozen=True, slots=True)
class Manners:
    """How a partner is served: how patiently, how many calls at once, and what to do in doubt.

    `send_in_doubt` says that a message which may have arrived may be sent again where the
    partner cannot be asked: right where it takes the same twice without harm. Else it waits
    for people.
    """

    patience: Patience = field(default_factory=Patience)
    at_once: int = 8
    send_in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did with what was due; all zero says that nothing was."""

    acknowledged: int = 0
    later: int = 0
    aside: int = 0
    is_away: bool = False

    @property
    def tried(self) -> int:
        """How many messages were tried."""
        return self.acknowledged + self.later + self.aside

    def and_then(self, other: Round) -> Round:
        """Both rounds together; away when the last one found the partner away."""
        return Round(
            self.acknowledged + other.acknowledged,
            self.later + other.later,
            self.aside + other.aside,
            other.is_away,
        )


def send_due(
    partner: str,
    connector: Connector,
    *,
    at: datetime,
    manners: Manners | None = None,
    limit: int = LIMIT,
) -> Round:
    """One round for one partner: what is due is sent, a few at once, and each answer noted.

    The first message of each dossier only, so that their order holds. When a whole handful
    finds the partner away, the rest is given back untried.
    """
    ways = manners or Manners()
    parcels = messages.take(partner, at=at, lease=LEASE, limit=limit)
    begun = time.monotonic()
    done = Round()
    with ThreadPoolExecutor(max_workers=ways.at_once) as hands:
        attempt = partial(_try, connector, ways, at, begun)
        # A first handful shows whether anybody is there; then the answers to one are noted
        # while the next is on its way.
        now, parcels = parcels[: ways.at_once], parcels[ways.at_once :]
        answers = hands.map(attempt, now)
        while now:
            attempts = list(answers)
            is_away = all(isinstance(a.outcome, Unavailable) for a in attempts)
            now = () if is_away else parcels[: ways.at_once * NOTED_TOGETHER]
            parcels = parcels[len(now) :]
            answers = hands.map(attempt, now)
            noted = messages.note(attempts, patience=ways.patience, at=_moment(at, begun))
            done = done.and_then(Round(*noted, is_away))
    if parcels:
        messages.give_back(parcels, until=at + ways.patience.first)
    return done


def _try(
    connector: Connector, ways: Manners, at: datetime, begun: float, parcel: Parcel
) -> Attempt:
    asked = _ask(connector, parcel) if parcel.is_doubtful else None
    if isinstance(asked, Taken):
        return Attempt(parcel, Acknowledged(asked.reference), _moment(at, begun), asked=asked)
    if isinstance(asked, CannotTell) and not _may_repeat(connector, ways, parcel):
        return Attempt(parcel, _unknown(asked), _moment(at, begun), asked=asked)
    sent = _send(connector, parcel)
    return Attempt(parcel, sent.outcome, _moment(at, begun), sent.request, sent.answer, asked=asked)


def _unknown(asked: CannotTell) -> Outcome:
    """Who did not answer is asked again later; what nobody can be asked for, people decide on."""
    return Unavailable(asked.reason) if asked.for_now else Refused("in_doubt", asked.reason)


def _may_repeat(connector: Connector, ways: Manners, parcel: Parcel) -> bool:
    harmless = isinstance(connector, Repeatable) and connector.may_repeat(parcel)
    return ways.send_in_doubt or harmless


def _ask(connector: Connector, parcel: Parcel) -> Asked:
    if not isinstance(connector, Askable):
        return CannotTell("this partner cannot be asked")
    return connector.ask(parcel)


def _send(connector: Connector, parcel: Parcel) -> Sent:
    """Send one message; a value without a name makes it wait, a fault of ours makes it doubtful."""
    try:
        return connector.send(parcel)
    except Refusal as refusal:
        return Sent(Refused(refusal.code, sentence(refusal)))
    except Exception as fault:  # one bad message never stops the others
        return Sent(Doubtful(f"{type(fault).__name__} in the connector"))


def _moment(at: datetime, begun: float) -> datetime:
    """The moment of an answer, counted from that of the round."""
    return at + timedelta(seconds=time.monotonic() - begun)

"""What the counter has chosen so far, as far as it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Term
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import Route
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import routing
from thongsuot.queries.counter import Counter

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A term that is known, be it that the law gives none."""

    term: Term | None


def term_of(procedure: Procedure, case: str, channel: Channel) -> Found | None:
    """The term of a case by a channel; None while it is not clear which term it is."""
    try:
        return Found(procedure.term_for(case, channel))
    except Refusal:
        return None


def case_of(procedure: Procedure, values: Values) -> str:
    """The case, if the procedure knows it."""
    case = values.get("case", "")
    return case if case in procedure.cases else ""


def channels_of(procedure: Procedure) -> tuple[Channel, ...]:
    """The channels by which the procedure is received, the counter's own first."""
    known = {rule.channel for rule in procedure.terms}
    return tuple(channel for channel in Channel if channel in known)


def channel_of(procedure: Procedure, values: Values) -> Channel:
    """The channel chosen, or the first by which the procedure is received."""
    known = channels_of(procedure)
    chosen = [channel for channel in known if channel.value == values.get("channel")]
    return (chosen or list(known) or [Channel.IN_PERSON])[0]


def received_at_of(values: Values) -> datetime | None:
    """The moment typed, if it can be read; what is wrong with it is said beside the field."""
    try:
        return datetime.fromisoformat(values.get("received_at", "")).replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def routes_of(here: Counter, values: Values, *, on: date) -> tuple[Route, ...]:
    """The bodies that the rules name for what is chosen so far."""
    return routing.find(
        here.procedure,
        receiving=here.office,
        case=case_of(here.procedure, values),
        place=values.get("place", ""),
        on=on,
    )

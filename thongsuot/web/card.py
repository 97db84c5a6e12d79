"""The card of a reception: who resolves the dossier, by when and why, for how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Office
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import Route
from thongsuot.queries import counter as queries
from thongsuot.queries import cutover
from thongsuot.queries.counter import Appointment, Counter
from thongsuot.web.chosen import Values, case_of, channel_of, channels_of, received_at_of, term_of
from thongsuot.web.strip import Strip, strip
from thongsuot.words.cutover import because as because_of_system
from thongsuot.words.labels import CHANNEL
from thongsuot.words.refusals import sentence
from thongsuot.words.routing import CHOSEN, because
from thongsuot.words.screens import NO_AMOUNT, NO_TERM, money


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee by one channel."""

    channel: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term by one channel."""

    channel: str
    term: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body among several that might resolve, and why."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The system that receives this dossier instead of us, since when and why."""

    name: str
    body: str
    link: str
    since: datetime | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What the counter promises: who resolves it, by when and why, for how much."""

    body: Office | None
    why: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    appointment: Appointment | None
    strip: Strip | None
    terms: tuple[TermLine, ...]
    fees: tuple[FeeLine, ...]
    refused: str = ""
    elsewhere: Elsewhere | None = None


def card(here: Counter, values: Values, routes: tuple[Route, ...], *, at: datetime) -> Card:
    """What would be promised if the dossier were taken in with what is typed now."""
    chosen, decided = here.body(values.get("competent_office", "")), _only(routes)
    body = chosen or (decided.office if decided else None)
    case, channel = case_of(here.procedure, values), channel_of(here.procedure, values)
    told, refused = None, ""
    try:
        if body and (case or not here.procedure.cases):
            received_at = received_at_of(values) or at
            told = queries.appointment(
                here, body=body, case=case, channel=channel, received_at=received_at
            )
    except Refusal as refusal:
        refused = sentence(refusal)
    return Card(
        body=body,
        why=(CHOSEN,) if chosen else _why(decided) if decided else (),
        candidates=() if body else tuple(Candidate(r.office.name, _why(r)) for r in routes),
        appointment=told,
        strip=strip(told.deadline, today=at.date()) if told and told.deadline else None,
        terms=tuple(_terms(here.procedure, case, channel)),
        fees=tuple(_fees(here.procedure)),
        refused=refused,
        elsewhere=_elsewhere(here.procedure, received_at_of(values) or at),
    )


def _elsewhere(procedure: Procedure, received_at: datetime) -> Elsewhere | None:
    found = cutover.where(procedure, received_at=received_at)
    if found.system is None:
        return None
    why = tuple(because_of_system(reason) for reason in found.because)
    system = found.system
    return Elsewhere(system.name, system.body, system.live_address, found.since, why)


def _only(routes: tuple[Route, ...]) -> Route | None:
    return routes[0] if len(routes) == 1 else None


def _why(route: Route) -> tuple[str, ...]:
    return tuple(because(reason) for reason in route.because)


def _terms(procedure: Procedure, case: str, chosen: Channel) -> list[TermLine]:
    terms = ((c, term_of(procedure, case, c)) for c in channels_of(procedure))
    return [
        TermLine(CHANNEL[c.value], _said(found.term), is_chosen=c is chosen)
        for c, found in terms
        if found
    ]


def _said(term: Term | None) -> str:
    return str(term) if term else NO_TERM


def _fees(procedure: Procedure) -> list[FeeLine]:
    return [
        FeeLine(
            CHANNEL[fee.channel.value],
            NO_AMOUNT if fee.amount is None else money(fee.amount),
            fee.note,
        )
        for fee in procedure.fees
    ]

"""Many dossiers over the province and the years, the same ones for the same seed."""

from __future__ import annotations

import gc
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connections, transaction

from thongsuot.actions import staff
from thongsuot.actions.seed import around
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.drawing import Drawn, draw
from thongsuot.actions.seed.ground import Ground
from thongsuot.actions.seed.life import Circumstances, Lived, live
from thongsuot.actions.seed.people import Names
from thongsuot.actions.seed.plan import DayPlan, chunks, plan
from thongsuot.actions.seed.staffing import posts_for
from thongsuot.domain import messages
from thongsuot.domain.identifiers import DossierCode, OfficeCode
from thongsuot.domain.messages import Subscription
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import bulk, calendar
from thongsuot.records.messages import subscriptions

# Enough for COPY to pay, few enough to keep little in memory.
TOGETHER = 500


class NotADatabaseToSow(Refusal):
    """Invented dossiers are written only where the database is marked demo or test."""

    code = "not_a_database_to_sow"
    kind = Kind.FORBIDDEN


class NothingToSowOn(Refusal):
    """On this day no counter is open, or there is nothing to ask for."""

    code = "nothing_to_sow_on"


class BadSowing(Refusal):
    """What was asked of the generator cannot be."""

    code = "bad_sowing"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Sowing:
    """How many dossiers, of which seed, received between which days."""

    dossiers: int
    seed: int = 1
    first: date = date(2024, 1, 2)
    last: date = date(2026, 10, 30)
    open_share: float = 0.03
    owes: bool = False  # whether what partners are owed is written too

    def __post_init__(self) -> None:
        if self.dossiers < 0 or self.last < self.first or not 0 <= self.open_share <= 1:
            raise BadSowing(
                "seed",
                dossiers=self.dossiers,
                first=self.first.isoformat(),
                last=self.last.isoformat(),
                open=self.open_share,
            )


@dataclass(frozen=True, slots=True)
class Grown:
    """What was written."""

    dossiers: int = 0
    events: int = 0
    owed: int = 0

    def __add__(self, other: Grown) -> Grown:
        return Grown(
            self.dossiers + other.dossiers, self.events + other.events, self.owed + other.owed
        )


@dataclass(frozen=True, slots=True)
class _Field:
    """Everything that one process needs to write its days."""

    sowing: Sowing
    ground: Ground
    names: Names
    around: Circumstances
    partners: tuple[Subscription, ...]


def sow(
    sowing: Sowing, *, processes: int = 1, tell: Callable[[Grown], None] = lambda _: None
) -> Grown:
    """Write invented dossiers set-wise; `tell` hears how far it has come.

    Raises NotADatabaseToSow, NothingToSowOn, NoCalendarForYear, and what the loaded data refuses.
    """
    if calendar.mark() not in ("demo", "test"):
        raise NotADatabaseToSow("database", mark=calendar.mark())
    field = _prepared(sowing)
    days = list(chunks(_plan(sowing, field), of=TOGETHER))
    total = Grown()
    for grown in _each(field, days, processes):
        total += grown
        tell(total)
    return total


def _prepared(sowing: Sowing) -> _Field:
    known, names = around.province(), around.names()
    staff.appoint(list(posts_for(known.offices, known.points, names=names, seed=sowing.seed)))
    until = datetime.combine(sowing.last, time(17), VIETNAM)
    return _Field(sowing, Ground(known), names, around.circumstances(until=until), subscriptions())


def _plan(sowing: Sowing, field: _Field) -> list[DayPlan]:
    return plan(
        dossiers=sowing.dossiers,
        open_share=sowing.open_share,
        first=sowing.first,
        last=sowing.last,
        seed=sowing.seed,
        calendar=field.around.calendar_of(""),
    )


def _each(field: _Field, days: Sequence[list[DayPlan]], processes: int) -> Iterator[Grown]:
    if processes == 1:
        yield from (_grow(field, chunk) for chunk in days)
        return
    connections.close_all()  # a connection belongs to one process
    with multiprocessing.get_context("fork").Pool(
        processes, initializer=_begin, initargs=(field,)
    ) as pool:
        yield from pool.imap_unordered(_grow_here, days)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Values of the domain hold no circles: looking for some costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_here: list[_Field] = []


def _begin(field: _Field) -> None:
    _here[:] = [field]


def _grow_here(chunk: list[DayPlan]) -> Grown:
    return _grow(_here[0], chunk)


@_uncollected()
@transaction.atomic
def _grow(field: _Field, chunk: Sequence[DayPlan]) -> Grown:
    drawn = [one for day in chunk for one in _drawn(field, day)]
    wanted = Counter((one.competent, _day(one)) for one, _ in drawn)
    free = bulk.reserve_codes(wanted)
    grown = Grown()
    for part in _parts(drawn):
        wholes = [_whole(field, one, is_open, free) for one, is_open in part]
        bulk.copy_in(wholes)
        grown += Grown(
            len(wholes), sum(len(w.entries) for w in wholes), sum(len(w.owed) for w in wholes)
        )
    return grown


def _parts(drawn: list[tuple[Drawn, bool]]) -> Iterator[list[tuple[Drawn, bool]]]:
    for start in range(0, len(drawn), 2 * TOGETHER):
        yield drawn[start : start + 2 * TOGETHER]


def _drawn(field: _Field, day: DayPlan) -> Iterable[tuple[Drawn, bool]]:
    there = field.ground.on(day.day)
    if not there.desks or not there.at_commune:
        raise NothingToSowOn("first", day=day.day.isoformat())
    days = field.around.calendar_of("")
    drawn = [
        (
            draw(
                Chance(field.sowing.seed, "dossier", number),
                day.day,
                there=there,
                names=field.names,
                calendar=days,
            ),
            number >= day.first + day.closed,
        )
        for number in range(day.first, day.first + day.count)
    ]
    return sorted(drawn, key=lambda pair: pair[0].submission.received_at)


def _whole(field: _Field, one: Drawn, is_open: bool, free: bulk.Reserved) -> bulk.Whole:
    day = _day(one)
    number = free[one.competent, day]
    free[one.competent, day] = number + 1
    code = str(DossierCode.local(OfficeCode.parse(one.competent), day, number))
    lived = live(one, code, field.around, is_open=is_open)
    owed = tuple(_owed(field.partners, lived)) if field.sowing.owes else ()
    return bulk.Whole(lived.dossier, lived.entries, lived.next_check_at, owed)


def _owed(
    partners: tuple[Subscription, ...], lived: Lived
) -> Iterator[tuple[int, datetime, messages.Message]]:
    for after, entry in zip(lived.stages, lived.entries, strict=True):
        for message in messages.owed(partners, after, entry):
            yield after.version, entry.recorded_at, message


def _day(one: Drawn) -> date:
    return one.submission.received_at.astimezone(VIETNAM).date()

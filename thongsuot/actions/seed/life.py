"""A dossier from its reception to as far as it has come, each event decided by the domain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings

from thongsuot.actions.dossier.keeping import World, day_of
from thongsuot.actions.dossier.moves import Answers, Value, find
from thongsuot.actions.seed import sayings
from thongsuot.actions.seed.course import COUNTER, HANDLER, Given, Step, acting_office, steps_of
from thongsuot.actions.seed.drawing import Drawn
from thongsuot.actions.seed.fate import Ending
from thongsuot.domain.dossier import Dossier, Entry, Event, clock, evolve, reception, resolution
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.dossier.reasons import Phrase
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.domain.workflow import Act, Process

A_MINUTE = timedelta(minutes=1)

_move = cache(find)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What every decision looks up: calendars, the day's policies and phrases, who works where."""

    calendar_of: Callable[[str], WorkCalendar]
    policies_on: Callable[[date], Policies]
    phrases_on: Callable[[date], tuple[Phrase, ...]]
    staff: Callable[[str, str], str]
    until: datetime


@dataclass(frozen=True, slots=True)
class Lived:
    """A dossier with its events, and when the passing of time next matters to it."""

    dossier: Dossier
    entries: tuple[Entry, ...]
    stages: tuple[Dossier, ...]
    next_check_at: datetime | None


class _Telling:
    """A dossier while its events are being told."""

    def __init__(self, drawn: Drawn, around: Circumstances) -> None:
        self.drawn = drawn
        self.around = around
        self.calendar = around.calendar_of(drawn.competent)
        self.stages: list[Dossier] = []
        self.entries: list[Entry] = []
        self.next_check: datetime | None = None
        self._day: date | None = None

    @property
    def now(self) -> Dossier:
        return self.stages[-1]

    def add(self, event: Event, *, at: datetime, by: str, office: str, occurred: datetime) -> None:
        entry = Entry(event, occurred, at, by, office, settings.HOME_SYSTEM)
        self.entries.append(entry)
        before = self.stages[-1] if self.stages else None
        after = evolve(before, entry)
        self.stages.append(after)
        if before is None or _clock_state(before) != _clock_state(after):
            self.next_check = clock.next_check(
                after, calendar=self.calendar, policies=self.policies(at)
            )

    def policies(self, at: datetime) -> Policies:
        return self.world(at).policies

    def world(self, at: datetime) -> World:
        """What the decisions of a day look at, put together once a day."""
        day = day_of(at)
        if day != self._day:
            process = self.drawn.offer.process
            self._world = World(self.calendar, self.around.policies_on(day), process)
            self._day = day
        return self._world


def _clock_state(d: Dossier) -> tuple[object, ...]:
    return d.due_at, d.standing, d.open_pauses, d.ended_at


def live(drawn: Drawn, code: str, around: Circumstances, *, is_open: bool) -> Lived:
    """Everything that happens to a dossier until the end; an open one does not come to its own."""
    told = _Telling(drawn, around)
    _take_in(told, code)
    if told.now.is_open:
        for step in _steps(told, is_open=is_open):
            if step.at > around.until:
                break
            _make(told, step)
        _notice(told, around.until)
    return Lived(told.now, tuple(told.entries), tuple(told.stages), told.next_check)


def _take_in(told: _Telling, code: str) -> None:
    drawn, at = told.drawn, told.drawn.recorded_at
    office, point = drawn.desk.office, drawn.desk.point
    by = told.around.staff(office, COUNTER)
    counter = reception.Counter(point, by, office, drawn.competent, point, office)
    event = (
        _declined(told, counter, code)
        if drawn.fate.ending is Ending.DECLINED
        else reception.receive(
            drawn.submission,
            code=code,
            counter=counter,
            procedure=drawn.offer.procedure,
            process=drawn.offer.process,
            calendar=told.calendar,
            policies=told.policies(drawn.submission.received_at),
            home_system=settings.HOME_SYSTEM,
            at=at,
        )
    )
    told.add(event, at=at, by=by, office=office, occurred=drawn.submission.received_at)


def _declined(told: _Telling, counter: reception.Counter, code: str) -> Event:
    drawn = told.drawn
    return reception.decline(
        drawn.submission,
        code=code,
        counter=counter,
        procedure=drawn.offer.procedure,
        reason=sayings.DECLINED,
        phrases=told.around.phrases_on(day_of(drawn.recorded_at)),
        home_system=settings.HOME_SYSTEM,
        at=drawn.recorded_at,
    )


def _steps(told: _Telling, *, is_open: bool) -> list[Step]:
    drawn = told.drawn
    steps = steps_of(
        told.now,
        drawn.offer.process,
        drawn.fate,
        calendar=told.calendar,
        chance=drawn.chance,
        handler=told.around.staff(drawn.competent, HANDLER),
        asked=drawn.asked,
        finish_by=told.around.until,
    )
    if not is_open:
        return steps
    ends = [i for i, step in enumerate(steps) if step.act in _ENDS]
    return steps[: int(drawn.chance.between(0, ends[0] + 1 if ends else 1))]


_ENDS = {Act.ISSUE_RESULT, Act.REFUSE, Act.STOP}


def _make(told: _Telling, step: Step) -> None:
    at = max(step.at, told.entries[-1].recorded_at)
    _notice(told, at)
    office = acting_office(told.now, step)
    event = _decided(told, step, at)
    told.add(event, at=at, by=told.around.staff(office, step.role), office=office, occurred=at)


def _decided(told: _Telling, step: Step, at: datetime) -> Event:
    """What the doors decide too; only what they look up in the database is looked up here."""
    process, given = told.drawn.offer.process, step.given
    match step.act:
        case Act.ASSIGN:
            return resolution.assign(
                told.now,
                process=process,
                official=str(given["official"]),
                target=str(given.get("target", "")),
            )
        case Act.REFUSE:
            return _refused(told, step, process, at)
        case Act.ASK_OPINION:
            return resolution.ask_opinion(
                told.now,
                of=str(given["of"]),
                question=str(given["question"]),
                stops_clock=True,
                basis=str(given["basis"]),
                on=day_of(at),
            )
        case Act.ASK_SUPPLEMENT:
            return clock.ask_supplement(
                told.now,
                missing=tuple(given["missing"]) if isinstance(given["missing"], list) else (),
                reason=str(given["reason"]),
                basis="",
                policies=told.policies(at),
            )
    return _move(step.act.value).decide(told.now, told.world(at), _answers(given), at)


def _answers(given: Given) -> Answers:
    """What a door would have read; it is known to be whole."""
    values: dict[str, Value] = {}
    for name, value in given.items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif isinstance(value, str | int | datetime):
            values[name] = value
    return Answers(values)


def _refused(told: _Telling, step: Step, process: Process, at: datetime) -> Event:
    return resolution.refuse(
        told.now,
        process=process,
        reason=str(step.given["reason"]),
        basis=str(step.given["basis"]),
        phrases=told.around.phrases_on(day_of(at)),
        about_reorganisation=told.drawn.offer.procedure.about_reorganisation,
        at=at,
    )


def _notice(told: _Telling, until: datetime) -> None:
    """What the noticing worker would have noted by then."""
    while (moment := told.next_check) is not None:
        # At the due moment itself nothing is late yet.
        at = max(moment + A_MINUTE, told.entries[-1].recorded_at)
        if at > until:
            return
        event = clock.notice(told.now, at=at, calendar=told.calendar, policies=told.policies(at))
        if event is None:
            return
        home = settings.HOME_SYSTEM
        told.add(event, at=at, by=home, office=told.now.office, occurred=at)

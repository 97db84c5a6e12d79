"""The ordinary dossiers of the days: many people, real procedures, each its own course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from thongsuot.actions.dossier import Reception
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.course import HANDLER, steps_of
from thongsuot.actions.seed.drawing import Drawn, draw
from thongsuot.actions.seed.fate import Ending
from thongsuot.actions.seed.ground import Ground
from thongsuot.actions.seed.people import Names
from thongsuot.actions.seed.plan import DayPlan
from thongsuot.actions.seed.sayings import DECLINED
from thongsuot.cli.story.cast import COUNTER
from thongsuot.cli.story.teller import Scene, Teller
from thongsuot.domain.workdays import WorkCalendar


def crowd(
    teller: Teller,
    days: Sequence[DayPlan],
    *,
    ground: Ground,
    names: Names,
    calendar: WorkCalendar,
    seed: int,
) -> Iterator[Scene]:
    """A scene for each of the people who come on these days."""
    for day in days:
        there = ground.on(day.day)
        for number in range(day.first, day.first + day.count):
            chance = Chance(seed, "crowd", number)
            drawn = draw(chance, day.day, there=there, names=names, calendar=calendar)
            yield _course(teller, drawn, calendar)


def _course(teller: Teller, drawn: Drawn, calendar: WorkCalendar) -> Iterator[datetime]:
    yield drawn.recorded_at
    by = teller.cast.holder(drawn.desk.office, COUNTER)
    if drawn.fate.ending is Ending.DECLINED:
        teller.decline(_request(drawn), DECLINED, by)
        return
    d = teller.receive(_request(drawn), by)
    steps = steps_of(
        d,
        drawn.offer.process,
        drawn.fate,
        calendar=calendar,
        chance=drawn.chance,
        handler=teller.cast.holder(drawn.competent, HANDLER).account,
        asked=drawn.asked,
    )
    for step in steps:
        yield max(step.at, teller.now)
        d = teller.act(d, step.act, step.role, **step.given)


def _request(drawn: Drawn) -> Reception:
    return Reception(
        procedure=drawn.offer.procedure.code,
        submission=drawn.submission,
        receiving_point=drawn.desk.point,
        competent_office=drawn.offer.body,
    )


def each_day(first: date, last: date, *, count: int, calendar: WorkCalendar) -> list[DayPlan]:
    """The same number of people on each working day, a few more on the first ones."""
    days = [
        date.fromordinal(number)
        for number in range(first.toordinal(), last.toordinal() + 1)
        if calendar.is_working_day(date.fromordinal(number))
    ]
    per_day, more = divmod(count, len(days))
    plans, number = [], 0
    for place, day in enumerate(days):
        here = DayPlan(day, number, per_day + (place < more), 0)
        number += here.count
        plans.append(here)
    return plans

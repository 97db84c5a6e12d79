"""Chapter 1: the first weeks of June 2025 in a town that has a month left, and in the province."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from thongsuot.actions import staff
from thongsuot.actions.seed import around
from thongsuot.actions.seed.ground import Ground
from thongsuot.cli.story.counter import Requests, Visitor
from thongsuot.cli.story.crowd import crowd, each_day
from thongsuot.cli.story.june import ends, waits, ways
from thongsuot.cli.story.june.setting import (
    CENTRE_POINT,
    FIRST,
    LAST,
    TOWN_PLACE,
    TOWN_POINT,
    Setting,
    june,
    june_cast,
)
from thongsuot.cli.story.teller import Beat, Teller

SCENES = (*ways.SCENES, *waits.SCENES, *ends.SCENES)
LAST_COMERS = 13  # after this day of June nobody new comes: most courses end before the chapter


def play(*, seed: int, people: int, password: str, listen: Callable[[Beat], None]) -> Teller:
    """Play the chapter: every scene, and so many ordinary dossiers."""
    cast = june_cast()
    staff.appoint(cast.posts, password=password)
    teller = Teller(cast, listen=listen)
    known, names = around.province(), around.names()
    points = tuple(p for p in known.points if p.key in (TOWN_POINT, CENTRE_POINT))
    ground, calendar = Ground(replace(known, points=points)), around.calendar_of_all()
    town = next(p for p in known.places if p.code == TOWN_PLACE and FIRST in p.valid)
    visitors = (Visitor(point, town.code, town.name) for point in (TOWN_POINT, CENTRE_POINT))
    day = ground.on(FIRST)
    here = Setting(teller, *(Requests(day, names, seed, visitor) for visitor in visitors))
    for scene in SCENES:
        teller.add(scene(here))
    days = each_day(FIRST, june(LAST_COMERS, "00:00").date(), count=people, calendar=calendar)
    for course in crowd(teller, days, ground=ground, names=names, calendar=calendar, seed=seed):
        teller.add(course)
    teller.play(june(FIRST.day, "07:00"), june(LAST.day, "18:00"))
    return teller

"""Chapter 3: the day of a counter and a desk, at the commune that the town has become part of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from thongsuot.actions import staff
from thongsuot.actions.seed import around
from thongsuot.actions.seed.ground import Ground
from thongsuot.cli.story.counter import Requests, Visitor
from thongsuot.cli.story.crowd import crowd, each_day
from thongsuot.cli.story.post_office import open_post_office
from thongsuot.cli.story.september import desk, outside, publishing, receiving, reporting, together
from thongsuot.cli.story.september.setting import (
    COMMUNE_PLACE,
    COMMUNE_POINT,
    DAY,
    LAST,
    NEIGHBOUR_PLACE,
    Setting,
    on,
    september_cast,
)
from thongsuot.cli.story.teller import Beat, Teller

SCENES = (
    *receiving.SCENES,
    *desk.SCENES,
    *together.SCENES,
    *publishing.SCENES,
    *outside.SCENES,
    *reporting.SCENES,
)
# People of chapter 1 were drawn by the seed itself: these are others.
OTHERS = 1_000_000


def play(*, seed: int, people: int, password: str, listen: Callable[[Beat], None]) -> Teller:
    """Play the chapter: every scene, and so many ordinary dossiers of that one day."""
    cast = september_cast()
    staff.appoint(cast.posts, password=password)
    teller = Teller(cast, listen=listen)
    known, names = around.province(), around.names()
    points = tuple(p for p in known.points if p.key == COMMUNE_POINT)
    ground, calendar = Ground(replace(known, points=points)), around.calendar_of_all()
    there = {p.code: p.name for p in known.places if DAY in p.valid}
    day = ground.on(DAY)
    with open_post_office() as letters:
        requests = [
            Requests(day, names, seed + OTHERS, Visitor(COMMUNE_POINT, home, there[home]))
            for home in (COMMUNE_PLACE, NEIGHBOUR_PLACE)
        ]
        here = Setting(teller, requests[0], requests[1], letters)
        for scene in SCENES:
            teller.add(scene(here))
        days = each_day(DAY, DAY, count=people, calendar=calendar)
        others = crowd(
            teller, days, ground=ground, names=names, calendar=calendar, seed=seed + OTHERS
        )
        for course in others:
            teller.add(course)
        teller.play(on(DAY.day, "07:00"), on(LAST.day, "18:00"))
    return teller

"""Chapter 2: the whole reorganisation of 1 July 2025, from the plan to the last balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from thongsuot import env
from thongsuot.actions import staff
from thongsuot.actions.seed import around
from thongsuot.actions.seed.ground import Ground
from thongsuot.cli.story.counter import Requests, Visitor
from thongsuot.cli.story.crowd import crowd, each_day
from thongsuot.cli.story.july import afterwards, inheriting, planning, run_off, switching
from thongsuot.cli.story.july.setting import (
    COMMUNE_POINT,
    DAY,
    FIRST,
    LAST,
    PLACE,
    Setting,
    july_cast,
    on,
    posts,
)
from thongsuot.cli.story.june.setting import TOWN_POINT
from thongsuot.cli.story.post_office import open_post_office
from thongsuot.cli.story.teller import Beat, Teller

SCENES = (
    *inheriting.SCENES,
    *run_off.SCENES,
    *planning.SCENES,
    *switching.SCENES,
    *afterwards.SCENES,
)
LAST_COMERS = on(27, "00:00").date()
# People of the chapters before were drawn by the seed itself: these are others.
OTHERS = 2_000_000
FOLDER = "demo"


def play(*, seed: int, people: int, password: str, listen: Callable[[Beat], None]) -> Teller:
    """Play the chapter: every scene, and so many ordinary dossiers of the town's last week."""
    cast = july_cast()
    staff.appoint(posts(), password=password)
    teller = Teller(cast, listen=listen)
    run_off.publish_procedures_of_the_district(teller)
    known, names = around.province(), around.names()
    points = tuple(p for p in known.points if p.key == TOWN_POINT)
    ground, calendar = Ground(replace(known, points=points)), around.calendar_of_all()
    home = {
        day: next(p.name for p in known.places if p.code == PLACE and day in p.valid)
        for day in (FIRST, DAY)
    }
    papers = env.VAR.read() / FOLDER
    papers.mkdir(parents=True, exist_ok=True)
    with open_post_office() as letters:
        town, commune = (
            Requests(Ground(known).on(day), names, seed + OTHERS, Visitor(point, PLACE, home[day]))
            for point, day in ((TOWN_POINT, FIRST), (COMMUNE_POINT, DAY))
        )
        here = Setting(teller, town, commune, letters, papers, password)
        for scene in SCENES:
            teller.add(scene(here))
        days = each_day(FIRST, LAST_COMERS, count=people, calendar=calendar)
        others = crowd(
            teller, days, ground=ground, names=names, calendar=calendar, seed=seed + OTHERS
        )
        for course in others:
            teller.add(course)
        teller.play(on(FIRST.day, "07:00"), on(LAST.day, "18:00"))
    return teller

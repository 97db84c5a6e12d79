"""Chapter 4: at midnight of 1 January 2026 fields go to the systems of ministries, partners failing."""

from __future__ import annotations

from collections.abc import Callable

from thongsuot.actions.seed import around
from thongsuot.actions.seed.ground import Ground
from thongsuot.cli.story.counter import Requests, Visitor
from thongsuot.cli.story.january import closing, midnight, readying, reporting, storm
from thongsuot.cli.story.january.exchange import Exchange
from thongsuot.cli.story.january.setting import FIELDS, FIRST, LAST, Setting, january_cast, on
from thongsuot.cli.story.september.setting import COMMUNE_PLACE, COMMUNE_POINT
from thongsuot.cli.story.teller import Beat, Teller
from thongsuot.cli.story.town import simulated

SCENES = (*readying.SCENES, *midnight.SCENES, *storm.SCENES, *reporting.SCENES)
# People of the chapters before were drawn by the seed itself: these are others.
OTHERS = 3_000_000


def play(*, seed: int, people: int, password: str, listen: Callable[[Beat], None]) -> Teller:
    """Play the chapter; so many people come for the fields that move. Its officials are known."""
    del password
    teller = Teller(january_cast(), listen=listen)
    day = Ground(around.province()).on(FIRST)
    home = next(
        p.name for p in around.province().places if p.code == COMMUNE_PLACE and FIRST in p.valid
    )
    visitor = Visitor(COMMUNE_POINT, COMMUNE_PLACE, home)
    with simulated() as town:
        here = Setting(
            teller,
            Requests(day, around.names(), seed + OTHERS, visitor),
            town,
            Exchange(town),
            each=max(1, people // len(FIELDS)),
            seed=seed,
        )
        for scene in SCENES:
            teller.add(scene(here))
        teller.play(on(FIRST.day, "07:00"), on(LAST.day, "18:00"))
        closing.settle(here)
    return teller

"""Chapter 5: the open dossiers of one field, inherited ones too, are handed over to a ministry."""

from __future__ import annotations

from collections.abc import Callable

from thongsuot import env
from thongsuot.cli.story.january.exchange import Exchange
from thongsuot.cli.story.january.setting import january_cast
from thongsuot.cli.story.july import FOLDER
from thongsuot.cli.story.march import handing, proving
from thongsuot.cli.story.march.setting import FIRST, LAST, Setting, on
from thongsuot.cli.story.teller import Beat, Teller
from thongsuot.cli.story.town import simulated

SCENES = (*handing.SCENES, *proving.SCENES)


def play(*, seed: int, people: int, password: str, listen: Callable[[Beat], None]) -> Teller:
    """Play the chapter. Nobody comes, and its officials are known."""
    del people, password
    teller = Teller(january_cast(), listen=listen)
    papers = env.VAR.read() / FOLDER
    papers.mkdir(parents=True, exist_ok=True)
    with simulated() as town:
        here = Setting(teller, town, Exchange(town), papers, seed)
        for scene in SCENES:
            teller.add(scene(here))
        teller.play(on(FIRST.day, "07:00"), on(LAST.day, "18:00"))
    return teller

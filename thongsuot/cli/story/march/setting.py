"""March 2026: a field whose older dossiers the ministry takes too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from thongsuot.cli.story.cast import OFFICE, OPERATOR
from thongsuot.cli.story.january.exchange import Exchange
from thongsuot.cli.story.january.setting import IGATE
from thongsuot.cli.story.july.inheriting import REGISTER_FIELD
from thongsuot.cli.story.setting import Common, moment
from thongsuot.cli.story.town import Town
from thongsuot.domain.duties import Person
from thongsuot.records.handover import HandoverRow

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)
FIELD, PARTNER = REGISTER_FIELD, IGATE
DECISION = "Công văn ví dụ số 02/VD-UBND ngày 27/02/2026 (bịa)"


def on(day: int, clock: str) -> datetime:
    """A moment of the chapter."""
    return moment(date(2026, 3, day), clock)


@dataclass(frozen=True, slots=True)
class Setting(Common):
    """What the scenes of the chapter share."""

    town: Town
    exchange: Exchange
    papers: Path
    seed: int

    @property
    def planner(self) -> Person:
        """Who freezes, checks and sends, at the Office of the People's Committee."""
        return self.teller.cast.holder("", OFFICE)

    @property
    def approver(self) -> Person:
        """Who approves, at the Department of Science and Technology."""
        return self.teller.cast.holder("", OPERATOR)

    @property
    def number(self) -> int:
        """The hand-over of the chapter."""
        return HandoverRow.objects.latest("pk").pk

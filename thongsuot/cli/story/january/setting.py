"""The turn of 2025 to 2026 at xã Bình Lư: three fields go to the systems of ministries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.cli.story.cast import COUNTER, OPERATOR, Cast
from thongsuot.cli.story.counter import Requests, Wanted
from thongsuot.cli.story.january.exchange import Exchange
from thongsuot.cli.story.july.setting import july_cast
from thongsuot.cli.story.september.setting import COMMUNE, september_cast
from thongsuot.cli.story.setting import Common, moment
from thongsuot.cli.story.town import Town
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person

FIRST, NEW_YEAR, LAST = date(2025, 12, 29), date(2026, 1, 1), date(2026, 1, 12)
MIDNIGHT = moment(NEW_YEAR, "00:00")
PORTAL, IGATE, LGSP, POLLED = (
    "national_portal",
    "ministry_igate",
    "ministry_lgsp",
    "ministry_polled",
)
BASIS = "Danh mục không ghi thời hạn; hẹn theo luật chuyên ngành (ví dụ)"
DECISION = "Công văn ví dụ số 01/VD-UBND ngày 29/12/2025 (bịa)"


@dataclass(frozen=True, slots=True)
class Moving:
    """A field that moves, the partner by which its system is spoken to, a procedure of it."""

    name: str
    partner: str
    procedure: str
    has_term: bool = False


BUILDING = Moving("Hoạt động xây dựng", IGATE, "1.013225", has_term=True)
BUSINESS = Moving("Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)", LGSP, "1.001612")
ADOPTION = Moving("Nuôi con nuôi", POLLED, "2.001263")
FIELDS = (BUILDING, BUSINESS, ADOPTION)


def january_cast() -> Cast:
    """Nobody new: those of the commune, and those who served the town and the district before."""
    return Cast((*september_cast().posts, *july_cast().posts))


def on(day: int, clock: str) -> datetime:
    """A moment of the chapter: from the 29th on it is December, before that January."""
    return moment(date(2025, 12, day) if day >= FIRST.day else date(2026, 1, day), clock)


@dataclass(frozen=True, slots=True)
class Setting(Common):
    """What the scenes of the chapter share."""

    people: Requests
    town: Town
    exchange: Exchange
    each: int  # how many come for each field
    seed: int

    @property
    def counter(self) -> Person:
        """The official at the commune's counter."""
        return self.teller.cast.holder(COMMUNE, COUNTER)

    @property
    def keeper(self) -> Person:
        """Who keeps the systems of the whole province."""
        return self.teller.cast.holder("", OPERATOR)

    def receive(
        self, field: Moving, *, received_at: datetime | None = None, why_late: str = ""
    ) -> Dossier:
        """The counter takes in one of a field that moves."""
        t = self.teller
        appointment = None if field.has_term else on(9, "16:00")
        wanted = Wanted(
            appointment=appointment,
            basis="" if field.has_term else BASIS,
            received_at=received_at,
            late_reason=why_late,
        )
        return t.receive(self.people.make(field.procedure, t.now, wanted), self.counter)

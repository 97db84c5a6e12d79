"""15 September 2025: xã Bình Lư, to which the town of chapter 1 belongs now, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.actions.access import open_reading
from thongsuot.actions.dossier import papers
from thongsuot.cli.story.cast import (
    CLERK,
    COUNTER,
    HANDLER,
    INTAKE,
    LEADER,
    OFFICE,
    Cast,
    House,
)
from thongsuot.cli.story.counter import Requests, Wanted
from thongsuot.cli.story.june.setting import HOUSES as OF_JUNE
from thongsuot.cli.story.june.setting import TOWN
from thongsuot.cli.story.post_office import PostOffice
from thongsuot.cli.story.scan import scan
from thongsuot.cli.story.setting import USUAL, Common, desks, moment
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant, ScanException
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act

DAY, LAST = date(2025, 9, 15), date(2025, 9, 22)
IN_OFFICE = Span(date(2025, 9, 1))

COMMUNE, COMMUNE_POINT, COMMUNE_PLACE = "H35.102", "MC-H35.102", "03390"
NEIGHBOUR, NEIGHBOUR_PLACE = "H35.106", "03424"
BUREAU, LAND, POLICE = "H35.001", "H35.007", "H35.016"


HERE = House(
    COMMUNE,
    "xabinhlu",
    {
        COUNTER: "Lò Thị Pâng",
        INTAKE: "Vàng A Tủa",
        HANDLER: "Nguyễn Thị Thu Giang",
        LEADER: "Tẩn Láo San",
        CLERK: "Lù Thị Mai",
    },
    COMMUNE_POINT,
)
HOUSES = (
    HERE,
    House(
        NEIGHBOUR,
        "xabanbo",
        desks("Lò Văn Phát", "Hoàng Thị Piêng", "Vàng Văn Thơm", "Lò Thị Inh"),
    ),
    House(BUREAU, "vanphong", {OFFICE: "Đinh Thị Lan Anh"}),
)


def september_cast() -> Cast:
    """Everybody of the chapter; those of the province keep the posts that they had in June."""
    posts = (post for house in HOUSES for post in house.posts(IN_OFFICE))
    stay = (h.posts(Span(date(2025, 6, 1))) for h in OF_JUNE if h.office != TOWN)
    return Cast((*posts, *(post for house in stay for post in house)))


def on(day: int, clock: str) -> datetime:
    """A moment of September 2025."""
    return moment(date(2025, 9, day), clock)


@dataclass(frozen=True, slots=True)
class Setting(Common):
    """What the scenes of the chapter share."""

    people: Requests
    neighbours: Requests
    letters: PostOffice

    @property
    def counter(self) -> Person:
        """The official at the commune's counter."""
        return self.teller.cast.holder(COMMUNE, COUNTER)

    @property
    def handler(self) -> Person:
        """The official who works on the commune's dossiers."""
        return self.teller.cast.holder(COMMUNE, HANDLER)

    @property
    def leader(self) -> Person:
        """Who signs at the commune."""
        return self.teller.cast.holder(COMMUNE, LEADER)

    @property
    def bureau(self) -> Person:
        """Who keeps the catalogue of the province."""
        return self.teller.cast.holder(BUREAU, OFFICE)

    def receive(self, procedure: str, wanted: Wanted = USUAL) -> Dossier:
        """The counter takes in now what somebody of the commune brings."""
        request = self.people.make(procedure, self.teller.now, wanted)
        return self.teller.receive(request, self.counter)

    def scan(self, d: Dossier, paper: str) -> Dossier:
        """The counter scans a paper and looks whether the picture is good."""
        self.teller.acts["scan"] += 1
        return papers.add_scans(
            code=d.code,
            paper=paper,
            uploads=(scan(paper, d.applicant.name),),
            is_checked=True,
            by=self.counter,
            at=self.teller.now,
        )

    def leave_unscanned(self, d: Dossier, paper: str, why: ScanException) -> Dossier:
        """The counter says why a paper is not scanned."""
        self.teller.acts["leave_unscanned"] += 1
        return papers.leave_unscanned(
            code=d.code, paper=paper, why=why, basis="", by=self.counter, at=self.teller.now
        )

    def reuse(self, d: Dossier, paper: str) -> Dossier:
        """The counter takes what the province holds already."""
        self.teller.acts["reuse"] += 1
        return papers.reuse(code=d.code, paper=paper, by=self.counter, at=self.teller.now)

    def pay(self, d: Dossier, **fee: object) -> Dossier:
        """The counter notes a fee."""
        return self.teller.act(d, Act.COLLECT_FEE, COUNTER, **fee)

    def look(self, by: Person, about: str, purpose: Purpose) -> ReadingToken:
        """Somebody looks at a person's data, which is logged."""
        return open_reading(by=by, about=about, purpose=purpose, at=self.teller.now, door="cli")

    def somebody(self, email: str = "") -> Applicant:
        """Somebody new of the commune."""
        return self.people.somebody(email)

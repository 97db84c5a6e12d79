"""The eve of 1 July 2025 and the day itself: huyện Tam Đường ends, its town becomes xã Bình Lư."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from thongsuot.actions.dossier import Reception
from thongsuot.cli.story.cast import (
    CLERK,
    COUNTER,
    HANDLER,
    INTAKE,
    LEADER,
    OFFICE,
    OPERATOR,
    Cast,
    House,
)
from thongsuot.cli.story.counter import Requests, Wanted
from thongsuot.cli.story.june.setting import HOUSES as OF_JUNE
from thongsuot.cli.story.june.setting import IN_OFFICE, TOWN
from thongsuot.cli.story.post_office import PostOffice
from thongsuot.cli.story.setting import Common, desks, moment
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import PlaceGiven
from thongsuot.domain.dossier.reception import Submission
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.spans import Span
from thongsuot.records.posts import Post

FIRST, DAY, LAST = date(2025, 6, 23), date(2025, 7, 1), date(2025, 7, 2)
SINCE = Span(DAY)
PLAN = "lai-chau-2025-07-01"
ONLINE = "1.013313"

DISTRICT, DISTRICT_POINT = "H35.21", "MC-H35.21"
COMMUNE, COMMUNE_POINT, PLACE = "H35.102", "MC-H35.102", "03390"
HILLS, HILLS_PLACE = "H35.104", "03406"  # xã Tả Lèng, of which xã Hồ Thầu is a part now
BUREAU, TECHNOLOGY = "H35.001", "H35.009"

OF_DISTRICT = {
    COUNTER: "Hoàng Thị Sen",
    INTAKE: "Đèo Văn Chiến",
    HANDLER: "Giàng Thị Mỷ",
    LEADER: "Lò Văn Thắng",
    CLERK: "Vàng Thị Nga",
}
DISTRICT_HOUSE = House(DISTRICT, "huyentamduong", OF_DISTRICT, DISTRICT_POINT)
BUREAU_HOUSE = House(BUREAU, "vanphong", {OFFICE: "Đinh Thị Lan Anh"})
TECHNOLOGY_HOUSE = House(TECHNOLOGY, "sokhcn", {OPERATOR: "Lường Văn Kiên"})
# Nobody works there before the plan is rehearsed for the first time.
HILLS_HOUSE = House(
    HILLS,
    "xataleng",
    desks("Sùng A Dơ", "Hàng Thị Chư", "Lý A Páo", "Chang Thị Dính"),
)
STAFF = (DISTRICT_HOUSE, BUREAU_HOUSE, TECHNOLOGY_HOUSE)
OF_PROVINCE = (BUREAU_HOUSE, TECHNOLOGY_HOUSE)


def province_posts() -> tuple[Post, ...]:
    """Who plans and who approves: each serves in a body of the province, for all of its bodies."""
    own = [post for house in OF_PROVINCE for post in house.posts(IN_OFFICE)]
    return (*own, *(replace(post, office="") for post in own))


def posts() -> tuple[Post, ...]:
    """The people whom the chapter brings."""
    return (*DISTRICT_HOUSE.posts(IN_OFFICE), *province_posts())


def july_cast() -> Cast:
    """Everybody of the chapter; the people of the town serve at the commune once the plan holds."""
    before = (post for house in OF_JUNE for post in house.posts(IN_OFFICE))
    town = (house for house in OF_JUNE if house.office == TOWN)
    moved = (replace(h, office=COMMUNE, point=COMMUNE_POINT) for h in town)
    after = (post for house in (*moved, HILLS_HOUSE) for post in house.posts(SINCE))
    return Cast((*posts(), *before, *after))


def on(day: int, clock: str) -> datetime:
    """A moment of the chapter: from the 23rd on it is June, before that July."""
    return moment(date(2025, 6 if day >= FIRST.day else 7, day), clock)


@dataclass(frozen=True, slots=True)
class Setting(Common):
    """What the scenes of the chapter share."""

    town: Requests
    commune: Requests
    letters: PostOffice
    papers: Path
    password: str

    @property
    def planner(self) -> Person:
        """Who drafts and rehearses the plan, at the Office of the People's Committee."""
        return self.teller.cast.holder("", OFFICE)

    @property
    def approver(self) -> Person:
        """Who approves it, at the Department of Science and Technology."""
        return self.teller.cast.holder("", OPERATOR)

    @property
    def counter(self) -> Person:
        """The official at the town's counter, whom the plan takes to the commune's."""
        return self.teller.cast.holder(TOWN, COUNTER)

    def online(self, people: Requests, by: Person) -> Dossier:
        """Somebody applies at night, from home; the counter's system takes it in."""
        request = people.make(ONLINE, self.teller.now, Wanted(Channel.ONLINE))
        return self.teller.receive(request, by)

    def at_district(self, procedure: str, place: str, body: str = DISTRICT) -> Dossier:
        """The district's counter takes in one of its own procedures."""
        request = Reception(
            procedure=ProcedureCode.parse(procedure),
            submission=Submission(
                applicant=self.town.somebody(),
                place=PlaceGiven(place, place),
                channel=Channel.IN_PERSON,
                received_at=self.teller.now,
            ),
            receiving_point=DISTRICT_POINT,
            competent_office=body,
        )
        return self.teller.receive(request, self.teller.cast.holder(DISTRICT, COUNTER))

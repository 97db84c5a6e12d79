"""June 2025: thị trấn Tam Đường of huyện Tam Đường, and the province above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.cli.story.cast import (
    CLERK,
    COUNTER,
    HANDLER,
    INTAKE,
    LEADER,
    OPERATOR,
    Cast,
    House,
)
from thongsuot.cli.story.counter import Requests, Wanted
from thongsuot.cli.story.setting import USUAL, Common, desks, moment
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person
from thongsuot.domain.spans import Span

FIRST, LAST = date(2025, 6, 2), date(2025, 6, 20)

# Their posts go on after the chapter: the dossiers they leave open are told of later.
IN_OFFICE = Span(date(2025, 6, 1))

TOWN, TOWN_POINT, TOWN_PLACE = "H35.21.31", "MC-H35.21.31", "03390"
CENTRE, CENTRE_POINT = "H35.002", "MC-H35.002"
JUSTICE, FINANCE, LAND, BUILDING = "H35.004", "H35.005", "H35.007", "H35.008"
POLICE = "H35.016"


HOUSES = (
    House(
        TOWN,
        "tamduong",
        {
            COUNTER: "Lò Thị Pâng",
            INTAKE: "Vàng A Tủa",
            HANDLER: "Nguyễn Thị Thu Giang",
            LEADER: "Tẩn Láo San",
            CLERK: "Lù Thị Mai",
            OPERATOR: "Phạm Đức Cường",
        },
        TOWN_POINT,
    ),
    House(TOWN, "tamduong2", {HANDLER: "Giàng A Sử"}),
    House(CENTRE, "trungtam", {COUNTER: "Đỗ Thị Thanh Hương"}, CENTRE_POINT),
    House(JUSTICE, "sotuphap", desks("Lê Quang Minh", "Hà Thị Yên", "Vũ Mạnh Hùng", "Lý Thị Kim")),
    House(
        FINANCE, "sotaichinh", desks("Bùi Đức Anh", "Tòng Thị Ón", "Trần Quốc Toản", "Mào Thị Lả")
    ),
    House(
        LAND,
        "sonongnghiep",
        desks("Hoàng Văn Chín", "Sùng Thị Dở", "Phan Hữu Nam", "Chẻo Tả Mẩy"),
    ),
    House(BUILDING, "soxaydung", desks("Ngô Tiến Dũng", "Lò Văn Hặc", "Đặng Xuân Lâm", "Pờ Mỳ Lế")),
    House(
        POLICE,
        "congantinh",
        desks("Dương Văn Sơn", "Điêu Thị Nọi", "Quàng Văn Phăn", "Lường Thị Đôi"),
    ),
)


def june_cast() -> Cast:
    """Everybody of the chapter."""
    return Cast(tuple(post for house in HOUSES for post in house.posts(IN_OFFICE)))


def june(day: int, clock: str) -> datetime:
    """A moment of June 2025."""
    return moment(date(2025, 6, day), clock)


@dataclass(frozen=True, slots=True)
class Setting(Common):
    """What the scenes of the chapter share."""

    town: Requests
    centre: Requests

    @property
    def counter(self) -> Person:
        """The official at the town's counter."""
        return self.teller.cast.holder(TOWN, COUNTER)

    @property
    def handler(self) -> Person:
        """The official who works on the town's own dossiers."""
        return self.teller.cast.holder(TOWN, HANDLER)

    def at_town(self, procedure: str, wanted: Wanted = USUAL) -> Dossier:
        """The town's counter takes a dossier in now."""
        request = self.town.make(procedure, self.teller.now, wanted)
        return self.teller.receive(request, self.counter)

    def at_centre(self, procedure: str, wanted: Wanted = USUAL) -> Dossier:
        """The province's centre takes a dossier in now."""
        request = self.centre.make(procedure, self.teller.now, wanted)
        return self.teller.receive(request, self.teller.cast.holder(CENTRE, COUNTER))

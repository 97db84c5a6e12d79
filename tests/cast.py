"""The people and offices of the tests: a small mountain province that does not exist."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.duties import Person
from thongsuot.domain.workdays import VIETNAM

# Offices of the province of Mây Trắng.
PROVINCE = "H99"
CENTRE = "H99.002"
DEPARTMENT = "H99.007"
CONSTRUCTION = "H99.008"
BAN_MAY = "H99.101"
NAM_SUONG = "H99.102"
BAN_CU = "H99.091"  # went into Bản Mây on 01/07/2025

# Where people come.
AT_CENTRE = "MC-H99.002"
AT_BAN_MAY = "MC-H99.101"
AT_NAM_SUONG = "MC-H99.102"

# Communes by the code of statistics: the old one went into the new one.
OLD_PLACE, PLACE = "90001", "90101"

# The commune of Bản Mây.
HOA = Person("hoa", "Lò Thị Hoa")  # counter
PAO = Person("pao", "Vàng A Páo")  # intake
TAM = Person("tam", "Nguyễn Minh Tâm")  # handler
SON = Person("son", "Hoàng Văn Sơn")  # leader
LAI = Person("lai", "Tẩn Mẩy Lai")  # clerk

# The commune of Nậm Sương.
SUNG = Person("sung", "Sùng A Tủa")  # counter

# The centre and the department of the province.
HA = Person("ha", "Đỗ Thu Hà")  # counter of the centre
HUY = Person("huy", "Phạm Quang Huy")  # intake
DUNG = Person("dung", "Lý Thị Dung")  # handler
LONG = Person("long", "Trần Đình Long")  # leader
MAI = Person("mai", "Bùi Thanh Mai")  # clerk

# Elsewhere.
BINH = Person("binh", "Đặng Hòa Bình")  # leader of the construction department
NHUNG = Person("nhung", "Lê Hồng Nhung")  # processes and due moments, for the whole province
MINH = Person("minh", "Giàng A Minh")  # incidents, for the whole province
LAN = Person("lan", "Chu Thị Lan")  # holds nothing; stands in for others
KHACH = Person("khach", "Khách Vãng Lai")  # holds nothing at all

MY = Applicant(name="Giàng Thị Mỷ", number="012190000017", phone="0900000017")


def moment(text: str) -> datetime:
    """A moment of the office, such as "2025-09-08 08:00" (a Monday morning)."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


MONDAY = moment("2025-09-08 08:00")

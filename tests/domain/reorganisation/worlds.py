"""A small province before its reorganisation, and plans over it."""

from __future__ import annotations

from datetime import date

from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.reorganisation import (
    Bodies,
    Create,
    OfPlace,
    Operation,
    Plan,
    Share,
    ToBody,
    Which,
)
from thongsuot.domain.spans import Span

BEGIN, DAY = date(2004, 1, 1), date(2025, 7, 1)
PROVINCE, OFFICE, LAND, HEALTH = "H99", "H99.001", "H99.007", "H99.012"
DISTRICT, OLD_A, OLD_B, OLD_C = "H99.20", "H99.20.31", "H99.20.32", "H99.20.33"
NEW_A, NEW_B = "H99.101", "H99.102"
PLACES = {OLD_A: "90001", OLD_B: "90002", OLD_C: "90003", NEW_A: "90002", NEW_B: "90004"}
AT_COMMUNE = Which(level=Level.COMMUNE)


def body(code: str, kind: OfficeKind, level: Level, *, under: str = PROVINCE) -> Office:
    """A body that stands before the day."""
    return Office(
        code=OfficeCode.parse(code),
        name=f"Cơ quan {code}",
        kind=kind,
        level=level,
        parent=OfficeCode.parse(under) if under else None,
        place=PLACES.get(code, ""),
        valid=Span(BEGIN),
        source="tạm",
    )


BEFORE = Bodies(
    frozenset(
        {
            body(PROVINCE, OfficeKind.PROVINCE, Level.PROVINCE, under=""),
            body(OFFICE, OfficeKind.DEPARTMENT, Level.PROVINCE),
            body(LAND, OfficeKind.DEPARTMENT, Level.PROVINCE),
            body(HEALTH, OfficeKind.DEPARTMENT, Level.PROVINCE),
            body(DISTRICT, OfficeKind.DISTRICT, Level.DISTRICT),
            *(
                body(code, OfficeKind.COMMUNE, Level.COMMUNE, under=DISTRICT)
                for code in (OLD_A, OLD_B, OLD_C)
            ),
        }
    ),
    frozenset(),
)


def new(code: str, *, line: int = 0, parent: str = PROVINCE) -> Create:
    """A new commune."""
    return Create(
        code,
        f"Cơ quan {code}",
        OfficeKind.COMMUNE,
        Level.COMMUNE,
        parent,
        PLACES.get(code, ""),
        line=line,
    )


def to(code: str, *, line: int = 0, **which: object) -> Share:
    """A share for one body."""
    return Share(Which(**which), ToBody(code), line)  # type: ignore[arg-type] # drawn by their names


def of_place(which: Which = AT_COMMUNE) -> Share:
    """A share for the commune of the place."""
    return Share(which, OfPlace())


def plan(*operations: Operation) -> Plan:
    """A plan of these operations."""
    return Plan("mt-2025", "Sắp xếp tỉnh Mây Trắng", "99", DAY, ("NQ 1/2025/QH15",), operations)

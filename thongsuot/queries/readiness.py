"""Whether reception points can open, from what data knows and what was noted by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.directory import NoSuchReceptionPoint
from thongsuot.domain.readiness import ReadinessCheck, is_ready
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import readiness as records
from thongsuot.records.directory import ReceptionPointRow


@dataclass(frozen=True, slots=True)
class Readiness:
    """A reception point with every item that it needs."""

    point: str
    name: str
    office: str
    office_name: str
    checks: tuple[ReadinessCheck, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps the point from opening."""
        return is_ready(self.checks)

    @property
    def red(self) -> int:
        """How many items keep the point from opening."""
        return sum(check.is_red for check in self.checks)


def readiness(point: str, *, at: datetime) -> Readiness:
    """Whether a reception point can open. Raises NoSuchReceptionPoint."""
    on = at.astimezone(VIETNAM).date()
    rows = ReceptionPointRow.objects.filter(key=point, valid__contains=on)
    found = _assessed(list(rows), at, on)
    if not found:
        raise NoSuchReceptionPoint("point", given=point)
    return found[0]


def overview(*, at: datetime, offices: frozenset[str] = frozenset({""})) -> tuple[Readiness, ...]:
    """Every reception point of a day, of some offices, those that cannot open first."""
    on = at.astimezone(VIETNAM).date()
    rows = ReceptionPointRow.objects.filter(valid__contains=on)
    if "" not in offices:
        rows = rows.filter(office__in=offices)
    return tuple(sorted(_assessed(list(rows), at, on), key=lambda one: (-one.red, one.name)))


def _assessed(points: list[ReceptionPointRow], at: datetime, on: date) -> list[Readiness]:
    names = directory.office_names(row.office for row in points)
    checks = records.checks({row.key: row.office for row in points}, at=at, on=on)
    return [
        Readiness(row.key, row.name, row.office, names.get(row.office, row.office), checks[row.key])
        for row in points
    ]

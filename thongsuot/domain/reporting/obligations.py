"""Who reports what to whom, by when, by the letters of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.edges import Edge, Shift
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import WorkCalendar


class NobodyToReportTo(Refusal):
    """On this day no letter obliges these reporters to report this."""

    code = "nobody_to_report_to"


class DutiesOverlap(Refusal):
    """Two duties of one report bind the same reporters on the same days."""

    code = "duties_overlap"
    kind = Kind.MALFORMED


class ReportersUnknown(Refusal):
    """A window or a duty names a kind of reporter that the report does not describe."""

    code = "reporters_unknown"
    kind = Kind.MALFORMED


class Tier(StrEnum):
    """To which level a report goes."""

    DISTRICT = "district"  # only until 30/06/2025
    PROVINCE = "province"
    CENTRE = "centre"


class Way(StrEnum):
    """How a report arrives."""

    SYSTEM = "system"
    DOCUMENT = "document"  # an electronic document: the body has no account


@dataclass(frozen=True, slots=True)
class ReporterKind:
    """Bodies that a letter speaks of together."""

    key: str
    name: str
    levels: frozenset[Level] = frozenset()
    kinds: frozenset[OfficeKind] = frozenset()
    offices: frozenset[str] = frozenset()

    def holds(self, office: Office) -> bool:
        """Whether the letter means this body."""
        if self.offices:
            return office.code.canonical in self.offices
        return office.level in self.levels and (not self.kinds or office.kind in self.kinds)


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """While valid, these reporters send what they report to a level, before a moment.

    Without periods, for all of the series; without `before`, the letter gives no deadline.
    """

    series: str
    reporters: str
    to: Tier
    way: Way
    valid: Span
    source: str
    before: Edge | None = None
    shift: Shift = Shift.STAYS
    periods: frozenset[str] = frozenset()

    def binds(self, window: Window) -> bool:
        """Whether it speaks of this window."""
        return not self.periods or not self.periods.isdisjoint(
            {window.key, window.key.partition("-")[2]}
        )

    def deadline(self, window: Window, calendar: WorkCalendar | None = None) -> datetime | None:
        """The moment before which the report of a window is due; None where no letter gives one.

        It is strict: what is due “trước ngày 17/6” is late at 00:00 on that day.
        Raises NoCalendarForYear where a day off would move it.
        """
        if self.before is None:
            return None
        return self.before.moment(window.last_day, shift=self.shift, calendar=calendar)


def reporter_of(kinds: Iterable[ReporterKind], office: Office) -> str:
    """The first kind of reporter that a body is; "" when no letter means it."""
    return next((kind.key for kind in kinds if kind.holds(office)), "")


def duty_on(
    duties: Iterable[ReportDuty], *, series: str, reporters: str, window: Window, on: date
) -> ReportDuty:
    """What binds these reporters on a day, for a window that may have begun under another duty.

    What a letter orders for one period goes before what holds for all. Raises NobodyToReportTo.
    """
    fitting = [
        duty
        for duty in duties
        if (duty.series, duty.reporters) == (series, reporters)
        and duty.binds(window)
        and duty.valid.contains(on)
    ]
    for duty in sorted(fitting, key=lambda duty: not duty.periods):
        return duty
    raise NobodyToReportTo("reporters", given=reporters, on=on.isoformat())


def overlapping(duties: Sequence[ReportDuty]) -> tuple[tuple[int, int], ...]:
    """The pairs of duties that bind the same reporters for the same periods on the same days.

    A duty for a named period may stand beside the one for all periods.
    """
    return tuple(
        (first, second)
        for first, one in enumerate(duties)
        for second, other in enumerate(duties[first + 1 :], first + 1)
        if (one.series, one.reporters) == (other.series, other.reporters)
        and one.valid.overlaps(other.valid)
        and (one.periods == other.periods or one.periods & other.periods)
    )

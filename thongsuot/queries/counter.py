"""What the counter must see before it takes a dossier in: who resolves it, and by when."""

from __future__ import annotations

from collections import Counter as Frequency
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Deadline, Term, due
from thongsuot.domain.directory import Office, ReceptionPoint
from thongsuot.domain.dossier.reception import transfer_until
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.catalogue import ProcedureLine
from thongsuot.records import calendar, catalogue
from thongsuot.records import directory as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow, PlaceRow, ReceptionPointRow
from thongsuot.records.dossier import DossierRow

# How many receptions say what a counter does of late.
RECENT = 200


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter on a day, with what may be chosen there for one procedure."""

    procedure: Procedure
    point: ReceptionPoint
    office: Office
    province: str
    bodies: tuple[Office, ...]
    points: tuple[ReceptionPoint, ...]

    def body(self, code: str) -> Office | None:
        """The body chosen, if it is one of those that may be."""
        return next((office for office in self.bodies if str(office.code) == code), None)


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a dossier would be due if it were taken in now.

    No term means that the official gives the appointment; the clock of a dossier that goes
    elsewhere starts at the latest at `starts_at`.
    """

    term: Term | None
    starts_at: datetime
    deadline: Deadline | None
    goes_elsewhere: bool
    is_approved: bool


def open_point(point: str, *, at: datetime) -> ReceptionPoint:
    """A counter that takes dossiers in now.

    Raises NoSuchReceptionPoint, ReceptionPointClosed, OfficeClosed.
    """
    on = at.astimezone(VIETNAM).date()
    own = records.reception_point(point, on=on)
    records.office(str(own.office), on=on)
    return own


def counter(code: str, *, point: str, at: datetime) -> Counter:
    """What a counter may choose for a procedure now.

    Raises BadProcedureCode, NoSuchProcedure, ProcedureRepealed, NoSuchReceptionPoint, OfficeClosed.
    """
    on = at.astimezone(VIETNAM).date()
    own = records.reception_point(point, on=on)
    procedure = catalogue.procedure(ProcedureCode.parse(code), on=on)
    office = records.office(str(own.office), on=on)
    return Counter(
        procedure=procedure,
        point=own,
        office=office,
        province=_province(office.place, on),
        bodies=_bodies(procedure, on),
        points=tuple(
            row.value()
            for row in ReceptionPointRow.objects.filter(valid__contains=on).order_by("key")
        ),
    )


def appointment(
    counter: Counter, *, body: Office, case: str, channel: Channel, received_at: datetime
) -> Appointment:
    """The appointment that a reception would give.

    Raises NoSuchCase, NoSuchChannel, NoProcess, NoCalendarForYear, NoPolicyForDay.
    """
    on = received_at.astimezone(VIETNAM).date()
    process = catalogue.process_for(counter.procedure, level=body.level, on=on)
    term = counter.procedure.term_for(case, channel)
    own = calendar.calendar(office=body.code.canonical)
    goes_elsewhere = body.code != counter.office.code
    starts = received_at
    if goes_elsewhere:
        starts = transfer_until(received_at, own, calendar.policies(on=on))
    flag = counter.procedure.counts_from_next_day_after_15h
    return Appointment(
        term=term,
        starts_at=starts,
        deadline=due(starts, term, own, after_15h=flag) if term else None,
        goes_elsewhere=goes_elsewhere,
        is_approved=bool(process.decision),
    )


def _bodies(procedure: Procedure, on: date) -> tuple[Office, ...]:
    """The bodies of the levels that resolve a procedure; a counter's own office is none."""
    levels = [level.value for level in procedure.levels]
    rows = OfficeRow.objects.filter(level__in=levels, valid__contains=on)
    return tuple(row.value() for row in rows.exclude(kind="service_centre").order_by("code"))


def _province(place: str, on: date) -> str:
    if len(place) == 2:
        return place
    row = PlaceRow.objects.filter(code=place, valid__contains=on).first()
    return row.province if row else ""


def recent(point: str, *, on: date, limit: int = 8) -> tuple[ProcedureLine, ...]:
    """The procedures that this counter took in of late, the most frequent first."""
    received = DossierRow.objects.filter(receiving_point=point).order_by("-id")
    last = received.values_list("procedure", flat=True)[:RECENT]
    often = [base for base, _ in Frequency(last).most_common(limit)]
    rows = ProcedureRow.objects.filter(base__in=often, valid__contains=on)
    known = {r.base: ProcedureLine(r.code, r.name, r.field, tuple(r.levels)) for r in rows}
    return tuple(known[base] for base in often if base in known)

"""One dossier before it is taken in: who comes to which counter, when, for what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from thongsuot.actions.seed import sayings
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.fate import Ending, Fate, draw_fate
from thongsuot.actions.seed.ground import Day, Desk, Offer
from thongsuot.actions.seed.people import Names
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reception import Submission
from thongsuot.domain.workdays import WorkCalendar
from thongsuot.domain.workdays.table import HOUR


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dossier that will be: its counter, its procedure, what was handed in, its fate."""

    desk: Desk
    offer: Offer
    competent: str
    asked: str
    submission: Submission
    recorded_at: datetime
    fate: Fate
    chance: Chance


def draw(chance: Chance, day: date, *, there: Day, names: Names, calendar: WorkCalendar) -> Drawn:
    """Someone comes on this day, while the office is open."""
    desk = chance.weighted(there.desks)
    offer = there.offer(desk, chance)
    channel = chance.weighted(offer.channels)
    case = offer.case(channel, chance)
    place = chance.one(desk.places)
    fate = draw_fate(chance)
    received_at = moment_on(day, calendar, chance)
    recorded_at = _later(received_at, fate.entered_after, calendar)
    submission = Submission(
        applicant=names.applicant(chance, place=place.name),
        place=e.PlaceGiven(place.code, place.code),
        channel=channel,
        received_at=received_at,
        case=case,
        papers=offer.papers[case],
        late_entry_reason=sayings.LATE_ENTRY if recorded_at > received_at else "",
    )
    return Drawn(
        desk=desk,
        offer=offer,
        competent=_numbered_by(desk, offer, fate),
        asked=chance.one(there.bodies) if there.bodies else "",
        submission=_with_appointment(submission, offer, calendar, chance),
        recorded_at=recorded_at,
        fate=fate,
        chance=chance,
    )


def _numbered_by(desk: Desk, offer: Offer, fate: Fate) -> str:
    """Whoever does not take a dossier in answers for it, and numbers it."""
    return desk.office if fate.ending is Ending.DECLINED else offer.body or desk.office


def moment_on(day: date, calendar: WorkCalendar, chance: Chance) -> datetime:
    """A minute of this day's office hours."""
    opens = calendar.opening_of(day)
    table, start = calendar.locate(opens)
    open_for = table.length[start // (24 * HOUR)]
    first = table.hours.position(start)
    return table.moment(table.hours.moment(first + int(chance.between(0.01, 0.99) * open_for)))


def _later(moment: datetime, hours: float, calendar: WorkCalendar) -> datetime:
    if not hours:
        return moment
    table, tick = calendar.locate(moment)
    return table.moment(table.hours.moment(table.hours.position(tick) + int(hours * HOUR)))


def _with_appointment(
    submission: Submission, offer: Offer, calendar: WorkCalendar, chance: Chance
) -> Submission:
    """Where the law gives no term, the official names a moment, and on what it rests."""
    channel: Channel = submission.channel
    if offer.procedure.term_for(submission.case, channel) is not None:
        return submission
    days = int(chance.between(0, 4))
    day = calendar.working_day_after(submission.received_at.date(), days + 1)
    appointment = calendar.closing_of(day) - timedelta(minutes=30)
    return replace(submission, appointment=appointment, appointment_basis=sayings.APPOINTMENT_BASIS)

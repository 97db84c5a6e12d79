"""What comes over the story's counters: ordinary dossiers, and those that the scenes ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.actions.dossier import Reception
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.ground import Day, Offer
from thongsuot.actions.seed.people import PHONE_PREFIX, Names
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier.events import Applicant, PlaceGiven
from thongsuot.domain.dossier.reception import Submission


@dataclass(frozen=True, slots=True)
class Visitor:
    """Those who come to a counter, and where they live."""

    point: str
    place: str
    place_name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a scene asks for beside its procedure; what is left out is the usual.

    The beginning of a case is enough.
    """

    channel: Channel = Channel.IN_PERSON
    case: str = ""
    body: str = ""
    appointment: datetime | None = None
    basis: str = ""
    received_at: datetime | None = None
    late_reason: str = ""
    applicant: Applicant | None = None


class Requests:
    """Makes receptions for scenes: real procedures, invented people."""

    def __init__(self, day: Day, names: Names, seed: int, visitor: Visitor) -> None:
        self._names = names
        self._seed = seed
        self._visitor = visitor
        self._made = 0
        self._at_commune = {o.procedure.code.base: o for o in day.at_commune.items}
        self._at_province = {o.procedure.code.base: o for o in day.at_province.items}

    def somebody(self, email: str = "") -> Applicant:
        """Somebody new, who has a telephone, and an address if one is given."""
        self._made += 1
        chance = self._chance()
        found = self._names.applicant(chance, place=self._visitor.place_name)
        return replace(found, phone=PHONE_PREFIX + chance.digits(7), email=email, proxy="")

    def make(self, procedure: str, at: datetime, wanted: Wanted) -> Reception:
        """A reception of a procedure, by somebody new where nobody is named."""
        self._made += 1
        chance = self._chance()
        offer = self._offer(procedure, wanted.body)
        case = next((known for known in offer.papers if known.startswith(wanted.case)), "")
        visitor = self._visitor
        return Reception(
            procedure=offer.procedure.code,
            submission=Submission(
                applicant=wanted.applicant
                or self._names.applicant(chance, place=visitor.place_name),
                place=PlaceGiven(visitor.place, visitor.place),
                channel=wanted.channel,
                received_at=wanted.received_at or at,
                case=case,
                papers=offer.papers[case],
                late_entry_reason=wanted.late_reason,
                appointment=wanted.appointment,
                appointment_basis=wanted.basis,
            ),
            receiving_point=visitor.point,
            competent_office=wanted.body,
        )

    def _chance(self) -> Chance:
        """The luck of the next one who comes here from there."""
        return Chance(self._seed, self._visitor.point, self._visitor.place, self._made)

    def _offer(self, procedure: str, body: str) -> Offer:
        if body or procedure not in self._at_commune:
            return self._at_province[procedure]
        return self._at_commune[procedure]

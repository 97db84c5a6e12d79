"""The counter takes a dossier in, declines it, or opens a child under a parent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from thongsuot.actions.dossier.desk import act
from thongsuot.actions.dossier.keeping import World, day_of, keep, require_duty
from thongsuot.domain.catalogue import Level, Procedure
from thongsuot.domain.directory import Office
from thongsuot.domain.dossier import Dossier, reception, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import calendar, catalogue, directory
from thongsuot.records import dossier as records


class CompetentOfficeNeeded(Refusal):
    """Procedure and counter do not name one competent body: the official chooses it."""

    code = "competent_office_needed"


class LevelNotCompetent(Refusal):
    """The body chosen is of a level that does not resolve this procedure."""

    code = "level_not_competent"


@dataclass(frozen=True, slots=True)
class Reception:
    """What the counter enters; what is left empty is derived, or refused with how to mend."""

    procedure: ProcedureCode
    submission: reception.Submission
    receiving_point: str
    competent_office: str = ""
    return_point: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """A reception with its names resolved to what they stand for that day."""

    counter: reception.Counter
    procedure: Procedure
    competent: Office
    submission: reception.Submission


def receive(*, request: Reception, by: Person, at: datetime) -> Dossier:
    """Take a dossier in at a counter; it gets its code and its appointment.

    Raises what `domain.dossier.reception.receive` raises, and NotYourDuty, NoProcess,
    NoSuchReceptionPoint, OfficeClosed, NoSuchProcedure, ProcedureRepealed, LevelNotCompetent.
    """
    desk, decide = _reception(request, by, at)
    return _begin(decide, desk, by=by, at=at)


def preview(*, request: Reception, by: Person, at: datetime) -> e.Received:
    """What `receive` would enter, its appointment above all; nothing is kept, no code is taken.

    Raises what `receive` raises.
    """
    _, decide = _reception(request, by, at)
    return decide("")


def decline(*, request: Reception, reason: str, by: Person, at: datetime) -> Dossier:
    """Do not take a dossier in, and keep the reason given in writing.

    Raises what `domain.dossier.reception.decline` raises, and NotYourDuty.
    """
    desk = _desk(request, by)
    _require(by, Act.DECLINE, desk, at)

    def decide(code: str) -> e.Declined:
        return reception.decline(
            desk.submission,
            code=code,
            counter=desk.counter,
            procedure=desk.procedure,
            reason=reason,
            phrases=calendar.phrases(on=day_of(at)),
            home_system=settings.HOME_SYSTEM,
            at=at,
        )

    return _begin(decide, desk, by=by, at=at)


def open_child(*, parent: str, request: Reception, by: Person, at: datetime) -> Dossier:
    """Open an interlinked procedure under a dossier; the child has its own clock.

    Source: NĐ 63/2024/NĐ-CP.
    """
    linked = replace(request, submission=replace(request.submission, parent=parent))
    with transaction.atomic():
        child = receive(request=linked, by=by, at=at)

        def decide(dossier: Dossier, _: World) -> e.ChildOpened:
            return resolution.open_child(dossier, child=child.code, procedure=child.procedure)

        act(code=parent, act=Act.OPEN_CHILD, decide=decide, by=by, at=at)
    return child


def _reception(
    request: Reception, by: Person, at: datetime
) -> tuple[_Desk, Callable[[str], e.Received]]:
    desk = _desk(request, by)
    on = day_of(desk.submission.received_at)
    _require(by, Act.RECEIVE, desk, at)
    process = catalogue.process_for(desk.procedure, level=desk.competent.level, on=on)
    known_calendar = calendar.calendar(office=desk.counter.competent_office)
    policies = calendar.policies(on=on)

    def decide(code: str) -> e.Received:
        return reception.receive(
            desk.submission,
            code=code,
            counter=desk.counter,
            procedure=desk.procedure,
            process=process,
            calendar=known_calendar,
            policies=policies,
            home_system=settings.HOME_SYSTEM,
            at=at,
        )

    return desk, decide


def _begin(
    decide: Callable[[str], e.Received | e.Declined], desk: _Desk, *, by: Person, at: datetime
) -> Dossier:
    decide("")  # what will be refused is refused before a number is taken
    received_at = desk.submission.received_at
    office = OfficeCode.parse(desk.counter.competent_office)
    code = records.take_code(office, day_of(received_at))
    with transaction.atomic():
        return keep(
            None,
            None,
            decide(str(code)),
            office=desk.counter.receiving_office,
            by=by,
            occurred_at=received_at,
            at=at,
        )


def _desk(request: Reception, by: Person) -> _Desk:
    on = day_of(request.submission.received_at)
    point = directory.reception_point(request.receiving_point, on=on)
    back = directory.reception_point(request.return_point or request.receiving_point, on=on)
    procedure = catalogue.procedure(request.procedure, on=on)
    receiving = directory.office(str(point.office), on=on)
    competent = _competent(request, procedure, receiving)
    counter = reception.Counter(
        receiving_point=point.key,
        receiving_official=by.account,
        receiving_office=receiving.code.canonical,
        competent_office=competent.code.canonical,
        return_point=back.key,
        return_office=back.office.canonical,
    )
    return _Desk(counter, procedure, competent, _with_place(request.submission))


def _competent(request: Reception, procedure: Procedure, receiving: Office) -> Office:
    """The body chosen, or the receiving commune itself where communes resolve this."""
    on = day_of(request.submission.received_at)
    if request.competent_office:
        chosen = directory.office(request.competent_office, on=on)
    elif receiving.level in procedure.levels and receiving.level is Level.COMMUNE:
        chosen = receiving
    else:
        raise CompetentOfficeNeeded("competent_office", procedure=str(procedure.code))
    if chosen.level not in procedure.levels:
        raise LevelNotCompetent("competent_office", office=chosen.name, procedure=procedure.name)
    return chosen


def _with_place(submission: reception.Submission) -> reception.Submission:
    given = submission.place.given
    if not given:
        return submission
    today = directory.place_today(given, on=day_of(submission.received_at))
    return replace(submission, place=e.PlaceGiven(given, today))


def _require(by: Person, act: Act, desk: _Desk, at: datetime) -> None:
    office = desk.counter.receiving_office
    require_duty(by, act, offices=(office,), procedure=desk.procedure.code.base, at=at)

"""The counter takes a dossier in, declines it, or opens a child under a parent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from thongsuot.actions.dossier.desk import act
from thongsuot.actions.dossier.elsewhere import require_here, send_elsewhere
from thongsuot.actions.dossier.keeping import Authority, World, day_of, keep, require_duty
from thongsuot.actions.dossier.papers import reuse
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.cutover import BelongsElsewhere
from thongsuot.domain.directory import Office
from thongsuot.domain.dossier import Dossier, reception, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.standing import require_not_over
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import competent
from thongsuot.domain.workflow import Act
from thongsuot.records import calendar, catalogue, directory, routing
from thongsuot.records import dossier as records
from thongsuot.records.reference import unchanging


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
    reused: tuple[str, ...] = ()  # the papers taken from what the province holds


@dataclass(frozen=True, slots=True)
class _Desk:
    """A reception with its names resolved to what they stand for that day."""

    counter: reception.Counter
    procedure: Procedure
    competent: Office
    submission: reception.Submission


_Body = Callable[[Reception, Procedure, Office], Office]


@unchanging()
def receive(*, request: Reception, by: Person, at: datetime) -> Dossier:
    """Take a dossier in at a counter; it gets its code and its appointment.

    Papers that the province holds of the applicant are taken in with it, all or nothing.
    Raises what `domain.dossier.reception.receive` raises, and NotYourDuty, NoProcess,
    NoSuchReceptionPoint, OfficeClosed, NoSuchProcedure, ProcedureRepealed, LevelNotCompetent,
    NothingHeld, and BelongsElsewhere for what another system receives, which is counted.
    """
    if not request.reused:
        return _receive(request, by, at)
    with transaction.atomic():
        dossier = _receive(request, by, at)
        for paper in request.reused:
            dossier = reuse(code=dossier.code, paper=paper, by=by, at=at)
    return dossier


def _receive(request: Reception, by: Person, at: datetime) -> Dossier:
    if request.submission.parent:
        return open_child(parent=request.submission.parent, request=request, by=by, at=at)
    desk = _desk(request, by, at, _competent)
    _require_here(desk, desk.submission.received_at, by=by, at=at)
    decide, authority, world = _reception(desk, by, at, Act.RECEIVE)
    return _begin(decide, desk, authority, by=by, at=at, world=world)


@unchanging()
def require_received_here(*, request: Reception, by: Person, at: datetime) -> None:
    """Refuse what another system receives, and count who is sent there, before anything is asked.

    Raises BelongsElsewhere, and what finding the counter, procedure and body of a reception raises.
    """
    desk, parent = _desk(request, by, at, _competent), request.submission.parent
    came_at = records.load(parent).dossier.received_at if parent else desk.submission.received_at
    _require_here(desk, came_at, by=by, at=at)


@unchanging()
def preview(*, request: Reception, by: Person, at: datetime) -> e.Received:
    """What `receive` would enter, its appointment above all; nothing is kept, no code is taken.

    Raises what `receive` raises.
    """
    desk, parent = _desk(request, by, at, _competent), request.submission.parent
    # What an older dossier opens under it is finished with it.
    came_at = records.load(parent).dossier.received_at if parent else desk.submission.received_at
    require_here(desk.procedure, received_at=came_at)
    decide, _, _ = _reception(desk, by, at, Act.OPEN_CHILD if parent else Act.RECEIVE)
    return decide("")


@unchanging()
def decline(*, request: Reception, reason: str, by: Person, at: datetime) -> Dossier:
    """Do not take a dossier in, and keep the reason given in writing.

    Raises what `domain.dossier.reception.decline` raises, and NotYourDuty.
    """
    desk = _desk(request, by, at, _receiving_body)
    authority = _require(by, Act.DECLINE, desk, at)

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

    return _begin(decide, desk, authority, by=by, at=at)


@unchanging()
def take_over(
    *, request: Reception, reported: reception.Reported, by: Person, at: datetime
) -> Dossier:
    """Take over a dossier that another system received: its code and appointment stay.

    Raises what `domain.dossier.reception.take_over` raises, NotYourDuty, Conflict when we
    have a dossier of this code.
    """
    desk = _desk(request, by, at, _competent)
    authority = _require(by, Act.RECEIVE, desk, at)
    submission = desk.submission
    level, on = desk.competent.level, day_of(submission.received_at)
    told = reception.take_over(
        submission,
        reported=reported,
        counter=desk.counter,
        procedure=desk.procedure,
        process=catalogue.process_for(desk.procedure, level=level, on=on),
        calendar_version=calendar.current_version(),
        home_system=settings.HOME_SYSTEM,
        at=at,
    )
    return _keep_first(told, desk, authority, by=by, at=at)


@unchanging()
def open_child(*, parent: str, request: Reception, by: Person, at: datetime) -> Dossier:
    """Open an interlinked procedure under a dossier; the child has its own clock.

    Source: NĐ 63/2024/NĐ-CP.
    """
    with transaction.atomic():
        dossier = records.load(parent).dossier
        require_not_over(dossier, Act.OPEN_CHILD)
        process = catalogue.process(dossier.process_version)
        base = request.procedure.base
        # What the parent may not open is refused before a number is taken.
        resolution.open_child(dossier, process=process, child="", procedure=base)
        linked = replace(request.submission, parent=dossier.code)
        desk = _desk(replace(request, submission=linked), by, at, _competent)
        # It came with its parent, and is finished where the parent is.
        _require_here(desk, dossier.received_at, by=by, at=at)
        take_in, authority, world = _reception(desk, by, at, Act.OPEN_CHILD)
        child = _begin(take_in, desk, authority, by=by, at=at, world=world)

        def decide(dossier: Dossier, world: World) -> e.ChildOpened:
            return resolution.open_child(
                dossier, process=world.process, child=child.code, procedure=base
            )

        act(code=dossier.code, act=Act.OPEN_CHILD, decide=decide, by=by, at=at)
    return child


def _require_here(desk: _Desk, came_at: datetime, *, by: Person, at: datetime) -> None:
    """Raises BelongsElsewhere, and counts who is sent there."""
    try:
        require_here(desk.procedure, received_at=came_at)
    except BelongsElsewhere:
        applicant = desk.submission.applicant
        send_elsewhere(
            procedure=desk.procedure,
            point=desk.counter.receiving_point,
            received_at=came_at,
            who=applicant.number or applicant.name,
            by=by,
            at=at,
        )
        raise


def _reception(
    desk: _Desk, by: Person, at: datetime, act: Act
) -> tuple[Callable[[str], e.Received], Authority, World]:
    on = day_of(desk.submission.received_at)
    authority = _require(by, act, desk, at)
    world = World(
        calendar=calendar.calendar(office=desk.counter.competent_office),
        policies=calendar.policies(on=on),
        process=catalogue.process_for(desk.procedure, level=desk.competent.level, on=on),
    )

    def decide(code: str) -> e.Received:
        return reception.receive(
            desk.submission,
            code=code,
            counter=desk.counter,
            procedure=desk.procedure,
            process=world.process,
            calendar=world.calendar,
            policies=world.policies,
            home_system=settings.HOME_SYSTEM,
            at=at,
        )

    return decide, authority, world


def _begin(
    decide: Callable[[str], e.Received | e.Declined],
    desk: _Desk,
    authority: Authority,
    *,
    by: Person,
    at: datetime,
    world: World | None = None,
) -> Dossier:
    decide("")  # what will be refused is refused before a number is taken
    office = OfficeCode.parse(desk.counter.competent_office)
    code = records.take_code(office, day_of(desk.submission.received_at))
    return _keep_first(decide(str(code)), desk, authority, by=by, at=at, world=world)


@transaction.atomic
def _keep_first(
    event: e.Received | e.Declined,
    desk: _Desk,
    authority: Authority,
    *,
    by: Person,
    at: datetime,
    world: World | None = None,
) -> Dossier:
    return keep(
        None,
        None,
        event,
        office=authority.office,
        by=by,
        occurred_at=desk.submission.received_at,
        at=at,
        on_behalf_of=authority.on_behalf_of,
        world=world,
    )


def _desk(request: Reception, by: Person, at: datetime, body: _Body) -> _Desk:
    reception.check(request.submission, at=at)
    on = day_of(request.submission.received_at)
    point = directory.reception_point(request.receiving_point, on=on)
    back = directory.reception_point(request.return_point, on=on) if request.return_point else point
    procedure = catalogue.procedure(request.procedure, on=on)
    receiving = directory.office(str(point.office), on=on)
    competent = body(request, procedure, receiving)
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
    """The body chosen, or the one that procedure, case, level and place name."""
    on = day_of(request.submission.received_at)
    if not request.competent_office:
        place, case = request.submission.place.given, request.submission.case
        around = routing.surroundings(procedure, receiving=receiving, place=place, on=on)
        return competent(procedure, case=case, around=around).office
    chosen = directory.office(request.competent_office, on=on)
    if chosen.level not in procedure.levels:
        raise LevelNotCompetent("competent_office", office=chosen.name, procedure=procedure.name)
    return chosen


def _receiving_body(_: Reception, __: Procedure, receiving: Office) -> Office:
    """Whoever does not take a dossier in answers for it, and numbers it."""
    return receiving


def _with_place(submission: reception.Submission) -> reception.Submission:
    given = submission.place.given
    if not given:
        return submission
    today = directory.place_today(given, on=day_of(submission.received_at))
    return replace(submission, place=e.PlaceGiven(given, today))


def _require(by: Person, act: Act, desk: _Desk, at: datetime) -> Authority:
    office = desk.counter.receiving_office
    return require_duty(by, act, offices=(office,), procedure=desk.procedure.code.base, at=at)

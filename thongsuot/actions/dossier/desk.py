"""An existing dossier changes: always by one act, by someone whose duty it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from thongsuot.actions.dossier.keeping import (
    Authority,
    World,
    keep,
    next_check,
    require_duty,
    world_of,
)
from thongsuot.actions.dossier.rostering import require_on_roster
from thongsuot.domain.dossier import Dossier, Event, clock, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import Conflict
from thongsuot.domain.dossier.standing import offices_for, require_not_over, require_now, role_for
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import calendar, catalogue
from thongsuot.records import dossier as records
from thongsuot.records.reference import unchanging

Decide = Callable[[Dossier, World], Event]

SET_ASIDE_FOR = timedelta(hours=1)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Decided:
    """An act before it is kept."""

    row: records.DossierRow
    dossier: Dossier
    world: World
    authority: Authority
    event: Event


@unchanging()
@transaction.atomic
def act(
    *,
    code: str,
    act: Act,
    decide: Decide,
    by: Person,
    at: datetime,
    occurred_at: datetime | None = None,
    seen_version: int | None = None,
    about: int = 0,
) -> Dossier:
    """Make one act on a dossier.

    `seen_version` is the version that the person was looking at: when it is no longer the last,
    somebody else was first.
    Raises NoSuchDossier, ActNotNow, OutOfOrder, Conflict, DossierEnded, NotYourDuty,
    NotOnRoster, and what the act raises.
    """
    made = _decided(
        code,
        act,
        decide,
        by=by,
        at=at,
        occurred_at=occurred_at or at,
        seen_version=seen_version,
        about=about,
    )
    return keep(
        made.row,
        made.dossier,
        made.event,
        office=made.authority.office,
        by=by,
        occurred_at=at,
        at=at,
        on_behalf_of=made.authority.on_behalf_of,
        world=made.world,
    )


@unchanging()
@transaction.atomic
def rehearse(*, code: str, act: Act, decide: Decide, by: Person, at: datetime) -> Dossier:
    """The dossier as it stands, where `act` would act on it; nothing is kept.

    Raises what `act` raises.
    """
    return _decided(code, act, decide, by=by, at=at, occurred_at=at).dossier


def _decided(
    code: str,
    act: Act,
    decide: Decide,
    *,
    by: Person,
    at: datetime,
    occurred_at: datetime,
    seen_version: int | None = None,
    about: int = 0,
) -> _Decided:
    """Load and decide: who acts on what, by which authority, and the event that comes of it."""
    row, dossier, last = records.load(code)
    require_now(occurred_at, now=at, last=last)
    if seen_version is not None and records.is_changed(row, since=seen_version):
        raise Conflict("dossier", code=dossier.code)
    require_not_over(dossier, act)
    world = world_of(dossier, at)
    role = role_for(dossier, act, world.process)
    authority = require_duty(
        by,
        act,
        offices=offices_for(dossier, act, about),
        procedure=dossier.procedure,
        at=at,
        role=role,
    )
    # Whoever claims work is named for the step that does it, not for the one that gives it.
    if role and act is not Act.CLAIM:
        require_on_roster(
            dossier,
            world.process,
            stage=dossier.stage,
            office=authority.office,
            officials=(by.account, authority.on_behalf_of),
            at=at,
        )
    hands = tuple(account for account in (by.account, authority.on_behalf_of) if account)
    event = decide(dossier, replace(world, hands=hands))
    return _Decided(row, dossier, world, authority, event)


def accept_due(*, code: str, reason: str, by: Person, at: datetime) -> Dossier:
    """Accept the due moment that the calendar now in force gives this dossier."""

    def decide(dossier: Dossier, _: World) -> e.DueAccepted:
        newest = calendar.calendar(office=dossier.competent_office)
        return clock.accept_due(dossier, calendar=newest, reason=reason)

    return act(code=code, act=Act.ACCEPT_DUE, decide=decide, by=by, at=at)


def change_process(
    *, code: str, to: str, stage: str, reason: str, by: Person, at: datetime
) -> Dossier:
    """Move a running dossier, on purpose, to another version of its process."""

    def decide(dossier: Dossier, _: World) -> e.ProcessChanged:
        other = catalogue.process(to)
        return resolution.change_process(dossier, to=other, stage=stage, reason=reason)

    return act(code=code, act=Act.CHANGE_PROCESS, decide=decide, by=by, at=at)


def notice_due(*, at: datetime, limit: int = 10_000) -> int:
    """Note on dossiers whose moment has come that they became near or late; how many.

    One that cannot be judged (its calendar is missing) is set aside for an hour and named in the
    log, so that it holds no other up.
    """
    return sum(_notice_or_set_aside(code, at) for code in records.due_for_check(at=at, limit=limit))


def _notice_or_set_aside(code: str, at: datetime) -> bool:
    try:
        return _notice(code, at)
    except Refusal as refusal:
        logger.warning("set aside: %s could not be looked at: %s", code, refusal)
        records.plan_check(records.find(code), at + SET_ASIDE_FOR)
        return False


@unchanging()
@transaction.atomic
def _notice(code: str, at: datetime) -> bool:
    row, dossier, _ = records.load(code)
    world = world_of(dossier, at)
    event = clock.notice(dossier, at=at, calendar=world.calendar, policies=world.policies)
    if event is None:
        records.plan_check(row, next_check(dossier, at, world))
        return False
    system = Person(settings.HOME_SYSTEM, "")
    office = dossier.office
    keep(row, dossier, event, office=office, by=system, occurred_at=at, at=at, world=world)
    return True

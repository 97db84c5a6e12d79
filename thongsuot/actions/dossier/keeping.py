"""What every write of a dossier has in common: its world, its duty, its row, its debts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from thongsuot.actions.dossier import telling
from thongsuot.actions.dossier.noticing import notices_of
from thongsuot.domain.dossier import Dossier, Entry, Event, clock
from thongsuot.domain.dossier.policies import Policies
from thongsuot.domain.duties import Person
from thongsuot.domain.workdays import VIETNAM, WorkCalendar
from thongsuot.domain.workflow import Act, Process
from thongsuot.records import access, calendar, catalogue, papers
from thongsuot.records import dossier as records
from thongsuot.records.messages import owe


@dataclass(frozen=True, slots=True)
class World:
    """What a decision about one dossier needs to know besides the dossier."""

    calendar: WorkCalendar
    policies: Policies
    process: Process
    hands: tuple[str, ...] = ()  # who acts, and whose duty it is if they stand in for somebody


@dataclass(frozen=True, slots=True)
class Authority:
    """In which office somebody acts, and for which absent one if for one."""

    office: str
    on_behalf_of: str


def world_of(dossier: Dossier, at: datetime) -> World:
    """The calendar, policies and process by which a dossier is decided.

    A dossier keeps the calendar version of its appointment until a newer one is accepted.
    """
    return World(
        calendar=_calendar_of(dossier),
        policies=calendar.policies(on=day_of(at)),
        process=catalogue.process(dossier.process_version),
    )


def _calendar_of(dossier: Dossier) -> WorkCalendar:
    return calendar.calendar(office=dossier.competent_office, version=dossier.calendar_version)


def keep(
    row: records.DossierRow | None,
    before: Dossier | None,
    event: Event,
    *,
    office: str,
    by: Person,
    occurred_at: datetime,
    at: datetime,
    on_behalf_of: str = "",
    world: World | None = None,
) -> Dossier:
    """Keep one event, the projection it makes and the messages it makes us owe.

    A world that the decision already looked at is not looked up again.
    """
    home = settings.HOME_SYSTEM
    entry = Entry(event, occurred_at, at, by.account, office, home, on_behalf_of)
    row, after = records.append(
        row, before, [entry], next_check=lambda kept: next_check(kept, at, world)
    )
    papers.hold(row, after, entry)
    told = (*telling.owed(after, entry, by=by.name), *notices_of(after, entry))
    owe(row, told, seq=after.version, at=at)
    return after


def next_check(dossier: Dossier, at: datetime, world: World | None = None) -> datetime | None:
    """When the passing of time next changes how a dossier stands; None if it cannot."""
    if dossier.due_at is None or not dossier.is_open:
        return None
    if world is None or world.calendar.version != dossier.calendar_version:
        world = world_of(dossier, at)
    return clock.next_check(dossier, calendar=world.calendar, policies=world.policies)


def require_duty(
    by: Person,
    act: Act,
    *,
    offices: tuple[str, ...],
    procedure: str,
    at: datetime,
    role: str = "",
) -> Authority:
    """The first of these offices in which the person may act today. Raises NotYourDuty."""
    held = access.duties(by.account)
    on = day_of(at)
    for office in offices:
        basis = held.basis(by, act, office=office, procedure=procedure, on=on, role=role)
        if basis is not None:
            return Authority(office, basis.standing_in_for)
    basis = held.require(by, act, office=offices[0], procedure=procedure, on=on, role=role)
    return Authority(offices[0], basis.standing_in_for)


def day_of(moment: datetime) -> date:
    """The office's calendar day of a moment."""
    return moment.astimezone(VIETNAM).date()

"""Every file that the product ships, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thongsuot.actions.load import (
    access,
    calendar,
    catalogue,
    certificates,
    connections,
    cutover,
    directory,
    places,
    processes,
    reporting,
    routing,
    shared_systems,
    value_maps,
)
from thongsuot.actions.load.reading import Shape
from thongsuot.actions.load.report import Sheet

Sheets = Mapping[Shape, Sheet]


class Subject(StrEnum):
    """What a file speaks of."""

    DIRECTORY = "directory"
    CALENDAR = "calendar"
    ACCESS = "access"
    CATALOGUE = "catalogue"
    SYSTEMS = "systems"
    PARTNERS = "partners"
    CUTOVER = "cutover"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Source:
    """Files that are loaded together, in one transaction."""

    subject: Subject
    shapes: tuple[Shape, ...]
    load: Callable[[Sheets, datetime, date | None], None]
    is_invented: bool = False  # made up to be shown: loaded by itself only where nothing is real


def _file(
    subject: Subject, shape: Shape, load: Callable[..., None], *, is_invented: bool = False
) -> Source:
    """A file that is loaded alone, by a loader that needs no moment."""

    def run(sheets: Sheets, _: datetime, as_of: date | None) -> None:
        load(sheets[shape], as_of=as_of)

    return Source(subject, (shape,), run, is_invented)


SOURCES: tuple[Source, ...] = (
    Source(
        Subject.DIRECTORY, places.FILES, lambda sheets, _, as_of: places.load(sheets, as_of=as_of)
    ),
    Source(
        Subject.DIRECTORY,
        (directory.OFFICES,),
        lambda sheets, at, as_of: directory.load_offices(
            sheets[directory.OFFICES], at=at, as_of=as_of
        ),
    ),
    _file(Subject.DIRECTORY, directory.ALIASES, directory.load_aliases),
    _file(Subject.DIRECTORY, directory.SUCCESSIONS, directory.load_successions),
    _file(Subject.DIRECTORY, directory.POINTS, directory.load_points),
    _file(Subject.DIRECTORY, directory.CONTACTS, directory.load_contacts),
    _file(Subject.DIRECTORY, routing.COMPETENCE, routing.load_competence),
    # A calendar version holds the hours that are known when it is kept: hours come first.
    Source(
        Subject.CALENDAR,
        (calendar.HOURS,),
        lambda sheets, at, as_of: calendar.load_hours(sheets[calendar.HOURS], at=at, as_of=as_of),
    ),
    Source(
        Subject.CALENDAR,
        (calendar.HOLIDAYS,),
        lambda sheets, at, _: calendar.load_holidays(sheets[calendar.HOLIDAYS], at=at),
    ),
    _file(Subject.CALENDAR, calendar.POLICIES, calendar.load_policies),
    _file(Subject.CALENDAR, calendar.PHRASES, calendar.load_phrases),
    _file(Subject.ACCESS, access.ROLES, access.load_roles),
    _file(Subject.ACCESS, access.PARTNERS, access.load_partners),
    Source(
        Subject.CATALOGUE,
        catalogue.FILES,
        lambda sheets, _, as_of: catalogue.load(sheets, as_of=as_of),
    ),
    _file(Subject.SYSTEMS, shared_systems.SYSTEMS, shared_systems.load_systems),
    _file(Subject.SYSTEMS, shared_systems.REGULATIONS, shared_systems.load_regulations),
    _file(Subject.SYSTEMS, shared_systems.ENTRIES, shared_systems.load_entries, is_invented=True),
    _file(
        Subject.SYSTEMS,
        certificates.CERTIFICATES,
        certificates.load_certificates,
        is_invented=True,
    ),
    _file(Subject.PARTNERS, connections.CONNECTIONS, connections.load_connections),
    _file(Subject.PARTNERS, value_maps.VALUE_MAPS, value_maps.load_value_maps),
    _file(Subject.CUTOVER, cutover.SYSTEMS, cutover.load_systems),
    _file(Subject.CUTOVER, cutover.RULES, cutover.load_rules),
    _file(Subject.CUTOVER, cutover.PORTALS, cutover.load_portals),
)


def report_source(path: str) -> Source:
    """A report, a form or ways of counting in a file of their own."""

    def run(sheets: Sheets, at: datetime, _: date | None) -> None:
        reporting.load_report(sheets[shape], at=at)

    shape = Shape(path, ())
    return Source(Subject.REPORTS, (shape,), run)


def process_source(path: str) -> Source:
    """A process in a file of its own, resolved under the data folder."""
    return _file(Subject.CATALOGUE, Shape(path, ()), processes.load_process)

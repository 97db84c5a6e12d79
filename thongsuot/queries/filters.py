"""What narrows a list of dossiers; the same words in an address, a saved filter and an export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Status
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.then_and_now import structure
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.searching import holding
from thongsuot.words import reading
from thongsuot.words.reading import Given

NOBODY = "-"
STANDINGS = ("late", "near", "on_time", "paused")


class FilterUnknown(Refusal):
    """A list is narrowed by one of the values that exist."""

    code = "filter_unknown"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; what is empty does not. Days are of reception, both included.

    `structure` is the day whose bodies are meant by `office`: without it, those that have the
    dossiers now.
    """

    search: str = ""
    status: str = ""
    standing: str = ""
    field: str = ""
    procedure: str = ""
    office: str = ""
    assignee: str = ""
    stage: str = ""
    channel: str = ""
    first: date | None = None
    last: date | None = None
    structure: date | None = None
    plan: str = ""  # of a reorganisation that handed the dossier over


def read_filters(given: Given) -> Filters:
    """What a list is narrowed by, as an address says it. Raises FilterUnknown, BadField."""
    short = partial(reading.text, longest=200)
    return Filters(
        search=reading.if_given(short, given, "q", ""),
        status=reading.if_given(_one_of([s.value for s in Status]), given, "status", ""),
        standing=reading.if_given(_one_of(STANDINGS), given, "standing", ""),
        field=reading.if_given(short, given, "field", ""),
        procedure=reading.if_given(short, given, "procedure", ""),
        office=reading.if_given(short, given, "office", ""),
        assignee=reading.if_given(short, given, "assignee", ""),
        stage=reading.if_given(short, given, "stage", ""),
        channel=reading.if_given(_one_of([c.value for c in Channel]), given, "channel", ""),
        first=reading.maybe(reading.day, given, "from"),
        last=reading.maybe(reading.day, given, "to"),
        structure=reading.maybe(reading.day, given, "structure"),
        plan=reading.if_given(short, given, "plan", ""),
    )


def narrowed(rows: QuerySet[DossierRow], filters: Filters, *, at: datetime) -> QuerySet[DossierRow]:
    """The rows that fit all filters. Raises StructureNotYet."""
    then = None
    if filters.structure:
        then = structure(filters.structure, today=at.astimezone(VIETNAM).date())
    exact = {
        "status": filters.status,
        "procedure": filters.procedure,
        "office": "" if then else filters.office,
        "stage": filters.stage,
        "channel": filters.channel,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if then and filters.office:
        rows = rows.filter(then.holding(filters.office))
    if filters.search:
        rows = rows.filter(holding(filters.search))
    if filters.assignee:
        rows = rows.filter(assignee="" if filters.assignee == NOBODY else filters.assignee)
    if filters.field:
        # As a list: PostgreSQL would look a procedure up for each dossier that it passes.
        codes = ProcedureRow.objects.filter(field=filters.field).values_list("base", flat=True)
        rows = rows.filter(procedure__in=list(codes.distinct()))
    if filters.standing:
        rows = rows.filter(stands(filters.standing, at))
    if filters.plan:
        passed = CensusRow.objects.filter(
            dossier=OuterRef("pk"),
            plan__key=filters.plan,
            fate=Fate.PASSED.value,
            undone_version=None,
        )
        rows = rows.filter(Exists(passed))
    if filters.first:
        rows = rows.filter(received_at__gte=_morning(filters.first))
    if filters.last:
        rows = rows.filter(received_at__lt=_morning(filters.last + timedelta(1)))
    return rows


def _one_of(known: list[str] | tuple[str, ...]) -> Callable[[str, object], str]:
    def read(name: str, raw: object) -> str:
        if raw not in known:
            raise FilterUnknown(name, given=reading.shown(raw))
        return str(raw)

    return read


def stands(standing: str, at: datetime) -> Q:
    """How open dossiers stand: late is read from the clock, near from what was noted."""
    runs = OPEN & Q(is_paused=False)
    late = Q(due_at__lt=at)
    match standing:
        case "late":
            return runs & late
        case "near":
            return runs & Q(standing="near") & ~late
        case "paused":
            return OPEN & Q(is_paused=True)
        case _:
            return runs & ~Q(standing="near") & (Q(due_at__gte=at) | Q(due_at=None))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)

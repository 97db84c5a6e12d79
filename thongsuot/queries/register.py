"""The register of all dossiers, for operators and machines: in the order they came, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q, QuerySet

from thongsuot.domain.deadline import Standing
from thongsuot.domain.dossier import Status
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.dossier import Tab, offices_of, tabbed
from thongsuot.queries.then_and_now import structure
from thongsuot.records import dossier as records
from thongsuot.records.directory import canonical
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.searching import holding
from thongsuot.words import reading
from thongsuot.words.reading import Given

# How the log of looks names a page of names.
ABOUT = "list:dossiers"
LARGEST_PAGE = 200


class NoSuchChoice(Refusal):
    """The value asked for is not one of those that exist."""

    code = "no_such_choice"
    kind = Kind.MALFORMED


class CursorUnknown(Refusal):
    """A page follows a dossier that is in the register."""

    code = "cursor_unknown"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers are looked for; what is empty does not narrow.

    `structure` is the day whose bodies are meant by `office`.
    """

    office: str = ""
    procedure: str = ""
    status: str = ""
    standing: str = ""
    search: str = ""
    tab: str = ""
    structure: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A dossier as a line of the register; its applicant's number stays out."""

    code: str
    version: int
    procedure: str
    procedure_name: str
    applicant: str
    channel: str
    status: str
    standing: str
    stage: str
    office: str
    assignee: str
    received_at: datetime
    promised_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the code after which the next page begins ("" at the end)."""

    lines: tuple[RegisterLine, ...]
    next: str


def read_wanted(given: Given) -> Wanted:
    """What is looked for, as a door was given it.

    Raises NoSuchChoice, BadField, OfficeCodeMalformed, ProcedureCodeMalformed.
    """
    return Wanted(
        office=reading.if_given(_office, given, "office", ""),
        procedure=reading.if_given(_procedure, given, "procedure", ""),
        status=reading.if_given(_status, given, "status", ""),
        standing=reading.if_given(_standing, given, "standing", ""),
        search=reading.if_given(partial(reading.text, longest=200), given, "search", ""),
        tab=reading.if_given(_tab, given, "tab", ""),
        structure=reading.maybe(reading.day, given, "structure"),
    )


def listed(
    wanted: Wanted, *, at: datetime, reading: ReadingToken, after: str = "", limit: int = 50
) -> Page:
    """A page of the whole register; the look at it stands in the log. Raises CursorUnknown."""
    reading.require(ABOUT)
    return _page(_narrowed(wanted, at), after, limit)


def listed_for(
    account: str,
    wanted: Wanted,
    *,
    at: datetime,
    reading: ReadingToken,
    after: str = "",
    limit: int = 50,
) -> Page:
    """A page of the dossiers of the offices in which a person has a duty.

    The look at it stands in the log. Raises CursorUnknown.
    """
    reading.require(ABOUT)
    offices = offices_of(account, at)
    rows = _narrowed(wanted, at)
    if wanted.tab:
        rows = rows.filter(pk__in=tabbed(account, Tab(wanted.tab), at).values("pk"))
    if "" not in offices:
        rows = rows.filter(
            Q(office__in=offices)
            | Q(competent_office__in=offices)
            | Q(receiving_office__in=offices)
            | Q(return_office__in=offices)
        )
    return _page(rows, after, limit)


def gaps() -> Iterator[tuple[str, date, int]]:
    """The numbers that were taken and have no dossier: office, day, number."""
    yield from records.code_gaps()


def count() -> int:
    """How many dossiers there are."""
    return DossierRow.objects.count()


def _page(rows: QuerySet[DossierRow], after: str, limit: int) -> Page:
    if after:
        last = DossierRow.objects.filter(code=after).values_list("id", flat=True).first()
        if last is None:
            raise CursorUnknown("after", given=after)
        rows = rows.filter(id__gt=last)
    found = list(rows.order_by("id")[: limit + 1])
    lines = tuple(_line(row) for row in found[:limit])
    return Page(lines, lines[-1].code if len(found) > limit else "")


def _narrowed(wanted: Wanted, at: datetime) -> QuerySet[DossierRow]:
    rows = DossierRow.objects.all()
    then = None
    if wanted.structure:
        then = structure(wanted.structure, today=at.astimezone(VIETNAM).date())
    office = "" if then else wanted.office
    exact = {"office": office, "procedure": wanted.procedure, "status": wanted.status}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if then and wanted.office:
        rows = rows.filter(then.holding(wanted.office))
    if wanted.standing:
        rows = _standing_at(rows, Standing(wanted.standing), at)
    if wanted.search:
        rows = rows.filter(holding(wanted.search))
    return rows


def _standing_at(
    rows: QuerySet[DossierRow], standing: Standing, at: datetime
) -> QuerySet[DossierRow]:
    """Running dossiers by how they stand now; late is read from the clock, not from a note."""
    running = rows.filter(OPEN)
    late = Q(due_at__lt=at, is_paused=False)
    match standing:
        case Standing.LATE:
            return running.filter(late)
        case Standing.NEAR:
            return running.filter(standing="near").exclude(late)
        case Standing.ON_TIME:
            return running.exclude(standing="near").exclude(late)


def _line(row: DossierRow) -> RegisterLine:
    return RegisterLine(
        code=row.code,
        version=row.version,
        procedure=row.procedure,
        procedure_name=row.procedure_name,
        applicant=row.applicant_name,
        channel=row.channel,
        status=row.status,
        standing=row.standing,
        stage=row.stage,
        office=row.office,
        assignee=row.assignee,
        received_at=row.received_at,
        promised_at=row.promised_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        is_paused=row.is_paused,
    )


def _office(name: str, raw: object) -> str:
    return canonical(str(reading.parsed(name, OfficeCode.parse, raw)))


def _procedure(name: str, raw: object) -> str:
    return reading.parsed(name, ProcedureCode.parse, raw).base


def _status(name: str, raw: object) -> str:
    return _chosen(name, raw, [status.value for status in Status])


def _standing(name: str, raw: object) -> str:
    return _chosen(name, raw, [standing.value for standing in Standing])


def _tab(name: str, raw: object) -> str:
    return _chosen(name, raw, [tab.value for tab in Tab])


def _chosen(name: str, raw: object, known: list[str]) -> str:
    given = reading.text(name, raw)
    if given not in known:
        raise NoSuchChoice(name, field=name, given=reading.shown(given), known=known)
    return given

"""Dossiers held elsewhere, to be read: with their source, the last word, and where we disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from thongsuot.domain.duties import Right
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import access, cutover
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.messages import PartnerRow
from thongsuot.records.remote import DivergenceRow, RemoteDossierRow

PAGE = 50
STATES = ("open", "late", "over", "apart")


@dataclass(frozen=True, slots=True)
class RemoteLine:
    """A dossier held elsewhere, without its applicant."""

    number: int
    code: str
    source: str
    procedure: str
    field: str
    status: str
    raw_status: str
    body: str
    step: str
    holder: str
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    is_late: bool
    said_at: datetime
    heard_at: datetime
    apart: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A system that holds dossiers: how many, how many of them late, and when it last spoke."""

    partner: str
    name: str
    many: int
    open: int
    late: int
    apart: int
    last_word: datetime


@dataclass(frozen=True, slots=True)
class DivergenceLine:
    """One thing told differently here and there."""

    number: int
    code: str
    dossier: str
    source: str
    aspect: str
    ours: str
    theirs: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Remote:
    """A page of dossiers held elsewhere, and the systems that hold them."""

    lines: tuple[RemoteLine, ...]
    sources: tuple[SourceLine, ...]
    next: int


def seen_by(account: str, *, at: datetime) -> frozenset[str]:
    """The offices whose dossiers somebody deals with today; "" means every one."""
    return access.duties(account).offices(account, at.astimezone(VIETNAM).date())


def settles(account: str, *, at: datetime) -> bool:
    """Whether somebody may settle a difference today."""
    on = at.astimezone(VIETNAM).date()
    return "" in access.duties(account).holding(account, Right.SYSTEMS, on)


def counted(offices: frozenset[str]) -> int:
    """How many dossiers of these offices other systems have in hand."""
    return _of(offices).filter(is_over=False).count()


def remote(
    offices: frozenset[str],
    *,
    at: datetime,
    partner: str = "",
    state: str = "",
    field: str = "",
    search: str = "",
    after: int = 0,
) -> Remote:
    """The dossiers of some offices ("" of all) that other systems hold, the latest first."""
    rows = _of(offices)
    sources = _sources(rows, at)
    wanted = rows
    if partner:
        wanted = wanted.filter(partner=partner)
    if field:
        wanted = wanted.filter(field=field)
    if search:
        wanted = wanted.filter(Q(code__icontains=search) | Q(procedure=search))
    wanted = _in_state(wanted, state, at)
    if after:
        wanted = wanted.filter(pk__lt=after)
    apart = Count("apart", filter=Q(apart__gone_at=None))
    found = list(wanted.annotate(differences=apart).order_by("-pk")[: PAGE + 1])
    names = {line.partner: line.name for line in sources}
    bodies = directory.office_names(row.body for row in found)
    procedures = _procedures(row.procedure for row in found)
    lines = tuple(
        RemoteLine(
            number=row.pk,
            code=row.code,
            source=names.get(row.partner, row.partner),
            procedure=procedures.get(row.procedure, row.procedure),
            field=row.field,
            status=row.status,
            raw_status=row.raw_status,
            body=bodies.get(row.body, row.body),
            step=row.step,
            holder=row.holder,
            received_at=row.received_at,
            due_at=row.due_at,
            ended_at=row.ended_at,
            is_late=not row.is_over and row.due_at is not None and row.due_at < at,
            said_at=row.said_at,
            heard_at=row.heard_at,
            apart=row.differences,
        )
        for row in found[:PAGE]
    )
    return Remote(lines, sources, found[PAGE - 1].pk if len(found) > PAGE else 0)


def divergences(offices: frozenset[str] = frozenset({""})) -> tuple[DivergenceLine, ...]:
    """In what dossiers are told differently here and there, the oldest difference first."""
    rows = DivergenceRow.objects.filter(gone_at=None, remote__in=_of(offices))
    found = list(rows.select_related("remote").order_by("seen_at", "id")[:500])
    names = _names(row.remote.partner for row in found)
    return tuple(
        DivergenceLine(
            row.pk,
            row.remote.code,
            row.dossier,
            names.get(row.remote.partner, row.remote.partner),
            row.aspect,
            row.ours,
            row.theirs,
            row.seen_at,
        )
        for row in found
    )


def _of(offices: frozenset[str]) -> QuerySet[RemoteDossierRow]:
    rows = RemoteDossierRow.objects.all()
    return rows if "" in offices else rows.filter(body__in=offices)


def _in_state(
    rows: QuerySet[RemoteDossierRow], state: str, at: datetime
) -> QuerySet[RemoteDossierRow]:
    match state:
        case "open":
            return rows.filter(is_over=False)
        case "late":
            return rows.filter(is_over=False, due_at__lt=at)
        case "over":
            return rows.filter(is_over=True)
        case "apart":
            apart = DivergenceRow.objects.filter(gone_at=None).values("remote")
            return rows.filter(pk__in=apart)
        case _:
            return rows


def _sources(rows: QuerySet[RemoteDossierRow], at: datetime) -> tuple[SourceLine, ...]:
    is_open = Q(is_over=False)
    counted = rows.values("partner").annotate(
        many=Count("pk"),
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_at__lt=at)),
        last=Max("heard_at"),
    )
    apart = dict(
        DivergenceRow.objects.filter(gone_at=None, remote__in=rows)
        .values_list("remote__partner")
        .annotate(many=Count("pk"))
    )
    found = list(counted.order_by("partner"))
    names = _names(one["partner"] for one in found)
    return tuple(
        SourceLine(
            one["partner"],
            names.get(one["partner"], one["partner"]),
            one["many"],
            one["open"],
            one["late"],
            apart.get(one["partner"], 0),
            one["last"],
        )
        for one in found
    )


def _names(partners: Iterable[str]) -> dict[str, str]:
    """What partners are called: by whose system it is, else as a partner."""
    wanted = set(partners)
    known = dict(PartnerRow.objects.filter(code__in=wanted).values_list("code", "name"))
    rows = cutover.ReceptionSystemRow.objects.filter(partner__in=wanted).order_by("valid")
    return known | dict(rows.values_list("partner", "body"))


def _procedures(bases: Iterable[str]) -> dict[str, str]:
    rows = ProcedureRow.objects.filter(base__in=set(bases)).order_by("version")
    return dict(rows.values_list("base", "name"))

"""What the work list offers beside its lines: filters kept, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.dossier import Order, Tab, WorklistLine, worklist
from thongsuot.queries.filters import Filters
from thongsuot.queries.then_and_now import bodies_behind, structure
from thongsuot.records import access
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.records.worklist import SavedFilterRow

EXPORT = "list:worklist"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A filter kept by its name."""

    number: int
    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list of work may be narrowed to: pairs of a value and its name."""

    fields: tuple[str, ...]
    offices: Pairs
    officials: Pairs
    plans: Pairs = ()  # of reorganisations that handed dossiers over


def saved(account: str) -> tuple[SavedLine, ...]:
    """The filters that somebody keeps, by name."""
    rows = SavedFilterRow.objects.filter(account__username=account).order_by("name")
    return tuple(SavedLine(row.pk, row.name, row.asked) for row in rows)


def choices(account: str, *, at: datetime, then: date | None = None) -> Choices:
    """What this person may narrow a list to; the bodies are those of a day, today without one.

    Raises StructureNotYet.
    """
    on = at.astimezone(VIETNAM).date()
    offices = _offices(account, on)
    grants = GrantRow.objects.filter(office__in=[code for code, _ in offices], valid__contains=on)
    people = AccountRow.objects.filter(is_active=True, pk__in=grants.values("account"))
    plans = ReorganisationRow.objects.filter(passed_to__isnull=False).order_by("key")
    fields = ProcedureRow.objects.filter(valid__contains=on).order_by("field")
    return Choices(
        fields=tuple(fields.values_list("field", flat=True).distinct()),
        offices=_offices_then(account, then, on) if then else offices,
        officials=tuple(people.order_by("name", "username").values_list("username", "name")),
        plans=tuple(plans.distinct().values_list("key", "title")),
    )


def _offices(account: str, on: date) -> Pairs:
    seen = access.duties(account).offices(account, on)
    if "" in seen:
        return tuple((o.code.canonical, o.name) for o in directory.offices(on=on))
    return tuple(sorted(directory.office_names(seen).items(), key=lambda pair: pair[1]))


def _offices_then(account: str, then: date, on: date) -> Pairs:
    """The bodies of a day whose work the offices of a person have or had."""
    seen = access.duties(account).offices(account, on)
    return bodies_behind(structure(then, today=on), seen)


def export(
    account: str,
    *,
    tab: Tab,
    filters: Filters,
    order: Order,
    at: datetime,
    limit: int,
    reading: ReadingToken,
) -> tuple[WorklistLine, ...]:
    """The lines of a list for print or a workbook, the look at them logged."""
    reading.require(EXPORT)
    return worklist(account, tab=tab, at=at, filters=filters, order=order, limit=limit)

"""What administrators did to accounts and posts, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.queries.access import names
from thongsuot.records.access import duties
from thongsuot.records.access_log import AccessChangeRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: who did what to whom."""

    number: int
    by: str
    by_name: str
    account: str
    name: str
    what: str
    details: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Some changes, and the number before which the next page begins (0 at the end)."""

    lines: tuple[ChangeLine, ...]
    next: int


def changes(by: Person, *, on: date, account: str = "", before: int = 0) -> ChangesPage:
    """A page of the log, for administrators and for those who inspect. Raises NotYourRight."""
    _require(by, on)
    rows = AccessChangeRow.objects.order_by("-id")
    if account:
        rows = rows.filter(account=account)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows[: PAGE + 1])
    known = names({name for row in found for name in (row.by, row.account)})
    lines = tuple(
        ChangeLine(
            row.pk,
            row.by,
            known.get(row.by, row.by),
            row.account,
            known.get(row.account, row.account),
            row.what,
            row.details,
            row.at,
        )
        for row in found[:PAGE]
    )
    return ChangesPage(lines, lines[-1].number if len(found) > PAGE else 0)


def _require(by: Person, on: date) -> None:
    held = duties(by.account)
    if not any(held.holding(by.account, right, on) for right in (Right.ACCOUNTS, Right.LOOKS)):
        raise NotYourRight("by", person=by.name, right=Right.ACCOUNTS.value)

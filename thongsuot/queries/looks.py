"""Who looked at what of whom: the log of looks, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.duties import Person, Right
from thongsuot.records import access
from thongsuot.records.access import AccountRow
from thongsuot.records.looks import PERSON, LookRow, person_key

LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look."""

    number: int
    account: str
    name: str
    about: str
    purpose: str
    door: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Some looks, and the number before which the next page begins (0 at the end)."""

    lines: tuple[LookLine, ...]
    next: int


def looks_for(
    by: Person,
    *,
    on: date,
    account: str = "",
    about: str = "",
    before: int = 0,
    limit: int = 50,
) -> LooksPage:
    """A page of the log for somebody who may read it. Raises NotYourRight."""
    access.duties(by.account).require_right(by, Right.LOOKS, office="", on=on)
    return looks(account=account, about=about, before=before, limit=limit)


def looks(*, account: str = "", about: str = "", before: int = 0, limit: int = 50) -> LooksPage:
    """A page of the log; `about` is a dossier's code or a personal number."""
    rows = LookRow.objects.order_by("-id")
    if account:
        rows = rows.filter(account=account)
    if about:
        rows = rows.filter(about__in=(about, person_key("".join(about.split()))))
    if before:
        rows = rows.filter(id__lt=before)
    size = min(max(limit, 1), LARGEST_PAGE)
    found = list(rows[: size + 1])
    names = dict(
        AccountRow.objects.filter(username__in={row.account for row in found}).values_list(
            "username", "name"
        )
    )
    lines = tuple(_line(row, names) for row in found[:size])
    return LooksPage(lines, lines[-1].number if len(found) > size else 0)


def _line(row: LookRow, names: dict[str, str]) -> LookLine:
    # The key of a person tells nothing to a reader: twelve letters are enough to compare.
    is_person = row.about.startswith(PERSON)
    about = row.about[: len(PERSON) + 12] if is_person else row.about
    return LookLine(
        row.pk, row.account, names.get(row.account, ""), about, row.purpose, row.door, row.at
    )

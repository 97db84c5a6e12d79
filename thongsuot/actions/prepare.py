"""A new database becomes an office: marked for what it is, with people who can sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from thongsuot.actions.load import cells
from thongsuot.actions.load.reading import Line, Shape, lines_of, read_text
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.calendar import MarkRow
from thongsuot.records.spans import to_range

ACCOUNTS = Shape(
    "access/accounts.csv",
    ("username", "name", "role", "office", "in_every_office", "reception_point", "valid_from"),
)


class MarkedOtherwise(Refusal):
    """A database stays what it was first marked as."""

    code = "marked_otherwise"
    kind = Kind.CONFLICT


class RoleUnknown(Refusal):
    """An account is to hold a role that was not loaded."""

    code = "role_unknown"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account with the password that is told only once."""

    username: str
    password: str
    name: str
    role: str
    office: str


def mark(kind: str) -> None:
    """Mark the database as live, demo or test, once for ever. Raises MarkedOtherwise."""
    row, _ = MarkRow.objects.get_or_create(id=1, defaults={"kind": kind})
    if row.kind != kind:
        raise MarkedOtherwise("mark", kind=row.kind, given=kind)


@transaction.atomic
def open_accounts(folder: Path, *, secret: Callable[[], str]) -> tuple[NewAccount, ...]:
    """Open one account for each role in a database where nobody can sign in yet.

    Once there are accounts nothing is opened, so that one closed on purpose stays closed.
    Raises RoleUnknown, FileMissing, HeaderWrong, FileCut.
    """
    if AccountRow.objects.exists():
        return ()
    lines = lines_of(read_text(folder / ACCOUNTS.path), ACCOUNTS)
    roles = {role.code: role for role in RoleRow.objects.all()}
    return tuple(_open(line, roles, secret()) for line in lines)


def _open(line: Line, roles: dict[str, RoleRow], password: str) -> NewAccount:
    role = roles.get(line["role"])
    if role is None:
        raise RoleUnknown("role", given=line["role"])
    account = AccountRow(
        username=cells.text(line, "username", longest=60),
        name=cells.text(line, "name", longest=120),
        office=cells.text(line, "office", longest=35),
        reception_point=cells.text_if_any(line, "reception_point", longest=40),
    )
    account.set_password(password)
    account.save()
    where = "" if cells.is_set(line, "in_every_office") else account.office
    _grant(account, role, where, cells.day(line, "valid_from"))
    return NewAccount(account.username, password, account.name, role.name, account.office)


def _grant(account: AccountRow, role: RoleRow, where: str, since: date) -> None:
    valid = to_range(Span(since))
    GrantRow.objects.create(account=account, role=role, office=where, valid=valid)

"""What an administrator is told of accounts, and an office of its absences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.spans import Span
from thongsuot.records import access, signing
from thongsuot.records.access import AccountRow, GrantRow, RoleRow, SubstitutionRow, TokenRow
from thongsuot.records.spans import to_span

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as a line of a list."""

    account: str
    name: str
    office: str
    reception_point: str
    is_active: bool
    has_factor: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Some accounts, and the name after which the next page begins ("" at the end)."""

    lines: tuple[AccountLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role held in an office ("" for every one)."""

    number: int
    role: str
    office: str
    valid: Span
    procedures: tuple[str, ...]
    is_over: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A key of software, without the key."""

    account: str
    name: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account with its posts and keys."""

    line: AccountLine
    grants: tuple[GrantLine, ...]
    tokens: tuple[TokenLine, ...]


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Who stands in for whom, and when."""

    number: int
    absent: str
    absent_name: str
    substitute_name: str
    during: Span
    may_end: bool


def accounts(by: Person, *, on: date, search: str = "", after: str = "") -> AccountsPage:
    """A page of all accounts by name of sign-in. Raises NotYourRight."""
    _require(by, Right.ACCOUNTS, "", on)
    rows = AccountRow.objects.select_related("factor").order_by("username")
    if search:
        rows = rows.filter(
            Q(username__icontains=search) | Q(name__icontains=search) | Q(office=search)
        )
    found = list(rows.filter(username__gt=after)[: PAGE + 1])
    lines = tuple(_account_line(row) for row in found[:PAGE])
    return AccountsPage(lines, lines[-1].account if len(found) > PAGE else "")


def account(by: Person, username: str, *, on: date) -> AccountPage:
    """An account with its posts and keys. Raises NotYourRight, NoSuchAccount."""
    _require(by, Right.ACCOUNTS, "", on)
    row = AccountRow.objects.select_related("factor").filter(username=username).first()
    if row is None:
        raise access.NoSuchAccount("account", given=username)
    grants = GrantRow.objects.select_related("role").filter(account=row).order_by("-valid", "id")
    return AccountPage(
        _account_line(row), tuple(_grant_line(g, on) for g in grants), tokens(username)
    )


def tokens(username: str = "") -> tuple[TokenLine, ...]:
    """The keys of an account, or of all."""
    rows = TokenRow.objects.select_related("account").order_by("account__username", "-id")
    if username:
        rows = rows.filter(account__username=username)
    return tuple(TokenLine(r.account.username, r.name, r.created_at, r.revoked_at) for r in rows)


def roles() -> tuple[tuple[str, str], ...]:
    """Every role with its name."""
    return tuple(RoleRow.objects.order_by("name").values_list("code", "name"))


def absences(by: Person, *, office: str, on: date) -> tuple[AbsenceLine, ...]:
    """The absences of an office that are not over, the next first."""
    rows = (
        SubstitutionRow.objects.select_related("absent", "substitute")
        .filter(Q(absent__office=office) | Q(substitute__office=office))
        .exclude(during__endswith__lte=on)
        .order_by("during", "id")
    )
    leads = may_record(by, office=office, on=on)
    return tuple(
        AbsenceLine(
            row.pk,
            row.absent.username,
            row.absent.name,
            row.substitute.name,
            to_span(row.during),
            row.absent.username == by.account or (leads and row.absent.office == office),
        )
        for row in rows
    )


def may_record(by: Person, *, office: str, on: date) -> bool:
    """Whether somebody records the absences of others in an office."""
    return bool({"", office} & access.duties(by.account).holding(by.account, Right.ABSENCES, on))


def colleagues(office: str) -> tuple[tuple[str, str], ...]:
    """Who belongs to an office, by name: account and name."""
    rows = AccountRow.objects.filter(office=office, is_active=True).order_by("name", "username")
    return tuple(rows.values_list("username", "name"))


def _require(by: Person, right: Right, office: str, on: date) -> None:
    access.duties(by.account).require_right(by, right, office=office, on=on)


def _account_line(row: AccountRow) -> AccountLine:
    factor: signing.FactorRow | None = getattr(row, "factor", None)
    return AccountLine(
        row.username,
        row.name,
        row.office,
        row.reception_point,
        row.is_active,
        factor is not None and factor.confirmed_at is not None,
    )


def _grant_line(row: GrantRow, on: date) -> GrantLine:
    valid = to_span(row.valid)
    is_over = valid.end is not None and valid.end <= on
    return GrantLine(row.pk, row.role.name, row.office, valid, tuple(row.procedures), is_over)

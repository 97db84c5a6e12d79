"""What can be told about people: who is at the desk, and who works where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.workflow import Act
from thongsuot.records import access as records
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.calendar import mark
from thongsuot.records.directory import OfficeRow


@dataclass(frozen=True, slots=True)
class DeskLine:
    """Who is at the desk, in which office, and what this database is marked as."""

    person: Person
    office: str
    office_name: str
    reception_point: str
    receives: bool
    mark: str
    rights: frozenset[Right] = frozenset()
    decides: bool = False
    keeps_exchange: bool = False


@dataclass(frozen=True, slots=True)
class OfficialLine:
    """Someone who works in an office, with the roles held there."""

    account: str
    name: str
    roles: tuple[str, ...]


def desk(account: str, *, on: date) -> DeskLine:
    """The desk of an account on a day. Raises NoSuchAccount."""
    row = records.account(account)
    held = records.duties(account)
    receiving = {role for role, acts in held.acts_of.items() if Act.RECEIVE in acts}
    versions = OfficeRow.objects.filter(code=row.office, valid__startswith__lte=on)
    office = versions.order_by("-valid").first()  # of a body that ended, its last name
    return DeskLine(
        person=row.person(),
        office=row.office,
        office_name=office.name if office else row.office,
        reception_point=row.reception_point,
        receives=bool(row.reception_point)
        and any(g.role in receiving and g.valid.contains(on) for g in held.grants),
        mark=mark(),
        decides=bool(held.deciding(account, Act.APPROVE, on)),
        rights=frozenset(right for right in Right if held.holding(account, right, on)),
        keeps_exchange="" in held.holding(account, Right.SYSTEMS, on),
    )


def officials(office: str, *, on: date) -> tuple[OfficialLine, ...]:
    """Who works in an office on a day, by name."""
    grants = GrantRow.objects.select_related("account", "role").filter(
        office=office, valid__contains=on, account__is_active=True
    )
    roles: dict[tuple[str, str], list[str]] = {}
    for grant in grants.order_by("account__name", "role__name"):
        roles.setdefault((grant.account.username, grant.account.name), []).append(grant.role.name)
    return tuple(OfficialLine(*who, tuple(held)) for who, held in roles.items())


def leaders(office: str, *, on: date) -> tuple[str, ...]:
    """Who approves in an office on a day, by name."""
    grants = GrantRow.objects.filter(
        office=office,
        valid__contains=on,
        account__is_active=True,
        role__acts__contains=[Act.APPROVE.value],
    )
    found = grants.order_by("account__name").values_list("account__name", flat=True)
    return tuple(dict.fromkeys(found))


def require_holding(by: Person, right: Right, *, on: date) -> frozenset[str]:
    """The offices in which somebody holds a right; "" means every one. Raises NotYourRight."""
    held = holding(by, right, on=on)
    if not held:
        raise NotYourRight("by", person=by.name, right=right.value)
    return held


def holding(by: Person, right: Right, *, on: date) -> frozenset[str]:
    """The offices in which somebody holds a right; "" means every one; none if nowhere."""
    return records.duties(by.account).holding(by.account, right, on)


def names(accounts: Iterable[str]) -> dict[str, str]:
    """The names of accounts."""
    rows = AccountRow.objects.filter(username__in=set(accounts))
    return dict(rows.values_list("username", "name"))

"""Who may change the catalogue: the Office everywhere, a body what it proposes for itself."""

from __future__ import annotations

from datetime import datetime

from thongsuot.domain.duties import Person
from thongsuot.domain.proposals import CatalogueDutyNeeded
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access

OFFICE = ("office",)
BODY = ("leader", "intake", "office")


def require_office(by: Person, *, at: datetime) -> None:
    """Raises CatalogueDutyNeeded for whoever does not keep the catalogue."""
    _require(by, OFFICE, office="", at=at)


def require_body(by: Person, *, office: str, at: datetime) -> None:
    """Raises CatalogueDutyNeeded for whoever does not speak for this body."""
    _require(by, BODY, office=office, at=at)


def may_keep(account: str, *, at: datetime) -> bool:
    """Whether somebody keeps the catalogue today."""
    return _holds(account, OFFICE, office="", at=at)


def may_propose(account: str, *, office: str, at: datetime) -> bool:
    """Whether somebody speaks for a body today."""
    return _holds(account, BODY, office=office, at=at)


def _require(by: Person, roles: tuple[str, ...], *, office: str, at: datetime) -> None:
    if not _holds(by.account, roles, office=office, at=at):
        raise CatalogueDutyNeeded("by", person=by.name, office=office, role=roles[0])


def _holds(account: str, roles: tuple[str, ...], *, office: str, at: datetime) -> bool:
    """The Office speaks for everybody; another role only where it is held."""
    on = at.astimezone(VIETNAM).date()
    held = access.duties(account)
    whose = held.accounts(account, on)
    return any(
        grant.account in whose
        and grant.role in roles
        and grant.valid.contains(on)
        and (grant.role in OFFICE or grant.office in ("", office))
        for grant in held.grants
    )

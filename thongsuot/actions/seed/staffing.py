"""Someone invented for every role in every office, where nobody works yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.course import COUNTER, HANDLER, LEADER
from thongsuot.actions.seed.people import Names
from thongsuot.domain.directory import Level, Office, OfficeKind, ReceptionPoint
from thongsuot.records.posts import Post

INTAKE, CLERK = "intake", "clerk"
DESK_ROLES = (INTAKE, HANDLER, LEADER, CLERK)


def posts_for(
    offices: Iterable[Office], points: Iterable[ReceptionPoint], *, names: Names, seed: int
) -> Iterator[Post]:
    """A post for each role that an office needs: at its counter, and at its desks."""
    counters = {point.office.canonical: point.key for point in points}
    for office in offices:
        code = office.code.canonical
        for role in _roles(office, has_counter=code in counters):
            yield Post(
                account=account_of(role, code),
                name=names.name(Chance(seed, "post", role, code)),
                role=role,
                office=code,
                valid=office.valid,
                reception_point=counters.get(code, "") if role == COUNTER else "",
            )


def account_of(role: str, office: str) -> str:
    """The account name of the one who holds a role in an office."""
    return f"{role}.{office.lower()}"


def _roles(office: Office, *, has_counter: bool) -> Iterator[str]:
    if has_counter:
        yield COUNTER
    resolves = (OfficeKind.COMMUNE, OfficeKind.DEPARTMENT, OfficeKind.VERTICAL)
    if office.kind in resolves and office.level is not Level.DISTRICT:
        yield from DESK_ROLES

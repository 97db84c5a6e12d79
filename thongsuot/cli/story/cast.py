"""Who plays: invented officials of one commune and of the province, each with an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thongsuot.domain.duties import Person
from thongsuot.domain.spans import Span
from thongsuot.records.posts import Post

# Each part of an account name: what they do, and where.
COUNTER, INTAKE, HANDLER, LEADER, CLERK = "counter", "intake", "handler", "leader", "clerk"
OPERATOR, OFFICE = "operator", "office"
DESKS = (INTAKE, HANDLER, LEADER, CLERK)
_WORK = {
    COUNTER: "motcua",
    INTAKE: "phancong",
    HANDLER: "thuly",
    LEADER: "lanhdao",
    CLERK: "vanthu",
    OPERATOR: "dieuhanh",
    OFFICE: "danhmuc",
}


@dataclass(frozen=True, slots=True)
class House:
    """A body of the story: its code, the short name in its accounts, its people by role."""

    office: str
    slug: str
    people: Mapping[str, str]
    point: str = ""

    def posts(self, during: Span) -> Iterable[Post]:
        """A post for each of its people."""
        for role, name in self.people.items():
            account = account_of(role, self.slug)
            point = self.point if role == COUNTER else ""
            yield Post(account, name, role, self.office, during, point)


def account_of(role: str, slug: str) -> str:
    """The account of the one who does this work in this house."""
    return f"{_WORK[role]}.{slug}"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, found by office and role or by account."""

    posts: tuple[Post, ...]

    def holder(self, office: str, role: str) -> Person:
        """Who holds a role in an office."""
        found = next(p for p in self.posts if (p.office, p.role) == (office, role))
        return Person(found.account, found.name)

    def person(self, account: str) -> Person:
        """Who signs in by this account."""
        found = next(p for p in self.posts if p.account == account)
        return Person(found.account, found.name)

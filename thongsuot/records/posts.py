"""Posts set-wise: accounts made with the role they hold, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from thongsuot.domain.duties import Grant
from thongsuot.domain.spans import Span
from thongsuot.records.access import AccountRow, GrantRow, RoleRow, SubstitutionRow, account
from thongsuot.records.spans import to_range, to_span


@dataclass(frozen=True, slots=True)
class Post:
    """A person in an office with one role there, for as long as it is valid."""

    account: str
    name: str
    role: str
    office: str
    valid: Span
    reception_point: str = ""


@transaction.atomic
def save_posts(posts: Sequence[Post], *, password: str = "") -> None:
    """Keep posts; an account or a grant that is there already stays as it is.

    Without a password nobody can sign in by a new account.
    """
    hashed = make_password(password or None)
    AccountRow.objects.bulk_create(
        (
            AccountRow(
                username=post.account,
                name=post.name,
                office=post.office,
                reception_point=post.reception_point,
                password=hashed,
            )
            for post in posts
        ),
        ignore_conflicts=True,
    )
    accounts = dict(
        AccountRow.objects.filter(username__in=[post.account for post in posts]).values_list(
            "username", "pk"
        )
    )
    known = roles()
    held = {(grant.account, grant.role, grant.office, grant.valid) for grant in grants()}
    GrantRow.objects.bulk_create(
        GrantRow(
            account_id=accounts[post.account],
            role_id=known[post.role],
            office=post.office,
            valid=to_range(post.valid),
        )
        for post in posts
        if (post.account, post.role, post.office, post.valid) not in held
    )


def roles() -> dict[str, int]:
    """The key of each role by its code."""
    return dict(RoleRow.objects.values_list("code", "pk"))


def grants() -> Iterable[Grant]:
    """Every role held in an office, the oldest first."""
    rows = GrantRow.objects.select_related("account", "role").order_by("id")
    for row in rows.iterator():
        yield Grant(row.account.username, row.role.code, row.office, to_span(row.valid))


def save_substitution(*, absent: str, substitute: str, during: Span) -> None:
    """Keep that one stands in for another. Raises NoSuchAccount."""
    SubstitutionRow.objects.create(
        absent=account(absent), substitute=account(substitute), during=to_range(during)
    )

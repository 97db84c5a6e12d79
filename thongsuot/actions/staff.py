"""Who works where: people are given posts, and stand in for each other."""

from __future__ import annotations

from collections.abc import Sequence

from thongsuot.actions.prepare import RoleUnknown
from thongsuot.domain.spans import Span
from thongsuot.records import posts as records
from thongsuot.records.posts import Post


def appoint(posts: Sequence[Post], *, password: str = "") -> None:
    """Give people their posts, with an account for those who have none. Raises RoleUnknown."""
    unknown = {post.role for post in posts} - records.roles().keys()
    if unknown:
        raise RoleUnknown("role", given=min(unknown))
    records.save_posts(posts, password=password)


def stand_in(*, absent: str, substitute: str, during: Span) -> None:
    """During an absence, one does another's duties.

    Raises NoSuchAccount. Source: NĐ 118/2025 Đ.11.8.
    """
    records.save_substitution(absent=absent, substitute=substitute, during=during)

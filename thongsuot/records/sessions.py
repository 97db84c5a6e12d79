"""The sessions of people who signed in, known by whose they are; named by SESSION_ENGINE."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

# Under these names a door notes in a session from where and by what it is used, and when last.
ADDRESS, BROWSER, SEEN = "address", "browser", "seen_at"


class SessionRow(AbstractBaseSession):
    """One browser in which somebody signed in, or may."""

    account = models.BigIntegerField(null=True, db_index=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=120, blank=True)
    seen_at = models.FloatField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """What reads and writes these rows."""
        return SessionStore


class SessionStore(Kept):
    """Sessions as Django keeps them, with whose they are beside them."""

    @classmethod
    def get_model_class(cls) -> type[SessionRow]:
        """The table of sessions."""
        return SessionRow

    def create_model_instance(self, data: Mapping[str, Any]) -> SessionRow:
        """The row of a session."""
        kept, whose = super().create_model_instance(dict(data)), data.get(SESSION_KEY)
        return SessionRow(
            session_key=kept.session_key,
            session_data=kept.session_data,
            expire_date=kept.expire_date,
            account=int(whose) if whose is not None else None,
            address=str(data.get(ADDRESS, ""))[:45],
            browser=str(data.get(BROWSER, ""))[:120],
            seen_at=data.get(SEEN),
        )


def sessions_of(account: int, *, at: datetime) -> list[SessionRow]:
    """The sessions of an account that are not over, the last used first."""
    rows = SessionRow.objects.filter(account=account, expire_date__gt=at)
    return list(rows.order_by(models.F("seen_at").desc(nulls_last=True)))


def end_sessions(account: int, *, but: str = "") -> int:
    """End the sessions of an account, but one; how many."""
    ended, _ = SessionRow.objects.filter(account=account).exclude(session_key=but).delete()
    return ended


def forget_sessions(*, before: datetime) -> int:
    """Forget sessions that are over; how many."""
    forgotten, _ = SessionRow.objects.filter(expire_date__lt=before).delete()
    return forgotten

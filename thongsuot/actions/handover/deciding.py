"""A second person approves a hand-over; it is closed, or withdrawn before anything was sent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions.cutover import require_keeper
from thongsuot.domain.duties import Person
from thongsuot.domain.handover import (
    PENDING,
    HandoverChanged,
    HandoverPending,
    HandoverState,
    HandoverStep,
    LineState,
    NothingToHandOver,
    after,
    require_other,
)
from thongsuot.records import exchange
from thongsuot.records import handover as records
from thongsuot.records.handover import HandoverRow
from thongsuot.words import reading


@transaction.atomic
def approve(number: int, *, digest: str, by: Person, at: datetime) -> HandoverRow:
    """Answer for a frozen and checked set, by the digest that was looked at.

    Raises NoSuchHandover, NotYourRight, HandoverNotNow, SamePersonApproves, HandoverChanged,
    NothingToHandOver.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    state = after(HandoverState(row.state), HandoverStep.APPROVE)
    require_other(by.account, row.planned_by, row.checked_by)
    require_as_checked(row, at)
    if digest != row.digest:
        raise HandoverChanged("digest")
    if not row.lines.filter(state=LineState.FIT.value).exists():
        raise NothingToHandOver("field", given=row.field)
    row.state = state.value
    row.approved_by, row.approved_at = by.account, at
    row.save(update_fields=["state", "approved_by", "approved_at"])
    return row


def require_as_checked(row: HandoverRow, at: datetime) -> None:
    """Raises HandoverChanged where the set, or how the partner is spoken to, is another now."""
    connection = exchange.connection_of(row.partner, at=at)
    if connection is None or connection.version != row.connection or row.frozen() != row.digest:
        raise HandoverChanged("digest")


@transaction.atomic
def close(number: int, *, by: Person, at: datetime) -> HandoverRow:
    """Close a hand-over of which nothing waits any more.

    Raises NoSuchHandover, NotYourRight, HandoverNotNow, HandoverPending.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    state = after(HandoverState(row.state), HandoverStep.CLOSE)
    books = row.books()
    if not books.is_settled:
        raise HandoverPending("handover", given=number, pending=books.pending)
    row.state = state.value
    row.closed_by, row.closed_at = by.account, at
    row.save(update_fields=["state", "closed_by", "closed_at"])
    return row


@transaction.atomic
def withdraw(number: int, *, reason: object, by: Person, at: datetime) -> HandoverRow:
    """Take a hand-over back before anything was sent: every dossier stays where it was.

    Raises NoSuchHandover, NotYourRight, HandoverNotNow, FieldNeeded, FieldTooLong.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    state = after(HandoverState(row.state), HandoverStep.WITHDRAW)
    row.reason = reading.text("reason", reason, longest=300)
    row.state = state.value
    row.closed_by, row.closed_at = by.account, at
    row.wanted = ""
    row.save(update_fields=["state", "reason", "closed_by", "closed_at", "wanted"])
    pending = row.lines.filter(state__in=PENDING)
    pending.update(state=LineState.WITHDRAWN.value, settled_at=at)
    return row

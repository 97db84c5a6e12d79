"""A worker takes a question, puts it, and what was answered has its effect, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from thongsuot.actions.enquiries import papers, payments, people, set_ups
from thongsuot.domain.exchange import (
    Acknowledged,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Line,
    Refused,
    Reply,
    Step,
    Told,
    Unavailable,
    digest,
)
from thongsuot.domain.exchange.enquiry import waited_for
from thongsuot.records import enquiries as records
from thongsuot.records import exchange
from thongsuot.records.enquiries import EnquiryRow

LEASE = timedelta(seconds=30)
KEPT_FOR = timedelta(days=3)

# What a reply brings about here, and what is kept of it; a change of this table is a change of
# what stays of a question.
Effect = Callable[[EnquiryRow, Reply, datetime], Mapping[str, Any]]
EFFECTS: Mapping[EnquiryKind, Effect] = {
    EnquiryKind.PERSON: people.kept,
    EnquiryKind.PAPERS: papers.offers_kept,
    EnquiryKind.PAPER_FILE: papers.file_kept,
    EnquiryKind.PAYMENT: payments.page_kept,
    EnquiryKind.PAYMENT_STATE: payments.word_kept,
    EnquiryKind.SET_UP: set_ups.compared,
}


@transaction.atomic
def take(*, number: int, at: datetime) -> Enquiry | None:
    """The question to put, ours alone for a while; None when it is settled or somebody puts it.

    What waited longer than anybody does is given up.
    """
    row = records.waiting(number, at=at, lease=LEASE)
    if row is None:
        return None
    if row.asked_at + waited_for(EnquiryKind(row.kind)) < at:
        _settle(row, Unavailable("nobody waits any more"), b"", b"", at)
        return None
    return row.told()


@transaction.atomic
def settle(
    *, number: int, reply: Reply, request: bytes, answer: bytes, at: datetime
) -> EnquiryState:
    """Note what a partner said, in the ledger as well; how the enquiry stands now.

    What an answer brings about it brings about in the same transaction, or not at all.
    """
    row = EnquiryRow.objects.select_for_update().get(pk=number)
    if row.state == EnquiryState.WAITING.value:
        _settle(row, reply, request, answer, at)
    return EnquiryState(row.state)


def forget_enquiries(*, at: datetime) -> int:
    """Forget old questions and their answers; how many. Log and ledger keep that they were put."""
    return records.forget(before=at - KEPT_FOR)


def _settle(row: EnquiryRow, reply: Reply, request: bytes, answer: bytes, at: datetime) -> None:
    state, reason = _state(reply)
    kept = EFFECTS[EnquiryKind(row.kind)](row, reply, at)
    records.settle(row, state=state, answer=kept, reason=reason, at=at)
    line = Line(
        partner=row.partner,
        step=Step.LOOKED_UP,
        at=at,
        message=row.pk,
        request=digest(request),
        answer=digest(answer),
        told=f"{row.kind} {state.value} {reason}".strip()[:300],
        by=row.account,
    )
    exchange.enter([line])


def _state(reply: Reply) -> tuple[EnquiryState, str]:
    match reply:
        case Told():
            return EnquiryState.ANSWERED, ""
        case Refused(code, reason):
            return EnquiryState.REFUSED, f"{code}: {reason}" if code else reason
        case Acknowledged(reference):
            return EnquiryState.REFUSED, f"answered nothing: {reference}"
        case _:
            return EnquiryState.AWAY, reply.reason

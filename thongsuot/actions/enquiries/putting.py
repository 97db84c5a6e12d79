"""A question is kept and a worker told to put it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app

from thongsuot.domain.exchange import EnquiryKind
from thongsuot.domain.exchange.enquiry import PARTNER
from thongsuot.records import enquiries as records

TASK = "answer_enquiry"
# A worker of its own takes these, and every other worker takes them first.
QUEUE, PRIORITY = "interactive", 100
# Nobody waits for these: they never stand before one for which somebody does.
LATER = 10


def put(
    kind: EnquiryKind,
    *,
    about: str,
    asked: Mapping[str, Any],
    account: str,
    office: str,
    key: str,
    at: datetime,
    is_waited_for: bool = True,
) -> tuple[int, bool]:
    """Keep a question and have it put, in the caller's transaction; whether it is new."""
    row, is_new = records.put(
        partner=PARTNER[kind],
        kind=kind,
        about=about,
        asked=asked,
        account=account,
        office=office,
        key=key[:120],
        at=at,
    )
    if is_new:
        priority = PRIORITY if is_waited_for else LATER
        app.configure_task(TASK, queue=QUEUE, priority=priority).defer(enquiry=row.pk)
    return row.pk, is_new

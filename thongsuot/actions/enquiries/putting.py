"""A question is kept and a worker told to put it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app

from thongsuot.actions.access import open_reading
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import EnquiryKind
from thongsuot.domain.exchange.enquiry import PARTNER
from thongsuot.domain.identifiers import PersonNumber
from thongsuot.domain.looks import Purpose
from thongsuot.records import enquiries as records
from thongsuot.records.looks import person_key

TASK = "answer_enquiry"
# A worker of its own takes these, and every other worker takes them first.
QUEUE, PRIORITY = "interactive", 100
LONG_QUEUE = "default"
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
    partner: str = "",
    is_waited_for: bool = True,
) -> tuple[int, bool]:
    """Keep a question and have it put, in the caller's transaction; whether it is new.

    One that names its own partner takes longer, and stands in no counter's way.
    """
    row, is_new = records.put(
        partner=partner or PARTNER[kind],
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
        queue = LONG_QUEUE if partner else QUEUE
        app.configure_task(TASK, queue=queue, priority=priority).defer(enquiry=row.pk)
    return row.pk, is_new


def put_about_person(
    kind: EnquiryKind,
    person: PersonNumber,
    asked: Mapping[str, Any],
    *,
    office: str,
    key: str,
    by: Person,
    at: datetime,
) -> int:
    """Put a question about a person; the look is in the log, whether it is answered or not.

    Sent twice with one key, it is asked once.
    Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.
    """
    about = person_key(person.digits)
    enquiry, is_new = put(
        kind,
        about=about,
        asked={**asked, "number": person.digits},
        account=by.account,
        office=office,
        key=key,
        at=at,
    )
    if is_new:
        open_reading(by=by, about=about, purpose=Purpose.VERIFY, at=at)
    return enquiry

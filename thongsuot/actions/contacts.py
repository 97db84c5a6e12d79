"""An office announces its hotline and its mailbox, from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongsuot.domain.directory import Contact
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, contacts
from thongsuot.records import directory as offices


@transaction.atomic
def announce(
    *, office: str, contact: Contact, first: date, source: str, by: Person, at: datetime
) -> None:
    """How an office is reached from a day on, until the next announcement that is known.

    What was announced before holds until that day. Raises NotYourRight, NoSuchOffice,
    OfficeClosed, OfficeNotYetOpen.
    """
    held = access.duties(by.account)
    held.require_right(by, Right.CONTACTS, office=office, on=at.astimezone(VIETNAM).date())
    key = offices.office(office, on=first).code.canonical
    before, after = contacts.around(key, first)
    if before is not None and before.start < first:
        contacts.cut(key, before, until=first)
    contacts.save_contact(key, contact, Span(first, after), source=source)

"""Training sessions are noted with who attended; operating rules each acknowledges by name."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.training import Lesson, require_acknowledgeable, require_attendable
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import directory as offices
from thongsuot.records import training as records


def add(*, lesson: Lesson, by: Person, at: datetime) -> int:
    """Put a training session or operating rules on the register; its number.

    Raises NotYourRight, NoSuchOffice, OfficeClosed, OfficeNotYetOpen.
    """
    on = _day(at)
    access.duties(by.account).require_right(by, Right.SYSTEMS, office=lesson.office, on=on)
    if lesson.office:
        offices.office(lesson.office, on=on)
    return records.save(lesson, by=by.account, at=at).pk


def acknowledge(*, number: int, by: Person, at: datetime) -> None:
    """Somebody has read the operating rules and is bound by them; once is enough.

    Raises NoSuchLesson, AcknowledgedByOneself.
    """
    row = records.lesson(number)
    require_acknowledgeable(row.value())
    records.take(row, [by.account], by=by.account, at=at)


@transaction.atomic
def attend(*, number: int, accounts: tuple[str, ...], by: Person, at: datetime) -> int:
    """Note who attended a training session; how many are new.

    Raises NoSuchLesson, NotYourRight, AcknowledgedByOneself, NoSuchAccount.
    """
    row = records.lesson(number)
    require_attendable(row.value())
    held = access.duties(by.account)
    for account in accounts:
        office = access.account(account).office
        held.require_right(by, Right.SYSTEMS, office=office, on=_day(at))
    return records.take(row, list(accounts), by=by.account, at=at)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

"""Checking and sending are asked for on a screen and done by a worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from thongsuot.actions.cutover import require_keeper
from thongsuot.actions.migration.asking import Busy
from thongsuot.domain.duties import Person
from thongsuot.domain.handover import HandoverState, HandoverStep, after
from thongsuot.records import access
from thongsuot.records import handover as records
from thongsuot.words.handover import DOING

TASK = "hand_over"


@transaction.atomic
def ask(number: int, step: HandoverStep, *, by: Person, at: datetime) -> None:
    """Have a hand-over checked or sent by a worker.

    Raises NoSuchHandover, NotYourRight, HandoverNotNow, Busy.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    if row.wanted:
        raise Busy("handover", run=number, doing=DOING[row.wanted])
    after(HandoverState(row.state), step)
    row.wanted, row.wanted_by, row.trouble = step.value, by.account, ""
    row.save(update_fields=["wanted", "wanted_by", "trouble"])
    app.configure_task(TASK).defer(number=number)


def wanted(number: int) -> tuple[HandoverStep, Person] | None:
    """What is asked of a hand-over, and by whom. Raises NoSuchHandover."""
    row = records.find(number)
    if not row.wanted:
        return None
    return HandoverStep(row.wanted), access.account(row.wanted_by).person()


@transaction.atomic
def done(number: int, *, trouble: str = "") -> None:
    """Nothing is asked of a hand-over any more; `trouble` says why it was not done."""
    row = records.find(number, lock=True)
    row.wanted = row.wanted_by = ""
    row.trouble = trouble[:400]
    row.save(update_fields=["wanted", "wanted_by", "trouble"])

"""What takes long is asked for on a screen and done by a worker, which goes on where it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from thongsuot.actions.migration.loading import MapsNotSigned, NotReadYet, load, rehearse
from thongsuot.actions.migration.mapping import is_signed
from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import access
from thongsuot.records import migration as records
from thongsuot.records.migration import READING
from thongsuot.words.migration import WANTED

TASK = "migrate"
REHEARSE, LOAD = "rehearse", "load"


class Busy(Refusal):
    """A worker is at it: one thing at a time."""

    code = "migration_busy"
    kind = Kind.CONFLICT


@transaction.atomic
def ask(number: int, what: str, *, by: Person, at: datetime) -> None:
    """Have a run rehearsed or loaded by a worker.

    Raises NoSuchMigration, NotYourRight, Busy, NotReadYet, MapsNotSigned.
    """
    require_engineer(by, at)
    run = records.find(number, lock=True)
    if run.wanted:
        raise Busy("run", run=number, doing=WANTED[run.wanted])
    if run.state == READING:
        raise NotReadYet("run", run=number)
    if what == LOAD and not is_signed(run):
        raise MapsNotSigned("maps", run=number)
    run.wanted, run.wanted_by = what, by.account
    run.save(update_fields=["wanted", "wanted_by"])
    app.configure_task(TASK).defer(run=number)


def do_asked(number: int, *, at: datetime) -> int:
    """Do what is asked of a run; how many rows have ended. Killed and begun again, it goes on."""
    run = records.find(number)
    if not run.wanted:
        return 0
    by = access.account(run.wanted_by).person()
    try:
        made = load(number, by=by, at=at) if run.wanted == LOAD else rehearse(number, by=by, at=at)
    except Refusal:
        _done(number)  # who asked sees on the page that nothing was done, and why when asking again
        raise
    _done(number)
    return made.settled


@transaction.atomic
def _done(number: int) -> None:
    run = records.find(number, lock=True)
    run.wanted = run.wanted_by = ""
    run.save(update_fields=["wanted", "wanted_by"])

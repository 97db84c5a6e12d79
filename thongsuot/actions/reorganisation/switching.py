"""The switch: from the instant of a plan, batch by batch, while counters go on receiving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from thongsuot.actions.dossier import telling
from thongsuot.actions.dossier.noticing import owe_all
from thongsuot.actions.reorganisation.around import Around
from thongsuot.actions.reorganisation.clocks import clock_of, clocks
from thongsuot.actions.reorganisation.subjects import switch_subjects
from thongsuot.domain.dossier import Entry, evolve
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.dossier.transfer import custody_of
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reorganisation import Gap
from thongsuot.domain.reorganisation.course import PlanState, PlanStep
from thongsuot.domain.reorganisation.custody import pass_on
from thongsuot.records import census, custody
from thongsuot.records import reorganisation as records
from thongsuot.records.census import Fate, Taken, Written
from thongsuot.records.reference import unchanging
from thongsuot.records.reorganisation import ReorganisationRow

BATCH = 2000
# Somebody may have looked up the old order at a counter just before and keep a dossier just after.
WATCHED_FOR = timedelta(minutes=10)
NOTICE, NOTICE_LATER = "reorganised", "reorganised_later"

Tell = Callable[[int], None]


class SwitchTooEarly(Refusal):
    """The instant of the plan has not come."""

    code = "switch_too_early"


def switch(
    *,
    key: str,
    by: Person | None = None,
    at: datetime,
    tell: Tell | None = None,
    limit: int | None = None,
) -> ReorganisationRow:
    """Switch a plan from beginning to end, or go on where an earlier try was stopped.

    Told after each batch, of `limit` where it is given: how many dossiers have had their turn
    since. Each batch is a transaction of its own, so whoever stops it loses nothing.
    Raises NoSuchReorganisation, PlanNotAtThisStep, SwitchTooEarly.
    """
    row = begin(key=key, by=by, at=at)
    if row.state == PlanState.SWITCHED.value:
        return row
    plan, person = row.value(), _who(row, by)
    switch_subjects(row, plan, at, person)
    around, done = Around(plan), 0
    while True:
        while made := pass_batch(row, around, by=person, at=at, limit=limit):
            done += made
            if tell:
                tell(done)
        if not census.count_in(row, around.ended, since=True):
            break
    custody.count_passed(row)
    owe_notices(row, at=at)
    return end(key=key, by=by, at=at)


@transaction.atomic
def begin(*, key: str, by: Person | None, at: datetime) -> ReorganisationRow:
    """Count what is open; begun before, nothing changes.

    Raises NoSuchReorganisation, PlanNotAtThisStep, SwitchTooEarly.
    """
    row = records.find(key, lock=True)
    plan = row.value()
    if at < plan.effective_at:
        instant = plan.effective_at.isoformat()
        raise SwitchTooEarly("at", plan=key, effective_at=instant, given=at.isoformat())
    if row.state not in (PlanState.SWITCHING.value, PlanState.SWITCHED.value):
        records.take_step(row, PlanStep.BEGIN_SWITCH, by=_who(row, by).account, at=at)
        census.count_in(row, Around(plan).touched, since=False)
    return row


@unchanging()
@transaction.atomic
def pass_batch(
    row: ReorganisationRow, around: Around, *, by: Person, at: datetime, limit: int | None = None
) -> int:
    """Give the next dossiers to their heirs; how many had their turn, 0 when none waits."""
    batch = census.take(row, limit=limit or BATCH)
    written: list[Written] = []
    others: list[tuple[Taken, Fate]] = []
    held: list[tuple[Taken, Gap]] = []
    watches = clocks(around.plan.longer_term, batch)
    for taken in map(watches.whole, batch):
        if taken.dossier.is_handed_over:
            others.append((taken, Fate.ENDED))
            continue
        answer = pass_on(
            taken.dossier,
            around.facts(taken.dossier),
            plan=around.plan,
            heirs=around.heirs,
            posts=around.posts,
        )
        if isinstance(answer, CustodyPassed):
            answer = watches.passed(taken.dossier, answer, at=at)
        if answer is None:
            others.append((taken, Fate.STAYS))
        elif isinstance(answer, Gap):
            others.append((taken, Fate.HELD))
            held.append((taken, answer))
        else:
            office, home = taken.dossier.office, settings.HOME_SYSTEM
            written.append(as_written(taken, Entry(answer, at, at, by.account, office, home)))
    census.write(row, written)
    census.hold_back(row, held, at=at)
    census.set_fates(others)
    return len(batch)


def as_written(taken: Taken, entry: Entry) -> Written:
    """A custody event with the custody that it makes and the messages that it makes us owe."""
    after = evolve(taken.dossier, entry)
    clock = clock_of(after, census.event_of(entry), at=entry.recorded_at)
    owed = telling.owed_of_many(after, entry)
    return Written(taken, entry, custody_of(after), owed, clock)


@transaction.atomic
def end(*, key: str, by: Person | None, at: datetime) -> ReorganisationRow:
    """Note that every dossier had its turn. Raises NoSuchReorganisation, PlanNotAtThisStep."""
    row = records.find(key, lock=True)
    if row.state != PlanState.SWITCHED.value:
        records.take_step(row, PlanStep.END_SWITCH, by=_who(row, by).account, at=at)
        row.operations.filter(done_at=None).update(done_at=at)
    return row


def go_on(*, at: datetime) -> int:
    """Begin the switches whose instant has come, go on with what was stopped; how many plans.

    What a counter took in by the old order in the last moment is passed on as well.
    """
    ready = ReorganisationRow.objects.filter(
        state__in=[PlanState.APPROVED.value, PlanState.SWITCHING.value],
        effective_on__lte=at.date(),
    )
    keys = list(ready.order_by("effective_on", "id").values_list("key", flat=True))
    for key in keys:
        switch(key=key, at=at)
    for row in ReorganisationRow.objects.filter(state=PlanState.SWITCHED.value):
        ended = row.steps.filter(step=PlanStep.END_SWITCH.value).latest("at").at
        catch_up(row.key, at=at, newest_only=at > ended + WATCHED_FOR)
    return len(keys)


def catch_up(key: str, *, at: datetime, newest_only: bool = False) -> int:
    """Pass on what came to ended bodies after their switch, and what gaps held back; how many.

    Such as a dossier received on paper before the instant and entered after it; `newest_only`
    looks at no others. Raises NoSuchReorganisation.
    """
    row = records.find(key)
    around = Around(row.value())
    census.count_in(row, around.ended, since=True, newest_only=newest_only)
    if not newest_only:
        census.let_go(row, at=at)
    done = 0
    while made := pass_batch(row, around, by=_who(row, None), at=at):
        done += made
    if done:
        custody.count_passed(row)
        owe_notices(row, at=at)
    return done


def owe_notices(row: ReorganisationRow, *, at: datetime) -> int:
    """Owe the applicants whose dossiers passed a letter each, in one batch; how many.

    Where the plan lets them be due later, the letter names the basis and the new moment.
    """
    longer = row.value().longer_term
    told = census.to_be_told(row)
    return owe_all(
        NOTICE_LATER if longer else NOTICE,
        told,
        reason=row.title,
        basis=longer.basis if longer else "",
        on=row.effective_on,
        at=at,
    )


def _who(row: ReorganisationRow, by: Person | None) -> Person:
    """Who switches: the one named, else the one who approved the plan."""
    if by is not None:
        return by
    approved = row.steps.filter(step=PlanStep.APPROVE.value).order_by("-at", "-id").first()
    return Person(approved.by if approved else settings.HOME_SYSTEM, "")

"""What passes through a body that is gone is found, proposed, accepted, done, or waived by name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from thongsuot.actions.load import Report, Subject, load_texts
from thongsuot.actions.load.reading import text_of
from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.shared_systems import (
    FindingState,
    FindingStep,
    NewWay,
    Remedy,
    take,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import shared_systems as records
from thongsuot.records.shared_systems import FindingRow, SystemEntryRow
from thongsuot.words import reading
from thongsuot.words.systems import DONE_SOURCE

LONGEST_REASON = 1000


@transaction.atomic
def record_findings(*, by: Person, at: datetime) -> int:
    """Put every entry that passes through a body that is gone on the list to follow; how many new.

    Raises NotYourRight.
    """
    on = _day(at)
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=on)
    found = records.passages(on=on)
    known = {
        row.entry_id: row
        for row in FindingRow.objects.select_for_update().filter(
            entry__in=[entry for entry, _ in found]
        )
    }
    new = 0
    for entry, passage in found:
        row = known.get(entry.pk) or FindingRow(entry=entry)
        if row.state and FindingState(row.state) is not FindingState.DONE:
            continue
        records.propose(row, passage.remedy, passage.ways)
        records.keep_step(row, FindingStep.FIND, by=by.account, reason="", at=at)
        new += 1
    return new


@transaction.atomic
def step(
    *, number: int, step: FindingStep, reason: object, by: Person, at: datetime
) -> FindingState:
    """Take a step with a finding; proposing, doing and waiving say in words what or why.

    The province proposes and waives; a unit that is concerned also accepts and does.
    Raises NoSuchFinding, NotYourRight, FindingStepNotNow, FieldNeeded, FieldTooLong.
    """
    row = records.finding(number, lock=True)
    _require(by, step, row, on=_day(at))
    state = take(FindingState(row.state), step)
    if step is FindingStep.ACCEPT:
        said = reading.if_given(reading.text, {"reason": reason}, "reason", "")
    else:
        said = reading.text("reason", reason, longest=LONGEST_REASON)
    if step is FindingStep.PROPOSE:
        _propose_anew(row, on=_day(at))
    if step is FindingStep.FINISH:
        _carry_out(row, at=at)
    records.keep_step(row, step, by=by.account, reason=said, at=at)
    return state


def import_entries(
    *, name: str, content: bytes, folder: Path, by: Person, at: datetime, as_of: date | None
) -> tuple[Report, ...]:
    """Load a table of entries, regulations or systems; each bad line is refused and kept.

    Raises NotYourRight, FileNotUtf8, NotWorkbook, FileOfNoKind, HeaderWrong, FileCut.
    """
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=_day(at))
    text = text_of(Path(name), content)
    return load_texts([text], folder=folder, subject=Subject.SYSTEMS, at=at, as_of=as_of)


def _require(by: Person, step: FindingStep, row: FindingRow, *, on: date) -> None:
    held = access.duties(by.account).holding(by.account, Right.SYSTEMS, on)
    concerned = {""}
    if step in (FindingStep.ACCEPT, FindingStep.FINISH):
        ways = records.ways_of(row)
        concerned |= {row.entry.office, row.entry.other}
        concerned |= {code for way in ways for code in (way.office, way.other)}
    if not held & concerned:
        raise NotYourRight("by", person=by.name, right=Right.SYSTEMS.value)


def _propose_anew(row: FindingRow, *, on: date) -> None:
    """What is proposed follows the directory of today; without any trouble nothing changes."""
    for entry, passage in records.passages(on=on):
        if entry.pk == row.entry_id:
            records.propose(row, passage.remedy, passage.ways)


def _carry_out(row: FindingRow, *, at: datetime) -> None:
    """The entry ends today, and those that were accepted take its place."""
    ways = _not_there(row.entry, records.ways_of(row))
    since = records.end_entry(row.entry, on=_day(at))
    if row.remedy != Remedy.CLOSE.value:
        source = DONE_SOURCE.format(number=row.pk)
        records.set_up(row.entry, ways, since=since, source=source)


def _not_there(entry: SystemEntryRow, ways: tuple[NewWay, ...]) -> tuple[NewWay, ...]:
    """What another finding set up meanwhile is not set up twice."""
    rows = SystemEntryRow.objects.filter(
        system=entry.system, kind=entry.kind, valid__endswith=None
    ).exclude(pk=entry.pk)
    there = {(row.office, row.other, tuple(row.via)) for row in rows}
    return tuple(way for way in ways if (way.office, way.other, way.via) not in there)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

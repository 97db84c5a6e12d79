"""Rows become dossiers, a batch in one transaction: killed at any point, it goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from thongsuot.actions.migration.around import around as looked_up
from thongsuot.actions.migration.attachments import finder, none_found
from thongsuot.actions.migration.checks import Checks
from thongsuot.actions.migration.completing import complete
from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.mapping import is_signed
from thongsuot.actions.migration.preparing import (
    Preparation,
    Prepared,
    judged_of,
    prepared,
    text_of,
    uncollected,
)
from thongsuot.actions.migration.room import while_there_is_room
from thongsuot.actions.migration.steps import Tell, require_engineer
from thongsuot.domain.duties import Person
from thongsuot.domain.migration import Books, Defect, Finding, RowOutcome, news, outcome_of
from thongsuot.domain.migration.retelling import NATIONAL_PORTAL
from thongsuot.domain.refusal import Refusal
from thongsuot.records import bulk, dossier
from thongsuot.records import migration as records
from thongsuot.records.codec import encode
from thongsuot.records.copying import line_of
from thongsuot.records.migration import LOADED, LOADING, READING, MigrationRow, ToldBefore
from thongsuot.records.reference import unchanging
from thongsuot.words.migration import NEWER_EXPORT

TOGETHER = 1000
NOTHING_FOUND = "[]"


class NotReadYet(Refusal):
    """The export was not read to its end."""

    code = "export_not_read_yet"


class MapsNotSigned(Refusal):
    """Nothing is loaded by maps that two people have not signed."""

    code = "maps_not_signed"


@dataclass(frozen=True, slots=True)
class _End:
    """How one row ends; `row` is as it was prepared, and written where it is new."""

    row: Prepared
    outcome: RowOutcome
    findings: str
    is_new: bool = False


@dataclass(slots=True)
class _Known:
    """What there is already of the codes of a batch; it grows as the batch is gone through."""

    settled: dict[str, str]  # what this very export gave a dossier, by its digest
    told: dict[str, ToldBefore]
    taken: set[str]
    national: set[str]


@while_there_is_room()
def rehearse(
    number: int,
    *,
    by: Person,
    at: datetime,
    tell: Tell = lambda _: None,
    files: Path | None = None,
    processes: int = 1,
) -> Books:
    """Judge every row and keep how it would end; no dossier is touched.

    Raises NoSuchMigration, NotYourRight, NotReadYet, NoSuchLayout, LayoutWrong, NoCalendar,
    NoRoomLeft.
    """
    require_engineer(by, at)
    run = _readable(number)
    run.outcomes.filter(is_rehearsal=True).delete()
    find = finder(files, keeps=False, by=by.account, at=at) if files else none_found
    with unchanging(), uncollected():
        how = Preparation(run, looked_up(run, layout_of(run.layout), at=at), find, None)
        for batch in prepared(how, after=0, together=TOGETHER, processes=processes):
            with transaction.atomic():
                known = _known(run, batch, is_rehearsal=True)
                ends = [_rehearsed(run, row, known) for row in batch]
                _keep_outcomes(run, ends, is_rehearsal=True)
            tell(batch[-1].number)
    run.rehearsed_at = at
    run.save(update_fields=["rehearsed_at"])
    return run.books(is_rehearsal=True)


@while_there_is_room()
def load(
    number: int,
    *,
    by: Person,
    at: datetime,
    tell: Tell = lambda _: None,
    files: Path | None = None,
    processes: int = 1,
) -> Books:
    """Load the rows that have not ended yet; again, it changes nothing.

    No notice goes out and nothing is owed to partners: what was, was told by the old system.
    Files that are named are looked for below `files`; what is not there is missing, and said. Once
    it is there, another run brings it to its dossier.
    With several processes, rows are judged ahead in all of them; this one alone writes.
    Raises NoSuchMigration, NotYourRight, NotReadYet, MapsNotSigned, NoSuchLayout, LayoutWrong,
    NoCalendar, NoRoomLeft.
    """
    require_engineer(by, at)
    run = _readable(number)
    if not is_signed(run):
        raise MapsNotSigned("maps", run=number)
    find = finder(files, keeps=True, by=by.account, at=at) if files else none_found
    with unchanging(), uncollected():
        near, checks = looked_up(run, layout_of(run.layout), at=at), Checks(at)
        how = Preparation(run, near, find, checks)
        for batch in prepared(how, after=run.reached, together=TOGETHER, processes=processes):
            _load_some(how, batch)
            tell(run.reached)
        _finish(run, at)
        if files is not None:
            complete(how, together=TOGETHER)
    return run.books()


def _readable(number: int) -> MigrationRow:
    run = records.find(number)
    if run.state == READING:
        raise NotReadYet("run", run=number)
    return run


@transaction.atomic
def _load_some(how: Preparation, batch: Sequence[Prepared]) -> None:
    """A batch, whole or not at all. Two loaders take turns: what the other wrote is passed by."""
    run = how.run
    run.refresh_from_db(from_queryset=MigrationRow.objects.select_for_update())
    rest = [row for row in batch if row.number > run.reached]
    if not rest:
        return
    known = _known(run, rest)
    ends = [_end(how, row, known) for row in rest]
    new = [end.row for end in ends if end.is_new]
    bulk.copy_lines([row.lines for row in new if row.lines])
    records.keep_told(row.told for row in new)
    _keep_outcomes(run, ends)
    run.reached, run.state = rest[-1].number, LOADING
    run.save(update_fields=["reached", "state"])


@transaction.atomic
def _finish(run: MigrationRow, at: datetime) -> None:
    run.refresh_from_db(from_queryset=MigrationRow.objects.select_for_update())
    if run.state in (LOADING, records.READ):
        run.state, run.loaded_at = LOADED, at
        run.save(update_fields=["state", "loaded_at"])


def _known(run: MigrationRow, batch: Sequence[Prepared], *, is_rehearsal: bool = False) -> _Known:
    codes = {row.code for row in batch if row.code}
    national = {row.national_code for row in batch if row.national_code}
    return _Known(
        records.settled_before(run, codes, is_rehearsal=is_rehearsal),
        records.told_before(run.system, codes),
        records.codes_taken(codes),
        records.identifiers_taken(NATIONAL_PORTAL, national),
    )


def _rehearsed(run: MigrationRow, row: Prepared, known: _Known) -> _End:
    """How a row would end: what was told twice is told once."""
    before = known.told.get(row.code)
    if row.digest in (known.settled.get(row.code), before.digest if before else None):
        return _End(row, RowOutcome.ALREADY_THERE, NOTHING_FOUND)
    hindrance = _hindrance(run, row, before, known)
    if hindrance is not None:
        return _refused(row, hindrance)
    if row.outcome is None or row.outcome is RowOutcome.REFUSED:
        return _End(row, RowOutcome.REFUSED, row.findings)
    known.settled[row.code] = row.digest
    known.national.add(row.national_code)
    return _End(row, row.outcome, row.findings, is_new=before is None)


def _end(how: Preparation, row: Prepared, known: _Known) -> _End:
    """How a row ends; a dossier that is here already takes in what changed at once."""
    before = known.told.get(row.code)
    is_settled = row.digest in (known.settled.get(row.code), before.digest if before else None)
    if is_settled or before is None:
        return _rehearsed(how.run, row, known)
    hindrance = _hindrance(how.run, row, before, known)
    if hindrance is not None:
        return _refused(row, hindrance)
    return _changed(how, row, before, known)


def _hindrance(
    run: MigrationRow, row: Prepared, before: ToldBefore | None, known: _Known
) -> Finding | None:
    """Why a row is not even looked into: its code stands for something else already."""
    own = Finding(Defect.CODE_TAKEN, "code", row.code[:80])
    if row.code in known.settled:
        return replace(own, defect=Defect.CODE_REPEATED)
    if before and before.told_at > run.told_at:
        return replace(own, defect=Defect.OLDER_EXPORT)
    if before is None and row.code in known.taken:
        return own
    if before is None and row.national_code and row.national_code in known.national:
        return Finding(Defect.CODE_TAKEN, "national_code", row.national_code)
    return None


def _refused(row: Prepared, *findings: Finding) -> _End:
    return _End(row, RowOutcome.REFUSED, text_of(findings))


def _changed(how: Preparation, row: Prepared, told: ToldBefore, known: _Known) -> _End:
    """A dossier that is here already takes in only what changed since it was told last."""
    run = how.run
    (line,) = records.staged_after(run, row.number - 1, limit=1)
    judged = judged_of(line.content, how.near, how.find)
    if judged.dossier is None:
        return _refused(row, *judged.findings)
    before = records.told(told.key)
    kept, now, _ = dossier.load(before.dossier.code)
    if dossier.is_changed(kept, since=before.version):
        return _refused(row, Finding(Defect.CONTINUED_HERE, "code", row.code))
    entries, findings = news(judged, now, reason=NEWER_EXPORT)
    after = now
    if entries and how.checks:
        _, after = dossier.append(kept, now, entries, next_check=how.checks.next)
    records.tell_anew(
        before,
        run,
        line,
        mapped=[encode(value) for value in dict.fromkeys(judged.mapped)],
        version=after.version,
    )
    known.settled[row.code] = row.digest
    found = (*judged.findings, *findings)
    return _End(row, outcome_of(found), text_of(found))


def _keep_outcomes(run: MigrationRow, ends: Sequence[_End], *, is_rehearsal: bool = False) -> None:
    records.keep_outcomes(
        line_of(
            (run.pk, end.row.number, is_rehearsal, end.outcome.value, end.row.code, end.findings)
        )
        for end in ends
    )

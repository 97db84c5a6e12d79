"""Rows become dossiers, a batch in one transaction: killed at any point, it goes on from there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from thongsuot.actions.migration.around import around as looked_up
from thongsuot.actions.migration.attachments import Finder, finder, none_found
from thongsuot.actions.migration.checks import Checks
from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.mapping import is_signed
from thongsuot.actions.migration.steps import Tell, require_engineer
from thongsuot.domain.duties import Person
from thongsuot.domain.migration import (
    Around,
    Books,
    Defect,
    Finding,
    Judged,
    LegacyDossier,
    RowOutcome,
    judge,
    news,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.records import bulk, dossier
from thongsuot.records import migration as records
from thongsuot.records.codec import Json, encode
from thongsuot.records.dossier import DossierRow
from thongsuot.records.migration import (
    LOADED,
    LOADING,
    READING,
    LegacyDossierRow,
    MigrationLineRow,
    MigrationOutcomeRow,
    MigrationRow,
)
from thongsuot.records.reference import unchanging
from thongsuot.words.migration import NEWER_EXPORT

TOGETHER = 500


class NotReadYet(Refusal):
    """The export was not read to its end."""

    code = "export_not_read_yet"


class MapsNotSigned(Refusal):
    """Nothing is loaded by maps that two people have not signed."""

    code = "maps_not_signed"


@dataclass(frozen=True, slots=True)
class _End:
    """How one row ends, and what is written for it."""

    line: MigrationLineRow
    outcome: RowOutcome
    findings: tuple[Finding, ...]
    judged: Judged | None = None
    before: LegacyDossierRow | None = None  # what was told of it before


def rehearse(
    number: int,
    *,
    by: Person,
    at: datetime,
    tell: Tell = lambda _: None,
    files: Path | None = None,
) -> Books:
    """Judge every row and keep how it would end; no dossier is touched.

    Raises NoSuchMigration, NotYourRight, NotReadYet, NoSuchLayout, LayoutWrong, NoCalendar.
    """
    require_engineer(by, at)
    run = _readable(number)
    run.outcomes.filter(is_rehearsal=True).delete()
    find = finder(files, keeps=False, by=by.account, at=at) if files else none_found
    with unchanging():
        near = looked_up(run, layout_of(run.layout), at=at)
        reached = 0
        while lines := records.lines_after(run, reached, limit=TOGETHER):
            with transaction.atomic():
                ends = _ends(run, lines, near, find, is_rehearsal=True)
                _keep_outcomes(run, ends, is_rehearsal=True)
            reached = lines[-1].number
            tell(reached)
    run.rehearsed_at = at
    run.save(update_fields=["rehearsed_at"])
    return run.books(is_rehearsal=True)


def load(
    number: int,
    *,
    by: Person,
    at: datetime,
    tell: Tell = lambda _: None,
    files: Path | None = None,
) -> Books:
    """Load the rows that have not ended yet; again, it changes nothing.

    No notice goes out and nothing is owed to partners: what was, was told by the old system.
    Files that are named are looked for below `files`; what is not there is missing, and said.
    Raises NoSuchMigration, NotYourRight, NotReadYet, MapsNotSigned, NoSuchLayout, LayoutWrong,
    NoCalendar.
    """
    require_engineer(by, at)
    run = _readable(number)
    if not is_signed(run):
        raise MapsNotSigned("maps", run=number)
    with unchanging():
        near = looked_up(run, layout_of(run.layout), at=at)
        checks = Checks(at)
        find = finder(files, keeps=True, by=by.account, at=at) if files else none_found
        while _load_some(run, near, checks, find):
            tell(run.reached)
    return run.books()


def _readable(number: int) -> MigrationRow:
    run = records.find(number)
    if run.state == READING:
        raise NotReadYet("run", run=number)
    return run


@transaction.atomic
def _load_some(run: MigrationRow, near: Around, checks: Checks, find: Finder) -> bool:
    """The next batch, whole or not at all; whether there was one. Two loaders take turns."""
    run.refresh_from_db(from_queryset=MigrationRow.objects.select_for_update())
    lines = records.lines_after(run, run.reached, limit=TOGETHER)
    if not lines:
        if run.state in (LOADING, records.READ):
            run.state, run.loaded_at = LOADED, near.at
            run.save(update_fields=["state", "loaded_at"])
        return False
    ends = [_written(run, end, checks) for end in _ends(run, lines, near, find)]
    _copy_new(run, [end for end in ends if end.judged and end.before is None], checks)
    _keep_outcomes(run, ends)
    run.reached, run.state = lines[-1].number, LOADING
    run.save(update_fields=["reached", "state"])
    return True


def _ends(
    run: MigrationRow,
    lines: Sequence[MigrationLineRow],
    near: Around,
    find: Finder,
    *,
    is_rehearsal: bool = False,
) -> list[_End]:
    """How each row of a batch ends, in order: what was told twice is told once."""
    codes = {line.code for line in lines if line.code}
    settled = records.settled_before(run, codes, is_rehearsal=is_rehearsal)
    told = records.told_before(run.system, codes)
    taken = records.codes_taken(codes)
    ends = []
    for line in lines:
        end = _end(run, line, near, find, settled=settled, told=told, taken=taken)
        if end.outcome in (RowOutcome.LOADED, RowOutcome.REMARKED):
            settled[line.code] = line.digest
        ends.append(end)
    return ends


def _end(
    run: MigrationRow,
    line: MigrationLineRow,
    near: Around,
    find: Finder,
    *,
    settled: Mapping[str, str],
    told: Mapping[str, LegacyDossierRow],
    taken: set[str],
) -> _End:
    before = told.get(line.code)
    if line.digest in (settled.get(line.code), before.digest if before else None):
        return _End(line, RowOutcome.ALREADY_THERE, ())
    hindrance = _hindrance(run, line, before, settled=settled, taken=taken)
    if hindrance is not None:
        return _refused(line, Finding(hindrance, "code", line.code[:80]))
    legacy = LegacyDossier.of_json(line.content)
    judged = judge(legacy, near, find(legacy))
    if judged.outcome is RowOutcome.REFUSED:
        return _refused(line, *judged.findings)
    return _End(line, judged.outcome, judged.findings, judged, before)


def _hindrance(
    run: MigrationRow,
    line: MigrationLineRow,
    before: LegacyDossierRow | None,
    *,
    settled: Mapping[str, str],
    taken: set[str],
) -> Defect | None:
    """Why a row is not even looked into: its code stands for something else already."""
    if line.code in settled:
        return Defect.CODE_REPEATED
    if before and before.told_at > run.told_at:
        return Defect.OLDER_EXPORT
    return Defect.CODE_TAKEN if before is None and line.code in taken else None


def _refused(line: MigrationLineRow, *findings: Finding) -> _End:
    return _End(line, RowOutcome.REFUSED, findings)


def _copy_new(run: MigrationRow, ends: Sequence[_End], checks: Checks) -> None:
    """Dossiers that were not here, with their events, by COPY."""
    wholes, kept = [], []
    for end in ends:
        judged = end.judged
        if judged and judged.dossier:
            now = judged.dossier
            wholes.append(bulk.Whole(now, judged.entries, checks.next(now)))
            kept.append(end)
    bulk.copy_in(wholes)
    codes = [whole.dossier.code for whole in wholes]
    ids = dict(DossierRow.objects.filter(code__in=codes).values_list("code", "pk"))
    records.copy_rows(
        LegacyDossierRow,
        [
            {
                "system": run.system,
                "code": end.line.code,
                "dossier_id": ids[whole.dossier.code],
                "digest": end.line.digest,
                "content": _as_text(end.line.content),
                "mapped": _as_text(_mapped(end.judged)),
                "version": whole.dossier.version,
                "told_at": run.told_at,
                "run_id": run.pk,
                "number": end.line.number,
            }
            for end, whole in zip(kept, wholes, strict=True)
        ],
    )


def _written(run: MigrationRow, end: _End, checks: Checks) -> _End:
    """A dossier that is here already takes in only what changed since it was told last."""
    before, judged = end.before, end.judged
    if before is None or judged is None:
        return end
    row, now, _ = dossier.load(before.dossier.code)
    if dossier.is_changed(row, since=before.version):
        return _refused(end.line, Finding(Defect.CONTINUED_HERE, "code", end.line.code))
    entry, findings = news(judged, now, reason=NEWER_EXPORT)
    after = now
    if entry is not None:
        _, after = dossier.append(row, now, [entry], next_check=checks.next)
    LegacyDossierRow.objects.filter(pk=before.pk).update(
        digest=end.line.digest,
        content=end.line.content,
        mapped=_mapped(judged),
        version=after.version,
        told_at=run.told_at,
        run=run,
        number=end.line.number,
    )
    found = (*end.findings, *findings)
    outcome = RowOutcome.REMARKED if found else RowOutcome.LOADED
    return _End(end.line, outcome, found, judged, before)


def _mapped(judged: Judged | None) -> list[Json]:
    values = dict.fromkeys(judged.mapped) if judged else {}
    return [encode(value) for value in values]


def _keep_outcomes(run: MigrationRow, ends: Iterable[_End], *, is_rehearsal: bool = False) -> None:
    records.copy_rows(
        MigrationOutcomeRow,
        [
            {
                "run_id": run.pk,
                "number": end.line.number,
                "is_rehearsal": is_rehearsal,
                "outcome": end.outcome.value,
                "code": end.line.code,
                "findings": _as_text([encode(one) for one in end.findings]),
            }
            for end in ends
        ],
    )


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

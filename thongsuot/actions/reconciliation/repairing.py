"""What differs is mended by an act of a named person with a reason, or left so by one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from thongsuot.actions import archive
from thongsuot.actions.migration.checks import Checks
from thongsuot.actions.migration.steps import require_engineer
from thongsuot.actions.reconciliation.comparing import PARTNER
from thongsuot.actions.reconciliation.sides import Archived, Exported, History, Side, opened
from thongsuot.domain.dossier import Dossier, Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.duties import Person
from thongsuot.domain.reconciliation import Nature, Repair, told_again
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import archive as kept
from thongsuot.records import bulk, dossier, migration
from thongsuot.records import reconciliation as records
from thongsuot.records.reconciliation import KEPT, TAKEN, DifferenceRow, ReconciliationRow
from thongsuot.words import reading
from thongsuot.words.labels import STATUS

LONGEST_REASON = 300
HERE = "records"


class NothingChosen(Refusal):
    """No difference was chosen that is still to be decided."""

    code = "no_difference_chosen"
    kind = Kind.MALFORMED


class NotMendedByAnEvent(Refusal):
    """What was received, from whom and for what is never changed afterwards: people keep it so,
    or the dossier is mended where it came from."""

    code = "difference_not_mended_here"


class MendedByTelling(Refusal):
    """What a partner has is changed by a message alone: it is sent again among the messages."""

    code = "difference_mended_by_telling"


class NotHere(Refusal):
    """Only what is kept here now can be mended: neither side of the comparison is that."""

    code = "difference_of_no_side_here"


@transaction.atomic
def leave(number: int, chosen: Sequence[int], *, reason: object, by: Person, at: datetime) -> int:
    """Decide that differences stay as they are; how many. The same one is not asked about again.

    Raises NoSuchReconciliation, NotYourRight, FieldNeeded, FieldTooLong, NothingChosen.
    """
    _, rows, why = _chosen(number, chosen, reason=reason, by=by, at=at)
    return _decide(rows, KEPT, why, by=by, at=at)


@transaction.atomic
def mend(
    number: int,
    chosen: Sequence[int],
    *,
    reason: object,
    by: Person,
    at: datetime,
    files: Path | None = None,
) -> int:
    """Set right here what the other side tells; how many differences that settles.

    A dossier that is missing comes in with the events of the other side; how it stands is told
    again as an event with its reason; what lists show is made anew from the events.
    Raises NoSuchReconciliation, NotYourRight, FieldNeeded, FieldTooLong, NothingChosen, NotHere,
    MendedByTelling, NotMendedByAnEvent, NothingToTell, and what opening the other side refuses.
    """
    row, rows, why = _chosen(number, chosen, reason=reason, by=by, at=at)
    if HERE not in (row.left, row.right):
        raise NotHere("reconciliation", given=f"{row.left} – {row.right}")
    theirs = row.left if row.right == HERE else row.right
    if theirs.startswith(PARTNER):
        raise MendedByTelling("reconciliation", partner=theirs.removeprefix(PARTNER))
    settled = 0
    with opened(theirs, at=at, files=files) as side:
        told = {one.code: one for one in side.histories({each.code for each in rows})}
        work = _Work(row, side, told, why, by, at, Checks(at))
        for code in dict.fromkeys(each.code for each in rows):
            settled += work.mend(code, [each for each in rows if each.code == code])
    return settled


@dataclass(frozen=True, slots=True)
class _Work:
    """What mending dossiers one after the other shares."""

    row: ReconciliationRow
    side: Side
    told: dict[str, History]
    why: str
    by: Person
    at: datetime
    checks: Checks

    def mend(self, code: str, rows: list[DifferenceRow]) -> int:
        """One dossier, by what its differences call for; how many of them are settled."""
        natures = {Nature(one.nature) for one in rows}
        repairs = {Repair(one.repair) for one in rows}
        if natures & {Nature.MISSING, Nature.EXTRA} and not rows[0].part:
            self._bring_in(code)
        elif repairs == {Repair.SHOW_AGAIN}:
            self._show_again(code)
        elif repairs == {Repair.FETCH_FILE}:
            self._add_files(code, {one.field for one in rows})
        elif Repair.TELL_AGAIN in repairs:
            rows = [*_standing(self.row, code)]
            self._tell_again(code)
        else:
            raise NotMendedByAnEvent("difference", code=code)
        return _decide(rows, TAKEN, self.why, by=self.by, at=self.at)

    def _theirs(self, code: str) -> tuple[Dossier, tuple[Entry, ...]]:
        """Raises NotMendedByAnEvent where the other side has none that can be read."""
        one = self.told.get(code)
        now = replay(one.entries) if one and one.entries else None
        if one is None or now is None:
            raise NotMendedByAnEvent("difference", code=code)
        return now, tuple(one.entries or ())

    def _bring_in(self, code: str) -> None:
        if isinstance(self.side, Archived):  # with its files and all that was told of it
            archive.bring_in(self.side.path, by=self.by, at=self.at, only={code})
            return
        now, entries = self._theirs(code)
        bulk.copy_in([bulk.Whole(now, entries, self.checks.next(now))])
        told_by = self.told[code].told_by
        if isinstance(self.side, Exported):
            migration.keep_one_told(self.side.run, now, told_by[0]["mapped"])
        elif told_by:
            kept.keep_told(
                [(code, dict(one)) for one in told_by],
                digest=hashlib.sha256(self.side.name.encode()).hexdigest(),
                by=self.by.account,
                at=self.at,
            )

    def _show_again(self, code: str) -> None:
        row, now, _ = dossier.load(code)
        dossier.show_again(row, now, next_check=self.checks.next)

    def _tell_again(self, code: str) -> None:
        theirs, _ = self._theirs(code)
        row, ours, _ = dossier.load(code)
        event = told_again(
            theirs,
            ours,
            system=self.side.system or self.side.name[:40],
            told=STATUS[theirs.status.value],
            repair=str(self.row.pk),
            reason=self.why,
        )
        self._append(row, ours, event)

    def _add_files(self, code: str, names: set[str]) -> None:
        """The scans that the other side has of these papers, each as one more scan."""
        _, entries = self._theirs(code)
        papers = {name.rpartition("#")[0] for name in names}
        row, ours, _ = dossier.load(code)
        have = {scan.file.sha256 for scan in ours.scans if scan.file}
        missing = [
            entry.event
            for entry in entries
            if isinstance(entry.event, e.Digitised)
            and entry.event.paper in papers
            and entry.event.file
            and entry.event.file.sha256 not in have
        ]
        if not missing:
            raise NotMendedByAnEvent("difference", code=code)
        for event in missing:
            row, ours = self._append(row, ours, event)

    def _append(
        self, row: dossier.DossierRow, ours: Dossier, event: e.Later
    ) -> tuple[dossier.DossierRow, Dossier]:
        entry = Entry(
            event,
            self.at,
            self.at,
            by=self.by.account,
            office=ours.competent_office,
            source_system=ours.home_system,
        )
        return dossier.append(row, ours, [entry], next_check=self.checks.next)


def _standing(row: ReconciliationRow, code: str) -> list[DifferenceRow]:
    """Everything that one report of how a dossier stands sets right."""
    return list(row.differences.filter(code=code, act="", repair=Repair.TELL_AGAIN.value))


def _chosen(
    number: int, chosen: Sequence[int], *, reason: object, by: Person, at: datetime
) -> tuple[ReconciliationRow, list[DifferenceRow], str]:
    require_engineer(by, at)
    row = records.find(number, lock=True)
    why = reading.text("reason", reason, longest=LONGEST_REASON)
    rows = list(row.differences.filter(pk__in=list(chosen), act="").order_by("pk"))
    if not rows:
        raise NothingChosen("difference", run=number)
    return row, rows, why


def _decide(rows: Sequence[DifferenceRow], act: str, why: str, *, by: Person, at: datetime) -> int:
    keys = [one.pk for one in rows]
    return DifferenceRow.objects.filter(pk__in=keys, act="").update(
        act=act, reason=why, by=by.account, at=at
    )

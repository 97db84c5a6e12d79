"""Files that were missing when their rows were loaded, and are there now: they come to the dossier."""

from __future__ import annotations

from django.db import transaction

from thongsuot.actions.migration.preparing import Preparation, judged_of
from thongsuot.domain.migration import Defect, news, outcome_of
from thongsuot.records import dossier
from thongsuot.records import migration as records
from thongsuot.records.codec import encode
from thongsuot.records.migration import LegacyDossierRow, MigrationOutcomeRow
from thongsuot.words.migration import FILES_CAME

_LACKING = (Defect.FILE_MISSING, Defect.FILE_CHANGED)


def complete(how: Preparation, *, together: int) -> int:
    """Look again for the files that rows of a run lacked; how many dossiers got some.

    Where somebody has carried a dossier on, or a newer export told of it, it stays as it is.
    """
    reached, many = 0, 0
    while rows := records.lacking(how.run, _LACKING, after=reached, limit=together):
        with transaction.atomic():
            many += sum(_complete(how, row) for row in rows)
        reached = rows[-1].number
    return many


def _complete(how: Preparation, row: MigrationOutcomeRow) -> bool:
    before = LegacyDossierRow.objects.select_related("dossier").filter(
        run=how.run, number=row.number
    )
    told = before.first()
    lines = records.staged_after(how.run, row.number - 1, limit=1)
    if told is None or not lines or how.checks is None:
        return False
    judged = judged_of(lines[0].content, how.near, how.find)
    kept, now, _ = dossier.load(told.dossier.code)
    if judged.dossier is None or dossier.is_changed(kept, since=told.version):
        return False
    entries, _ = news(judged, now, reason=FILES_CAME, files_only=True)
    if not entries:
        return False
    _, after = dossier.append(kept, now, entries, next_check=how.checks.next)
    LegacyDossierRow.objects.filter(pk=told.pk).update(version=after.version)
    row.outcome = outcome_of(judged.findings).value
    row.findings = [encode(one) for one in judged.findings]
    row.save(update_fields=["outcome", "findings"])
    return True

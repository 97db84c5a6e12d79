"""The papers of a dossier and its fees: what is here, what is held already, what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.catalogue import Fee
from thongsuot.domain.dossier import Dossier, fees, papers
from thongsuot.domain.dossier.papers import ChecklistLine, Held, PaperState
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.files import StoredFile
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries import dossier as dossiers
from thongsuot.records import catalogue
from thongsuot.records import files as records
from thongsuot.records import papers as held


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the checklist, with what is held of it and where that came from."""

    number: int
    line: ChecklistLine
    held: Held | None
    held_at: str


@dataclass(frozen=True, slots=True)
class PapersPage:
    """The papers of a dossier, the fees of its channel, and what was paid."""

    lines: tuple[PaperLine, ...]
    due: tuple[Fee, ...]
    paid: int


def page(dossier: Dossier, *, at: datetime, reading: ReadingToken) -> PapersPage:
    """The papers and fees of a dossier that was read with this token."""
    reading.require(dossier.code)
    on = at.astimezone(VIETNAM).date()
    version = catalogue.procedure_version(dossier.procedure, dossier.procedure_version)
    asked = version.papers_for(dossier.case if dossier.case in version.cases else "")
    ours = held.held_by(dossier.applicant.number, on=on, besides=dossier.code)
    known = {fold(one.paper): one for one in ours}
    names = directory.office_names({one.office for one in ours})
    return PapersPage(
        lines=tuple(
            _line(number, line, known.get(fold(line.name)), names)
            for number, line in enumerate(papers.checklist(dossier, asked))
        ),
        due=tuple(fee for fee in version.fees if fee.channel is dossier.channel),
        paid=fees.collected(dossier),
    )


def file_of(
    code: str, sha256: str, *, account: str, at: datetime, reading: ReadingToken
) -> tuple[StoredFile, bytes]:
    """A file of a dossier with its content.

    Raises NoSuchDossier, NotYoursToSee, NoSuchFile.
    """
    _, dossier = dossiers.read(code, account=account, at=at, reading=reading)
    for scan in dossier.scans:
        if scan.file and scan.file.sha256 == sha256:
            return scan.file, records.content_of(sha256)
    raise records.NoSuchFile("file", given=sha256)


def _line(number: int, line: ChecklistLine, found: Held | None, names: dict[str, str]) -> PaperLine:
    is_open = line.state in (PaperState.MISSING, PaperState.TO_SCAN)
    offered = found if is_open else None
    return PaperLine(number, line, offered, names.get(offered.office, "") if offered else "")

"""The drafts of a decision: the templates in force, filled in, and the versions brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import DraftKept, Proposed
from thongsuot.domain.files import StoredFile
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import letters
from thongsuot.paper.letters import Letter
from thongsuot.queries import access, directory
from thongsuot.queries import dossier as dossiers
from thongsuot.records import files as records


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A version of the draft: which, whose, when, and whether it was decided on."""

    number: int
    file: StoredFile
    by: str
    at: datetime
    note: str
    is_approved: bool


def in_force(at: datetime) -> tuple[Letter, ...]:
    """The templates in force, each kind once. Raises LetterMalformed, LetterFieldUnknown."""
    on = at.astimezone(VIETNAM).date()
    return tuple(letter for letter in _letters(settings.DATA_DIR / "letters") if on in letter.valid)


def versions(
    code: str, *, account: str, at: datetime, reading: ReadingToken
) -> tuple[DraftLine, ...]:
    """The versions of a dossier's draft, the newest first. Raises NoSuchDossier, NotYoursToSee."""
    entries, dossier = dossiers.read(code, account=account, at=at, reading=reading)
    kept = [(entry, entry.event) for entry in entries if isinstance(entry.event, DraftKept)]
    names = access.names({entry.by for entry, _ in kept})
    lines = tuple(
        DraftLine(
            number,
            event.file,
            names.get(entry.by, entry.by),
            entry.recorded_at,
            event.note,
            event.file.sha256 == dossier.approved_draft,
        )
        for number, (entry, event) in enumerate(kept, 1)
    )
    return lines[::-1]


def file_of(
    code: str, sha256: str, *, account: str, at: datetime, reading: ReadingToken
) -> tuple[StoredFile, bytes]:
    """One version with its content. Raises NoSuchDossier, NotYoursToSee, NoSuchFile."""
    _, dossier = dossiers.read(code, account=account, at=at, reading=reading)
    for file in dossier.drafts:
        if file.sha256 == sha256:
            return file, records.content_of(sha256)
    raise records.NoSuchFile("file", given=sha256)


def filled(
    code: str, key: str, *, account: str, by_name: str, at: datetime, reading: ReadingToken
) -> tuple[str, bytes]:
    """A template filled in from a dossier, with the name under which it is handed out.

    Raises NoSuchDossier, NotYoursToSee, NoLetterInForce.
    """
    entries, dossier = dossiers.read(code, account=account, at=at, reading=reading)
    letter = letters.choose(in_force(at), key, at.astimezone(VIETNAM).date())
    said = [entry.event.proposal for entry in entries if isinstance(entry.event, Proposed)]
    values = _values(dossier, proposal=said[-1] if said else "", drafter=by_name, at=at)
    return f"{dossier.code}-{key}.docx", letters.fill(letter, values)


def _values(dossier: Dossier, *, proposal: str, drafter: str, at: datetime) -> dict[str, str]:
    office = directory.office_names([dossier.competent_office])
    return {
        "office": office.get(dossier.competent_office, dossier.competent_office),
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "case": dossier.case,
        "applicant": dossier.applicant.name,
        "address": dossier.applicant.address,
        "received_on": _day(dossier.received_at),
        "due_on": _day(dossier.due_at),
        "proposal": proposal or "……",
        "drafter": drafter,
        "today": f"ngày {at:%d} tháng {at:%m} năm {at:%Y}",
    }


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}" if moment else ""


@cache
def _letters(folder: Path) -> tuple[Letter, ...]:
    return letters.read(folder)

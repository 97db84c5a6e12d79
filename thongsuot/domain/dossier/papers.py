"""The papers of a dossier: what each one is here as, and what need not be asked for again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.catalogue import Paper
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.dossier.refusals import (
    AlreadyHeld,
    NotDigitisable,
    NothingHeld,
    PaperIsSecret,
    PaperScannedAlready,
)
from thongsuot.domain.dossier.standing import require_open
from thongsuot.domain.dossier.state import Dossier, Scan
from thongsuot.domain.files import StoredFile

# Applicants write these anew for every dossier: one that is held answers no later question.
WRITTEN_ANEW = (
    ("to", "khai"),
    ("don",),
    ("phieu",),
    ("giay", "de", "nghi"),
    ("van", "ban", "de", "nghi"),
    ("cong", "van"),
)
# The point of the law that each exception is, unless a sector's own law is named.
SOURCE: dict[e.ScanException, str] = {
    e.ScanException.FILED_ELECTRONICALLY: "TT 03/2025/TT-VPCP Đ.5.2.a",
    e.ScanException.PRESENTED_ONLY: "TT 03/2025/TT-VPCP Đ.5.2.b",
    e.ScanException.OPINION_REPLY: "TT 03/2025/TT-VPCP Đ.5.2.c",
    e.ScanException.SECRET: "TT 03/2025/TT-VPCP Đ.5.2.d",
}
# What whoever scans looks after. Source: TT 01/2023/TT-VPCP Đ.8.2.
QUALITY = ("complete", "in_order", "legible")


class PaperState(StrEnum):
    """As what a paper is here."""

    SCANNED = "scanned"
    HELD = "held"
    SHOWN_ONLY = "shown_only"
    NOT_SCANNED = "not_scanned"
    TO_SCAN = "to_scan"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Held:
    """A paper, or a result of ours, that the province holds for a person."""

    paper: str
    file: StoredFile | None
    dossier: str
    office: str
    day: date
    number: str = ""
    valid_until: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether it still says what is so."""
        return self.valid_until is None or on <= self.valid_until


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A paper that is asked for or was given, and as what it is here."""

    name: str
    state: PaperState
    given: e.PaperGiven | None
    asked: Paper | None
    scans: tuple[Scan, ...]
    exception: e.ScanExcepted | None


def checklist(d: Dossier, asked: Iterable[Paper]) -> tuple[ChecklistLine, ...]:
    """Every paper that the case asks for, then what was given besides."""
    wanted = {paper.name: paper for paper in asked}
    names = dict.fromkeys([*wanted, *(paper.name for paper in d.papers)])
    return tuple(_line(d, name, wanted.get(name)) for name in names)


def add_scan(
    d: Dossier,
    *,
    paper: str,
    file: StoredFile,
    is_checked: bool,
    valid_until: date | None = None,
) -> e.Digitised:
    """Add a scanned file to a paper. Raises DossierEnded, NotDigitisable, PaperIsSecret."""
    require_scannable(d, paper)
    checked = QUALITY if is_checked else ()
    return e.Digitised(paper, file.sha256, file, checked, valid_until)


def require_scannable(d: Dossier, paper: str) -> None:
    """Raises DossierEnded, NotDigitisable, PaperIsSecret."""
    _require_of(d, paper)
    found = _exception(d, paper)
    if found and found.why is e.ScanException.SECRET:
        raise PaperIsSecret("paper", given=paper)


def leave_unscanned(
    d: Dossier, *, paper: str, why: e.ScanException, basis: str = ""
) -> e.ScanExcepted:
    """Note why a paper is not scanned.

    Raises DossierEnded, NotDigitisable, PaperScannedAlready. Source: TT 03/2025/TT-VPCP Đ.5.2.
    """
    _require_of(d, paper)
    if paper in d.digitised:
        raise PaperScannedAlready("paper", given=paper)
    return e.ScanExcepted(paper, why, basis.strip() or SOURCE[why])


def reuse(d: Dossier, *, paper: str, held: Iterable[Held], on: date) -> e.PaperReused:
    """Take a paper into the dossier that the province holds for this person.

    Raises DossierEnded, NothingHeld. Source: NĐ 309/2026/NĐ-CP Đ.2.
    """
    require_open(d)
    fitting = [one for one in held if fold(one.paper) == fold(paper) and one.is_valid(on)]
    if not fitting:
        raise NothingHeld("paper", given=paper)
    newest = max(fitting, key=lambda one: one.day)
    return e.PaperReused(
        paper, newest.file, newest.dossier, newest.office, newest.day, newest.number
    )


def fetch(
    d: Dossier, *, paper: str, file: StoredFile, body: str, number: str, code: str = ""
) -> e.PaperFetched:
    """Take a paper into the dossier that the electronic document store holds for this person.

    Raises DossierEnded. Source: NĐ 309/2026/NĐ-CP Đ.2.
    """
    require_open(d)
    return e.PaperFetched(paper, file, body, number, code)


def require_not_held(missing: Iterable[str], held: Iterable[Held]) -> None:
    """Let pass only what the province does not hold. Raises AlreadyHeld."""
    known = {fold(one.paper): one for one in held}
    for name in missing:
        found = known.get(fold(name))
        if found:
            raise AlreadyHeld(
                "missing", paper=found.paper, dossier=found.dossier, day=found.day.isoformat()
            )


def is_reusable(paper: str) -> bool:
    """Whether a paper that is held answers when another dossier asks for one of its name."""
    words = fold(paper)
    return bool(words) and not any(words[: len(first)] == first for first in WRITTEN_ANEW)


def _require_of(d: Dossier, paper: str) -> None:
    require_open(d)
    if paper not in {given.name for given in d.papers}:
        raise NotDigitisable("paper", given=paper)


def _line(d: Dossier, name: str, asked: Paper | None) -> ChecklistLine:
    given = next((paper for paper in d.papers if paper.name == name), None)
    scans = tuple(scan for scan in d.scans if scan.paper == name)
    exception = _exception(d, name)
    state = _state(d, name, given, scans, exception)
    return ChecklistLine(name, state, given, asked, scans, exception)


def _state(
    d: Dossier,
    name: str,
    given: e.PaperGiven | None,
    scans: tuple[Scan, ...],
    exception: e.ScanExcepted | None,
) -> PaperState:
    if any(scan.origin or scan.store for scan in scans):
        return PaperState.HELD
    if name in d.digitised:
        return PaperState.SCANNED
    if exception:
        shown = exception.why is e.ScanException.PRESENTED_ONLY
        return PaperState.SHOWN_ONLY if shown else PaperState.NOT_SCANNED
    return PaperState.TO_SCAN if given else PaperState.MISSING


def _exception(d: Dossier, paper: str) -> e.ScanExcepted | None:
    return next((one for one in d.unscanned if one.paper == paper), None)

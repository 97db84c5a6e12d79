"""What an applicant without an account is told about a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.deadline import Deadline
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.dossier.state import replay
from thongsuot.domain.looks import ReadingToken
from thongsuot.queries import calendar, directory
from thongsuot.queries.dossier import clock_of
from thongsuot.records import dossier as records
from thongsuot.records.feedback import is_rated


@dataclass(frozen=True, slots=True)
class LookupPage:
    """A dossier as its applicant sees it; the door masks what names a person."""

    dossier: Dossier
    office: str
    return_point: str
    missing: tuple[str, ...]
    apology: str
    deadline: Deadline | None
    is_rated: bool


def answer(*, at: datetime, reading: ReadingToken) -> LookupPage:
    """The dossier that the look was opened for. Raises NoSuchDossier."""
    row = records.find(reading.about)
    reading.require(row.code)
    entries = records.entries_of(row)
    dossier = replay(entries)
    if dossier is None:
        raise NoSuchDossier("code", given=row.code)
    asked = [x.event for x in entries if isinstance(x.event, e.SupplementAsked)]
    sorry = [x.event for x in entries if isinstance(x.event, e.Apologised)]
    return LookupPage(
        dossier=dossier,
        office=directory.office_names({dossier.office}).get(dossier.office, dossier.office),
        return_point=directory.counter_names({dossier.return_point}).get(dossier.return_point, ""),
        missing=asked[-1].missing if asked else (),
        apology=sorry[-1].reason if sorry else "",
        deadline=_deadline(dossier, at),
        is_rated=is_rated(row),
    )


def _deadline(dossier: Dossier, at: datetime) -> Deadline | None:
    """While the clock stands still, as if it ran on from now."""
    if dossier.is_open and dossier.is_paused:
        return calendar.if_resumed(dossier, at=at)
    return clock_of(dossier, at).deadline

"""The opinions that bodies ask of each other about a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier.events import OpinionAsked, OpinionGiven
from thongsuot.domain.workdays import VIETNAM


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion of another body: what was asked, and what came of it."""

    number: int
    of: str
    question: str
    asked_at: datetime
    answer_by: date | None
    stops_clock: bool
    answered_at: datetime | None
    answer: str
    is_late: bool


def opinions(entries: Sequence[Entry], dossier: Dossier, at: datetime) -> tuple[OpinionLine, ...]:
    """The opinions of other bodies in the order in which they were asked."""
    given = {
        entry.event.opinion: (entry.recorded_at, entry.event.answer)
        for entry in entries
        if isinstance(entry.event, OpinionGiven)
    }
    today = at.astimezone(VIETNAM).date()
    return tuple(
        _opinion(entry.event, entry.recorded_at, given, today if dossier.is_open else None)
        for entry in entries
        if isinstance(entry.event, OpinionAsked)
    )


def _opinion(
    asked: OpinionAsked,
    asked_at: datetime,
    given: Mapping[int, tuple[datetime, str]],
    today: date | None,
) -> OpinionLine:
    answered_at, answer = given.get(asked.opinion, (None, ""))
    owed = answered_at is None and today is not None
    return OpinionLine(
        number=asked.opinion,
        of=asked.of,
        question=asked.question,
        asked_at=asked_at,
        answer_by=asked.answer_by,
        stops_clock=asked.stops_clock,
        answered_at=answered_at,
        answer=answer,
        is_late=bool(owed and today and asked.answer_by and asked.answer_by < today),
    )

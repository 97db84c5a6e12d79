"""How far an act on many dossiers has come, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.duties import Person
from thongsuot.records.together import BulkRow, NoSuchBulk


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One dossier of an act on many."""

    code: str
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """An act on many with its lines."""

    number: int
    act: str
    asked_at: datetime
    is_running: bool
    lines: tuple[ResultLine, ...]

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(line.state == state for line in self.lines)


def together(number: int, *, by: Person) -> TogetherPage:
    """An act on many that this person asked for. Raises NoSuchBulk."""
    bulk = BulkRow.objects.filter(pk=number, account__username=by.account).first()
    if bulk is None:
        raise NoSuchBulk("number", given=number)
    lines = tuple(
        ResultLine(line.code, line.state, line.sentence) for line in bulk.lines.order_by("number")
    )
    runs = bulk.ended_at is None and any(line.state == "waiting" for line in lines)
    return TogetherPage(bulk.pk, bulk.act, bulk.asked_at, runs, lines)

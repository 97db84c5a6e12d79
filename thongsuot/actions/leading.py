"""A leader decides on several dossiers of one kind, each of which was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thongsuot.actions.dossier.moves import make
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records
from thongsuot.records.looks import last_look

MOST = 60


class NotSeen(Refusal):
    """Nobody decides on what they did not look at since it last changed."""

    code = "not_seen"


class TooManyAtOnce(Refusal):
    """More dossiers than one screen shows were sent at once."""

    code = "too_many_at_once"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one dossier: decided, or refused and why."""

    code: str
    why_not: Refusal | None = None


def approve_seen(
    *, chosen: Iterable[tuple[str, int]], by: Person, at: datetime
) -> tuple[Decided, ...]:
    """Approve dossiers, each by itself: what is refused keeps no other from being decided.

    `chosen` is each dossier with the version that was on the list. Raises TooManyAtOnce.
    """
    wanted = tuple(dict.fromkeys(chosen))
    if len(wanted) > MOST:
        raise TooManyAtOnce("chosen", most=MOST)
    return tuple(_approve(code, version, by, at) for code, version in wanted)


def _approve(code: str, version: int, by: Person, at: datetime) -> Decided:
    try:
        row = records.find(code)
        looked = last_look(by.account, about=row.code)
        changed = records.last_act_at(row)
        if looked is None or (changed is not None and looked < changed):
            raise NotSeen("chosen", code=row.code)
        make(code=row.code, move=Act.APPROVE.value, given={}, by=by, at=at, seen_version=version)
    except Refusal as refusal:
        return Decided(code, refusal)
    return Decided(code)

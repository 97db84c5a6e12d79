"""What a closing body still has to finish before the day on which its work passes on.

Source: letters of Lai Châu 6/2025 (every backlog finished by 30/6/2025; NQ 190/2025/QH15 Đ.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.workflow import Process, StageKind


class Hindrance(StrEnum):
    """Why a dossier will not be finished before the switch."""

    LATE = "late"
    WAITING = "waiting"
    DUE_AFTER = "due_after"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Remaining:
    """An open dossier of a closing body: when it is due, whether it waits, how many steps are left."""

    code: str
    due_at: datetime | None
    is_paused: bool
    steps: int


@dataclass(frozen=True, slots=True)
class RunOff:
    """The board of one closing body, in numbers that add up."""

    open: int
    due_before: int
    hindered: tuple[tuple[Hindrance, int], ...]

    @property
    def will_not_finish(self) -> int:
        """How many will not be finished before the switch, as they stand."""
        return sum(many for _, many in self.hindered)


def hindrance(
    dossier: Remaining, *, switch_at: datetime, at: datetime, working_days: int
) -> Hindrance | None:
    """Why a dossier will not be finished before the switch; None when it can be.

    One that waits for somebody has no end that can be told; one that is late has missed it; one
    due after the switch need not be done before; and a step a working day is the most that we
    count on (our estimate, for no rule says how long a step takes).
    """
    if dossier.is_paused:
        return Hindrance.WAITING
    if dossier.due_at is not None and dossier.due_at < at:
        return Hindrance.LATE
    if dossier.due_at is None or dossier.due_at >= switch_at:
        return Hindrance.DUE_AFTER
    return Hindrance.STEPS if dossier.steps > working_days else None


def run_off(
    dossiers: Iterable[Remaining], *, switch_at: datetime, at: datetime, working_days: int
) -> RunOff:
    """The board of a body: what is open, what is due before, and what hinders the rest."""
    listed = tuple(dossiers)
    found = [
        hindrance(one, switch_at=switch_at, at=at, working_days=working_days) for one in listed
    ]
    return RunOff(
        open=len(listed),
        due_before=sum(1 for one in listed if one.due_at is not None and one.due_at < switch_at),
        hindered=tuple((kind, found.count(kind)) for kind in Hindrance),
    )


def steps_left(process: Process, stage: str) -> int:
    """How many moves lead, at the fewest, from a stage to where the work ends."""
    ends = {one.key for one in process.stages if one.kind in (StageKind.HANDOVER, StageKind.END)}
    near, seen, steps = {stage}, {stage}, 0
    while near and not near & ends:
        ahead = {move.target for one in near for move in process.moves_from(one)}
        near, steps = ahead - seen, steps + 1
        seen |= ahead
    return steps if near else len(process.stages)

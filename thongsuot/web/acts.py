"""What may be done next, as buttons that say what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from thongsuot.actions.dossier.moves import MOVES
from thongsuot.domain.workflow import Act
from thongsuot.words.labels import ACT, ACT_MEANING
from thongsuot.words.screens import CONSEQUENCE

# What brings the work on, in the order in which an official looks for it; the rest is on demand.
FIRST = (
    Act.ARRIVE,
    Act.RECEIVE_SUPPLEMENT,
    Act.SETTLE_FINANCIAL_DUTY,
    Act.END_INCIDENT,
    Act.GIVE_OPINION,
    Act.FORWARD,
    Act.ASSIGN,
    Act.CLAIM,
    Act.PROPOSE,
    Act.APPROVE,
    Act.ISSUE_RESULT,
    Act.HAND_OVER,
    Act.SEND_BACK,
    Act.REFUSE,
)
_DIRECT = frozenset(move.act for move in MOVES if not move.fields)


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: its name, what it means, and what it will do that cannot be undone."""

    key: str
    label: str
    meaning: str
    consequence: str
    is_direct: bool


def act_line(act: Act, *, branches: Collection[Act] = ()) -> ActLine:
    """An act in words; a direct one asks for nothing and happens at the press of its button."""
    return ActLine(
        key=act.value,
        label=ACT[act.value],
        meaning=ACT_MEANING.get(act.value, ""),
        consequence=CONSEQUENCE.get(act.value, ""),
        is_direct=act in _DIRECT and act not in branches,
    )


def acts(
    open_acts: Iterable[Act], *, branches: Collection[Act]
) -> tuple[list[ActLine], list[ActLine]]:
    """The acts that bring the work on, and the others; where the way branches, it is asked."""
    known = set(open_acts)
    first = [act for act in FIRST if act in known]
    more = [act for act in Act if act in known and act not in FIRST]
    return (
        [act_line(act, branches=branches) for act in first],
        [act_line(act, branches=branches) for act in more],
    )

"""What a switch makes of one dossier, and what taking an operation back makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.dossier.transfer import Custody, custody_of, pass_custody
from thongsuot.domain.reorganisation.bodies import Bodies, committees, recoded, successions
from thongsuot.domain.reorganisation.heirs import DossierFacts, Gap, Heir, Heirs
from thongsuot.domain.reorganisation.plan import Plan, touched_by, without

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Posts:
    """Where people can come and who serves where, once the bodies have changed.

    A person of every office has a post in each.
    """

    counters: Mapping[str, tuple[str, ...]]
    people: frozenset[tuple[str, str]]

    def counter(self, body: str, was: str) -> str:
        """The counter that gives results of a body back: the same one, if it is still theirs."""
        own = self.counters.get(body, ())
        return was if was in own or not own else own[0]

    def person(self, account: str, body: str) -> str:
        """The person who has a dossier, if they serve in the body; nobody else."""
        serves = (account, body) in self.people or (account, "") in self.people
        return account if serves else ""


def pass_on(
    d: Dossier, facts: DossierFacts, *, plan: Plan, heirs: Heirs, posts: Posts
) -> CustodyPassed | Gap | None:
    """What the plan makes of a dossier; None when it stays where it is.

    What is received from the instant on by bodies that stand then is with the right ones.
    The person who has it keeps it where they went with the work; otherwise nobody has it, and
    the body gives it to somebody. Raises AlreadyHandedOver.
    Source: NQ 190/2025/QH15 Đ.5, Đ.10.
    """
    bodies = (d.competent_office, d.office, d.return_office)
    if d.received_at >= plan.effective_at and all(map(heirs.stands, bodies)):
        return None
    found: dict[str, Heir] = {}
    for body in dict.fromkeys(bodies):
        answer = heirs.of(replace(facts, office=body))
        if isinstance(answer, Gap):
            return answer
        found[body] = answer
    to = _to(d, found, posts)
    if to == custody_of(d):
        return None
    lead = next(one for body, one in found.items() if one.body != body)
    return pass_custody(
        d,
        to=to,
        plan=plan.id,
        operation=lead.operation,
        rule=lead.rule[:200],
        is_fallback=any(one.is_fallback for one in found.values()),
    )


def _to(d: Dossier, found: Mapping[str, Heir], posts: Posts) -> Custody:
    office, back = found[d.office].body, found[d.return_office].body
    return Custody(
        office=office,
        competent_office=found[d.competent_office].body,
        return_office=back,
        return_point=d.return_point
        if back == d.return_office
        else posts.counter(back, d.return_point),
        assignee=d.assignee if office == d.office else posts.person(d.assignee, office),
    )


def give_back(
    d: Dossier, *, before: Custody, after: Custody, plan: str, operation: int, posts: Posts
) -> CustodyPassed | None:
    """Take back what an operation made of a dossier; None when nothing of it is left.

    What people did with it since stays done: who has it now in a body that took no part keeps it.
    Where several bodies became one, each part of the custody goes back to its own.
    """
    offices = before.office, after.office
    competent = before.competent_office, after.competent_office
    gives = before.return_office, after.return_office
    to = Custody(
        office=_back(d.office, offices, competent, gives),
        competent_office=_back(d.competent_office, competent, offices, gives),
        return_office=_back(d.return_office, gives, competent, offices),
        return_point=before.return_point
        if d.return_point == after.return_point
        else d.return_point,
        assignee=d.assignee,
    )
    assignee = before.assignee if d.assignee == after.assignee else d.assignee
    if to.office != d.office and assignee != before.assignee:
        assignee = posts.person(assignee, to.office)
    return _undone(d, replace(to, assignee=assignee), plan=plan, operation=operation)


def _back(now: str, *passed: tuple[str, str]) -> str:
    """The body before the plan of a body that has a dossier now; the first pair that knows it."""
    return next((old for old, new in passed if new == now), now)


def give_to_origin(
    d: Dossier, body: str, *, plan: str, operation: int, posts: Posts, is_fallback: bool
) -> CustodyPassed | None:
    """Give a dossier received after the switch to the body competent under the old order.

    Its code and its receipt stay; the counter that took it in stays where it gives back, unless
    that was the heir's own.
    """
    now = d.competent_office
    back = body if d.return_office == now else d.return_office
    office = body if d.office == now else d.office
    to = Custody(
        office=office,
        competent_office=body,
        return_office=back,
        return_point=posts.counter(back, d.return_point),
        assignee=d.assignee if office == d.office else posts.person(d.assignee, office),
    )
    return _undone(d, to, plan=plan, operation=operation, is_fallback=is_fallback)


def _undone(
    d: Dossier, to: Custody, *, plan: str, operation: int, is_fallback: bool = False
) -> CustodyPassed | None:
    if to == custody_of(d):
        return None
    return pass_custody(
        d,
        to=to,
        plan=plan,
        operation=operation,
        rule=f"{operation}:{UNDO}",
        is_fallback=is_fallback,
        is_undo=True,
    )


class Origins:
    """Which body of the old order would have what was received since: the heirs read backwards."""

    def __init__(self, plan: Plan, number: int, before: Bodies) -> None:
        self._number = number
        self._heirs = Heirs(plan, before)
        standing = before.standing(plan.effective_on)
        self._committees = committees(standing.values())
        self._parents = {code: one.parent.canonical for code, one in standing.items() if one.parent}
        operation = dict(plan.numbered)[number]
        self._bodies = tuple(one for one in touched_by(operation) if one in standing)
        lines = successions(without(plan, set(dict(plan.numbered)) - {number}), standing)
        codes = recoded(plan)
        new = (codes.get(line.new, line.new) for line in lines if line.new)
        self.heirs = tuple(dict.fromkeys((*new, *self._bodies)))

    def of(self, facts: DossierFacts, places: Iterable[str]) -> tuple[str, bool] | None:
        """The old body, and whether only its order in the plan decided; None when none gave it.

        `places` are the communes of the old order that the dossier may be of, the likeliest first.
        """
        found: dict[str, None] = {}
        for place in (*places, ""):
            came = [one for one in self._bodies if self._came(one, replace(facts, place=place))]
            committee = self._committees.get(place, "")
            for body in (committee, self._parents.get(committee, "")):
                if body in came:
                    return body, False
            found.update(dict.fromkeys(came))
        if facts.office in found:
            return facts.office, len(found) > 1
        return (next(iter(found)), len(found) > 1) if found else None

    def _came(self, body: str, facts: DossierFacts) -> bool:
        answer = self._heirs.of(replace(facts, office=body))
        if isinstance(answer, Gap) or answer.body != facts.office:
            return False
        return body == facts.office or answer.operation == self._number

"""How much work goes from each body of a plan to each other one, counted by the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max

from thongsuot.actions.reorganisation.ground import Facts, Ground, ground_for
from thongsuot.domain.reorganisation import Heir, Plan, PlanNotSound, successions
from thongsuot.records.census import passed_between
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import OPEN, DossierRow


@dataclass(frozen=True, slots=True)
class Flow:
    """From a body to the one that carries on, with the dossiers that go that way."""

    body: str
    to: str
    many: int


@dataclass(frozen=True, slots=True)
class Flows:
    """The lineage of a plan, with the names of the bodies in it and the places where they stand."""

    lines: tuple[Flow, ...]
    names: dict[str, str]
    places: dict[str, str]


def flows(plan: Plan, *, is_switched: bool = False) -> Flows:
    """The lineage of a plan with its widths; empty where the plan is not sound any more.

    Before the switch the widths are open dossiers, after it those that were handed over.
    """
    try:
        ground = ground_for(plan)
    except (KeyError, PlanNotSound):  # a body of the plan is not loaded here
        return Flows((), {}, {})
    many = passed_between(plan.id) if is_switched else _counted(ground)
    pairs = [(line.old, line.new) for line in successions(plan, ground.standing)]
    lines = [Flow(old, new, many.pop((old, new), 0)) for old, new in pairs if old != new]
    lines += [Flow(old, new, count) for (old, new), count in sorted(many.items()) if old != new]
    codes = {code for line in lines for code in (line.body, line.to)}
    rows = OfficeRow.objects.filter(code__in=codes | ground.touched).order_by("valid")
    names = dict(rows.values_list("code", "name"))
    for code, office in ground.after.items():
        names.setdefault(code, office.name)
    places = {code: office.place for code, office in ground.after.items()}
    return Flows(tuple(lines), names, places)


def _counted(ground: Ground) -> Counter[tuple[str, str]]:
    """The open dossiers from body to body; the database groups those that decide alike."""
    facts = Facts(ground.plan)
    touched = list(ground.touched)
    rows = (
        DossierRow.objects.filter(OPEN, competent_office__in=touched)
        .values_list("competent_office", "procedure", "place_given", "place_today", "status")
        .annotate(many=Count("pk"), last=Max("received_at"))
    )
    found: Counter[tuple[str, str]] = Counter()
    for office, procedure, given, today, status, many, last in rows.order_by():
        answer = ground.heirs.of(
            facts.of(
                office=office,
                procedure=procedure,
                place_given=given,
                place_today=today,
                status=status,
                received_at=last,
            )
        )
        if isinstance(answer, Heir):
            found[office, answer.body] += many
    return found

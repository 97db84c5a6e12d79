"""Who handles next what a plan handed over: told on the list of work until they have looked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Q

from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.records import access
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.custody import PassedSeenRow, PassedToRow


@dataclass(frozen=True, slots=True)
class PassedLine:
    """What a plan handed over to somebody's bodies and is still open."""

    plan: str
    title: str
    since: date
    many: int
    mine: int
    free: int
    bodies: tuple[str, ...]  # who had them before, most dossiers first


def handed_over(account: str, *, at: datetime) -> tuple[PassedLine, ...]:
    """The plans by which somebody's bodies got dossiers that they have not looked at yet."""
    on = at.astimezone(VIETNAM).date()
    duties = access.duties(account)
    offices = duties.offices(account, on) - {""}
    if not offices:
        return ()
    looked = PassedSeenRow.objects.filter(
        passed=OuterRef("pk"), account__username=account, many__gte=OuterRef("many")
    )
    unseen = PassedToRow.objects.filter(~Exists(looked), office__in=offices)
    states = [PlanState.SWITCHING.value, PlanState.SWITCHED.value]
    plans = unseen.filter(plan__state__in=states).values_list("plan", flat=True).distinct()
    if not (wanted := list(plans)):
        return ()
    whose = duties.accounts(account, on)
    lines = (
        CensusRow.objects.filter(
            plan__in=wanted,
            fate=Fate.PASSED.value,
            undone_version=None,
            dossier__office__in=offices,
            dossier__ended_at=None,
            dossier__outcome="",
            dossier__is_handed_over=False,
        )
        .values("office", key=F("plan__key"), title=F("plan__title"), on=F("plan__effective_on"))
        .annotate(
            many=Count("pk"),
            mine=Count("pk", filter=Q(dossier__assignee__in=whose)),
            free=Count("pk", filter=Q(dossier__assignee="")),
        )
        .order_by("on", "key", "-many", "office")
    )
    by_plan = defaultdict(list)
    for line in lines:
        by_plan[line["key"], line["title"], line["on"]].append(line)
    names = directory.office_names({line["office"] for line in lines})
    return tuple(
        PassedLine(
            key,
            title,
            since,
            sum(one["many"] for one in found),
            sum(one["mine"] for one in found),
            sum(one["free"] for one in found),
            tuple(names.get(one["office"], one["office"]) for one in found),
        )
        for (key, title, since), found in by_plan.items()
    )

"""What the switch of many dossiers needs around them: heirs, facts, counters and people."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from thongsuot.actions.reorganisation.ground import Facts, ground_for
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.reorganisation import DossierFacts, Plan
from thongsuot.domain.reorganisation.custody import Posts
from thongsuot.records.access import GrantRow
from thongsuot.records.directory import PlaceSuccessionRow, ReceptionPointRow


class Around:
    """Everything around the dossiers of one plan, read once for a whole switch."""

    def __init__(self, plan: Plan, *, on: date | None = None) -> None:
        ground = ground_for(plan)
        self.plan = plan
        self.before = ground.before
        self.heirs = ground.heirs
        self.touched = ground.touched
        self.ended = ground.ended
        self.posts = posts(on or plan.effective_on)
        self._facts = Facts(plan)

    def facts(self, dossier: Dossier) -> DossierFacts:
        """What of a dossier decides its heir."""
        return self._facts.of(
            office=dossier.competent_office,
            procedure=dossier.procedure,
            place_given=dossier.place.given,
            place_today=dossier.place.today,
            status=dossier.status.value,
            received_at=dossier.received_at,
        )

    def places_before(self, dossier: Dossier) -> tuple[str, ...]:
        """The communes of the old order that a dossier of the new one may be of."""
        given, today = dossier.place.given, dossier.place.today
        if given != today:  # papers of the old order name it
            return (given,)
        lines = PlaceSuccessionRow.objects.filter(new=given, on=self.plan.effective_on)
        older = lines.order_by("-is_suggested", "-is_whole", "old").values_list("old", flat=True)
        return (*older, given)


def posts(on: date) -> Posts:
    """Where people can come and who serves where on a day."""
    counters: dict[str, list[str]] = defaultdict(list)
    rows = ReceptionPointRow.objects.filter(valid__contains=on).order_by("key")
    for key, office in rows.values_list("key", "office"):
        counters[office].append(key)
    people = GrantRow.objects.filter(valid__contains=on, account__is_active=True)
    held = frozenset(people.values_list("account__username", "office").distinct())
    return Posts({office: tuple(keys) for office, keys in counters.items()}, held)

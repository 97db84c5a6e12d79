"""Work by the bodies of a past day or of today: each dossier is counted once in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Lineage
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.queries import directory
from thongsuot.records import directory as records
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.directory import OfficeRow
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.records.spans import to_span


class StructureNotYet(Refusal):
    """The bodies of a day to come are not known; those of a past day or of today are."""

    code = "structure_not_yet"
    kind = Kind.MALFORMED


# What has a census: a plan that was taken back whole moved nothing.
_BEGUN = (PlanState.SWITCHING.value, PlanState.SWITCHED.value)


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body of the day asked for, and how many open dossiers are its own.

    `by_lineage` of them were never with it: they came since, to a body that carries its work on.
    """

    office: str
    name: str
    dossiers: int
    by_lineage: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The bodies of one day, and to which of them each dossier is counted.

    A dossier belongs to the body that had it when the first switch after the day began; where no
    switch touched it since, to the body that has it now. Is that no body of the day, then to the
    first one, by code, whose work it carries on, else to the first that carries on for it; where
    there is none, it stays. Moves between bodies that both stood on the day change nothing: the
    order of the bodies is asked for, not the way of the papers. Each dossier so has one body on
    every day, and the sums over all bodies are the same.
    """

    on: date
    counted_as: Mapping[str, str]
    standing: frozenset[str]
    lineage: Lineage
    heirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    later: tuple[int, ...] = ()  # the plans that took effect after the day, in their order

    def body(self, code: str) -> str:
        """The body of the day to which the work of another one is counted."""
        return self.counted_as.get(code, code)

    def behind(self, bodies: Iterable[str]) -> frozenset[str]:
        """The bodies of the day whose work others have or had."""
        named = frozenset(bodies)
        found = set(named)
        for body in named:
            found.update(self.lineage.origins(body, date.max), self.lineage.today(body, self.on))
        return self.standing & found

    def bodies_of(self, codes: Iterable[str]) -> dict[str, str]:
        """The body of the day of each dossier, by their codes."""
        rows = DossierRow.objects.filter(code__in=[*codes]).annotate(held_by=self.holder())
        return {code: self.body(held) for code, held in rows.values_list("code", "held_by")}

    def those(self, bodies: Iterable[str]) -> list[str]:
        """The bodies of any time whose work is counted to some of the day."""
        wanted = {*bodies}
        return sorted({code for code, body in self.counted_as.items() if body in wanted} | wanted)

    def holding(self, office: str) -> Q:
        """The dossiers that a body of the day has."""
        ours = Q(office__in=self.those([office]))
        if not self.later:
            return ours
        passed = self._passed().filter(office__in=self.those([office]))
        if len(self.later) > 1:
            earlier = self._passed().filter(
                dossier=OuterRef("dossier"), plan__effective_on__lt=OuterRef("plan__effective_on")
            )
            passed = passed.filter(~Exists(earlier))
        return (ours & ~Exists(self._of_one())) | Q(pk__in=passed.values("dossier"))

    def holder(self) -> F | Coalesce:
        """The body that had a dossier, as a column; `body` makes it one of the day."""
        if not self.later:
            return F("office")
        first = self._of_one().order_by("plan__effective_on", "plan")
        return Coalesce(Subquery(first.values("office")[:1]), F("office"))

    def registered(self, office: str) -> Q:
        """The dossiers that stand in the register of a body of the day.

        A receipt keeps its counter for ever: what a body took in that ended before the day stands
        in the register of its heir; of several heirs, of the one that has the dossier to resolve,
        else of the first by code.
        """
        wanted = Q(receiving_office__in=self._with_one_heir(office))
        for code, several in self.heirs.items():
            if office in several:
                resolved = Q(competent_office__in=self.those([office]))
                if office == several[0]:
                    resolved |= ~Q(competent_office__in=self.those(several))
                wanted |= Q(receiving_office=code) & resolved
        return wanted

    def _with_one_heir(self, office: str) -> list[str]:
        return [code for code in self.those([office]) if code not in self.heirs]

    def _passed(self) -> QuerySet[CensusRow]:
        return CensusRow.objects.filter(
            plan__in=self.later, fate=Fate.PASSED.value, undone_version=None
        )

    def _of_one(self) -> QuerySet[CensusRow]:
        return self._passed().filter(dossier=OuterRef("pk"))


def structure(on: date, *, today: date) -> Structure:
    """The bodies of a past day or of today. Raises StructureNotYet."""
    if on > today:
        raise StructureNotYet("structure", given=on.isoformat(), today=today.isoformat())
    known = list(OfficeRow.objects.values_list("code", "valid"))
    standing = {code for code, valid in known if to_span(valid).contains(on)}
    lineage = Lineage(records.successions())
    counted: dict[str, str] = {}
    heirs: dict[str, tuple[str, ...]] = {}
    for code in {code for code, _ in known}:
        if code in standing:
            counted[code] = code
            continue
        found = _standing_of(code, lineage, standing, on)
        counted[code] = found[0]
        if len(found) > 1:
            heirs[code] = found
    later = ReorganisationRow.objects.filter(effective_on__gt=on, state__in=_BEGUN)
    plans = later.order_by("effective_on", "pk").values_list("pk", flat=True)
    return Structure(on, counted, frozenset(standing), lineage, heirs, tuple(plans))


def _standing_of(body: str, lineage: Lineage, standing: set[str], on: date) -> tuple[str, ...]:
    """The bodies of a day whose work another carries on, else those that carry on for it."""
    before = standing.intersection(lineage.origins(body, date.max))
    if before:
        return (min(before),)
    return tuple(sorted(standing.intersection(lineage.today(body, on)))) or (body,)


def open_by_body(*, on: date, today: date) -> tuple[BodyLine, ...]:
    """Open dossiers of this moment by the bodies of a day; the sum is the same for every day.

    Raises StructureNotYet.
    """
    found = structure(on, today=today)
    running = DossierRow.objects.filter(OPEN)
    held = running.annotate(held_by=found.holder())
    counted = held.order_by().values_list("held_by").annotate(Count("pk"))
    counts, derived = Counter[str](), Counter[str]()
    for held_by, many in counted:
        body = found.body(held_by)
        counts[body] += many
        if body != held_by:
            derived[body] += many
    names = names_on(counts, on=on)
    return tuple(
        BodyLine(code, names.get(code, code), many, derived[code])
        for code, many in sorted(counts.items())
    )


def names_on(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """What bodies were called on a day; one that did not stand then, by its last name."""
    wanted = {*codes}
    then = OfficeRow.objects.filter(code__in=wanted, valid__contains=on)
    return directory.office_names(wanted) | dict(then.values_list("code", "name"))


def bodies_behind(then: Structure, seen: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The bodies of a day whose work some offices have or had, with their names; "" is every one."""
    behind = then.standing if "" in seen else then.behind(seen)
    return tuple(sorted(names_on(behind, on=then.on).items(), key=lambda pair: pair[1]))

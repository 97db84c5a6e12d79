"""What is decided for each body of a field, in a constant number of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from thongsuot.domain.cutover.set_up import Person, ProcedureSetUp, SetUp, StepSetUp
from thongsuot.domain.workflow import Process, StageKind
from thongsuot.records import catalogue
from thongsuot.records.access import GrantRow
from thongsuot.records.catalogue import ProcedureRow, ProcessUseRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.routing import CompetenceRow


@dataclass(frozen=True, slots=True)
class _Offered:
    """A procedure of a field with the levels that resolve it."""

    base: str
    name: str
    levels: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(slots=True)
class Decided:
    """The set-ups of fields on a day, looked up in a constant number of questions."""

    on: date
    fields: Collection[str]
    _offered: dict[str, list[_Offered]] = field(default_factory=lambda: defaultdict(list))
    _bodies: dict[str, dict[str, list[_Offered]]] = field(default_factory=dict)
    _processes: dict[tuple[str, str], Process] = field(default_factory=dict)
    _levels: dict[str, str] = field(default_factory=dict)
    _named: dict[tuple[str, str, str, str], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    _held: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _people: dict[str, dict[str, tuple[str, set[str]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def __post_init__(self) -> None:
        self._read_procedures()
        self._read_bodies()
        self._read_processes()
        self._read_people()

    def bodies(self, of: str) -> tuple[str, ...]:
        """The bodies that resolve procedures of a field, in the order of their codes."""
        return tuple(sorted(self._bodies.get(of, {})))

    def set_up(self, of: str, office: str) -> SetUp:
        """What is decided of a field for a body."""
        offered = self._bodies.get(of, {}).get(office, [])
        procedures = tuple(
            made for one in offered if (made := self._procedure(one, office)) is not None
        )
        people = self._people.get(office, {})
        wanted = {account for one in procedures for step in one.steps for account in step.people}
        return SetUp(
            of,
            office,
            procedures,
            tuple(
                Person(account, people[account][0], tuple(sorted(people[account][1])))
                for account in sorted(wanted & people.keys())
            ),
        )

    def count(self, of: str) -> int:
        """How many procedures of a field are in force."""
        return len(self._offered.get(of, ()))

    def bases(self, of: str) -> tuple[str, ...]:
        """The procedures of a field that are in force."""
        return tuple(one.base for one in self._offered.get(of, ()))

    def _procedure(self, one: _Offered, office: str) -> ProcedureSetUp | None:
        level = self._levels[office]
        process = self._processes.get((one.base, level)) or self._processes.get(("", level))
        if process is None:
            return ProcedureSetUp(one.base, one.name, one.terms, "", "", ())
        steps = tuple(
            StepSetUp(
                stage.name,
                stage.role,
                str(stage.term) if stage.term else "",
                self._people_of(process.code, stage.key, stage.role, one.base, office),
            )
            for stage in process.stages
            if stage.kind is not StageKind.END
        )
        return ProcedureSetUp(one.base, one.name, one.terms, process.key, process.decision, steps)

    def _people_of(
        self, process: str, stage: str, role: str, base: str, office: str
    ) -> tuple[str, ...]:
        """Those whom a roster names; without one, those who hold the role here."""
        named = self._named.get((office, process, stage, base)) or self._named.get(
            (office, process, stage, "")
        )
        return tuple(sorted(named or self._held.get((office, role), set())))

    def _read_procedures(self) -> None:
        rows = ProcedureRow.objects.filter(field__in=self.fields, valid__contains=self.on)
        for row in rows.order_by("base"):
            body = row.body if isinstance(row.body, dict) else {}
            terms = {str(rule["term"]) for rule in body.get("terms", ()) if rule.get("term")}
            self._offered[row.field].append(
                _Offered(row.base, row.name, tuple(row.levels), tuple(sorted(terms)))
            )

    def _read_bodies(self) -> None:
        communes = OfficeRow.objects.filter(
            level="commune", kind="commune", valid__contains=self.on
        )
        codes = list(communes.values_list("code", flat=True))
        bases = [one.base for offered in self._offered.values() for one in offered]
        about = Q(field__in=self.fields) | Q(procedure__in=bases)
        named: dict[str, set[str]] = defaultdict(set)
        for row in CompetenceRow.objects.filter(about, valid__contains=self.on):
            named[row.procedure or row.field].add(row.office)
        standing = OfficeRow.objects.filter(valid__contains=self.on, level="province")
        provincial = set(standing.values_list("code", flat=True))
        self._levels = dict.fromkeys(codes, "commune") | dict.fromkeys(provincial, "province")
        for of, offered in self._offered.items():
            bodies = self._bodies.setdefault(of, defaultdict(list))
            for one in offered:
                if "province" in one.levels:
                    for code in (named.get(one.base) or named.get(of, set())) & provincial:
                        bodies[code].append(one)
                if "commune" in one.levels:
                    for code in codes:
                        bodies[code].append(one)

    def _read_processes(self) -> None:
        bases = {one.base for offered in self._offered.values() for one in offered}
        uses = ProcessUseRow.objects.select_related("process").filter(
            procedure__in=["", *bases], valid__contains=self.on
        )
        keys = {
            (use.procedure, use.level): f"{use.process.code}@{use.process.version}" for use in uses
        }
        found = {process.key: process for process in catalogue.processes(set(keys.values()))}
        self._processes = {pair: found[key] for pair, key in keys.items() if key in found}

    def _read_people(self) -> None:
        offices = {code for bodies in self._bodies.values() for code in bodies}
        for row in RosterRow.objects.filter(office__in=offices, valid__contains=self.on):
            self._named[row.office, row.process, row.stage, row.procedure].add(row.official)
        grants = GrantRow.objects.select_related("account", "role").filter(
            office__in=offices, valid__contains=self.on, account__is_active=True
        )
        for grant in grants:
            self._held[grant.office, grant.role.code].add(grant.account.username)
            _name, roles = self._people[grant.office].setdefault(
                grant.account.username, (grant.account.name, set())
            )
            roles.add(grant.role.name)

"""Codes of an old system: proposed by rules, decided by people, signed by two of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.dossier.state import Status
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.migration import SIGNERS, MapKind
from thongsuot.domain.migration.mapping import key_of
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.records import directory
from thongsuot.records import migration as records
from thongsuot.records.access import AccountRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.migration import CodeMapRow, MigrationRow
from thongsuot.records.spans import to_range
from thongsuot.words import reading
from thongsuot.words.migration import BY_HAND, RULES

ALWAYS = Span(date(1990, 1, 1))
COLUMNS = ("kind", "theirs", "ours", "valid_from", "valid_to", "rule", "many")
_LIKE = 0.7


class MapLineWrong(Refusal):
    """A line of the maps names something that is not here, or a column is missing."""

    code = "map_line_wrong"
    kind = Kind.MALFORMED


class MapsUndecided(Refusal):
    """Maps with codes that nobody has decided are not signed."""

    code = "maps_undecided"


@transaction.atomic
def propose(number: int, *, by: Person, at: datetime) -> int:
    """Lay down a line for each code that the maps do not know yet; how many are new.

    What a rule is sure of is filled in and says by which rule; the rest waits for people.
    Raises NoSuchMigration, NotYourRight, NoSuchLayout.
    """
    require_engineer(by, at)
    run = records.find(number)
    known = set(CodeMapRow.objects.filter(system=run.system).values_list("kind", "theirs"))
    sure = _Sure(layout_of(run.layout).statuses)
    new = []
    for told in run.profile.get("values", []):
        kind, theirs = MapKind(told["kind"]), str(told["theirs"])[:600]
        if (kind.value, theirs) in known:
            continue
        ours, rule = sure.of(kind, theirs)
        new.append(
            CodeMapRow(
                system=run.system,
                kind=kind.value,
                theirs=theirs,
                ours=ours,
                valid=to_range(ALWAYS),
                rule=rule[:200],
                many=told["many"],
                by=by.account,
                at=at,
            )
        )
    CodeMapRow.objects.bulk_create(new, batch_size=1000)
    return len(new)


class _Sure:
    """What an old code surely is: the same code, the same name, the layout's own table."""

    def __init__(self, statuses: Mapping[str, str]) -> None:
        self._statuses = statuses
        self._procedures = _by_name(ProcedureRow.objects.values_list("name", "base"))
        self._bases = {base for bases in self._procedures.values() for base in bases}
        self._offices = _by_name(OfficeRow.objects.values_list("name", "code"))
        self._codes = {code for codes in self._offices.values() for code in codes}
        self._people = _by_name(AccountRow.objects.values_list("name", "username"))

    def of(self, kind: MapKind, theirs: str) -> tuple[str, str]:
        """What it is and by which rule; or nothing, and what it may be."""
        ways: Mapping[MapKind, Callable[[str], tuple[str, str]]] = {
            MapKind.STATUS: self._status,
            MapKind.PROCEDURE: self._procedure,
            MapKind.OFFICE: self._office,
            MapKind.PERSON: lambda name: _named(self._people, name),
        }
        return ways[kind](theirs)

    def _status(self, theirs: str) -> tuple[str, str]:
        ours = self._statuses.get(theirs, "")
        return ours, RULES["layout"] if ours else ""

    def _procedure(self, theirs: str) -> tuple[str, str]:
        try:
            base = ProcedureCode.parse(theirs).base
        except Refusal:
            return _named(self._procedures, theirs)
        return (base, RULES["same_code"]) if base in self._bases else ("", "")

    def _office(self, theirs: str) -> tuple[str, str]:
        try:
            code = directory.canonical(OfficeCode.parse(theirs).format())
        except Refusal:
            return _named(self._offices, theirs)
        return (code, RULES["same_code"]) if code in self._codes else ("", "")


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        for told in {name, key_of(" ".join(name.split()))}:
            found.setdefault(" ".join(fold(told)), set()).add(code)
    return found


def _named(names: Mapping[str, set[str]], theirs: str) -> tuple[str, str]:
    """Whom a name alone belongs to; else the most alike, only as a hint."""
    words = " ".join(fold(theirs))
    codes = names.get(words, set())
    if len(codes) == 1:
        return next(iter(codes)), RULES["same_name"]
    if codes:
        return "", RULES["several"].format(known=", ".join(sorted(codes)[:5]))
    wanted = set(words.split())
    like = max(names, key=lambda name: _alike(wanted, set(name.split())), default="")
    share = _alike(wanted, set(like.split()))
    if share < _LIKE:
        return "", ""
    return "", RULES["like"].format(code=min(names[like]), share=round(share * 100))


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def as_csv(number: int) -> str:
    """The maps of a run's system as a table that people fill in. Raises NoSuchMigration."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in records.maps_of(records.find(number).system):
        line = row.value()
        until = line.valid.end.isoformat() if line.valid.end else ""
        start = line.valid.start.isoformat()
        table.writerow([row.kind, row.theirs, row.ours, start, until, row.rule, row.many])
    return made.getvalue()


@transaction.atomic
def decide(number: int, text: str, *, by: Person, at: datetime) -> int:
    """Take in maps that people filled in; how many lines changed. All lines, or none.

    Raises NoSuchMigration, NotYourRight, MapLineWrong, BadField, SpanEndsBeforeItStarts.
    """
    require_engineer(by, at)
    run = records.find(number)
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS[:5] if name not in (table.fieldnames or ())]
    if missing:
        raise MapLineWrong("file", line=1, given=", ".join(missing))
    changed = 0
    for line, told in enumerate(table, 2):
        changed += _decided(run, line, told, by=by, at=at)
    return changed


@transaction.atomic
def settle(number: int, decided: Mapping[int, str], *, by: Person, at: datetime) -> int:
    """Decide lines of the maps by their number on a screen; how many changed. All, or none.

    Raises NoSuchMigration, NotYourRight, MapLineWrong.
    """
    require_engineer(by, at)
    run = records.find(number)
    rows = CodeMapRow.objects.select_for_update().filter(system=run.system, pk__in=decided)
    changed = [row for row in rows if row.ours != decided[row.pk]]
    for row in changed:
        row.ours = decided[row.pk]
        if row.ours:
            require_known(MapKind(row.kind), row.ours, line=row.pk)
        row.rule, row.by, row.at = BY_HAND, by.account, at
    CodeMapRow.objects.bulk_update(changed, ["ours", "rule", "by", "at"])
    return len(changed)


def _decided(
    run: MigrationRow, line: int, told: Mapping[str, str | None], *, by: Person, at: datetime
) -> bool:
    kind, theirs, ours = (str(told.get(name) or "").strip() for name in COLUMNS[:3])
    if kind not in {one.value for one in MapKind} or not theirs:
        raise MapLineWrong("file", line=line, given=kind or "kind")
    if ours:
        require_known(MapKind(kind), ours, line=line)
    valid = Span(
        reading.day("valid_from", told.get("valid_from") or ALWAYS.start.isoformat()),
        reading.day("valid_to", told["valid_to"]) if told.get("valid_to") else None,
    )
    same = CodeMapRow.objects.filter(system=run.system, kind=kind, theirs=theirs)
    before = same.filter(valid__overlap=to_range(valid)).first()
    if before and before.ours == ours and before.value().valid == valid:
        return False
    same.filter(valid__overlap=to_range(valid)).delete()
    rule = str(told.get("rule") or "").strip() or BY_HAND
    if before and rule == before.rule:
        rule = BY_HAND
    CodeMapRow.objects.create(
        system=run.system,
        kind=kind,
        theirs=theirs,
        ours=ours,
        valid=to_range(valid),
        rule=rule[:200],
        many=before.many if before else 0,
        by=by.account,
        at=at,
    )
    return True


def require_known(kind: MapKind, ours: str, *, line: int) -> None:
    """Raises MapLineWrong unless our side of a line is here."""
    is_known = {
        MapKind.STATUS: lambda: ours in {status.value for status in Status},
        MapKind.PROCEDURE: lambda: ProcedureRow.objects.filter(base=ours).exists(),
        MapKind.OFFICE: lambda: OfficeRow.objects.filter(code=ours).exists(),
        MapKind.PERSON: lambda: AccountRow.objects.filter(username=ours).exists(),
    }
    if not is_known[kind]():
        raise MapLineWrong("ours", line=line, given=ours[:80])


@transaction.atomic
def sign(number: int, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Answer for the maps as they are now; who does so far.

    Procedures, bodies and statuses must be decided; a person who is not known here only leaves
    the dossier without a holder.
    Raises NoSuchMigration, NotYourRight, MapsUndecided.
    """
    require_engineer(by, at)
    run = records.find(number, lock=True)
    open_ = undecided(run)
    if open_:
        raise MapsUndecided("maps", many=len(open_), known=[row.theirs for row in open_[:5]])
    digest = records.maps_digest(run.system)
    records.sign(run, what="maps", digest=digest, by=by.account, at=at)
    return tuple(records.signers(run, what="maps", digest=digest))


def undecided(run: MigrationRow) -> list[CodeMapRow]:
    """The codes that hinder: this run tells them, and nobody has said what they are here."""
    told = {(one["kind"], str(one["theirs"])[:600]) for one in run.profile.get("values", [])}
    rows = CodeMapRow.objects.filter(system=run.system, ours="").exclude(kind=MapKind.PERSON.value)
    return [row for row in rows.order_by("-many", "pk") if (row.kind, row.theirs) in told]


def is_signed(run: MigrationRow) -> bool:
    """Whether two people answer for the maps as they are now."""
    return len(records.signers(run, what="maps", digest=records.maps_digest(run.system))) >= SIGNERS

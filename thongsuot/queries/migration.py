"""How a migration stands: its books, its maps, its rows, and what was found in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Case, Count, When

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.migration import SIGNERS, Balance, Books, Defect, MapKind, RowOutcome
from thongsuot.records import access, reconciliation
from thongsuot.records import migration as records
from thongsuot.records.access import AccountRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.migration import (
    CLOSED,
    LOADED,
    READING,
    SIGNED,
    CodeMapRow,
    MigrationOutcomeRow,
    MigrationRow,
)
from thongsuot.words.labels import STATUS
from thongsuot.words.migration import defect

LINES_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class MigrationLine:
    """One run of migration as a line of a list."""

    number: int
    system: str
    layout: str
    source: str
    state: str
    told_at: datetime
    begun_at: datetime
    begun_by: str
    books: Books


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A defect, and how many rows have it."""

    defect: str
    refuses: bool
    many: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of an export, how it ended, and every reason in a sentence."""

    number: int
    file: str
    line: int
    code: str
    outcome: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapLine:
    """An old code, what it is here, by which rule, and how many rows told it."""

    number: int
    kind: str
    theirs: str
    ours: str
    rule: str
    many: int
    ours_name: str = ""


@dataclass(frozen=True, slots=True)
class MigrationPage:
    """Everything about one run."""

    head: MigrationLine
    profile: Mapping[str, object]
    rehearsed: Books | None
    found: tuple[FoundLine, ...]
    undecided: tuple[MapLine, ...]  # that hinder the signatures
    people_unknown: int  # officials who are nobody here: their dossiers wait to be assigned
    map_lines: int
    wanted: str
    reached: int
    maps_signed_by: tuple[str, ...]
    signed_by: tuple[str, ...]
    balance: Balance
    compared: int  # the last comparison of it; 0 of none
    undecided_differences: int

    @property
    def percent(self) -> int:
        """How far the rows have come."""
        read = self.head.books.read
        return self.head.books.settled * 100 // read if read else 0


def require_engineer(by: Person, *, on: date) -> None:
    """Only who keeps the registers of the whole province sees old systems. Raises NotYourRight."""
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=on)


def steps_done(page: MigrationPage) -> tuple[bool, ...]:
    """Which of the six steps are behind: read, mapped, rehearsed, loaded, signed, closed."""
    return (
        page.head.state != READING,
        len(page.maps_signed_by) >= SIGNERS,
        page.rehearsed is not None,
        page.head.state in (LOADED, SIGNED, CLOSED),
        page.head.state in (SIGNED, CLOSED),
        page.head.state == CLOSED,
    )


def runs() -> tuple[MigrationLine, ...]:
    """Every run, the newest first, its books in one look."""
    ended = MigrationOutcomeRow.objects.filter(is_rehearsal=False).values_list("run", "outcome")
    counts: dict[int, list[tuple[str, int]]] = {}
    for run, outcome, many in ended.annotate(many=Count("pk")).order_by():
        counts.setdefault(run, []).append((outcome, many))
    rows = MigrationRow.objects.order_by("-pk")
    return tuple(_line(row, Books.of(row.read, counts.get(row.pk, ()))) for row in rows)


def run(number: int) -> MigrationPage:
    """One run with its books, its maps and what was found. Raises NoSuchMigration."""
    row = records.find(number)
    is_rehearsal = row.rehearsed_at is not None and not row.reached
    told = {(str(one["kind"]), str(one["theirs"])[:600]) for one in row.profile.get("values", [])}
    maps = CodeMapRow.objects.filter(system=row.system)
    waiting = [
        _map(one)
        for one in maps.filter(ours="").order_by("-many", "pk")
        if (one.kind, one.theirs) in told
    ]
    last = reconciliation.last_of(row)
    return MigrationPage(
        head=_line(row, row.books()),
        profile=row.profile,
        rehearsed=row.books(is_rehearsal=True) if row.rehearsed_at else None,
        found=_found(row, is_rehearsal=is_rehearsal),
        undecided=tuple(one for one in waiting if one.kind != MapKind.PERSON),
        people_unknown=sum(one.kind == MapKind.PERSON for one in waiting),
        map_lines=maps.count(),
        wanted=row.wanted,
        reached=row.reached,
        maps_signed_by=_signers(row, "maps"),
        signed_by=_signers(row, "result"),
        balance=reconciliation.balance(row),
        compared=last.pk if last else 0,
        undecided_differences=last.differences.filter(act="").count() if last else 0,
    )


def rows(
    number: int, *, outcome: str = "", is_rehearsal: bool = False, after: int = 0
) -> tuple[RowLine, ...]:
    """Rows that ended in one way (or any), with their reasons. Raises NoSuchMigration."""
    row = records.find(number)
    ended = row.outcomes.filter(is_rehearsal=is_rehearsal, number__gt=after).order_by("number")
    if outcome:
        ended = ended.filter(outcome=outcome)
    found = list(ended[:LINES_AT_MOST])
    lines = row.lines.filter(number__in=[one.number for one in found])
    stood = {
        number: (file, line) for number, file, line in lines.values_list("number", "file", "line")
    }
    return tuple(
        RowLine(
            one.number,
            *stood[one.number],
            code=one.code,
            outcome=one.outcome,
            reasons=tuple(defect(finding) for finding in one.findings),
        )
        for one in found
    )


def maps(
    number: int, *, kind: str = "", waiting: bool = False, limit: int = LINES_AT_MOST
) -> tuple[MapLine, ...]:
    """The maps of a run's system, those that wait first. Raises NoSuchMigration."""
    row = records.find(number)
    found = CodeMapRow.objects.filter(system=row.system)
    if kind:
        found = found.filter(kind=kind)
    if waiting:
        found = found.filter(ours="")
    is_decided = Case(When(ours="", then=0), default=1)
    ordered = found.annotate(is_decided=is_decided).order_by("is_decided", "kind", "-many", "pk")
    lines = [_map(one) for one in ordered[:limit]]
    names = _names(lines)
    return tuple(replace(one, ours_name=names.get((one.kind, one.ours), "")) for one in lines)


def _names(lines: list[MapLine]) -> dict[tuple[str, str], str]:
    """What our side of each line is called."""
    of = {kind.value: {one.ours for one in lines if one.kind == kind} for kind in MapKind}
    procedures = ProcedureRow.objects.filter(base__in=of[MapKind.PROCEDURE.value])
    offices = OfficeRow.objects.filter(code__in=of[MapKind.OFFICE.value]).order_by("valid")
    people = AccountRow.objects.filter(username__in=of[MapKind.PERSON.value])
    return {
        **{(MapKind.PROCEDURE.value, b): n for b, n in procedures.values_list("base", "name")},
        **{(MapKind.OFFICE.value, c): n for c, n in offices.values_list("code", "name")},
        **{(MapKind.PERSON.value, u): n for u, n in people.values_list("username", "name")},
        **{(MapKind.STATUS.value, code): name for code, name in STATUS.items()},
    }


def _signers(row: MigrationRow, what: str) -> tuple[str, ...]:
    """The names of those whose signature still holds."""
    told = row.signatures.filter(what=what)
    digest = told.order_by("-at", "-pk").values_list("digest", flat=True).first()
    if digest is None or (what == "maps" and records.maps_digest(row.system) != digest):
        return ()
    accounts = list(told.filter(digest=digest).order_by("at").values_list("by", flat=True))
    names = dict(AccountRow.objects.filter(username__in=accounts).values_list("username", "name"))
    return tuple(names.get(account, account) for account in accounts)


def as_json(books: Books) -> dict[str, int]:
    """Books for machines; the four add up to what was read when nothing is pending."""
    told = {outcome.value: getattr(books, outcome.value) for outcome in RowOutcome}
    return {"read": books.read, **told, "pending": books.pending}


def balance_json(balance: Balance) -> dict[str, int]:
    """A balance for machines: what was received is the sum of the rest, or there is a difference."""
    return {**asdict(balance), "difference": balance.difference}


def _found(row: MigrationRow, *, is_rehearsal: bool) -> tuple[FoundLine, ...]:
    counts = Counter(dict(_counted(row, is_rehearsal=is_rehearsal)))
    from_name = {one.value: one for one in Defect}
    return tuple(
        FoundLine(name, from_name[name].refuses, many) for name, many in counts.most_common()
    )


def _counted(row: MigrationRow, *, is_rehearsal: bool) -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f->>'defect', count(DISTINCT o.number) FROM records_migrationoutcomerow o"
            " CROSS JOIN LATERAL jsonb_array_elements(o.findings) f"
            " WHERE o.run_id = %s AND o.is_rehearsal = %s GROUP BY 1",
            [row.pk, is_rehearsal],
        )
        yield from cursor.fetchall()


def _line(row: MigrationRow, books: Books) -> MigrationLine:
    return MigrationLine(
        row.pk,
        row.system,
        row.layout,
        row.source,
        row.state,
        row.told_at,
        row.begun_at,
        row.begun_by,
        books,
    )


def _map(row: CodeMapRow) -> MapLine:
    return MapLine(row.pk, row.kind, row.theirs, row.ours, row.rule, row.many)

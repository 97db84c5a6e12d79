"""What old systems told, row by row, and what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.migration import Books, CodeMap, CodeMaps, MapKind, RowOutcome
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.codec import Json
from thongsuot.records.copying import copy_text, line_of
from thongsuot.records.dossier import DossierRow, IdentifierRow
from thongsuot.records.spans import never_overlapping, to_span

READING, READ, LOADING, LOADED, SIGNED = "reading", "read", "loading", "loaded", "signed"
CLOSED = "closed"


class StagedLine(NamedTuple):
    """One row of an export, as it stood, for the many acts of a load."""

    number: int
    code: str
    digest: str
    content: str


class ToldBefore(NamedTuple):
    """What is looked up of a telling that came before."""

    code: str
    digest: str
    told_at: datetime
    key: int


class NoSuchMigration(Refusal):
    """No run of migration has this number."""

    code = "no_such_migration"
    kind = Kind.UNKNOWN


class MigrationRow(models.Model):
    """One export of an old system that is brought in, and how far it has come."""

    system = models.CharField(max_length=40)
    layout = models.CharField(max_length=40)
    layout_version = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default=READING)
    read = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)  # the last row whose end is kept
    profile = models.JSONField(default=dict)
    wanted = models.CharField(max_length=8, blank=True)  # what a worker is asked to do with it
    wanted_by = models.CharField(max_length=60, blank=True)
    rehearsed_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "layout", "sha256"], name="migration_of_an_export_once"
            )
        ]

    def books(self, *, is_rehearsal: bool = False) -> Books:
        """How the rows that were read have ended."""
        ended = self.outcomes.filter(is_rehearsal=is_rehearsal).values_list("outcome")
        return Books.of(self.read, ended.annotate(many=models.Count("pk")).order_by())


class MigrationLineRow(models.Model):
    """One row of an export, as it stood."""

    run = models.ForeignKey(MigrationRow, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=120)
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="migration_line_once")
        ]
        indexes = [models.Index(fields=["run", "code"], name="migration_line_code")]


class MigrationOutcomeRow(models.Model):
    """How one row ended, with everything that was found; only files that it lacked may come yet."""

    run = models.ForeignKey(MigrationRow, models.CASCADE, related_name="outcomes")
    number = models.PositiveIntegerField()
    is_rehearsal = models.BooleanField()
    outcome = models.CharField(max_length=13)
    code = models.CharField(max_length=200)
    findings = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number", "is_rehearsal"], name="migration_outcome_once"
            )
        ]
        indexes = [
            models.Index(fields=["run", "is_rehearsal", "outcome"], name="migration_outcomes"),
            models.Index(fields=["run", "code"], name="migration_outcome_code"),
        ]


class LegacyDossierRow(models.Model):
    """What an old system told of a dossier, kept for ever beside what was made of it."""

    system = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    dossier = models.ForeignKey(DossierRow, models.PROTECT, related_name="told_by")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    mapped = models.JSONField()
    version = models.PositiveIntegerField()  # of the dossier, after what was told last
    told_at = models.DateTimeField()
    run = models.ForeignKey(MigrationRow, models.PROTECT, related_name="kept")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="legacy_dossier_once")
        ]


class CodeMapRow(models.Model):
    """What a code of an old system is here while this is valid; not yet known where `ours` is ""."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    theirs = models.CharField(max_length=600)
    ours = models.CharField(max_length=60, blank=True)
    valid = DateRangeField()
    rule = models.CharField(max_length=200, blank=True)
    many = models.PositiveIntegerField(default=0)  # how many rows told it
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [never_overlapping("code_maps_do_not_overlap", "system", "kind", "theirs")]

    def value(self) -> CodeMap:
        """The line that this row stands for."""
        return CodeMap(MapKind(self.kind), self.theirs, self.ours, to_span(self.valid), self.rule)


class MigrationSignatureRow(models.Model):
    """Somebody answers for the maps or for the result of a migration, as they then were."""

    run = models.ForeignKey(MigrationRow, models.PROTECT, related_name="signatures")
    what = models.CharField(max_length=6)  # "maps" or "result"
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "what", "digest", "by"], name="migration_signed_once_each"
            )
        ]


def find(number: int, *, lock: bool = False) -> MigrationRow:
    """A run by its number. Raises NoSuchMigration."""
    rows = MigrationRow.objects.filter(pk=number)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NoSuchMigration("run", given=number)
    return row


def code_maps(system: str) -> CodeMaps:
    """The maps of an old system, without the codes that nobody has decided yet."""
    rows = CodeMapRow.objects.filter(system=system).exclude(ours="")
    return CodeMaps(row.value() for row in rows)


def maps_of(system: str) -> list[CodeMapRow]:
    """Every line of an old system's maps, in one order."""
    return list(CodeMapRow.objects.filter(system=system).order_by("kind", "theirs", "valid"))


def maps_digest(system: str) -> str:
    """What a signature of the maps is over: every line as it is now."""
    lines = [
        [row.kind, row.theirs, row.ours, str(row.value().valid), row.rule]
        for row in maps_of(system)
    ]
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False).encode()).hexdigest()


def stage(run: MigrationRow, lines: Sequence[Mapping[str, object]]) -> None:
    """Keep rows as they stood, in the caller's transaction."""
    copy_rows(MigrationLineRow, [{"run_id": run.pk, **line} for line in lines])


def lines_after(run: MigrationRow, number: int, *, limit: int) -> list[MigrationLineRow]:
    """The next rows of a run, in the order in which they were read."""
    return list(run.lines.filter(number__gt=number).order_by("number")[:limit])


def staged_after(run: MigrationRow, number: int, *, limit: int) -> list[StagedLine]:
    """The same, as light as they can be: what was told stays the text that it is kept as."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, code, digest, content::text FROM records_migrationlinerow"
            " WHERE run_id = %s AND number > %s ORDER BY number LIMIT %s",
            [run.pk, number, limit],
        )
        return [StagedLine(*row) for row in cursor.fetchall()]


def each_line(run: MigrationRow, *, together: int = 1000) -> Iterator[MigrationLineRow]:
    """Every row of a run, a batch at a time."""
    reached = 0
    while lines := lines_after(run, reached, limit=together):
        yield from lines
        reached = lines[-1].number


def told_before(system: str, codes: Collection[str]) -> dict[str, ToldBefore]:
    """What an old system told of these dossiers before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, digest, told_at, id FROM records_legacydossierrow"
            " WHERE system = %s AND code = ANY(%s)",
            [system, list(codes)],
        )
        return {row[0]: ToldBefore(*row) for row in cursor.fetchall()}


def told(key: int) -> LegacyDossierRow:
    """All that an old system told of one dossier, with the dossier."""
    return LegacyDossierRow.objects.select_related("dossier").get(pk=key)


def settled_before(
    run: MigrationRow, codes: Collection[str], *, is_rehearsal: bool
) -> dict[str, str]:
    """The codes that this very export has given a dossier already, each with its telling."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.code, l.digest FROM records_migrationoutcomerow o"
            " JOIN records_migrationlinerow l ON l.run_id = o.run_id AND l.number = o.number"
            " WHERE o.run_id = %s AND o.is_rehearsal = %s AND o.code = ANY(%s)"
            " AND o.outcome IN ('loaded', 'remarked')",
            [run.pk, is_rehearsal, list(codes)],
        )
        return dict(cursor.fetchall())


def codes_taken(codes: Collection[str]) -> set[str]:
    """Which of these codes are dossiers here."""
    return _taken(DossierRow, codes)


def identifiers_taken(system: str, codes: Collection[str]) -> set[str]:
    """Which of these codes of another system name a dossier here already."""
    return _taken(IdentifierRow, codes, system=system) if codes else set()


def _taken(model: type[models.Model], codes: Collection[str], **more: str) -> set[str]:
    # One array instead of a thousand values: PostgreSQL reads it in a tenth of the time.
    conditions = "".join(f" AND {name} = %s" for name in more)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT code FROM {model._meta.db_table} WHERE code = ANY(%s){conditions}",  # noqa: S608 - our own names
            [list(codes), *more.values()],
        )
        return {code for (code,) in cursor.fetchall()}


_TOLD = (
    "system",
    "code",
    "dossier_id",
    "digest",
    "content",
    "mapped",
    "version",
    "told_at",
    "run_id",
    "number",
)
_OUTCOME = ("run_id", "number", "is_rehearsal", "outcome", "code", "findings")


def keep_told(lines: Iterable[str]) -> None:
    """Keep what an old system told of new dossiers, in the caller's transaction."""
    copy_text(LegacyDossierRow._meta.db_table, _TOLD, lines)


def keep_outcomes(lines: Iterable[str]) -> None:
    """Keep how rows ended, in the caller's transaction."""
    copy_text(MigrationOutcomeRow._meta.db_table, _OUTCOME, lines)


def tell_anew(
    before: LegacyDossierRow,
    run: MigrationRow,
    line: StagedLine,
    *,
    mapped: list[Json],
    version: int,
) -> None:
    """Keep what a newer export told of a dossier, instead of what was told before."""
    LegacyDossierRow.objects.filter(pk=before.pk).update(
        digest=line.digest,
        content=json.loads(line.content),
        mapped=mapped,
        version=version,
        told_at=run.told_at,
        run=run,
        number=line.number,
    )


def lacking(
    run: MigrationRow, defects: Iterable[str], *, after: int, limit: int
) -> list[MigrationOutcomeRow]:
    """The next rows of a run that were loaded with one of these defects, by their numbers."""
    lacks = models.Q()
    for defect in defects:
        lacks |= models.Q(findings__contains=[{"defect": str(defect)}])
    rows = run.outcomes.filter(lacks, is_rehearsal=False, number__gt=after)
    return list(rows.exclude(outcome=RowOutcome.REFUSED.value).order_by("number")[:limit])


def copy_rows(model: type[models.Model], rows: Sequence[Mapping[str, object]]) -> None:
    """Keep many rows of the same columns by COPY, in the caller's transaction."""
    if rows:
        lines = (line_of(row.values()) for row in rows)
        copy_text(model._meta.db_table, tuple(rows[0]), lines)


def keep_one_told(run: MigrationRow, dossier: Dossier, mapped: list[Json]) -> None:
    """Keep what an export told of a dossier that came in by itself, beside what was made of it."""
    line = run.lines.filter(code=dossier.code).order_by("number").first()
    if line is not None:
        LegacyDossierRow.objects.create(
            system=run.system,
            code=line.code,
            dossier=DossierRow.objects.get(code=dossier.code),
            digest=line.digest,
            content=line.content,
            mapped=mapped,
            version=dossier.version,
            told_at=run.told_at,
            run=run,
            number=line.number,
        )


def mapped_on(system: str, kind: MapKind, theirs: str, on: date) -> CodeMapRow | None:
    """The line for an old code on a day, decided or not."""
    rows = CodeMapRow.objects.filter(system=system, kind=kind.value, theirs=theirs)
    return rows.filter(valid__contains=on).first()


def sign(run: MigrationRow, *, what: str, digest: str, by: str, at: datetime) -> None:
    """Note that somebody answers for something; twice is once."""
    MigrationSignatureRow.objects.get_or_create(
        run=run, what=what, digest=digest, by=by, defaults={"at": at}
    )


def signers(run: MigrationRow, *, what: str, digest: str) -> list[str]:
    """Who answers for this, as it is now, the first first."""
    rows = run.signatures.filter(what=what, digest=digest).order_by("at", "pk")
    return list(rows.values_list("by", flat=True))

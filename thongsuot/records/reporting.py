"""What reports are computed from: rules as files say them, and the life of each dossier in stretches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db import connection, models, transaction
from psycopg import sql

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.reporting.figures import (
    FACTS_OF,
    WAITED_FOR,
    Fact,
    FactKind,
    Reckoned,
    Stretch,
    stretches,
)
from thongsuot.records import report_months

# So many dossiers at a time: enough for COPY to pay, few enough that nobody waits for the lock.
BATCH = 2_000
_LOCK = 70_766


class StretchRow(models.Model):
    """A dossier from a moment on as reports count it; made anew from its events whenever they grow.

    What never changes of a dossier is repeated in each row: figures are counted in one table.
    """

    dossier = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()
    office = models.CharField(max_length=35)
    due_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    is_waiting = models.BooleanField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=14, blank=True)
    received_at = models.DateTimeField()
    is_online = models.BooleanField()
    procedure = models.CharField(max_length=10)
    procedure_version = models.PositiveIntegerField()
    field = models.CharField(max_length=200, blank=True)
    system = models.CharField(max_length=40)
    is_interlinked = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="stretch_once"),
        ]
        indexes = [
            models.Index(
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=False),
                name="stretch_ended",
            ),
            models.Index(
                fields=["from_at"],
                condition=models.Q(ended_at=None, to_at=None),
                name="stretch_open",
            ),
            models.Index(
                fields=["to_at", "from_at"],
                condition=models.Q(ended_at=None, to_at__isnull=False),
                name="stretch_over",
            ),
            # What came, the oldest first; and how what is open stands, from the index alone.
            models.Index(
                fields=["received_at", "dossier"],
                condition=models.Q(number=1),
                name="stretch_received",
            ),
            models.Index(
                fields=["office", "due_at"],
                include=[
                    "extended_to",
                    "is_waiting",
                    "field",
                    "system",
                    "is_online",
                    "is_interlinked",
                ],
                condition=models.Q(ended_at=None, to_at=None),
                name="stretch_stands",
            ),
            # Only what was entered after it happened: a report of what was known looks here.
            models.Index(
                fields=["known_at"],
                condition=models.Q(known_at__gt=models.F("from_at")),
                name="stretch_known_late",
            ),
        ]


class ToReckonRow(models.Model):
    """A dossier about which something was recorded that reports count; a trigger writes it.

    Only added and taken away, so that nobody who writes a dossier waits for who counts.
    """

    dossier = models.BigIntegerField()


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier with what reports count of it."""

    dossier: int
    reckoned: Reckoned
    field: str
    facts: tuple[Fact, ...]


def catch_up(*, most: int | None = None) -> int:
    """Make the stretches of every dossier about which something new was recorded; how many.

    Batch by batch, each in its own transaction; what is recorded meanwhile comes in a later one.
    """
    done = 0
    while most is None or done < most:
        taken = _batch()
        if not taken:
            break
        done += taken
    return done


@transaction.atomic
def _batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(
            "DELETE FROM records_toreckonrow WHERE id IN"
            " (SELECT id FROM records_toreckonrow ORDER BY id LIMIT %s) RETURNING dossier",
            [BATCH],
        )
        dossiers = sorted({number for (number,) in cursor.fetchall()})
    if dossiers:
        report_months.take_away(dossiers)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM records_stretchrow WHERE dossier = ANY(%s)", [dossiers])
        _copy(_lines(lives(dossiers)))
        report_months.add(dossiers)
    return len(dossiers)


def is_behind() -> bool:
    """Whether something was recorded that is not counted yet."""
    return ToReckonRow.objects.exists()


def lives(dossiers: Sequence[int], *, known: datetime | None = None) -> Iterator[Life]:
    """What reports count of some dossiers, as far as it was recorded by a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"dossiers": list(dossiers), "names": _NAMES, "known": known})
        found = cursor.fetchall()
    for dossier, rows in groupby(found, key=itemgetter(0)):
        told = [_Told(*row[1:]) for row in rows]
        first = next((one for one in told if one.name == "received"), None)
        if first is not None:
            facts = tuple(fact for one in told if (fact := one.fact()) is not None)
            yield Life(dossier, first.reckoned(), first.field or "", facts)


_NAMES = sorted(FACTS_OF)
_FACTS = """
SELECT e.dossier_id, e.name,
       CASE WHEN e.name = 'received' THEN (e.body->>'received_at')::timestamptz
            ELSE e.occurred_at END,
       e.recorded_at, (e.body->>'due_at')::timestamptz, e.body->>'competent_office',
       e.body->>'opinion', e.body->>'stops_clock', (e.body->>'extended_to')::timestamptz, e.body->>'channel',
       e.body->>'procedure', (e.body->>'procedure_version')::int, e.body->>'home_system',
       e.body->>'parent', p.field, e.body->>'is_undo', e.body->>'status', e.body->>'outcome',
       (e.body->>'ended_at')::timestamptz
  FROM records_eventrow e
  LEFT JOIN records_procedurerow p
         ON e.name = 'received' AND p.base = e.body->>'procedure'
        AND p.version = (e.body->>'procedure_version')::int
 WHERE e.dossier_id = ANY(%(dossiers)s) AND e.name = ANY(%(names)s)
   AND (%(known)s::timestamptz IS NULL OR e.recorded_at <= %(known)s)
 ORDER BY e.dossier_id, e.version
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the database tells of an event that reports count."""

    name: str
    at: datetime
    known_at: datetime
    due_at: datetime | None
    office: str | None
    opinion: str | None
    stops_clock: str | None
    extended_to: datetime | None
    channel: str | None
    procedure: str | None
    procedure_version: int | None
    system: str | None
    parent: str | None
    field: str | None
    is_undo: str | None
    status: str | None
    outcome: str | None
    ended_at: datetime | None

    def fact(self) -> Fact | None:
        """What a report counts of it; the same that the domain finds in the event."""
        kind, about, outcome = FACTS_OF[self.name]
        if kind is FactKind.WAITS and self.stops_clock == "false":
            return None
        if kind is FactKind.EXTENDED and self.extended_to is None:
            return None
        if kind is FactKind.TOLD:
            return self._told()
        if kind is FactKind.PASSED and self.is_undo == "true" and self.due_at is not None:
            kind = FactKind.TAKEN_BACK
            return Fact(kind, self.at, self.known_at, self.extended_to, self.office or "")
        about = f"{about}{self.opinion}" if about == "opinion" else about
        return Fact(kind, self.at, self.known_at, self.due_at, self.office or "", about, outcome)

    def _told(self) -> Fact | None:
        if not self.status:
            return None
        outcome = Outcome(self.outcome) if self.outcome else None
        at = self.ended_at if outcome and self.ended_at else self.at
        about = WAITED_FOR.get(self.status, "")
        return Fact(FactKind.TOLD, at, self.known_at, self.due_at, about=about, outcome=outcome)

    def reckoned(self) -> Reckoned:
        """What of a reception reports put into their rows."""
        return Reckoned(
            received_at=self.at,
            is_online=self.channel == Channel.ONLINE.value,
            procedure=self.procedure or "",
            procedure_version=self.procedure_version or 0,
            system=self.system or "",
            is_interlinked=bool(self.parent),
        )


_COLUMNS = (
    "dossier",
    "number",
    "from_at",
    "to_at",
    "known_at",
    "office",
    "due_at",
    "extended_to",
    "is_waiting",
    "ended_at",
    "outcome",
    "received_at",
    "is_online",
    "procedure",
    "procedure_version",
    "field",
    "system",
    "is_interlinked",
)


def _lines(found: Iterable[Life]) -> Iterator[tuple[object, ...]]:
    for life in found:
        made = stretches(life.facts)
        ends = [*(stretch.from_at for stretch in made[1:]), None]
        for number, (stretch, to_at) in enumerate(zip(made, ends, strict=True), 1):
            yield (life.dossier, number, *_told(stretch, to_at), *_unchanging(life))


def _told(stretch: Stretch, to_at: datetime | None) -> tuple[object, ...]:
    return (
        stretch.from_at,
        to_at,
        stretch.known_at,
        stretch.office,
        stretch.due_at,
        stretch.extended_to,
        stretch.is_waiting,
        stretch.ended_at,
        stretch.outcome.value if stretch.outcome else "",
    )


def _unchanging(life: Life) -> tuple[object, ...]:
    of = life.reckoned
    return (
        of.received_at,
        of.is_online,
        of.procedure,
        of.procedure_version,
        life.field,
        of.system,
        of.is_interlinked,
    )


def _copy(lines: Iterator[tuple[object, ...]]) -> None:
    made = list(lines)
    columns = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    statement = sql.SQL("COPY records_stretchrow ({}) FROM STDIN").format(columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in made:
            copy.write_row(line)

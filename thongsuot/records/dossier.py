"""The append-only events of dossiers and the projection that lists read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.postgres.indexes import GinIndex
from django.db import IntegrityError, connections, models, transaction

from thongsuot.domain.dossier import EVENTS, Dossier, Entry, Event, evolve, name_of, replay
from thongsuot.domain.dossier.events import Applicant, Declined, Received
from thongsuot.domain.dossier.refusals import Conflict, NoSuchDossier
from thongsuot.domain.identifiers import DossierCode, OfficeCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.codec import decode, encode
from thongsuot.records.directory import place_words
from thongsuot.records.searching import folded, holding
from thongsuot.records.writing import insert, update
from thongsuot.words.reading import is_keepable, shown

BODY_VERSION = 1


class IdentifierTaken(Refusal):
    """A system's code names one dossier: this one is another dossier's already, or given twice."""

    code = "identifier_taken"
    kind = Kind.CONFLICT


class DossierRow(models.Model):
    """A dossier as its events say it is now."""

    code = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()
    procedure = models.CharField(max_length=10)
    procedure_version = models.PositiveIntegerField()
    procedure_name = models.TextField()
    process_version = models.CharField(max_length=70, blank=True)
    case = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=10)
    applicant_name = models.CharField(max_length=200)
    applicant_number = models.CharField(max_length=20, blank=True, db_index=True)
    applicant_phone = models.CharField(max_length=20, blank=True)
    applicant_email = models.CharField(max_length=120, blank=True)
    applicant_address = models.CharField(max_length=300, blank=True)
    proxy = models.CharField(max_length=200, blank=True)
    place_given = models.CharField(max_length=5, blank=True)
    place_today = models.CharField(max_length=5, blank=True)
    receiving_point = models.CharField(max_length=40)
    receiving_official = models.CharField(max_length=60)
    receiving_office = models.CharField(max_length=35)
    competent_office = models.CharField(max_length=35)
    return_point = models.CharField(max_length=40)
    return_office = models.CharField(max_length=35)
    received_at = models.DateTimeField()
    competent_received_at = models.DateTimeField(null=True)
    term = models.CharField(max_length=40, blank=True)
    calendar_version = models.CharField(max_length=40, blank=True)
    promised_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    home_system = models.CharField(max_length=40)
    parent = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=2)
    office = models.CharField(max_length=35)
    assignee = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=14, blank=True)
    standing = models.CharField(max_length=8)
    is_paused = models.BooleanField()
    is_handed_over = models.BooleanField()
    next_check_at = models.DateTimeField(null=True)
    # Kept a second time in `DossierWordsRow`, where it is looked for.
    search = models.TextField(blank=True, db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["applicant_phone"], name="dossier_phone"),
            models.Index(
                fields=["office", "due_at"],
                condition=models.Q(is_handed_over=False),
                name="dossier_worklist",
            ),
            models.Index(
                fields=["assignee", "due_at"],
                condition=models.Q(is_handed_over=False),
                name="dossier_mine",
            ),
            models.Index(
                fields=["due_at", "code"],
                condition=models.Q(is_handed_over=False, ended_at=None),
                name="dossier_running",
            ),
            # Few dossiers are in these states at a time: small indexes, that other writes pass by.
            models.Index(
                fields=["due_at", "code", "office"],
                condition=models.Q(
                    is_handed_over=False, ended_at=None, is_paused=False, standing="near"
                ),
                name="dossier_near",
            ),
            models.Index(
                fields=["due_at", "code", "office"],
                condition=models.Q(is_handed_over=False, ended_at=None, is_paused=True),
                name="dossier_waiting",
            ),
            models.Index(
                fields=["office", "due_at", "code"],
                condition=models.Q(is_handed_over=False) & ~models.Q(outcome=""),
                name="dossier_to_hand_over",
            ),
            models.Index(
                fields=["next_check_at"],
                condition=models.Q(next_check_at__isnull=False),
                name="dossier_next_check",
            ),
        ]


# Somebody still owes the applicant something. That it ended is known by its outcome: an old system
# may tell that, and not when.
OPEN = models.Q(is_handed_over=False, ended_at=None, outcome="")
# Over, and its result waits for the applicant.
TO_RETURN = models.Q(is_handed_over=False) & ~models.Q(outcome="")


class DossierWordsRow(models.Model):
    """The words by which a dossier is found, beside it: only their change costs their indexes.

    A trigger keeps them as the dossier's row says, as PostgreSQL would keep an index.
    """

    dossier = models.OneToOneField(
        DossierRow, on_delete=models.PROTECT, primary_key=True, related_name="words"
    )
    search = models.TextField()
    is_open = models.BooleanField()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="words_search", opclasses=["gin_trgm_ops"]),
            GinIndex(
                fields=["search"],
                condition=models.Q(is_open=True),
                name="words_open_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]


def open_with(words: str) -> int:
    """About how many open dossiers hold these words, as PostgreSQL guesses without looking."""
    wanted = DossierWordsRow.objects.filter(holding(words, column="search"), is_open=True)
    (told,) = json.loads(wanted.explain(format="json"))
    return int(told["Plan"]["Plan Rows"])


class EventRow(models.Model):
    """One fact about a dossier; never changed, never removed (a trigger sees to it)."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="events")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=30)
    body = models.JSONField()
    body_version = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    office = models.CharField(max_length=35)
    source_system = models.CharField(max_length=40)
    on_behalf_of = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "version"], name="event_once")]

    def entry(self) -> Entry:
        """The event that this row stands for."""
        kind: type[Event] = EVENTS[self.name]
        return Entry(
            event=decode(kind, self.body),
            occurred_at=self.occurred_at,
            recorded_at=self.recorded_at,
            by=self.by,
            office=self.office,
            source_system=self.source_system,
            on_behalf_of=self.on_behalf_of,
        )


# What the system plans for itself, or keeps a second time to be looked for, says nothing of a dossier.
SHOWN_COLUMNS = tuple(
    field.attname
    for field in DossierRow._meta.concrete_fields
    if field.attname not in ("id", "next_check_at", "search")
)


class IdentifierRow(models.Model):
    """A code by which a system knows a dossier; it resolves for ever."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="identifiers")
    system = models.CharField(max_length=40)
    code = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="identifier_once")]


class CodeSequenceRow(models.Model):
    """The last number that a resolving body gave on a day."""

    office = models.CharField(max_length=35)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="sequence_once")]


def take_code(office: OfficeCode, day: date) -> DossierCode:
    """The next dossier code of a resolving body on a day.

    Taken in its own short transaction, so no writer waits for another's work; a code whose
    dossier was then not kept leaves a gap, which `code_gaps` lists, and is not used again.
    """
    with connections["codes"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_codesequencerow (office, day, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (office, day) DO UPDATE SET last = records_codesequencerow.last + 1 "
            "RETURNING last",
            [office.canonical, day],
        )
        (number,) = cursor.fetchone()
    return DossierCode.local(office, day, number)


def find(code: str) -> DossierRow:
    """The dossier known by this code in any system. Raises NoSuchDossier."""
    if not is_keepable(code):
        raise NoSuchDossier("code", given=shown(code))
    row = DossierRow.objects.filter(code=code).first()
    if row is None:
        row = DossierRow.objects.filter(identifiers__code=code).first()
    if row is None:
        raise NoSuchDossier("code", given=code)
    return row


class Loaded(NamedTuple):
    """A dossier for one act: its row, what its events say, when the last one was recorded."""

    row: DossierRow
    dossier: Dossier
    last_recorded_at: datetime


def load(code: str) -> Loaded:
    """A dossier locked for one act, replayed from its events. Raises NoSuchDossier."""
    to_lock = DossierRow.objects.select_for_update()
    row = to_lock.filter(code=code).first() if is_keepable(code) else None
    if row is None:  # another system's code
        row = to_lock.get(pk=find(code).pk)
    entries = entries_of(row)
    dossier = replay(entries)
    if dossier is None:
        raise NoSuchDossier("code", given=code)
    return Loaded(row, dossier, entries[-1].recorded_at)


def entries_of(row: DossierRow) -> list[Entry]:
    """A dossier's events in order."""
    return [event.entry() for event in row.events.order_by("version")]


def replayed(rows: Sequence[DossierRow]) -> Iterator[Dossier]:
    """Some dossiers as their events say they are, all their events in one look."""
    entries: dict[int, list[Entry]] = {row.pk: [] for row in rows}
    if entries:
        for event in EventRow.objects.filter(dossier__in=entries).order_by("version"):
            entries[event.dossier_id].append(event.entry())
    for of in entries.values():
        dossier = replay(of)
        if dossier is not None:
            yield dossier


def applicant_of(row: DossierRow) -> Applicant:
    """The applicant of a dossier, as its first event tells. Raises NoSuchDossier."""
    first = row.events.filter(version=1).first()
    event = first.entry().event if first else None
    if not isinstance(event, Received | Declined):
        raise NoSuchDossier("code", given=row.code)
    return event.applicant


def columns_of(dossier: Dossier) -> dict[str, object]:
    """The projection: what lists read, derived from the dossier alone."""
    return {
        "code": dossier.code,
        "version": dossier.version,
        "procedure": dossier.procedure,
        "procedure_version": dossier.procedure_version,
        "procedure_name": dossier.procedure_name,
        "process_version": dossier.process_version,
        "case": dossier.case,
        "channel": dossier.channel.value,
        "applicant_name": dossier.applicant.name,
        "applicant_number": dossier.applicant.number,
        "applicant_phone": dossier.applicant.phone,
        "applicant_email": dossier.applicant.email,
        "applicant_address": dossier.applicant.address,
        "proxy": dossier.applicant.proxy,
        "place_given": dossier.place.given,
        "place_today": dossier.place.today,
        "receiving_point": dossier.receiving_point,
        "receiving_official": dossier.receiving_official,
        "receiving_office": dossier.receiving_office,
        "competent_office": dossier.competent_office,
        "return_point": dossier.return_point,
        "return_office": dossier.return_office,
        "received_at": dossier.received_at,
        "competent_received_at": dossier.competent_received_at,
        "term": dossier.term,
        "calendar_version": dossier.calendar_version,
        "promised_at": dossier.promised_at,
        "extended_to": dossier.extended_to,
        "due_at": dossier.due_at,
        "ended_at": dossier.ended_at,
        "home_system": dossier.home_system,
        "parent": dossier.parent,
        "stage": dossier.stage,
        "status": dossier.status.value,
        "office": dossier.office,
        "assignee": dossier.assignee,
        "outcome": dossier.outcome.value if dossier.outcome else "",
        "standing": dossier.standing,
        "is_paused": dossier.is_paused,
        "is_handed_over": dossier.is_handed_over,
    }


def search_of(dossier: Dossier) -> str:
    """The words by which a dossier is found, the old and new names of its place among them."""
    return folded(*_searched(dossier), place_words(dossier.place.given, dossier.place.today))


def _searched(dossier: Dossier) -> tuple[str, ...]:
    return (
        dossier.code,
        dossier.applicant.name,
        dossier.applicant.proxy,
        dossier.procedure,
        dossier.procedure_name,
    )


def append(
    row: DossierRow | None,
    before: Dossier | None,
    entries: Sequence[Entry],
    *,
    next_check: Callable[[Dossier], datetime | None],
) -> tuple[DossierRow, Dossier]:
    """Keep events and the projection they make, in the caller's transaction.

    `next_check` says when the passing of time is next looked at.
    Raises Conflict when somebody else was first, IdentifierTaken.
    """
    after = before
    for entry in entries:
        after = evolve(after, entry)
    if after is None:
        raise ValueError("nothing to append")
    first = after.version - len(entries) + 1
    columns = {**columns_of(after), "next_check_at": next_check(after)}
    if row is None or before is None or _searched(before) != _searched(after):
        columns["search"] = search_of(after)
    try:
        # No savepoint of its own: whoever is refused gives the whole act up.
        with transaction.atomic(savepoint=False):
            row = _project(row, columns)
            insert(
                EventRow,
                [
                    {"dossier_id": row.pk, **event_columns(first + step, entry)}
                    for step, entry in enumerate(entries)
                ],
            )
    except IntegrityError as clash:
        raise Conflict("dossier", code=after.code) from clash
    if before is None:
        _keep_identifiers(row, after)
    return row, after


def show_again(
    row: DossierRow, dossier: Dossier, *, next_check: Callable[[Dossier], datetime | None]
) -> None:
    """Make what lists read anew from what the events say, in the caller's transaction."""
    columns = {**columns_of(dossier), "next_check_at": next_check(dossier)}
    update(DossierRow, row.pk, {**columns, "search": search_of(dossier)})


def event_columns(version: int, entry: Entry) -> dict[str, object]:
    """What is kept of an event, besides which dossier it belongs to."""
    return {
        "version": version,
        "name": name_of(entry.event),
        "body": encode(entry.event),
        "body_version": BODY_VERSION,
        "occurred_at": entry.occurred_at,
        "recorded_at": entry.recorded_at,
        "by": entry.by,
        "office": entry.office,
        "source_system": entry.source_system,
        "on_behalf_of": entry.on_behalf_of,
    }


def _project(row: DossierRow | None, columns: Mapping[str, object]) -> DossierRow:
    if row is None:
        (key,) = insert(DossierRow, [columns])
        return DossierRow(pk=key, **columns)
    update(DossierRow, row.pk, columns)
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def _keep_identifiers(row: DossierRow, dossier: Dossier) -> None:
    if not dossier.identifiers:
        return
    try:
        with transaction.atomic():
            IdentifierRow.objects.bulk_create(
                IdentifierRow(dossier=row, system=identifier.system, code=identifier.code)
                for identifier in dossier.identifiers
            )
    except IntegrityError as clash:
        raise IdentifierTaken(
            "identifiers", given=[f"{i.system}: {i.code}" for i in dossier.identifiers]
        ) from clash


def name_at(row: DossierRow, system: str, code: str) -> None:
    """Keep the code that another system gave a dossier, in the caller's transaction.

    Raises IdentifierTaken where that system calls another dossier so.
    """
    made, _ = IdentifierRow.objects.get_or_create(
        system=system, code=code, defaults={"dossier": row}
    )
    if made.dossier_id != row.pk:
        raise IdentifierTaken("identifiers", given=[f"{system}: {code}"])


_NOTED_BY_ITSELF = ("notice_sent", "became_near", "became_late")


def is_changed(row: DossierRow, *, since: int) -> bool:
    """Whether somebody did something after a version, which may not exist.

    A letter to the applicant, or time that went by, is noted by the system and hinders nobody.
    """
    if since == row.version:
        return False
    after = row.events.filter(version__gt=since).exclude(name__in=_NOTED_BY_ITSELF)
    return not 0 < since < row.version or after.exists()


def plan_check(row: DossierRow, moment: datetime | None) -> None:
    """Set when the passing of time is next looked at for this dossier."""
    DossierRow.objects.filter(pk=row.pk).update(next_check_at=moment)


def due_for_check(*, at: datetime, limit: int) -> list[str]:
    """The codes of dossiers whose moment to be looked at has come, the oldest first."""
    rows = DossierRow.objects.filter(next_check_at__lte=at).order_by("next_check_at")
    return list(rows.values_list("code", flat=True)[:limit])


def last_recorded_at(row: DossierRow) -> datetime | None:
    """When the last fact about a dossier was recorded."""
    return row.events.order_by("-version").values_list("recorded_at", flat=True).first()


def last_act_at(row: DossierRow) -> datetime | None:
    """When somebody last did something to a dossier, and not only time or a letter."""
    acts = row.events.exclude(name__in=("notice_sent", "became_near", "became_late"))
    return acts.order_by("-version").values_list("recorded_at", flat=True).first()


def each_with_events() -> Iterator[tuple[DossierRow, list[EventRow]]]:
    """Every dossier with its events in order, a batch at a time."""
    events = models.Prefetch("events", EventRow.objects.order_by("version"))
    for row in DossierRow.objects.order_by("id").prefetch_related(events).iterator(chunk_size=500):
        yield row, list(row.events.all())


def histories(*, system: str, known_at: datetime, migration: int = 0) -> Iterator[list[Entry]]:
    """The events of each dossier ("" of all, else of those an old system told), as known then.

    With `migration`, only of those that this run of migration kept.
    """
    known = EventRow.objects.filter(recorded_at__lte=known_at).order_by("version")
    rows = DossierRow.objects.order_by("id")
    if system:
        rows = rows.filter(told_by__system=system)
    if migration:
        rows = rows.filter(told_by__run=migration)
    prefetch = models.Prefetch("events", known)
    for row in rows.prefetch_related(prefetch).iterator(chunk_size=500):
        yield [event.entry() for event in row.events.all()]


def differences(row: DossierRow, events: Sequence[EventRow]) -> list[str]:
    """The columns in which the projection is not what the events say."""
    numbered = [event.version for event in events] == list(range(1, len(events) + 1))
    try:
        dossier = replay(event.entry() for event in events) if numbered else None
    except (KeyError, TypeError, ValueError):  # an event that nobody here can read
        dossier = None
    if dossier is None:
        return ["events"]
    return [name for name, value in columns_of(dossier).items() if getattr(row, name) != value]


def code_gaps() -> Iterable[tuple[str, date, int]]:
    """The numbers that were taken and have no dossier: office, day, number."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT s.office, s.day, n FROM records_codesequencerow s "
            "CROSS JOIN LATERAL generate_series(1, s.last) AS n "
            "LEFT JOIN records_dossierrow d ON d.code = s.office || '-' || "
            "to_char(s.day, 'YYMMDD') || '-' || lpad(n::text, greatest(4, length(n::text)), '0') "
            "WHERE d.id IS NULL ORDER BY 1, 2, 3"
        )
        yield from cursor.fetchall()

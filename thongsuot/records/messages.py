"""What is owed to partners, kept until they have acknowledged it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import connection, models

from thongsuot.domain.exchange import Aside, Done, Later, Next, Parcel
from thongsuot.domain.messages import UNWORDED, Message, Subscription, hash_of
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_span
from thongsuot.records.writing import insert


class NoSuchMessage(Refusal):
    """No message of this number waits for people."""

    code = "no_such_message"
    kind = Kind.UNKNOWN


class NoSuchArrival(Refusal):
    """Nothing of this number came, or it does not wait in quarantine."""

    code = "no_such_arrival"
    kind = Kind.UNKNOWN


class PartnerRow(models.Model):
    """A system that we owe messages to, while it is valid: which kinds, which facts besides.

    `fields` limits that to dossiers of these fields; none named are all.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kinds = ArrayField(models.CharField(max_length=20))
    events = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    fields = ArrayField(models.CharField(max_length=300), default=list, db_default=[])
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("partners_do_not_overlap", "code")]


class OutboxRow(models.Model):
    """One message owed: its content is fixed when the fact happens.

    Of very many facts at once only which fact it is; the content when its turn comes, from the
    same events, and `payload_hash` is empty until then.
    `sent_at` is when nothing was owed any more: the partner acknowledged it as `reference`, or
    people skipped it. `is_leased` says that somebody is sending it until `next_try_at`.
    """

    partner = models.CharField(max_length=40)
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="owed")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    owed_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    is_leased = models.BooleanField(default=False, db_default=False)
    is_doubtful = models.BooleanField(default=False, db_default=False)
    is_skipped = models.BooleanField(default=False, db_default=False)
    reference = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "dossier", "seq"], name="owed_in_order")
        ]
        indexes = [
            models.Index(
                fields=["partner", "id"],
                condition=models.Q(sent_at=None, set_aside_at=None),
                name="owed_next",
            ),
            models.Index(
                fields=["partner", "dossier", "seq"],
                condition=models.Q(sent_at=None),
                name="owed_before",
            ),
        ]


class PayloadBeforeRow(models.Model):
    """What a message said before people mended it, and why they did."""

    message = models.ForeignKey(OutboxRow, on_delete=models.PROTECT, related_name="before")
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class InboxRow(models.Model):
    """One thing that a partner sent us, as it came, and what became of it.

    `is_raw` says that it is in the partner's own words, which its connector reads; until then
    it only "came".
    """

    partner = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True, default="")
    dossier = models.CharField(max_length=60, blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    said_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    is_raw = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "key"], name="arrives_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["came", "taken_in", "quarantined", "dropped"]),
                name="arrival_states",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner", "came_at"],
                condition=models.Q(state="quarantined"),
                name="arrivals_in_quarantine",
            ),
            models.Index(
                fields=["partner", "id"],
                condition=models.Q(state="came"),
                name="arrivals_to_read",
            ),
        ]


class CursorRow(models.Model):
    """From where we go on fetching from a partner."""

    partner = models.CharField(max_length=40, unique=True)
    cursor = models.CharField(max_length=300, default="")
    at = models.DateTimeField()


# The first unsent message of each dossier: the next one waits for it, other dossiers do not.
# A letter that waits for people keeps no later one from whoever it is for.
_CLAIM = """
UPDATE records_outboxrow AS owed
   SET attempts = owed.attempts + 1, next_try_at = %(until)s, is_leased = true,
       is_doubtful = owed.is_doubtful OR owed.is_leased
  FROM (
    SELECT o.id
      FROM records_outboxrow o
     WHERE o.partner = %(partner)s AND o.sent_at IS NULL AND o.set_aside_at IS NULL
       AND (o.next_try_at IS NULL OR o.next_try_at <= %(at)s)
       AND NOT EXISTS (
         SELECT FROM records_outboxrow earlier
          WHERE earlier.partner = o.partner AND earlier.dossier_id = o.dossier_id
            AND earlier.seq < o.seq AND earlier.sent_at IS NULL
            AND (earlier.set_aside_at IS NULL OR earlier.kind <> 'notice'))
     ORDER BY o.id
     LIMIT %(limit)s
       FOR UPDATE OF o SKIP LOCKED
  ) AS ready, records_dossierrow AS dossier
 WHERE owed.id = ready.id AND dossier.id = owed.dossier_id
RETURNING owed.id, owed.partner, dossier.code, owed.seq, owed.kind, owed.payload,
          owed.payload_hash, owed.owed_at, owed.attempts, owed.is_doubtful
"""


@remembered
def subscriptions() -> tuple[Subscription, ...]:
    """Who is owed what."""
    rows = PartnerRow.objects.order_by("code", "id")
    return tuple(
        Subscription(
            partner=row.code,
            kinds=frozenset(row.kinds),
            valid=to_span(row.valid),
            events=frozenset(row.events),
            fields=frozenset(row.fields),
        )
        for row in rows
    )


def owe(row: DossierRow, messages: Iterable[Message], *, seq: int, at: datetime) -> None:
    """Keep what a fact makes us owe, in the transaction of the fact."""
    insert(
        OutboxRow,
        [{"dossier_id": row.pk, **owed_columns(message, seq=seq, at=at)} for message in messages],
    )


def owe_many(messages: Sequence[tuple[int, int, Message]], *, at: datetime) -> int:
    """Keep messages about many dossiers, by row and place in its order; one kept is kept once."""
    made = OutboxRow.objects.bulk_create(
        (
            OutboxRow(dossier_id=row, **owed_columns(message, seq=seq, at=at))
            for row, seq, message in messages
        ),
        ignore_conflicts=True,
    )
    return len(made)


def owed_columns(message: Message, *, seq: int, at: datetime) -> dict[str, object]:
    """What is kept of a message owed, besides which dossier it speaks of."""
    return {
        "partner": message.partner,
        "seq": seq,
        "kind": message.kind.value,
        "payload": message.payload,
        "payload_hash": message.payload_hash,
        "owed_at": at,
    }


def claim(partner: str, *, at: datetime, until: datetime, limit: int) -> tuple[Parcel, ...]:
    """Messages whose turn it is, kept from other workers until a moment; each counts an attempt.

    One whose lease ran out without a word is doubtful: its sender was killed on the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"partner": partner, "at": at, "until": until, "limit": limit})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return tuple(sorted(map(_parcel, rows), key=attrgetter("number")))


def _parcel(row: dict[str, Any]) -> Parcel:
    return Parcel(
        number=row["id"],
        partner=row["partner"],
        dossier=row["code"],
        seq=row["seq"],
        kind=row["kind"],
        payload=json.loads(row["payload"]),
        payload_hash=row["payload_hash"],
        owed_at=row["owed_at"],
        attempt=row["attempts"],
        is_doubtful=row["is_doubtful"],
    )


def word(parcels: Iterable[Parcel]) -> None:
    """Fix what messages tell whose turn has come, in the caller's transaction."""
    for parcel in parcels:
        OutboxRow.objects.filter(pk=parcel.number, payload_hash=UNWORDED).update(
            payload=parcel.payload, payload_hash=parcel.payload_hash
        )


def settle(results: Iterable[tuple[Parcel, Next]], *, at: datetime) -> None:
    """Note what follows from each attempt, in the caller's transaction.

    Nothing that was settled meanwhile is owed again: an attempt that came back late changes
    nothing.
    """
    lines = [_settled(parcel, then, at) for parcel, then in results]
    if not lines:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {name: [line[name] for line in lines] for name in lines[0]})


_SETTLE = """
UPDATE records_outboxrow AS owed
   SET sent_at = said.sent_at, reference = said.reference, set_aside_at = said.set_aside_at,
       next_try_at = said.next_try_at, last_error = said.last_error,
       is_doubtful = said.is_doubtful, is_leased = false
  FROM unnest(%(id)s::bigint[], %(attempt)s::int[], %(sent_at)s::timestamptz[],
              %(set_aside_at)s::timestamptz[], %(next_try_at)s::timestamptz[],
              %(reference)s::text[], %(last_error)s::text[], %(is_doubtful)s::boolean[])
       AS said (id, attempt, sent_at, set_aside_at, next_try_at, reference, last_error, is_doubtful)
 WHERE owed.id = said.id AND owed.sent_at IS NULL AND owed.attempts = said.attempt
"""


def _settled(parcel: Parcel, then: Next, at: datetime) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "id": parcel.number,
        "attempt": parcel.attempt,
        "sent_at": None,
        "set_aside_at": None,
        "next_try_at": None,
        "reference": "",
        "last_error": "",
        "is_doubtful": False,
    }
    match then:
        case Done(reference):
            return columns | {"sent_at": at, "reference": reference[:120]}
        case Later(wait, reason, is_doubtful):
            told = {"next_try_at": at + wait, "last_error": reason[:300]}
            return columns | told | {"is_doubtful": is_doubtful}
        case Aside(reason):
            return columns | {"set_aside_at": at, "last_error": reason[:300]}


def release(parcels: Iterable[Parcel], *, until: datetime) -> None:
    """Give back what was claimed and never tried: it counts no attempt."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE records_outboxrow SET attempts = attempts - 1, next_try_at = %s,"
            " is_leased = false, is_doubtful = %s WHERE id = %s AND attempts = %s",
            [(until, p.is_doubtful, p.number, p.attempt) for p in parcels],
        )


def replay(numbers: Iterable[int], *, at: datetime) -> list[OutboxRow]:
    """Messages set aside that are owed again from this moment, their attempts counted anew."""
    rows = OutboxRow.objects.select_for_update().filter(
        pk__in=list(numbers), sent_at=None, set_aside_at__isnull=False
    )
    found = list(rows.select_related("dossier").order_by("pk"))
    OutboxRow.objects.filter(pk__in=[row.pk for row in found]).update(
        set_aside_at=None, next_try_at=at, attempts=0, last_error=""
    )
    return found


def owe_again(partner: str, *, since: datetime, at: datetime) -> list[OutboxRow]:
    """Messages owed since a moment that were acknowledged and are owed once more, in order."""
    rows = OutboxRow.objects.select_for_update(of=("self",)).filter(
        partner=partner, owed_at__gte=since, sent_at__isnull=False, is_skipped=False
    )
    found = list(rows.select_related("dossier").defer("payload").order_by("pk"))
    OutboxRow.objects.filter(pk__in=[row.pk for row in found]).update(
        sent_at=None, next_try_at=at, attempts=0, last_error="", reference="", is_doubtful=False
    )
    return found


def acknowledged(partner: str, *, since: datetime, until: datetime) -> dict[str, int]:
    """Of how many dossiers received in a period a partner acknowledged each kind of message."""
    rows = OutboxRow.objects.filter(
        partner=partner,
        dossier__received_at__gte=since,
        dossier__received_at__lt=until,
        sent_at__isnull=False,
        is_skipped=False,
    )
    return dict(rows.values_list("kind").annotate(many=models.Count("dossier", distinct=True)))


def settled_with(partner: str) -> tuple[str, ...]:
    """The dossiers of which a partner acknowledged something, and nothing is owed to it any more."""
    owed = OutboxRow.objects.filter(partner=partner, sent_at=None).values("dossier")
    told = OutboxRow.objects.filter(partner=partner, sent_at__isnull=False, is_skipped=False)
    codes = told.exclude(dossier__in=owed).order_by("dossier__code").values_list("dossier__code")
    return tuple(code for (code,) in codes.distinct())


def waiting_for_people(number: int) -> OutboxRow:
    """A message that was set aside, ours alone. Raises NoSuchMessage."""
    rows = OutboxRow.objects.select_for_update(of=("self",)).select_related("dossier")
    row = rows.filter(pk=number, sent_at=None, set_aside_at__isnull=False).first()
    if row is None:
        raise NoSuchMessage("message", given=number)
    return row


def skip(row: OutboxRow, *, at: datetime) -> None:
    """A message that is not owed any more, because people decided so."""
    OutboxRow.objects.filter(pk=row.pk).update(sent_at=at, is_skipped=True, next_try_at=None)


def mend(
    row: OutboxRow, payload: Mapping[str, object], *, reason: str, by: str, at: datetime
) -> None:
    """A message says something else from now on; what it said is kept, and it is owed again."""
    PayloadBeforeRow.objects.create(
        message=row,
        payload=row.payload,
        payload_hash=row.payload_hash,
        reason=reason,
        by=by,
        at=at,
    )
    OutboxRow.objects.filter(pk=row.pk).update(
        payload=dict(payload),
        payload_hash=hash_of(payload),
        set_aside_at=None,
        next_try_at=at,
        attempts=0,
        last_error="",
    )

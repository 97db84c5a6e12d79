"""What is owed to partners besides the messages of dossiers: documents, codes, orders, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import models

from thongsuot.domain.exchange import Aside, Done, Later, Next, Parcel
from thongsuot.domain.messages import hash_of
from thongsuot.domain.refusal import Kind, Refusal


class NoSuchErrand(Refusal):
    """No errand of this number waits for people."""

    code = "no_such_errand"
    kind = Kind.UNKNOWN


class ErrandRow(models.Model):
    """One thing to be done at a partner: its content is fixed when it is owed.

    Those about one thing are done in their order; `key` keeps the same from being owed twice.
    """

    partner = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=120)
    key = models.CharField(max_length=160)
    payload = models.JSONField()
    payload_hash = models.CharField(max_length=64)
    owed_at = models.DateTimeField()
    owed_by = models.CharField(max_length=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    is_leased = models.BooleanField(default=False)
    is_doubtful = models.BooleanField(default=False)
    is_skipped = models.BooleanField(default=False)
    reference = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "key"], name="errand_once")]
        indexes = [
            models.Index(
                fields=["partner", "id"],
                condition=models.Q(sent_at=None, set_aside_at=None),
                name="errands_next",
            ),
            models.Index(
                fields=["partner", "about", "id"],
                condition=models.Q(sent_at=None),
                name="errands_before",
            ),
        ]

    def parcel(self) -> Parcel:
        """The errand as a connector gets it; its number is negative, messages have the others."""
        return Parcel(
            number=-self.pk,
            partner=self.partner,
            dossier=self.about[:60],  # as the ledger names it
            seq=self.pk,
            kind=self.kind,
            payload=self.payload,
            payload_hash=self.payload_hash,
            owed_at=self.owed_at,
            attempt=self.attempts,
            is_doubtful=self.is_doubtful,
        )


def is_errand(parcel: Parcel) -> bool:
    """Whether a parcel is one of these, and no message of a dossier."""
    return parcel.number < 0


def owe(
    *,
    partner: str,
    kind: str,
    about: str,
    key: str,
    payload: Mapping[str, Any],
    by: str,
    at: datetime,
) -> bool:
    """Keep an errand in the caller's transaction, once for each key; whether it is new."""
    row = {
        "kind": kind,
        "about": about,
        "payload": dict(payload),
        "payload_hash": hash_of(payload),
        "owed_at": at,
        "owed_by": by,
    }
    _, is_new = ErrandRow.objects.get_or_create(partner=partner, key=key, defaults=row)
    return is_new


def claim(partner: str, *, at: datetime, until: datetime, limit: int) -> tuple[Parcel, ...]:
    """Errands whose turn it is, in the caller's transaction, kept from others until a moment."""
    earlier = ErrandRow.objects.filter(
        partner=models.OuterRef("partner"),
        about=models.OuterRef("about"),
        id__lt=models.OuterRef("id"),
        sent_at=None,
    )
    rows = _due(at).filter(~models.Exists(earlier), partner=partner)
    found = list(rows.select_for_update(skip_locked=True).order_by("id")[:limit])
    for row in found:
        row.attempts += 1
        row.is_doubtful = row.is_doubtful or row.is_leased
        row.next_try_at, row.is_leased = until, True
    ErrandRow.objects.bulk_update(found, ["attempts", "is_doubtful", "next_try_at", "is_leased"])
    return tuple(sorted((row.parcel() for row in found), key=attrgetter("seq")))


def settle(results: Iterable[tuple[Parcel, Next]], *, at: datetime) -> None:
    """Note what follows from each attempt; what was settled meanwhile stays settled."""
    for parcel, then in results:
        rows = ErrandRow.objects.filter(pk=parcel.seq, sent_at=None, attempts=parcel.attempt)
        rows.update(is_leased=False, **_settled(then, at))


def give_back(parcels: Iterable[Parcel], *, until: datetime) -> None:
    """Give back what was claimed and never tried: it counts no attempt."""
    for parcel in parcels:
        ErrandRow.objects.filter(pk=parcel.seq, attempts=parcel.attempt).update(
            attempts=parcel.attempt - 1,
            next_try_at=until,
            is_leased=False,
            is_doubtful=parcel.is_doubtful,
        )


def replay(numbers: Iterable[int], *, at: datetime) -> list[ErrandRow]:
    """Errands set aside that are owed again from this moment, their attempts counted anew."""
    rows = ErrandRow.objects.select_for_update().filter(
        pk__in=list(numbers), sent_at=None, set_aside_at__isnull=False
    )
    found = list(rows.order_by("pk"))
    ErrandRow.objects.filter(pk__in=[row.pk for row in found]).update(
        set_aside_at=None, next_try_at=at, attempts=0, last_error=""
    )
    return found


def skip(row: ErrandRow, *, at: datetime) -> None:
    """An errand that is not owed any more, because people decided so."""
    ErrandRow.objects.filter(pk=row.pk).update(sent_at=at, is_skipped=True, next_try_at=None)


def waiting_for_people(number: int) -> ErrandRow:
    """An errand that was set aside, ours alone. Raises NoSuchErrand."""
    rows = ErrandRow.objects.select_for_update()
    row = rows.filter(pk=number, sent_at=None, set_aside_at__isnull=False).first()
    if row is None:
        raise NoSuchErrand("errand", given=number)
    return row


def _due(at: datetime) -> models.QuerySet[ErrandRow]:
    now = models.Q(next_try_at=None) | models.Q(next_try_at__lte=at)
    return ErrandRow.objects.filter(now, sent_at=None, set_aside_at=None)


def _settled(then: Next, at: datetime) -> dict[str, Any]:
    match then:
        case Done(reference):
            done = {"sent_at": at, "reference": reference[:120], "is_doubtful": False}
            return done | {"last_error": ""}
        case Later(wait, reason, is_doubtful):
            told = {"next_try_at": at + wait, "last_error": reason[:300]}
            return told | {"is_doubtful": is_doubtful}
        case Aside(reason):
            # Whoever looks at it decides: then it is sent without asking.
            told = {"set_aside_at": at, "last_error": reason[:300]}
            return told | {"is_doubtful": False}

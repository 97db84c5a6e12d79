"""What the national procedure database tells: each procedure as it was last read, and as it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.messages import hash_of
from thongsuot.domain.mirror import Mirrored, MirroredTerm

NEW, OLD = "new", "old"


class MirrorRow(models.Model):
    """One procedure in one of the two answers; `raw` is that answer letter for letter."""

    answer = models.CharField(max_length=3)
    code = models.CharField(max_length=40)
    base = models.CharField(max_length=10, db_index=True)
    told = models.JSONField()
    raw = models.JSONField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "code"], name="mirrored_once"),
            models.CheckConstraint(
                condition=models.Q(answer__in=[NEW, OLD]), name="mirror_answers"
            ),
        ]

    def value(self) -> Mirrored:
        """The procedure in neutral words; one that is gone there is not live."""
        told = self.told
        return Mirrored(
            code=self.code,
            name=told["name"],
            is_live=told["is_live"] and self.gone_at is None,
            decision=told["decision"],
            terms=tuple(
                MirroredTerm(Channel(channel), amount, unit)
                for channel, amount, unit in told["terms"]
            ),
            fees=tuple((Channel(channel), amount) for channel, amount in told["fees"]),
            papers=tuple(told["papers"]),
            results=tuple(told["results"]),
        )


def keep(
    answer: str, base: str, told: Mapping[str, Any], raw: Mapping[str, Any], *, at: datetime
) -> bool:
    """Keep a procedure as it was read; whether anything changed since the last time."""
    digest = hash_of(raw)
    row = MirrorRow.objects.filter(answer=answer, code=told["code"]).first()
    if row is not None and row.digest == digest and row.gone_at is None:
        MirrorRow.objects.filter(pk=row.pk).update(seen_at=at)
        return False
    MirrorRow.objects.update_or_create(
        answer=answer,
        code=told["code"],
        defaults={
            "base": base,
            "told": dict(told),
            "raw": dict(raw),
            "digest": digest,
            "changed_at": at,
            "seen_at": at,
            "gone_at": None,
        },
    )
    return True


def gone(answer: str, *, not_seen_since: datetime, at: datetime) -> int:
    """Mark what a whole reading did not find any more; how many. Nothing is ever removed."""
    rows = MirrorRow.objects.filter(answer=answer, seen_at__lt=not_seen_since, gone_at=None)
    return rows.update(gone_at=at)

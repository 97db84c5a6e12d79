"""Documents that came or went over the document axis, and every word about them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

AXIS = "document_axis"
IN, OUT = "in", "out"


class DocumentRow(models.Model):
    """One document; its name is that which all bodies know it by.

    `files` are digests in the store, `names` their names; `unread` are attachments that we could
    not keep, by name and reason.
    """

    name = models.CharField(max_length=160)
    way = models.CharField(max_length=3)
    sender = models.CharField(max_length=40)
    receivers = ArrayField(models.CharField(max_length=40))
    notation = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=500)
    issued_on = models.DateField(null=True)
    answers = models.CharField(max_length=160, blank=True, default="")
    dossier = models.CharField(max_length=60, blank=True, default="")
    files = ArrayField(models.CharField(max_length=64), default=list)
    names = ArrayField(models.CharField(max_length=200), default=list)
    unread = ArrayField(models.CharField(max_length=300), default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "way"], name="document_once"),
            models.CheckConstraint(condition=models.Q(way__in=[IN, OUT]), name="document_ways"),
        ]
        indexes = [models.Index(fields=["way", "-id"], name="documents_newest")]


class DocumentWordRow(models.Model):
    """What a receiver said of a document: its code of the axis, and when; added to only."""

    document = models.ForeignKey(DocumentRow, on_delete=models.PROTECT, related_name="words")
    body = models.CharField(max_length=40)
    code = models.CharField(max_length=4)
    note = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "body", "code", "said_at"],
                nulls_distinct=False,
                name="word_once",
            )
        ]


def of_name(name: str, way: str) -> DocumentRow | None:
    """A document by the name that all bodies know it by."""
    return DocumentRow.objects.filter(name=name, way=way).first()


def add_word(
    row: DocumentRow, *, body: str, code: str, note: str, said_at: datetime | None, at: datetime
) -> bool:
    """Keep what was said of a document, once; whether it is new."""
    _, is_new = DocumentWordRow.objects.get_or_create(
        document=row, body=body, code=code, said_at=said_at, defaults={"note": note[:300], "at": at}
    )
    return is_new

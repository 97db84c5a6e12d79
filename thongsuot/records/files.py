"""The files of papers: one row and one object for each content, named by its digest."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models

from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.refusal import Kind, Refusal

STORE = "papers"


class NoSuchFile(Refusal):
    """No file of this digest is kept, or its content is gone from the store."""

    code = "no_such_file"
    kind = Kind.UNKNOWN


class FileRow(models.Model):
    """A content that is kept, once, however many papers it stands for."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=60)


def save(
    content: bytes, *, name: str, media_type: MediaType, pages: int, by: str, at: datetime
) -> StoredFile:
    """Keep a content: its object first, then its row in the caller's transaction.

    An object whose transaction was given up is found again, whole, by whoever brings it next.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place, store = place_of(sha256), _store()
    if not store.exists(place) or store.size(place) != len(content):
        store.delete(place)
        store.save(place, ContentFile(content))
    kept = {"size": len(content), "media_type": media_type.value, "pages": pages}
    row = FileRow(sha256=sha256, **kept, stored_at=at, stored_by=by)
    FileRow.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile(sha256, name, media_type, len(content), pages)


def content_of(sha256: str) -> bytes:
    """The content of this digest. Raises NoSuchFile."""
    try:
        with _store().open(place_of(sha256)) as file:
            content = file.read()
    except OSError as missing:
        raise NoSuchFile("file", given=sha256) from missing
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NoSuchFile("file", given=sha256)
    return bytes(content)


def place_of(sha256: str) -> str:
    """Where a content lies in the store."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _store() -> Storage:
    return storages[STORE]

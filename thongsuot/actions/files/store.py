"""A file from somebody's hands into the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from thongsuot.actions.files.inspection import (
    FileEmpty,
    FileTooLarge,
    media_type_of,
    pages_of,
)
from thongsuot.domain.files import MediaType, StoredFile, label
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import files as records


class NoFileGiven(Refusal):
    """Nothing was chosen to be taken in."""

    code = "no_file_given"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody brought it: what they call it, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was opened to its end and found good."""

    name: str
    content: bytes
    media_type: MediaType
    pages: int


def inspect(upload: Upload) -> Inspected:
    """A file looked at before anything is kept.

    Raises FileEmpty, FileTooLarge, FileMislabelled, FileTypeUnknown, FileEncrypted,
    FileCutOff, ImageTooLarge.
    """
    most = settings.FILE_MEGABYTES
    if not upload.content:
        raise FileEmpty("files", name=upload.name)
    if len(upload.content) > most * 1024 * 1024:
        raise FileTooLarge("files", name=upload.name, most=most)
    media_type = media_type_of(upload.content, name=upload.name)
    name = label(upload.name, media_type)
    pages = pages_of(upload.content, media_type, name=name)
    return Inspected(name, upload.content, media_type, pages)


def keep(file: Inspected, *, by: str, at: datetime) -> StoredFile:
    """Keep a file in the transaction of the fact that speaks of it."""
    return records.save(
        file.content,
        name=file.name,
        media_type=file.media_type,
        pages=file.pages,
        by=by,
        at=at,
    )

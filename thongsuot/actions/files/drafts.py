"""What a draft really is: a text or a PDF, told by its content, without a program inside."""

from __future__ import annotations

import io
import zipfile

from django.conf import settings

from thongsuot.actions.files.inspection import (
    FileCutOff,
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    media_type_of,
    pages_of,
)
from thongsuot.actions.files.store import Inspected, Upload
from thongsuot.domain.files import MediaType, label
from thongsuot.domain.refusal import Kind, Refusal

MOST_UNPACKED = 100  # megabytes, of all that is packed in a text
MOST_PARTS = 5_000
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"


class MacrosRefused(Refusal):
    """A text that carries a program."""

    code = "macros_refused"
    kind = Kind.MALFORMED


class UnpackedTooLarge(Refusal):
    """A text that would fill the memory of everyone when it is unpacked."""

    code = "unpacked_too_large"
    kind = Kind.MALFORMED


class NotADraft(Refusal):
    """A draft is a DOCX, an ODT or a PDF."""

    code = "not_a_draft"
    kind = Kind.MALFORMED


def inspect_draft(upload: Upload) -> Inspected:
    """A draft looked at before anything is kept; its name promises nothing.

    Raises FileEmpty, FileTooLarge, FileEncrypted, FileCutOff, MacrosRefused, UnpackedTooLarge,
    NotADraft.
    """
    most = settings.FILE_MEGABYTES
    if not upload.content:
        raise FileEmpty("file", name=upload.name)
    if len(upload.content) > most * 1024 * 1024:
        raise FileTooLarge("file", name=upload.name, most=most)
    if upload.content.startswith(_OLE):  # what is locked with a password, and the old .doc
        raise FileEncrypted("file", name=upload.name)
    if upload.content.startswith(_PDF):
        kind = media_type_of(upload.content, name=upload.name)
        pages = pages_of(upload.content, kind, name=upload.name)
        return Inspected(label(upload.name, kind), upload.content, kind, pages)
    if not upload.content.startswith(_ZIP):
        raise NotADraft("file", name=upload.name)
    kind = _text(upload)
    return Inspected(label(upload.name, kind), upload.content, kind, 0)


def _text(upload: Upload) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
            _require_modest(packed, upload.name)
            return _kind(packed, upload.name)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as broken:
        raise FileCutOff("file", name=upload.name) from broken


def _require_modest(packed: zipfile.ZipFile, name: str) -> None:
    """Judged by what is unpacked, not by what the file says of itself."""
    parts = packed.infolist()
    most = MOST_UNPACKED * 1024 * 1024
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise UnpackedTooLarge("file", name=name, most=MOST_UNPACKED)
    if any(part.flag_bits & 1 for part in parts):
        raise FileEncrypted("file", name=name)
    if any(_is_program(part.filename) for part in parts):
        raise MacrosRefused("file", name=name)
    for part in parts:
        with packed.open(part) as opened:  # the sum of each part is checked to its end
            while opened.read(1 << 20):
                pass


def _is_program(name: str) -> bool:
    last = name.lower()
    return "vbaproject" in last or last.startswith("basic/") or "/activex/" in last


def _kind(packed: zipfile.ZipFile, name: str) -> MediaType:
    names = set(packed.namelist())
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        if b"macroEnabled" in packed.read("[Content_Types].xml"):
            raise MacrosRefused("file", name=name)
        return MediaType.DOCX
    told = packed.read("mimetype").strip() if "mimetype" in names else b""
    if "content.xml" in names and told == MediaType.ODT.value.encode():
        return MediaType.ODT
    raise NotADraft("file", name=name)

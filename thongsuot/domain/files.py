"""What is known of a file without opening it again: what it is, and by which name it came."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 120


class MediaType(StrEnum):
    """The kinds of file in which a paper is kept."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    JSON = "application/json"  # figures for a report system, never a paper

    @property
    def extension(self) -> str:
        """How the name of such a file ends."""
        return _EXTENSIONS[self]


_EXTENSIONS = {
    MediaType.PDF: ".pdf",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.TIFF: ".tiff",
    MediaType.DOCX: ".docx",
    MediaType.ODT: ".odt",
    MediaType.JSON: ".json",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store; its name is only a label, its content is what the digest says."""

    sha256: str
    name: str
    media_type: MediaType
    size: int
    pages: int


def label(name: str, media_type: MediaType) -> str:
    """The name under which a file is shown and handed out: no folders, no hidden characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem = seen.rpartition(".")[0] or seen or "tep"
    return stem[: LONGEST_NAME - 5].rstrip(" .") + media_type.extension

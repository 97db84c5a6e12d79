"""What a file really is: told by its content, opened to its last page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import PurePosixPath

import pikepdf
import puremagic
from PIL import Image, ImageSequence, UnidentifiedImageError

from thongsuot.domain.files import MediaType
from thongsuot.domain.refusal import Kind, Refusal

# An A3 page at 600 dots an inch; more is no paper, and would take the memory of everyone.
MOST_PIXELS = 80_000_000
# What follows the end of a PDF that is whole: nothing, or an empty line and somebody's stamp.
_END = 2048


class FileEmpty(Refusal):
    """A file without content."""

    code = "file_empty"
    kind = Kind.MALFORMED


class FileTooLarge(Refusal):
    """A file larger than the operator allows."""

    code = "file_too_large"
    kind = Kind.MALFORMED


class FileMislabelled(Refusal):
    """A file whose name promises a paper and whose content is something else."""

    code = "file_mislabelled"
    kind = Kind.MALFORMED


class FileTypeUnknown(Refusal):
    """A file that is no PDF and no picture."""

    code = "file_type_unknown"
    kind = Kind.MALFORMED


class FileEncrypted(Refusal):
    """A PDF that opens only with a password."""

    code = "file_encrypted"
    kind = Kind.MALFORMED


class FileCutOff(Refusal):
    """A file that ends before its content does, or cannot be opened at all."""

    code = "file_cut_off"
    kind = Kind.MALFORMED


class ImageTooLarge(Refusal):
    """A picture with more dots than any scanned page has."""

    code = "image_too_large"
    kind = Kind.MALFORMED


def media_type_of(content: bytes, *, name: str) -> MediaType:
    """The kind of a file by its content. Raises FileMislabelled, FileTypeUnknown."""
    found = _guesses(content)
    known = [MediaType(mime) for mime, _ in found if mime in _SCANS]
    if known:
        return known[0]
    claimed = PurePosixPath(name).suffix.lower()
    if claimed in _CLAIMS:
        really = next((ending.lstrip(".") for _, ending in found if ending), "")
        raise FileMislabelled("files", name=name, really=really or "?")
    raise FileTypeUnknown("files", name=name)


def pages_of(content: bytes, media_type: MediaType, *, name: str) -> int:
    """How many pages there are, each of them opened.

    Raises FileEncrypted, FileCutOff, ImageTooLarge.
    """
    opener: Callable[[bytes, str], int] = _pdf if media_type is MediaType.PDF else _picture
    return opener(content, name)


_SCANS = {MediaType.PDF, MediaType.JPEG, MediaType.PNG, MediaType.TIFF}
_CLAIMS = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}


def _guesses(content: bytes) -> list[tuple[str, str]]:
    try:
        return [(one.mime_type, one.extension) for one in puremagic.magic_string(content)]
    except puremagic.PureError:
        return []


def _pdf(content: bytes, name: str) -> int:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            pages = len(opened.pages)
    except pikepdf.PasswordError as locked:
        raise FileEncrypted("files", name=name) from locked
    except pikepdf.PdfError as broken:
        raise FileCutOff("files", name=name) from broken
    # What is missing at the end is quietly made up for by whoever opens it.
    if not pages or b"%%EOF" not in content[-_END:]:
        raise FileCutOff("files", name=name)
    return pages


def _picture(content: bytes, name: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here, by our own measure
            with Image.open(io.BytesIO(content)) as opened:
                return sum(_page(page, name) for page in ImageSequence.Iterator(opened))
    except Image.DecompressionBombError as bomb:
        raise ImageTooLarge("files", name=name) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise FileCutOff("files", name=name) from broken


def _page(page: Image.Image, name: str) -> int:
    width, height = page.size
    if width * height > MOST_PIXELS:
        raise ImageTooLarge("files", name=name)
    page.load()
    return 1

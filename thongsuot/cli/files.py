"""Files that a command reads, `-` being what is piped in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from thongsuot.domain.refusal import Kind, Refusal

PIPED_IN = "-"
LARGEST = 5 * 1024 * 1024


class FileUnreadable(Refusal):
    """A file is not there, or may not be read."""

    code = "file_unreadable"
    kind = Kind.UNKNOWN


class FileTooLarge(Refusal):
    """A file is larger than what it should hold."""

    code = "request_file_too_large"
    kind = Kind.MALFORMED


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file open for reading. Raises FileUnreadable."""
    if name == PIPED_IN:
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield file
    except OSError as reason:
        raise FileUnreadable("file", given=name, why=reason.strerror or "") from None


def read(name: str) -> bytes:
    """A whole file of one request. Raises FileUnreadable, FileTooLarge."""
    with opened(name) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FileTooLarge("file", given=name, longest=LARGEST)
    return content


def lines(name: str) -> Iterator[bytes]:
    """The lines of a file without their ends, one after another. Raises FileUnreadable."""
    with opened(name) as file:
        for number, line in enumerate(file):
            text = line.removesuffix(b"\n").removesuffix(b"\r")
            yield text.removeprefix(b"\xef\xbb\xbf") if number == 0 else text

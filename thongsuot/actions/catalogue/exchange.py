"""Procedures and processes as files between installations, each with the version of its format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from thongsuot.actions.catalogue import reading as given_as
from thongsuot.domain import bpmn
from thongsuot.domain.bpmn import FormatFromAnotherVersion
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Process
from thongsuot.records.codec import Json, encode
from thongsuot.words import payload, reading
from thongsuot.words.files import CATALOGUE_FILE, PROCESS_FILE

FORMAT_VERSION = 1
CATALOGUE, PROCESS = "thongsuot.catalogue", "thongsuot.process"


class FileOfAnotherKind(Refusal):
    """The file was made for something else."""

    code = "file_of_another_kind"
    kind = Kind.MALFORMED


def catalogue_file(procedures: Iterable[Procedure]) -> dict[str, Json]:
    """Procedures as a file that another installation reads."""
    return {
        "format": CATALOGUE,
        "format_version": FORMAT_VERSION,
        "procedures": [encode(procedure) for procedure in procedures],
    }


def process_file(process: Process) -> dict[str, Json]:
    """A process as a file that another installation reads."""
    body = encode(process)
    told = body if isinstance(body, dict) else {}
    return {"format": PROCESS, "format_version": FORMAT_VERSION, **told}


def read_catalogue(content: bytes, *, on: date) -> tuple[Procedure, ...]:
    """The procedures of a file. Raises FileOfAnotherKind, FormatFromAnotherVersion, BadField, …"""
    body = _of_format(payload.parse(content), CATALOGUE, CATALOGUE_FILE)
    listed, wrong = given_as.rows(body, "procedures", lambda row: given_as.procedure(row, on=on))
    if wrong:
        raise wrong[0]
    return listed


def read_process(content: bytes) -> Process:
    """The process of a file, JSON or BPMN.

    Raises ProcessUnreadable, FileOfAnotherKind, FormatFromAnotherVersion, BadField, …
    """
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return bpmn.read(content.decode(errors="replace"))
    return given_as.process(_of_format(payload.parse(content), PROCESS, PROCESS_FILE))


def _of_format(raw: object, kind: str, known: str) -> dict[str, object]:
    body = reading.named("file", raw)
    if body.get("format") != kind:
        raise FileOfAnotherKind("file", known=known)
    version = body.get("format_version")
    if version != FORMAT_VERSION:
        raise FormatFromAnotherVersion(
            "file", given=reading.shown(version), known=str(FORMAT_VERSION)
        )
    return body

"""Everything about dossiers in one file that can be read without us, and brought in again.

How it is written: docs/formats/archive.md.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from thongsuot.actions.migration.checks import Checks
from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.dossier import Dossier, Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.duties import Person
from thongsuot.domain.files import StoredFile
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import archive as records
from thongsuot.records import bulk, digests, files
from thongsuot.records.reference import unchanging
from thongsuot.words.archive import README

ABOUT = "list:archive"
FORMAT = "thongsuot-archive-1"
MANIFEST, DOSSIERS, MAPS = "manifest.json", "dossiers.jsonl", "maps.jsonl"
TOGETHER = 500
# The same content makes the same file: no clock in it.
_STAMP = (1980, 1, 1, 0, 0, 0)
_LONGEST_LINE = 16 * 1024 * 1024


class ArchiveUnreadable(Refusal):
    """The file is no archive of ours, is cut off, or is of a newer format."""

    code = "archive_unreadable"
    kind = Kind.MALFORMED


class ArchiveChanged(Refusal):
    """A part of the archive is not what its manifest says."""

    code = "archive_changed"


class ArchiveDisagrees(Refusal):
    """A dossier of the archive is here with another history: nothing is written over."""

    code = "archive_disagrees"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Archived:
    """What went out, or came in."""

    dossiers: int
    events: int
    files: int
    already_there: int = 0
    missing_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier in an archive: its events, and what old systems told of it."""

    code: str
    entries: tuple[Entry, ...]
    told_by: tuple[dict[str, Any], ...]


def export(file: Path, *, system: str, by: Person, at: datetime, reading: ReadingToken) -> Archived:
    """Write dossiers ("" all, else those an old system told) with events, files and maps.

    The same dossiers make the same bytes. Raises NotYourRight.
    """
    require_engineer(by, at)
    reading.require(ABOUT)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "README.txt", README.encode())
        many = _Many()
        parts = {DOSSIERS: many.write(packed, system)}
        maps = "".join(_line(one) for one in records.maps(system)).encode()
        parts[MAPS] = _put(packed, MAPS, maps)
        missing = []
        for sha256 in sorted(many.files):
            try:
                _put(packed, f"files/{sha256}", files.content_of(sha256))
            except files.NoSuchFile:
                missing.append(sha256)
        manifest = {
            "format": FORMAT,
            "system": system,
            "dossiers": many.dossiers,
            "events": many.events,
            "files": len(many.files) - len(missing),
            "missing_files": missing,
            "sha256": parts,
        }
        _put(packed, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    return Archived(
        many.dossiers, many.events, len(many.files) - len(missing), missing_files=tuple(missing)
    )


class _Many:
    """What is counted while dossiers are written, one at a time."""

    def __init__(self) -> None:
        self.dossiers = self.events = 0
        self.files: set[str] = set()

    def write(self, packed: zipfile.ZipFile, system: str) -> str:
        """Write them; the digest of what was written."""
        whole = hashlib.sha256()
        with packed.open(_entry(DOSSIERS), "w", force_zip64=True) as out:
            for told in records.dossiers(system):
                line = _line(told).encode()
                whole.update(line)
                out.write(line)
                self.dossiers += 1
                self.events += len(told["events"])
                self.files |= set(told["files"])
        return whole.hexdigest()


def verify(file: Path) -> dict[str, Any]:
    """The manifest of an archive whose every part is what it says.

    Raises ArchiveUnreadable, ArchiveChanged.
    """
    with _opened(file) as packed:
        return _verified(packed)


def bring_in(
    file: Path, *, by: Person, at: datetime, only: Container[str] | None = None
) -> Archived:
    """Bring an archive in, or some of its dossiers: what is here with the same history stays.

    All parts are checked before anything is kept; cut off, it is begun again and goes on.
    Raises NotYourRight, ArchiveUnreadable, ArchiveChanged, ArchiveDisagrees.
    """
    require_engineer(by, at)
    with _opened(file) as packed, unchanging():
        manifest = _verified(packed)
        records.keep_maps(_lines(packed, MAPS))
        checks = Checks(at)
        total = Archived(0, 0, 0)
        lines = _lines(packed, DOSSIERS)
        each = (_kept(line) for line in lines if only is None or line.get("code") in only)
        while batch := list(islice(each, TOGETHER)):
            came = _bring_some(packed, batch, checks, digest=manifest["sha256"][DOSSIERS], by=by)
            total = Archived(
                total.dossiers + came.dossiers,
                total.events + came.events,
                total.files + came.files,
                total.already_there + came.already_there,
            )
    return total


def dossiers_of(file: Path, *, codes: Container[str]) -> Iterator[Kept]:
    """Some dossiers of an archive. Raises ArchiveUnreadable."""
    with _opened(file) as packed:
        for line in _lines(packed, DOSSIERS):
            if line.get("code") in codes:
                yield _kept(line)


def system_of(file: Path) -> str:
    """Whose dossiers an archive holds; "" of all. Raises ArchiveUnreadable."""
    with _opened(file) as packed:
        try:
            return str(json.loads(packed.read(MANIFEST))["system"])
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile):
            raise ArchiveUnreadable("file", given=file.name) from None


def digests_of(file: Path, *, system: str, of_events: bool) -> Iterator[tuple[str, int]]:
    """The code of each dossier ("" all, else those an old system told), and what stands for it.

    Raises ArchiveUnreadable.
    """
    with _opened(file) as packed:
        for line in _lines(packed, DOSSIERS):
            try:
                if system and all(one["system"] != system for one in line["told_by"]):
                    continue
                events = map(records.told, line["events"]) if of_events else ()
                yield str(line["code"]), digests.written(str(line["code"]), events)
            except (AttributeError, KeyError, TypeError, ValueError):
                raise ArchiveUnreadable("dossier", given=str(line)[:80]) from None


@transaction.atomic
def _bring_some(
    packed: zipfile.ZipFile, batch: Sequence[Kept], checks: Checks, *, digest: str, by: Person
) -> Archived:
    known = records.histories_of([one.code for one in batch])
    new = []
    for one in batch:
        before = known.get(one.code)
        if before is None:
            new.append(one)
        elif tuple(before) != one.entries:
            raise ArchiveDisagrees("dossier", code=one.code)
    kept_files = sum(_keep_files(packed, one, by=by, at=checks.at) for one in new)
    wholes = [_whole(one, checks) for one in new]
    bulk.copy_in(wholes)
    records.keep_told(
        [(one.code, told) for one in new for told in one.told_by],
        digest=digest,
        by=by.account,
        at=checks.at,
    )
    return Archived(
        len(new), sum(len(one.entries) for one in new), kept_files, len(batch) - len(new)
    )


def _whole(one: Kept, checks: Checks) -> bulk.Whole:
    """Raises ArchiveUnreadable."""
    now = replay(one.entries)
    if not isinstance(now, Dossier) or now.code != one.code:
        raise ArchiveUnreadable("dossier", given=one.code)
    return bulk.Whole(now, one.entries, checks.next(now))


def _keep_files(packed: zipfile.ZipFile, one: Kept, *, by: Person, at: datetime) -> int:
    """Keep the contents that came along, checked by their digest.

    Raises ArchiveChanged.
    """
    kept = 0
    names = packed.NameToInfo
    for file in _files(one.entries):
        if f"files/{file.sha256}" not in names:
            continue
        content = packed.read(f"files/{file.sha256}")
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise ArchiveChanged("file", given=f"files/{file.sha256[:12]}")
        files.save(
            content,
            name=file.name,
            media_type=file.media_type,
            pages=file.pages,
            by=by.account,
            at=at,
        )
        kept += 1
    return kept


def _files(entries: Sequence[Entry]) -> Iterator[StoredFile]:
    seen = set[str]()
    for entry in entries:
        match entry.event:
            case (
                e.Digitised(file=StoredFile() as file)
                | e.PaperReused(file=StoredFile() as file)
                | e.DraftKept(file=StoredFile() as file)
            ) if file.sha256 not in seen:
                seen.add(file.sha256)
                yield file


def _kept(told: dict[str, Any]) -> Kept:
    """Raises ArchiveUnreadable."""
    try:
        entries = tuple(records.entry_of(one) for one in told["events"])
        return Kept(str(told["code"]), entries, tuple(told["told_by"]))
    except (KeyError, TypeError, ValueError):
        raise ArchiveUnreadable("dossier", given=str(told.get("code", ""))[:80]) from None


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile):
        raise ArchiveUnreadable("file", given=file.name) from None


def _verified(packed: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
        parts = {name: str(manifest["sha256"][name]) for name in (DOSSIERS, MAPS)}
        if manifest["format"] != FORMAT:
            raise ValueError(manifest["format"])
        for name, digest in parts.items():
            with packed.open(name) as part:
                if _digest(part) != digest:
                    raise ArchiveChanged("file", given=name)
    except (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile):
        raise ArchiveUnreadable("file", given=str(packed.filename or "")) from None
    return manifest


def _lines(packed: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    """Raises ArchiveUnreadable."""
    with packed.open(name) as part:
        while line := part.readline(_LONGEST_LINE):
            try:
                yield json.loads(line)
            except ValueError:
                raise ArchiveUnreadable("file", given=name) from None


def _digest(part: IO[bytes]) -> str:
    whole = hashlib.sha256()
    while chunk := part.read(1 << 20):
        whole.update(chunk)
    return whole.hexdigest()


def _put(packed: zipfile.ZipFile, name: str, content: bytes) -> str:
    packed.writestr(_entry(name), content)
    return hashlib.sha256(content).hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _STAMP)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"

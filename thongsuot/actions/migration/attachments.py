"""Files that an old system names: looked for in a folder, checked by their digest, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from thongsuot.actions.files import Upload, inspect, keep
from thongsuot.domain.files import StoredFile
from thongsuot.domain.migration import FoundFile, LegacyDossier
from thongsuot.domain.migration.legacy import Told
from thongsuot.domain.migration.retelling import RESULT
from thongsuot.domain.refusal import Refusal

# What old systems write where a file is a result.
_RESULTS = frozenset({"result", "2", "kết quả"})
_SHOWN = 80

Finder = Callable[[LegacyDossier], tuple[FoundFile, ...]]


def none_found(legacy: LegacyDossier) -> tuple[FoundFile, ...]:
    """Nobody looked: what is named is missing."""
    return tuple(_file(told, None) for told in legacy.files)


def finder(folder: Path, *, keeps: bool, by: str, at: datetime) -> Finder:
    """Looks for files below a folder; kept only where asked, in the caller's transaction."""
    root = folder.resolve()

    def found(legacy: LegacyDossier) -> tuple[FoundFile, ...]:
        return tuple(_found(root, told, keeps=keeps, by=by, at=at) for told in legacy.files)

    return found


def _found(root: Path, told: Told, *, keeps: bool, by: str, at: datetime) -> FoundFile:
    content = _content(root, told.get("path", "")) or _content(root, told.get("name", ""))
    if content is None:
        return _file(told, None)
    digest = hashlib.sha256(content).hexdigest()
    if told.get("sha256") and told["sha256"].lower() != digest:
        return _file(told, None, is_changed=True)
    try:
        seen = inspect(Upload(told.get("name") or told.get("path", ""), content))
    except Refusal:  # cut off, empty, or of a kind that no paper is kept in
        return _file(told, None, is_changed=True)
    if keeps:
        return _file(told, keep(seen, by=by, at=at))
    return _file(told, StoredFile(digest, seen.name, seen.media_type, len(content), seen.pages))


def _content(root: Path, told: str) -> bytes | None:
    """What lies under a name below the folder, and never anything above it."""
    parts = [one for one in PurePosixPath(told.replace("\\", "/")).parts if one != "/"]
    if not parts or ".." in parts:
        return None
    path = root.joinpath(*parts).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    return path.read_bytes()


def _file(told: Told, stored: StoredFile | None, *, is_changed: bool = False) -> FoundFile:
    name = told.get("name") or told.get("path", "")
    role = RESULT if told.get("role", "").lower() in _RESULTS else "submitted"
    return FoundFile(told.get("paper") or name, role, name[:_SHOWN], stored, is_changed)

"""A dossier as an old system tells it: texts, as they stood, under the names that we know."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thongsuot.domain.files import StoredFile

Told = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LegacyDossier:
    """What one old system told of one dossier."""

    told: Told
    steps: tuple[Told, ...] = ()
    files: tuple[Told, ...] = ()
    fees: tuple[Told, ...] = ()
    marks: tuple[str, ...] = ()  # what the reader saw: a row cut short, a header again

    @property
    def code(self) -> str:
        """The code as it was told."""
        return self.told.get("code", "").strip()

    @property
    def digest(self) -> str:
        """What makes two tellings the same one; where they stood in the file does not."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """As it is kept: for ever, beside what was made of it."""
        parts: dict[str, Any] = {"told": dict(self.told)}
        for name in ("steps", "files", "fees"):
            lines = getattr(self, name)
            if lines:
                parts[name] = [dict(line) for line in lines]
        if self.marks:
            parts["marks"] = list(self.marks)
        return parts

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> LegacyDossier:
        """What was kept, as it was."""
        return cls(
            kept.get("told", {}),
            tuple(kept.get("steps", ())),
            tuple(kept.get("files", ())),
            tuple(kept.get("fees", ())),
            tuple(kept.get("marks", ())),
        )


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that an old system names: kept here, or missing, or other than its digest says."""

    paper: str
    role: str  # "submitted" or "result"
    told: str
    stored: StoredFile | None
    is_changed: bool = False

"""What an old system's codes are here: dated, with the rule that says so, signed by two people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.migration.cleaning import composed
from thongsuot.domain.migration.legacy import LegacyDossier
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span

LONGEST_KEY = 300


class NotMapped(Refusal):
    """A code of an old system has no line in the maps on this day."""

    code = "legacy_code_not_mapped"
    kind = Kind.UNKNOWN


class MapsOverlap(Refusal):
    """An old code would mean two things on one day."""

    code = "legacy_maps_overlap"


class MapKind(StrEnum):
    """What sort of code is mapped."""

    PROCEDURE = "procedure"
    OFFICE = "office"
    STATUS = "status"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class CodeMap:
    """An old code, what it is here while this is valid, and by which rule."""

    kind: MapKind
    theirs: str
    ours: str
    valid: Span
    rule: str


@dataclass(frozen=True, slots=True)
class MappedValue:
    """A value as it stood, what it became, and the rule that made it so."""

    kind: MapKind
    theirs: str
    ours: str
    rule: str


class CodeMaps:
    """All maps of one old system."""

    def __init__(self, lines: Iterable[CodeMap]) -> None:
        """Raises MapsOverlap."""
        self._lines: dict[tuple[MapKind, str], list[CodeMap]] = {}
        for line in lines:
            known = self._lines.setdefault((line.kind, line.theirs), [])
            if any(other.valid.overlaps(line.valid) for other in known):
                raise MapsOverlap("theirs", kind=line.kind.value, theirs=line.theirs)
            known.append(line)

    def ours(self, kind: MapKind, theirs: str, on: date) -> MappedValue:
        """What an old code is here on a day. Raises NotMapped."""
        for line in self._lines.get((kind, key_of(theirs)), ()):
            if on in line.valid:
                return MappedValue(kind, theirs, line.ours, line.rule)
        raise NotMapped("theirs", kind=kind.value, theirs=theirs, on=on.isoformat())

    def all_ours(self, kind: MapKind) -> set[str]:
        """Everything here that some old code of a kind is."""
        return {line.ours for (of, _), lines in self._lines.items() if of is kind for line in lines}

    def knows(self, kind: MapKind, theirs: str) -> bool:
        """Whether an old code has any line, on whatever day."""
        return (kind, key_of(theirs)) in self._lines


def key_of(theirs: str) -> str:
    """By what an old code or name stands in the maps: itself, but for names of a page's length."""
    if len(theirs) <= LONGEST_KEY:
        return theirs
    return f"{theirs[: LONGEST_KEY - 20]}…#{hashlib.sha256(theirs.encode()).hexdigest()[:12]}"


def codes_told(legacy: LegacyDossier) -> Iterator[tuple[MapKind, str]]:
    """The codes of a telling that maps must know; a name stands where no code was told."""
    told = legacy.told
    yield MapKind.PROCEDURE, told.get("procedure") or told.get("procedure_name", "")
    yield MapKind.OFFICE, told.get("office") or told.get("office_name", "")
    yield MapKind.STATUS, told.get("status", "")
    yield MapKind.PERSON, told.get("holder", "")
    for step in legacy.steps:
        yield MapKind.STATUS, step.get("status", "")


def asked(legacy: LegacyDossier) -> set[tuple[MapKind, str]]:
    """The same, as maps are asked: in one form, nothing blank."""
    found = ((kind, composed(theirs).text) for kind, theirs in codes_told(legacy))
    return {(kind, key_of(theirs)) for kind, theirs in found if theirs}

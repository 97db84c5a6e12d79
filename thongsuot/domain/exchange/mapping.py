"""What our values are called at a partner: total, dated, never guessed, never blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span


class ValueUnmapped(Refusal):
    """A value has no name at this partner on this day: the message waits, it never goes blank."""

    code = "value_unmapped"
    kind = Kind.UNKNOWN


class ValueMissing(Refusal):
    """A partner asks for something that we do not know: it is waited for, never made up."""

    code = "value_missing"


class MapUnknown(Refusal):
    """A connector asks for a map that nobody has laid down for this partner."""

    code = "value_map_unknown"
    kind = Kind.UNKNOWN


class MapWrong(Refusal):
    """Two names for one value at the same time, or a name that is blank."""

    code = "value_map_wrong"
    kind = Kind.MALFORMED


class Way(StrEnum):
    """Which messages a name is for."""

    BOTH = "both"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Translation:
    """One value of ours and its name at a partner while this is valid.

    `goes` limits a line to messages out (`out`) or in (`in`): what comes in may fold several
    names into one value.
    """

    partner: str
    map: str
    ours: str
    theirs: str
    valid: Span
    goes: str = "both"
    source: str = ""


class ValueMaps:
    """The maps of one partner."""

    def __init__(self, partner: str, translations: Iterable[Translation]) -> None:
        """Raises MapWrong."""
        self.partner = partner
        self._out: dict[tuple[str, str], list[Translation]] = {}
        self._in: dict[tuple[str, str], list[Translation]] = {}
        self._names: set[str] = set()
        for one in translations:
            self._names.add(one.map)
            if not one.theirs.strip() or one.goes not in {"both", "out", "in"}:
                raise MapWrong(one.map, partner=partner, ours=one.ours)
            if one.goes != "in":
                self._add(self._out, (one.map, one.ours), one)
            if one.goes != "out":
                self._add(self._in, (one.map, one.theirs), one)

    def _add(
        self,
        side: dict[tuple[str, str], list[Translation]],
        key: tuple[str, str],
        one: Translation,
    ) -> None:
        known = side.setdefault(key, [])
        if any(other.valid.overlaps(one.valid) for other in known):
            raise MapWrong(one.map, partner=self.partner, ours=one.ours)
        known.append(one)

    def theirs(self, map_: str, ours: str, on: date) -> str:
        """What a partner calls our value on a day. Raises ValueUnmapped, MapUnknown."""
        return self._found(self._out, map_, ours, on).theirs

    def ours(self, map_: str, theirs: str, on: date) -> str:
        """What we call a partner's value on a day. Raises ValueUnmapped, MapUnknown."""
        return self._found(self._in, map_, theirs, on).ours

    @property
    def names(self) -> frozenset[str]:
        """The maps that are laid down for this partner."""
        return frozenset(self._names)

    @property
    def told(self) -> frozenset[str]:
        """The maps by which something of ours goes out; one that is only read needs no others."""
        return frozenset(name for name, _ in self._out)

    def gaps(self, map_: str, values: Iterable[str], on: date) -> Iterator[str]:
        """Values of ours that have no name there on a day: found when the set-up is checked."""
        for value in values:
            known = self._out.get((map_, value), ())
            if not any(one.valid.contains(on) for one in known):
                yield value

    def _found(
        self, side: dict[tuple[str, str], list[Translation]], map_: str, value: str, on: date
    ) -> Translation:
        if map_ not in self._names:
            raise MapUnknown(map_, partner=self.partner)
        for one in side.get((map_, value), ()):
            if one.valid.contains(on):
                return one
        raise ValueUnmapped(map_, partner=self.partner, value=value, on=on.isoformat())

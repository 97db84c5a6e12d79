"""What our values are called at partners, and which of them have no name there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Status
from thongsuot.domain.dossier.events import ApplicantKind
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.exchange import ValueMaps
from thongsuot.domain.spans import Span
from thongsuot.records import exchange
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.spans import to_span

FIXED: Mapping[str, tuple[str, ...]] = {
    "status": tuple(status.value for status in Status),
    "channel": tuple(channel.value for channel in Channel),
    "applicant_kind": tuple(kind.value for kind in ApplicantKind),
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """One of our values that a partner's map does not name on a day."""

    partner: str
    map: str
    value: str


@dataclass(frozen=True, slots=True)
class TranslationLine:
    """A name of one of our values at a partner."""

    map: str
    ours: str
    theirs: str
    goes: str
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class MapLine:
    """A map of a partner, how many names it holds, and when the last one began."""

    map: str
    many: int
    since: date | None


def values_of(map_: str, on: date) -> tuple[str, ...] | None:
    """All our values that a map of this name must hold; None where only its connector knows."""
    match map_:
        case "field":
            rows = ProcedureRow.objects.filter(valid__contains=on).order_by("field")
            return tuple(rows.values_list("field", flat=True).distinct())
        case "procedure":
            procedures = ProcedureRow.objects.filter(valid__contains=on).order_by("base")
            return tuple(procedures.values_list("base", flat=True))
        case "office":
            offices = OfficeRow.objects.filter(valid__contains=on, is_provisional=False)
            return tuple(offices.order_by("code").values_list("code", flat=True))
        case _:
            return FIXED.get(map_)


def gaps(
    partner: str, *, on: date, needed: Iterable[str] = (), same: Iterable[str] = ()
) -> tuple[GapLine, ...]:
    """Our values without a name at a partner on a day, map by map.

    A map that is needed and not laid down at all names none of them; in one that is the `same`
    at the partner, what has no line goes as it is; one that is only read lacks nothing of ours.
    Raises MapWrong.
    """
    maps = exchange.maps_of(partner)
    return tuple(_gaps(maps, sorted({*maps.told, *needed} - {*same}), on))


def translations(
    partner: str, *, map_: str = "", search: str = "", on: date | None = None
) -> tuple[TranslationLine, ...]:
    """The names that a partner gives our values, every version or those of a day."""
    rows = ValueMapRow.objects.filter(partner=partner)
    if map_:
        rows = rows.filter(map=map_)
    if on:
        rows = rows.filter(valid__contains=on)
    wanted = fold(search)
    return tuple(
        line
        for row in rows.order_by("map", "ours", "goes", "valid")
        for line in [_translation(row)]
        if _holds(line, wanted)
    )


def maps_of(partner: str) -> tuple[MapLine, ...]:
    """The maps that are laid down for a partner, with how many names stand in each."""
    rows = ValueMapRow.objects.filter(partner=partner).values("map")
    counted = rows.annotate(many=Count("id"), since=Max("valid__startswith")).order_by("map")
    return tuple(MapLine(row["map"], row["many"], row["since"]) for row in counted)


def _translation(row: ValueMapRow) -> TranslationLine:
    return TranslationLine(row.map, row.ours, row.theirs, row.goes, to_span(row.valid), row.source)


def _holds(line: TranslationLine, wanted: tuple[str, ...]) -> bool:
    words = fold(f"{line.map} {line.ours} {line.theirs} {line.source}")
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _gaps(maps: ValueMaps, names: Iterable[str], on: date) -> Iterator[GapLine]:
    for name in names:
        for value in maps.gaps(name, values_of(name, on) or (), on):
            yield GapLine(maps.partner, name, value)

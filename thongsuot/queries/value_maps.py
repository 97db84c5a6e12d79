"""What our values are called at partners, and which of them have no name there yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Status
from thongsuot.domain.dossier.events import ApplicantKind
from thongsuot.domain.exchange import ValueMaps
from thongsuot.records import exchange
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.directory import OfficeRow

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


def gaps(partner: str, *, on: date, needed: Iterable[str] = ()) -> tuple[GapLine, ...]:
    """Our values without a name at a partner on a day, map by map.

    A map that is needed and not laid down at all names none of them. Raises MapWrong.
    """
    maps = exchange.maps_of(partner)
    return tuple(_gaps(maps, sorted({*maps.names, *needed}), on))


def _gaps(maps: ValueMaps, names: Iterable[str], on: date) -> Iterator[GapLine]:
    for name in names:
        for value in maps.gaps(name, values_of(name, on) or (), on):
            yield GapLine(maps.partner, name, value)

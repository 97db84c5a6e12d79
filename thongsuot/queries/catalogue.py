"""What can be told about procedures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records import catalogue as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.codec import Json, encode


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure as a line of a list."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]


def search(words: str, *, on: date, limit: int = 30) -> tuple[ProcedureLine, ...]:
    """Procedures in force that contain all these words, with or without accents, in any order."""
    wanted = Q(valid__contains=on)
    for word in fold(words):
        wanted &= Q(search__contains=word)
    rows = ProcedureRow.objects.filter(wanted).order_by("name")[:limit]
    return tuple(ProcedureLine(r.code, r.name, r.field, tuple(r.levels)) for r in rows)


def get(code: str, *, on: date) -> Procedure:
    """A procedure in force on a day.

    Raises BadProcedureCode, NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    return records.procedure(ProcedureCode.parse(code), on=on)


def show(code: str, *, on: date) -> dict[str, Json]:
    """A procedure in force on a day, as JSON. Raises what `get` raises."""
    told = encode(get(code, on=on))
    return told if isinstance(told, dict) else {}

"""Where an address of a portal that closed leads now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.identifiers import DossierCode, ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.records import links as records
from thongsuot.records.catalogue import ProcedureRow

MOST_WORDS, LONGEST_WORD = 30, 80


@dataclass(frozen=True, slots=True)
class Meant:
    """What an old address meant: a dossier, a procedure, or the portal itself."""

    dossier: str
    procedure: str
    portal: str
    closed_on: date | None
    is_closed: bool
    instead: str


def meant(words: Iterable[str], *, host: str, on: date) -> Meant:
    """What the words of an old address name.

    A code of a dossier leads to its lookup, whoever gave the code; a key of an older system
    does where we know it. The lookup itself asks for a proof.
    """
    given = [word for word in dict.fromkeys(words) if 0 < len(word) <= LONGEST_WORD][:MOST_WORDS]
    portal = records.closed_portal(host.partition(":")[0].lower(), on=on)
    return Meant(
        dossier=_dossier(given),
        procedure=_procedure(given),
        portal=portal.name if portal else "",
        closed_on=portal.closed_on if portal else None,
        is_closed=portal is not None and portal.closed_on <= on,
        instead=portal.instead if portal else "",
    )


def _dossier(given: list[str]) -> str:
    known = records.dossier_meant(given)
    return known or next((word for word in given if _is_dossier_code(word)), "")


def _is_dossier_code(word: str) -> bool:
    try:
        DossierCode.parse(word)
    except Refusal:
        return False
    return True


def _procedure(given: list[str]) -> str:
    for word in given:
        try:
            base = ProcedureCode.parse(word).base
        except Refusal:
            continue
        row = ProcedureRow.objects.filter(base=base).order_by("-version").first()
        if row is not None:
            return row.name
    return ""

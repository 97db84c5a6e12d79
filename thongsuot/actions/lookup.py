"""Somebody without an account looks a dossier up: by its code and a second fact."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from thongsuot.actions.access import open_reading
from thongsuot.domain import lookup as rules
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.lookup import LookupLimits, LookupNothingFound
from thongsuot.records import dossier
from thongsuot.records import lookup as records
from thongsuot.records.dossier import DossierRow
from thongsuot.words import reading

# How the log of looks names those who have no account.
NOBODY = Person("", "")
DOOR = "public"
TRIES_ARE_KEPT_FOR = timedelta(days=30)


def look_up(*, code: str, proof: str, address: str, at: datetime) -> ReadingToken:
    """Prove that a dossier is one's own; the look is logged, the token opens the answer.

    Raises FieldNeeded, FieldTooLong, LookupProofMalformed, LookupNothingFound, LookupLocked.
    """
    given = reading.text("ma", code, longest=records.LONGEST_CODE)
    digits = rules.proof(reading.text("so", proof))
    row = _proven(given, digits, address, at)
    if row is None:
        raise LookupNothingFound("ma")
    return reopen(code=row.code, at=at)


def reopen(*, code: str, at: datetime) -> ReadingToken:
    """Look again at what was proven a while ago; the look is logged. Raises NoSuchDossier."""
    return open_reading(by=NOBODY, about=code, purpose=Purpose.APPLICANT, at=at, door=DOOR)


def forget_tries(*, at: datetime) -> int:
    """Forget tries that no limit looks at any more; how many."""
    return records.forget_tries(before=at - TRIES_ARE_KEPT_FOR)


@transaction.atomic
def _proven(code: str, digits: str, address: str, at: datetime) -> DossierRow | None:
    """The dossier, if the digits prove it; every try is kept. Raises LookupLocked."""
    row = _found(code)
    name = row.code if row else "".join(code.split()).upper()
    records.one_at_a_time(name, address)
    limits = LookupLimits(
        settings.LOOKUP_FAILURES,
        settings.LOOKUP_ADDRESS_FAILURES,
        timedelta(minutes=settings.LOOKUP_WINDOW),
    )
    since = at - limits.within
    limits.require_open(
        of_code=records.failures_of(name, since=since, limit=limits.of_a_code),
        from_address=records.failures_from(address, since=since, limit=limits.from_an_address),
        at=at,
    )
    proven = row is not None and rules.proves(_applicant(row), digits)
    records.save_try(name, address=address, succeeded=proven, at=at)
    return row if proven else None


def _found(code: str) -> DossierRow | None:
    """By the code as it was typed, then as codes are written."""
    for written in dict.fromkeys((code, "".join(code.split()).upper())):
        try:
            return dossier.find(written)
        except NoSuchDossier:
            continue
    return None


def _applicant(row: DossierRow) -> Applicant:
    return Applicant(row.applicant_name, row.applicant_number, row.applicant_phone)

"""The drafts of one official: nobody else's are ever told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.drafts import DraftRow
from thongsuot.words.persons import masked_name


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as a line of a list; the applicant's name is masked."""

    code: str
    name: str
    applicant: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as its official left it."""

    typed: dict[str, str]
    saved_at: datetime


def draft(account: str, *, procedure: ProcedureCode) -> Draft | None:
    """What an official left of a procedure's form, if anything."""
    row = DraftRow.objects.filter(account=account, procedure=procedure.base).first()
    return Draft(row.typed, row.saved_at) if row else None


def drafts(account: str, *, on: date) -> tuple[DraftLine, ...]:
    """An official's drafts of procedures in force, the newest first."""
    rows = list(DraftRow.objects.filter(account=account).order_by("-saved_at"))
    bases = [row.procedure for row in rows]
    known = {p.base: p for p in ProcedureRow.objects.filter(base__in=bases, valid__contains=on)}
    return tuple(
        DraftLine(
            known[row.procedure].code,
            known[row.procedure].name,
            masked_name(row.typed.get("applicant.name", "")),
            row.saved_at,
        )
        for row in rows
        if row.procedure in known
    )

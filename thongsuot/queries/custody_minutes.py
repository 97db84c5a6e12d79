"""The minutes of hand-over of a switch: from one body to one other, with counts and lists."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.paper import press
from thongsuot.paper.listing import listing
from thongsuot.paper.sheets import sheet
from thongsuot.paper.values import (
    CustodyCount,
    CustodyLine,
    CustodyMinutesPaper,
    Letterhead,
)
from thongsuot.queries import directory
from thongsuot.queries.balance import progress
from thongsuot.queries.printing import form_of
from thongsuot.records import reorganisation as records
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import DossierRow
from thongsuot.words.balance import MINUTES_COLUMNS, MINUTES_TITLE

ABOUT = "list:custody_minutes"
PRINTED = 1000  # more are in the workbook


class NothingHandedOver(Refusal):
    """Under this plan nothing passed between these two bodies."""

    code = "nothing_handed_over"
    kind = Kind.UNKNOWN


def minutes(key: str, giving: str, taking: str, *, at: datetime, reading: ReadingToken) -> bytes:
    """The minutes of two bodies as PDF.

    Raises NoSuchReorganisation, NothingHandedOver, NoFormInForce.
    """
    reading.require(ABOUT)
    paper = _paper(key, giving, taking)
    form = form_of("custody_minutes", at.astimezone(VIETNAM).date())
    return press.pdf(form, [sheet(paper)], at=at)


def workbook(
    key: str, giving: str, taking: str, *, at: datetime, by: str, reading: ReadingToken
) -> bytes:
    """The whole list of two bodies as a workbook.

    Raises NoSuchReorganisation, NothingHandedOver.
    """
    reading.require(ABOUT)
    found = _found(key, giving, taking)
    names = directory.office_names({giving, taking})
    title = MINUTES_TITLE.format(
        giving=names.get(giving, giving), taking=names.get(taking, taking), many=len(found)
    )
    rows = (
        (
            row.code,
            row.procedure_name,
            row.applicant_name,
            row.received_at.astimezone(VIETNAM).date(),
            row.due_at.astimezone(VIETNAM).date() if row.due_at else None,
            row.assignee,
            "x" if by_fallback else "",
        )
        for row, by_fallback in found
    )
    return listing(title, MINUTES_COLUMNS, rows, at=at, by=by)


def _found(key: str, giving: str, taking: str) -> list[tuple[DossierRow, bool]]:
    found = _passed_between(key, giving, taking)
    if not found:
        raise NothingHandedOver("pair", plan=key, giving=giving, taking=taking)
    return found


def _paper(key: str, giving: str, taking: str) -> CustodyMinutesPaper:
    found = _found(key, giving, taking)
    row, way = records.find(key), progress(key)
    names = directory.office_names({giving, taking})
    counts: dict[str, list[DossierRow]] = defaultdict(list)
    for dossier, _ in found:
        counts[dossier.procedure_name].append(dossier)
    switched_at = way.ended_at or way.began_at or way.effective_at
    return CustodyMinutesPaper(
        head=Letterhead(
            parent="",
            office=names.get(giving, giving),
            place="",
            on=switched_at.astimezone(VIETNAM).date(),
        ),
        plan=row.title,
        basis=row.value().basis,
        from_office=names.get(giving, giving),
        to_office=names.get(taking, taking),
        at=way.effective_at,
        total=len(found),
        counts=tuple(
            CustodyCount(
                name,
                len(rows),
                sum(1 for one in rows if one.due_at and one.due_at < way.effective_at),
                sum(1 for one in rows if one.is_paused),
            )
            for name, rows in sorted(counts.items())
        ),
        lines=tuple(
            CustodyLine(one.code, one.procedure_name, one.applicant_name, one.due_at, by_fallback)
            for one, by_fallback in found[:PRINTED]
        ),
        left_out=max(0, len(found) - PRINTED),
    )


def _passed_between(key: str, giving: str, taking: str) -> list[tuple[DossierRow, bool]]:
    """The dossiers that one body handed over to another, by their due moments; by fallback or not."""
    rows = (
        CensusRow.objects.filter(
            plan=records.find(key),
            office=giving,
            to_office=taking,
            fate=Fate.PASSED.value,
            undone_version=None,
        )
        .select_related("dossier")
        .order_by("dossier__due_at", "dossier__code")
    )
    fallback = set(
        records.MovedRow.objects.filter(
            plan__key=key, subject="dossiers", step="moved", is_fallback=True
        ).values_list("key", flat=True)
    )
    return [(row.dossier, row.dossier.code in fallback) for row in rows]

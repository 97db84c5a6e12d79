"""The papers that go out, as PDF; each print stands in the log of looks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from thongsuot.domain.looks import Purpose
from thongsuot.queries import printing as queries
from thongsuot.queries import register_paper
from thongsuot.web.door import Visit, official, plain
from thongsuot.words import reading

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@official
def paper(visit: Visit, code: str, kind: str) -> HttpResponse:
    """One paper of a dossier, in the form of its day."""
    token = visit.reading(plain(code), Purpose.PRINT)
    name, made = queries.pdf(
        plain(code), kind, account=visit.by.account, at=visit.at, reading=token
    )
    return _answer(name, made)


@official
def batch(visit: Visit) -> HttpResponse:
    """The receipts of several dossiers in one PDF: `?codes=A,B`."""
    given = plain(visit.request.GET.get("codes")).split(",")
    codes = list(dict.fromkeys(code.strip() for code in given if code.strip()))
    queries.require_some(codes)
    tokens = [visit.reading(code, Purpose.PRINT) for code in codes]
    name, made = queries.receipts(codes, account=visit.by.account, at=visit.at, readings=tokens)
    return _answer(name, made)


@official
def register(visit: Visit) -> HttpResponse:
    """The register of the person's office: `?tu=2026-07-01&den=2026-07-31`, `&dang=xlsx`."""
    given = visit.request.GET.dict()
    last = reading.if_given(reading.day, given, "den", visit.on)
    first = reading.if_given(reading.day, given, "tu", last.replace(day=1))
    as_workbook = given.get("dang") == "xlsx"
    made = register_paper.made(
        visit.desk.office,
        first=first,
        last=last,
        as_workbook=as_workbook,
        account=visit.by.account,
        by=visit.by.name,
        at=visit.at,
        reading=visit.reading(register_paper.ABOUT, Purpose.PRINT),
    )
    if not as_workbook:
        return _answer("so-theo-doi.pdf", made)
    answer = HttpResponse(made, content_type=WORKBOOK)
    answer["Content-Disposition"] = content_disposition_header(True, "so-theo-doi.xlsx") or ""
    return answer


def _answer(name: str, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""The papers that go out, as PDF; each print stands in the log of looks."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from thongsuot.domain.looks import Purpose
from thongsuot.queries import printing as queries
from thongsuot.web.door import Visit, official, plain


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


def _answer(name: str, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

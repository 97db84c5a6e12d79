"""The bodies of the province and their counters."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from thongsuot.api.door import Request, answered, limit, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking
from thongsuot.queries import directory as queries
from thongsuot.records.codec import encode
from thongsuot.words import reading

router = Router(tags=["directory"])

LIST = {
    "on": "the day, such as 2025-07-01; today if left out",
    "search": "words of the name, with or without accents, in any order",
    "after": "the `next` of the page before",
    "limit": "lines of a page, 50 if left out, at most 200",
}


@router.get("/directory/offices", response=schemas.OfficesOut, openapi_extra=asking(**LIST))
def offices(request: Request) -> HttpResponse:
    """The bodies of a day in the order of their codes, page by page."""
    given = query(request, LIST)
    page = queries.listed(
        reading.if_given(reading.text, given, "search", ""),
        on=reading.if_given(reading.day, given, "on", request.auth.at.date()),
        after=reading.if_given(reading.text, given, "after", ""),
        limit=limit(given),
    )
    return answered({"offices": [encode(line) for line in page.lines], "next": page.next})

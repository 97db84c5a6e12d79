"""Procedures as the decisions published them."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from thongsuot.api.door import Request, answered, limit, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking
from thongsuot.queries import catalogue as queries
from thongsuot.records.codec import encode
from thongsuot.words import reading

router = Router(tags=["catalogue"])


ON = "the day, such as 2025-07-01; today if left out"
LIST = {
    "on": ON,
    "search": "words of the name, with or without accents, in any order",
    "after": "the `next` of the page before",
    "limit": "lines of a page, 50 if left out, at most 200",
}
PROCESSES = {name: LIST[name] for name in ("after", "limit")}


@router.get("/catalogue/procedures", response=schemas.ProceduresOut, openapi_extra=asking(**LIST))
def procedures(request: Request) -> HttpResponse:
    """The procedures in force on a day in the order of their codes, page by page."""
    given = query(request, LIST)
    page = queries.listed(
        reading.if_given(reading.text, given, "search", ""),
        on=reading.if_given(reading.day, given, "on", request.auth.at.date()),
        after=reading.if_given(reading.text, given, "after", ""),
        limit=limit(given),
    )
    return answered({"procedures": [encode(line) for line in page.lines], "next": page.next})


@router.get(
    "/catalogue/processes", response=schemas.ProcessesOut, openapi_extra=asking(**PROCESSES)
)
def processes(request: Request) -> HttpResponse:
    """Every version of every process in the order of their keys, page by page."""
    given = query(request, PROCESSES)
    page = queries.listed_processes(
        after=reading.if_given(reading.text, given, "after", ""), limit=limit(given)
    )
    return answered({"processes": [encode(line) for line in page.lines], "next": page.next})


@router.get("/catalogue/processes/{key}", response=schemas.ProcessOut, openapi_extra=asking())
def process(request: Request, key: str) -> HttpResponse:
    """One version of a process: its stages and its ways."""
    query(request, ())
    return answered(encode(queries.process(key)))


@router.get(
    "/catalogue/procedures/{code}",
    response=schemas.ProcedureOut,
    openapi_extra=asking(on=ON),
)
def procedure(request: Request, code: str) -> HttpResponse:
    """A procedure in force on a day: its terms, papers and fees."""
    given = query(request, ("on",))
    on = reading.if_given(reading.day, given, "on", request.auth.at.date())
    return answered(queries.show(code, on=on))

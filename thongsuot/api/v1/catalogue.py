"""Procedures as the decisions published them."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from thongsuot.api.door import Request, answered, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking
from thongsuot.queries import catalogue as queries
from thongsuot.words import reading

router = Router(tags=["catalogue"])


@router.get(
    "/catalogue/procedures/{code}",
    response=schemas.ProcedureOut,
    openapi_extra=asking(on="the day, such as 2025-07-01; today if left out"),
)
def procedure(request: Request, code: str) -> HttpResponse:
    """A procedure in force on a day: its terms, papers and fees."""
    given = query(request, ("on",))
    on = reading.if_given(reading.day, given, "on", request.auth.at.date())
    return answered(queries.show(code, on=on))

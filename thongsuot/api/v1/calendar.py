"""The clock of the law: when something would be due, and why."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from thongsuot.api.door import Request, answered, query
from thongsuot.api.v1 import schemas
from thongsuot.api.v1.contract import asking
from thongsuot.queries import calendar as queries

router = Router(tags=["calendar"])

DUE = {
    "received": "the moment of receipt; without a zone, time of Viet Nam",
    "term": "such as 15 ngày làm việc; or else `procedure`",
    "procedure": "code of a procedure; or else `term`",
    "case": "case of the procedure",
    "channel": "in_person, online or post",
    "office": "an office with hours of its own",
    "after_15h": "true: a receipt from 15:00 counts from the next working day",
    "pause": "FROM/TO; may be given several times",
}


@router.get("/calendar/due", response=schemas.DueOut, openapi_extra=asking(**DUE))
def due(request: Request) -> HttpResponse:
    """The due moment of a receipt with its ledger, day by day."""
    given = query(request, DUE)
    given.pop("pause", None)
    pauses = [pause.split("/") for pause in request.GET.getlist("pause")]
    question = queries.read_question({**given, "pauses": pauses})
    return answered(queries.told(queries.due_moment(question)))

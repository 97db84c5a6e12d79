"""A question that was put to a partner, as a piece of the page that asks it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from thongsuot.queries import enquiries as queries
from thongsuot.records.enquiries import NoSuchEnquiry
from thongsuot.web.door import Visit, official
from thongsuot.words.enquiries import TITLE

LONGEST_ID = 18


@official
def piece(visit: Visit, number: int) -> HttpResponse:
    """How a question of mine stands, for a page that looks again by itself."""
    found = queries.enquiry(number, account=visit.by.account, at=visit.at)
    return render(visit.request, "_components/enquiry.html", {"enquiry": asked_on(found)})


def named_on(visit: Visit) -> queries.EnquiryLine | None:
    """The question that a page's address names, where it is one of mine."""
    number = visit.request.GET.get("hoi", "")
    if not number.isdecimal() or len(number) > LONGEST_ID:
        return None
    try:
        return queries.enquiry(int(number), account=visit.by.account, at=visit.at)
    except NoSuchEnquiry:
        return None


def asked_on(found: queries.EnquiryLine) -> dict[str, object]:
    """What the piece shows."""
    return {"line": found, "title": TITLE[found.kind]}

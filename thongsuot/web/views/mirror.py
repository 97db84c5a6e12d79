"""The catalogue beside the national procedure database: what differs, before anything applies."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.queries import mirror as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.words.mirror import ANSWER, ASPECT


@official
def compared(visit: Visit) -> HttpResponse:
    """What differs, both sides beside each other; `?khac=term&trang=2`."""
    aspect = plain(visit.request.GET.get("khac"))
    given = plain(visit.request.GET.get("trang"))
    number = int(given) if given.isdecimal() and len(given) < 6 else 1
    found = queries.compared(on=visit.on, aspect=aspect if aspect in ASPECT else "", number=number)
    more = urlencode({"khac": aspect, "trang": number + 1})
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "mirror",
        "found": found,
        "aspects": ASPECT,
        "answers": ANSWER,
        "aspect": aspect,
        "more": more if number * queries.PAGE < found.total else "",
    }
    return show(visit, "catalogue/mirror.html", context)

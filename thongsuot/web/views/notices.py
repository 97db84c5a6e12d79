"""The notice board of each unit, found by its old or its new name."""

from __future__ import annotations

from django.http import HttpResponse

from thongsuot.domain.directory import OfficeClosed
from thongsuot.queries import notices
from thongsuot.web.door import plain
from thongsuot.web.public import Call, public, show
from thongsuot.words.moments import intervals


@public
def search(call: Call) -> HttpResponse:
    """The units whose old or new name has these words."""
    words = plain(call.request.GET.get("q"))[:200]
    lines = notices.find(words, on=call.on)
    return show(call, "public/notices.html", {"q": words, "lines": lines})


@public
def page(call: Call, code: str) -> HttpResponse:
    """Where to go now; a unit that has closed leads to those that carry on its work."""
    try:
        told = notices.notice(plain(code), on=call.on)
    except OfficeClosed as closed:
        lines = notices.heirs_of(closed, on=call.on)
        context = {"name": closed.facts["name"], "until": closed.facts["until"], "lines": lines}
        return show(call, "public/closed.html", context)
    return show(call, "public/notice.html", {"told": told, "hours": intervals(told.hours)})


@public
def sheet(call: Call, code: str) -> HttpResponse:
    """The notice as a sheet of A4 for the board, its square leading to the lookup."""
    made = notices.pdf(plain(code), at=call.at)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="thong-bao.pdf"'
    return answer

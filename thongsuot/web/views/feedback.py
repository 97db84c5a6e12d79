"""What applicants said, for those who answer for it: leaders, and the Office for the province."""

from __future__ import annotations

from django.http import HttpResponse

from thongsuot.domain.duties import Right
from thongsuot.queries import access, feedback
from thongsuot.web.door import Visit, official, show
from thongsuot.words.screens import SCORE


@official
def ratings(visit: Visit) -> HttpResponse:
    """The newest ratings of one's offices. Raises NotYourRight."""
    offices = access.require_holding(visit.by, Right.FEEDBACK, on=visit.on)
    page = feedback.page(offices=offices)
    lines = [(line, SCORE[line.score]) for line in page.lines]
    return show(visit, "feedback/page.html", {"here": "ratings", "page": page, "lines": lines})

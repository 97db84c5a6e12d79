"""The log of looks at people's data, for those who inspect."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.queries import looks as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.words import reading
from thongsuot.words.labels import DOOR, PURPOSE


@official
def log(visit: Visit) -> HttpResponse:
    """Who looked at what and why, the newest first."""
    asked = {name: plain(visit.request.GET.get(name)) for name in ("about", "account", "before")}
    page = queries.looks_for(
        visit.by,
        on=visit.on,
        about=asked["about"],
        account=asked["account"],
        before=reading.if_given(reading.number, asked, "before", 0),
    )
    kept = {name: asked[name] for name in ("about", "account") if asked[name]}
    context: dict[str, object] = {
        "here": "looks",
        "asked": asked,
        "lines": [
            (line, PURPOSE.get(line.purpose, line.purpose), DOOR.get(line.door, line.door))
            for line in page.lines
        ],
        "next": "?" + urlencode({**kept, "before": page.next}) if page.next else "",
    }
    return show(visit, "access/looks.html", context)

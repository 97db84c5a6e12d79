"""Our figures of a month beside the national counters and the ministries' systems."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.actions import reporting as actions
from thongsuot.domain.duties import NotYourRight, Right
from thongsuot.queries.access import require_holding
from thongsuot.queries.reporting import national as queries
from thongsuot.queries.reporting.national import CounterLine, Gap, NoSuchGap
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.views.index import months_back
from thongsuot.words import national as words
from thongsuot.words import reporting


@official
def overview(visit: Visit) -> HttpResponse:
    """What each side counts of a month, and by what they differ."""
    month = _month(visit)
    actions.catch_up()
    found = queries.comparison(month)
    context: dict[str, object] = {
        "here": "reports",
        "month": month,
        "month_name": reporting.month(month),
        "months": [(key, reporting.month(key)) for key in months_back(visit.on, month)],
        "found": found,
        "lines": [
            (line, words.KIND[line.kind], _gaps(month, line), words.unexplained(line.unexplained))
            for line in found.counters
        ],
        "is_whole": visit.at >= found.end,
    }
    return show(visit, "reports/national.html", context)


@official
def missing(visit: Visit) -> HttpResponse:
    """The dossiers behind one reason why both sides differ."""
    month = _month(visit)
    get = visit.request.GET
    name, after = plain(get.get("vi")), plain(get.get("sau"))
    if name not in set(Gap):
        raise NoSuchGap("vi", given=name, known=[each.value for each in Gap])
    partner, kind = plain(get.get("doi-tac")), plain(get.get("loai"))
    kind = kind if kind in words.KIND else queries.DOSSIER
    actions.catch_up()
    found = queries.missing(
        month, partner, kind, Gap(name), after=int(after) if after.isdecimal() else 0
    )
    asked = {"thang": month, "doi-tac": partner, "loai": kind, "vi": name}
    following = found[-1].number if len(found) == queries.PAGE else 0
    context: dict[str, object] = {
        "here": "reports",
        "month": month,
        "month_name": reporting.month(month),
        "kind": words.KIND[kind],
        "gap": words.GAP[name],
        "lines": found,
        "next": f"?{urlencode({**asked, 'sau': following})}" if following else "",
    }
    return show(visit, "reports/national_missing.html", context)


def _month(visit: Visit) -> str:
    """The month asked for, else the last that is over. Raises NotYourRight."""
    held = require_holding(visit.by, Right.REPORTS, on=visit.on)
    if "" not in held:
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    last = visit.on.replace(day=1) - timedelta(days=1)
    return plain(visit.request.GET.get("thang")) or f"{last:%Y-%m}"


def _gaps(month: str, line: CounterLine) -> list[tuple[int, str, str]]:
    return [
        (
            many,
            words.GAP[gap.value],
            "?"
            + urlencode(
                {"thang": month, "doi-tac": line.partner, "loai": line.kind, "vi": gap.value}
            ),
        )
        for gap, many in line.gaps.items()
    ]

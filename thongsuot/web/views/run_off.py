"""The run-off board: what closing bodies still have to finish, and why some of it will not be."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse

from thongsuot.domain.run_off import Hindrance
from thongsuot.queries import run_off as queries
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.words import reading
from thongsuot.words.systems import HINDRANCE, HINDRANCE_WHY

DAYS_SHOWN = 12


@official
def board(visit: Visit) -> HttpResponse:
    """Every body that ends on a day, with its numbers and what they mean."""
    held = require_keeper(visit.by, on=visit.on)
    days = queries.closing_days()
    day = _day(visit, days)
    found = queries.board(switch_on=day, at=visit.at, offices=held)
    busy = [line for line in found.lines if line.numbers.open or line.handed_over]
    context: dict[str, object] = {
        "here": "systems",
        "tab": "run_off",
        "board": found,
        "is_past": visit.on >= day,
        "days": [(one, one == day) for one in days[:DAYS_SHOWN]],
        "open": sum(line.numbers.open for line in found.lines),
        "stuck": sum(line.numbers.will_not_finish for line in found.lines),
        "bodies": len(found.lines),
        "empty": len(found.lines) - len(busy),
        "lines": [
            (line, [(HINDRANCE[kind], many, kind.value) for kind, many in line.numbers.hindered])
            for line in busy
        ],
        "reasons": [(HINDRANCE[kind], HINDRANCE_WHY[kind]) for kind in Hindrance],
    }
    return show(visit, "systems/run_off.html", context)


@official
def body(visit: Visit, code: str) -> HttpResponse:
    """The open dossiers of one closing body, without their applicants."""
    require_keeper(visit.by, on=visit.on, office=plain(code))
    day = _day(visit, queries.closing_days())
    why = plain(visit.request.GET.get("vi-sao"))
    name, lines = queries.remaining(
        plain(code), switch_on=day, at=visit.at, why=why if why in set(Hindrance) else ""
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "run_off",
        "name": name,
        "day": day,
        "why": HINDRANCE.get(why, ""),
        "lines": [(line, HINDRANCE.get(line.hindrance, "")) for line in lines],
    }
    return show(visit, "systems/run_off_body.html", context)


def _day(visit: Visit, days: tuple[date, ...]) -> date:
    """The day asked for; without one the next on which bodies end, else the last."""
    asked = reading.maybe(reading.day, {"ngay": plain(visit.request.GET.get("ngay"))}, "ngay")
    coming = [day for day in days if day >= visit.on]
    return asked or (coming[-1] if coming else days[0] if days else visit.on)

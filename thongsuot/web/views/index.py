"""The index of service on screen: points, what would raise it most, the dossiers that cost points."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.actions import reporting as actions
from thongsuot.domain.duties import NotYourRight, Right
from thongsuot.domain.reporting.index import IndexComponent, Score
from thongsuot.queries.access import require_holding
from thongsuot.queries.reporting import index as queries
from thongsuot.queries.reporting.index import IndexQuestion
from thongsuot.queries.then_and_now import names_on
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.words import reporting as words

MONTHS = 12


@official
def overview(visit: Visit) -> HttpResponse:
    """The index of a body for a month, with what would raise it most."""
    of, units = _question(visit)
    actions.catch_up()
    found = queries.page(of)
    context: dict[str, object] = {
        **_frame(visit, of, units),
        "found": found,
        "points": words.number(found.points),
        "counted": words.number(found.counted),
        "groups": [
            (
                line.group,
                words.number(line.group.most),
                words.number(line.points) if line.counted else words.NOT_COUNTED,
                [_component(of, component, score) for component, score in line.components],
            )
            for line in found.groups
        ],
        "raising": [
            (
                score.component,
                words.number(score.lost),
                words.number(Fraction(score.behind)),
                score.needed,
                _address(of, score.component.key),
            )
            for score in found.raising
            if score.component.most
        ],
        "offices": [
            (
                line,
                words.number(line.points),
                words.number(line.counted),
                "?" + urlencode({"thang": of.month, "don-vi": line.office}),
            )
            for line in found.offices
        ],
    }
    return show(visit, "reports/index.html", context)


@official
def costing(visit: Visit) -> HttpResponse:
    """The dossiers that cost a component points, each with why."""
    of, units = _question(visit)
    key, after = plain(visit.request.GET.get("thanh-phan")), plain(visit.request.GET.get("sau"))
    component = of.index.component(key)
    actions.catch_up()
    found = queries.costing(of, key, after=int(after) if after.isdecimal() else 0)
    following = found[-1].measured.dossier if len(found) == queries.PAGE else 0
    context: dict[str, object] = {
        **_frame(visit, of, units),
        "component": component,
        "lines": [(line, words.costs(component, line.measured)) for line in found],
        "next": f"{_address(of, key)}&{urlencode({'sau': following})}" if following else "",
    }
    return show(visit, "reports/index_costing.html", context)


def _question(visit: Visit) -> tuple[IndexQuestion, tuple[str, ...]]:
    """What is asked for, and of which bodies this official may ask. Raises NotYourRight."""
    held = require_holding(visit.by, Right.REPORTS, on=visit.on)
    first = visit.on.replace(day=1) - timedelta(days=1)
    month = plain(visit.request.GET.get("thang")) or f"{first:%Y-%m}"
    units = ("",) if "" in held else tuple(sorted(held))
    asked = plain(visit.request.GET.get("don-vi"))
    unit = asked if asked or "" in held else units[0]
    if not held & {"", unit}:
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    return queries.question(month, unit=unit, known_at=visit.at), units


def _frame(visit: Visit, of: IndexQuestion, units: tuple[str, ...]) -> dict[str, object]:
    names = names_on({*units, of.unit}, on=of.start.date())
    return {
        "here": "reports",
        "index": of.index,
        "unit": of.unit,
        "unit_name": names.get(of.unit, of.unit) if of.unit else words.PROVINCE,
        "units": [(unit, names.get(unit, unit)) for unit in units if len(units) > 1],
        "is_province": "" in units,
        "month": of.month,
        "month_name": words.month(of.month),
        "months": [(key, words.month(key)) for key in months_back(visit.on, of.month)],
        "known_at": of.known_at,
        "is_provisional": of.known_at < of.end,
        "back": "?" + urlencode({"thang": of.month, "don-vi": of.unit}),
    }


def months_back(on: date, asked: str) -> list[str]:
    """The last months, the newest first, and the one that is asked for."""
    found = [f"{on:%Y-%m}"]
    while len(found) < MONTHS:
        on = on.replace(day=1) - timedelta(days=1)
        found.append(f"{on:%Y-%m}")
    return found if asked in found else [asked, *found]


def _address(of: IndexQuestion, key: str) -> str:
    return "?" + urlencode({"thang": of.month, "don-vi": of.unit, "thanh-phan": key})


def _component(
    of: IndexQuestion, component: IndexComponent, score: Score | None
) -> dict[str, object]:
    """A component as it is shown: points or in words why there are none."""
    told: dict[str, object] = {
        "key": component.key,
        "name": component.name,
        "most": words.number(component.most) if component.most else "–",
        "explained": component.explained,
        "source": component.source,
        "certainty": words.CERTAINTY[component.certainty.value],
        "target": f"{words.number(component.target * 100)} %" if component.target else "",
        "population": words.POPULATION[component.population.value],
        "is_counted": component.is_counted,
    }
    if score is None:
        return told | {"points": words.NOT_COUNTED}
    if score.points is None:
        return told | {"points": words.NOTHING_TO_COUNT}
    return told | {
        "points": words.number(score.points) if component.most else "theo dõi",
        "has_points": True,
        "share": words.share(score.fulfilled, score.of),
        "behind": score.behind,
        "address": _address(of, component.key),
    }

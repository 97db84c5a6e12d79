"""Dashboards: what came, was resolved, is late and near; each figure opens into its list."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.actions import reporting as actions
from thongsuot.domain.duties import NotYourRight, Right
from thongsuot.domain.reporting.index import MonthMalformed
from thongsuot.queries import directory
from thongsuot.queries.access import require_holding
from thongsuot.queries.catalogue import fields as fields_known
from thongsuot.queries.reporting import dashboard as queries
from thongsuot.queries.reporting.compiled import system_names
from thongsuot.queries.reporting.dashboard import (
    BY_NOW,
    OVER_MONTHS,
    Dashboard,
    Figure,
    FigureLine,
    Narrowed,
    NoSuchFigure,
)
from thongsuot.records.sketches import sketch as cells_of
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.sketch import Sketch, sketched
from thongsuot.words import dashboard as words
from thongsuot.words import reporting

MONTHS_BACK = 11
HEATS = 4
MOST_STEPS, MOST_OFFICES = 12, 12
NO_FIELD = "-"
Address = dict[str, str]


@official
def overview(visit: Visit) -> HttpResponse:
    """The figures of some months and of this moment, as pictures with the tables beside them."""
    of, held = _narrowed(visit)
    actions.catch_up()
    found = queries.dashboard(of)
    asked = _asked(of)
    context: dict[str, object] = {
        **_frame(visit, of, held),
        "totals": [
            (
                words.FIGURE[figure],
                found.total[figure],
                _list(asked, figure),
                words.EXPLAINED[figure],
            )
            for figure in Figure
        ],
        "over_months": [words.FIGURE[figure] for figure in OVER_MONTHS],
        "figures": [words.FIGURE[figure] for figure in Figure],
        "months": [
            (
                words.month(line.key),
                _cells(line, asked | {"tu": line.key, "den": line.key}, OVER_MONTHS),
            )
            for line in found.months
        ],
        "tables": list(_tables(found, asked)),
        "steps": _heat(found, asked),
        "step_offices": [found.names.get(code, code) for code in found.late_offices[:MOST_OFFICES]],
        "more_offices": max(0, len(found.late_offices) - MOST_OFFICES),
        "more_steps": max(0, len(found.late_steps) - MOST_STEPS),
        "sketch": None if of.office else _sketch(visit, found),
    }
    return show(visit, "reports/dashboard.html", context)


@official
def listed(visit: Visit) -> HttpResponse:
    """The dossiers behind a figure."""
    of, held = _narrowed(visit)
    name = plain(visit.request.GET.get("so"))
    if name not in set(Figure):
        raise NoSuchFigure("so", given=name, known=[each.value for each in Figure])
    figure = Figure(name)
    actions.catch_up()
    after, holder = plain(visit.request.GET.get("sau")), plain(visit.request.GET.get("giu"))
    stage = plain(visit.request.GET.get("buoc"))
    asked = _asked(of)
    page = asked
    if figure is Figure.LATE and holder:
        found = queries.late_at(of, stage=stage, holder=holder, after=after)
        page = asked | {"buoc": stage, "giu": holder}
    else:
        found = queries.dossiers(of, figure, after=after)
    following = found[-1].place if len(found) == queries.PAGE else ""
    context: dict[str, object] = {
        **_frame(visit, of, held),
        "figure": words.FIGURE[figure],
        "said": words.EXPLAINED[figure],
        "is_now": figure in BY_NOW,
        "stage": stage if page is not asked else "",
        "lines": found,
        "back": "?" + urlencode(asked),
        "next": f"{_list(page, figure)}&{urlencode({'sau': following})}" if following else "",
    }
    return show(visit, "reports/dashboard_list.html", context)


def _narrowed(visit: Visit) -> tuple[Narrowed, frozenset[str]]:
    """What is asked for, as far as this official may ask. Raises NotYourRight, MonthMalformed."""
    held = require_holding(visit.by, Right.REPORTS, on=visit.on)
    given = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    office = given["don-vi"] or ("" if "" in held else min(held))
    if not held & {"", office}:
        raise NotYourRight("by", person=visit.by.name, right=Right.REPORTS.value)
    last = _month(given["den"]) if given["den"] else visit.on.replace(day=1)
    first = _month(given["tu"]) if given["tu"] else _back(last, MONTHS_BACK)
    field = given["linh-vuc"]
    return Narrowed(
        first=first,
        last=last,
        at=visit.at,
        office=office,
        field=("" if field == NO_FIELD else field) if field else None,
        system=given["nguon"],
        is_online={"online": True, "other": False}.get(given["kenh"]),
    ), held


ASKED = ("tu", "den", "don-vi", "linh-vuc", "kenh", "nguon")


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise MonthMalformed("month", given=text) from None


def _back(month: date, many: int) -> date:
    for _ in range(many):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def _asked(of: Narrowed) -> Address:
    """The question as an address says it."""
    asked = {"tu": f"{of.first:%Y-%m}", "den": f"{of.last:%Y-%m}", "don-vi": of.office}
    asked |= {"linh-vuc": NO_FIELD if of.field == "" else of.field or "", "nguon": of.system}
    if of.is_online is not None:
        asked["kenh"] = "online" if of.is_online else "other"
    return {name: value for name, value in asked.items() if value}


def _frame(visit: Visit, of: Narrowed, held: frozenset[str]) -> dict[str, object]:
    codes = sorted(
        {office.code.canonical for office in directory.offices(on=visit.on)} if "" in held else held
    )
    names = directory.office_names({*codes, of.office})
    months = [f"{_back(visit.on.replace(day=1), back):%Y-%m}" for back in range(36)]
    asked = _asked(of)
    this, year = f"{visit.on:%Y-%m}", f"{visit.on:%Y}-01"
    quarter = f"{visit.on:%Y}-{(visit.on.month - 1) // 3 * 3 + 1:02}"
    spans = (
        ("Tháng này", this),
        ("Quý này", quarter),
        ("Năm nay", year),
        ("12 tháng", f"{_back(visit.on.replace(day=1), MONTHS_BACK):%Y-%m}"),
    )
    return {
        "here": "reports",
        "of": of,
        "unit_name": names.get(of.office, of.office) if of.office else reporting.PROVINCE,
        "span": _span(of),
        "asked": asked,
        "spans": [
            (
                name,
                "?" + urlencode(asked | {"tu": first, "den": this}),
                asked["tu"] == first and asked["den"] == this,
            )
            for name, first in spans
        ],
        "months_known": sorted({*months, asked["tu"], asked["den"]}, reverse=True),
        "offices_known": [(code, names.get(code, code)) for code in codes]
        if len(codes) > 1
        else [],
        "is_province": "" in held,
        "fields_known": fields_known(),
        "systems_known": sorted(system_names().items()),
        "channels_known": list(words.CHANNEL.items()),
    }


def _span(of: Narrowed) -> str:
    first, last = words.month(f"{of.first:%Y-%m}"), words.month(f"{of.last:%Y-%m}")
    return f"tháng {first}" if first == last else f"tháng {first} đến tháng {last}"


def _list(asked: Address, figure: Figure) -> str:
    return "?" + urlencode(asked | {"so": figure.value})


def _cells(line: FigureLine, asked: Address, figures: tuple[Figure, ...]) -> list[tuple[int, str]]:
    """The figures of a line, each with the address of its list."""
    return [
        (line.figures[figure], _list(asked, figure) if line.figures[figure] else "")
        for figure in figures
    ]


def _tables(found: Dashboard, asked: Address) -> list[dict[str, object]]:
    """The tables by body, field, channel and source; one with a single line says nothing new."""
    systems = system_names()
    each = (
        ("offices", found.offices, "don-vi", lambda key: found.names.get(key, key)),
        ("fields", found.fields, "linh-vuc", lambda key: key or reporting.NO_FIELD),
        (
            "channels",
            found.channels,
            "kenh",
            lambda key: words.CHANNEL["online" if key == "true" else "other"],
        ),
        ("systems", found.systems, "nguon", lambda key: systems.get(key, key)),
    )
    return [
        {
            "key": kind,
            "title": words.TABLE[kind],
            "lines": [
                (
                    named(line.key),
                    _cells(line, asked | {name: _value(kind, line.key)}, tuple(Figure)),
                )
                for line in lines
            ],
        }
        for kind, lines, name, named in each
        if len(lines) > 1 or kind == "fields"
    ]


def _value(kind: str, key: str) -> str:
    """A line's key as an address says it."""
    if kind == "channels":
        return "online" if key == "true" else "other"
    return key or NO_FIELD


def _heat(found: Dashboard, asked: Address) -> list[dict[str, object]]:
    """The late steps by body, the more the darker."""
    steps = found.late_steps[:MOST_STEPS]
    offices = found.late_offices[:MOST_OFFICES]
    most = max((many for step in steps for many in step.of.values()), default=0)
    return [
        {
            "stage": step.stage or "Chưa rõ bước",
            "total": step.total,
            "cells": [
                (
                    many,
                    -(-many * HEATS // most) if many else 0,
                    _list(asked | {"buoc": step.stage, "giu": office}, Figure.LATE),
                )
                for office in offices
                for many in (step.of.get(office, 0),)
            ],
        }
        for step in steps
    ]


def _sketch(visit: Visit, found: Dashboard) -> dict[str, object] | None:
    """What a figure comes to in each commune, on a sketch that is no map."""
    name = plain(visit.request.GET.get("hinh"))
    figure = Figure(name) if name in set(Figure) else Figure.RECEIVED
    many: Counter[str] = Counter()
    for line in found.offices:
        many[found.places.get(line.key, "")] += line.figures[figure]
    drawn: Sketch | None = sketched(cells_of(found.province), many)
    if drawn is None:
        return None
    communes = sorted(drawn.communes, key=lambda one: (-one.many, one.name))
    return {
        "drawn": drawn,
        "figure": words.FIGURE[figure],
        "chosen": figure.value,
        "choices": [(each.value, words.FIGURE[each]) for each in Figure],
        "communes": [one for one in communes if one.many],
        "elsewhere": many.total() - sum(one.many for one in communes),
    }

"""The ledger of the exchange: its balance, whether its chains hold, and its lines."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.paper.listing import listing
from thongsuot.queries import messages as queries
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.words.exchange import (
    BALANCE_COLUMNS,
    FAULT,
    KIND,
    LEDGER_COLUMNS,
    LEDGER_TITLE,
    STEP,
    balance,
)
from thongsuot.words.moments import short

ASKED = ("doi-tac", "q")
MOST_LINES = 50_000


@official
def ledger(visit: Visit) -> HttpResponse:
    """The balance of each partner, the chains when asked to, and the lines."""
    queries.require_exchange(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    before = plain(visit.request.GET.get("sau"))
    lines, following = queries.ledger(
        partner=asked["doi-tac"],
        search=asked["q"][:60],
        before=int(before) if before.isdecimal() else 0,
    )
    standing = queries.standing()
    checks = visit.request.GET.get("kiem-tra") is not None
    faults = queries.verify(asked["doi-tac"]) if checks else ()
    kept = {name: value for name, value in asked.items() if value}
    context: dict[str, object] = {
        "here": "systems",
        "tab": "ledger",
        "standing": [(one, _balance(one)) for one in standing],
        "names": queries.names(),
        "totals": [
            (line, KIND.get(line.name, line.name))
            for line in queries.totals(partner=asked["doi-tac"])
        ],
        "lines": [(line, STEP.get(line.step, line.step)) for line in lines],
        "asked": asked,
        "partner": asked["doi-tac"],
        "checks": checks,
        "faults": [(fault, FAULT[fault.kind]) for fault in faults],
        "check": f"?{urlencode({**kept, 'kiem-tra': '1'})}",
        "file": f"?{urlencode(kept)}" if kept else "",
        "next": f"?{urlencode({**kept, 'sau': following})}" if following else "",
    }
    return show(visit, "exchange/ledger.html", context)


@official
def workbook(visit: Visit) -> HttpResponse:
    """The same lines as a workbook, or the balance alone."""
    queries.require_exchange(visit.by, on=visit.on)
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    if visit.request.GET.get("can-doi") is not None:
        return _balances(visit)
    lines, _ = queries.ledger(partner=asked["doi-tac"], search=asked["q"][:60], limit=MOST_LINES)
    names = queries.names()
    rows = [
        (
            names.get(line.partner, line.partner),
            line.number,
            short(line.at),
            STEP.get(line.step, line.step),
            line.message,
            line.dossier,
            line.told,
            line.by,
            line.digest,
        )
        for line in lines
    ]
    made = listing(LEDGER_TITLE, LEDGER_COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"so-trao-doi-{visit.on:%Y%m%d}.xlsx")


def _balances(visit: Visit) -> HttpResponse:
    rows = [
        (o.name, o.ever, o.acknowledged, o.skipped, o.waiting, o.aside, o.difference)
        for o in queries.standing()
    ]
    made = listing(LEDGER_TITLE, BALANCE_COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"can-doi-trao-doi-{visit.on:%Y%m%d}.xlsx")


def _balance(one: queries.PartnerLine) -> str:
    return balance(one.ever, one.acknowledged, one.skipped, one.waiting, one.aside)

"""A switch on screen: its progress line, the balance that must close, the minutes of each pair."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from thongsuot.domain.looks import Purpose
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.paper.listing import listing
from thongsuot.queries import balance as queries
from thongsuot.queries import custody_minutes, directory
from thongsuot.queries.balance import Balance
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.words import balance as words
from thongsuot.words.labels import PLAN_STATE
from thongsuot.words.reorganisation import due_sentence

BODIES_SHOWN = 400


@official
def progress(visit: Visit, key: str) -> HttpResponse:
    """How far a switch is, and what remains, body by body; looked at anew while it runs."""
    require_keeper(visit.by, on=visit.on)
    found = queries.progress(plain(key))
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "found": found,
        "state": PLAN_STATE[found.state],
        "runs": found.state == PlanState.SWITCHING.value,
        "waits": found.began_at is None,
        "sentence": words.progress_sentence(
            done=found.done, total=found.total, percent=found.percent, held=found.held
        ),
        "bodies": sorted(found.bodies, key=lambda one: (one.done == one.total, one.office)),
    }
    return show(visit, "switching/progress.html", context)


@official
def balance(visit: Visit, key: str) -> HttpResponse:
    """The balance as a table that must close, one sentence on top, and who gave to whom."""
    require_keeper(visit.by, on=visit.on)
    found = _balance(visit, key)
    body = plain(visit.request.GET.get("co-quan"))
    pairs = queries.pairs(found.plan)
    offices = {code for pair in pairs for code in (pair.giving, pair.taking)}
    names = directory.office_names(offices | {line.office for line in found.lines})
    lines = [line for line in found.lines if line.office == body] if body else found.by_body
    context: dict[str, object] = {
        "here": "systems",
        "tab": "plans",
        "found": found,
        "sentence": found.sentence,
        "due": due_sentence(found.longer),
        "checks": [(words.CHECKS[one.key], one, ", ".join(one.codes[:5])) for one in found.checks],
        "columns": [*words.COLUMNS.values()],
        "body": body,
        "body_name": names.get(body, body),
        "lines": [
            (line, names.get(line.office, line.office), words.figures(line)) for line in lines
        ][:BODIES_SHOWN],
        "total": words.figures(found.total),
        "pairs": [
            (pair, names.get(pair.giving, pair.giving), names.get(pair.taking, pair.taking))
            for pair in pairs
        ],
    }
    return show(visit, "switching/balance.html", context)


@official
def workbook(visit: Visit, key: str) -> HttpResponse:
    """The balance line by line, by body and procedure."""
    require_keeper(visit.by, on=visit.on)
    found = _balance(visit, key)
    rows = [
        (
            line.office,
            found.names.get(line.office, ""),
            line.procedure,
            *(getattr(line, name) for name in words.COLUMNS),
            line.to_return,
            line.since,
            line.given_back,
            words.CLOSES if line.closes else words.DOES_NOT_CLOSE,
        )
        for line in found.lines
    ]
    title = words.BALANCE_TITLE.format(plan=found.plan)
    made = listing(title, words.BALANCE_COLUMNS, rows, at=visit.at, by=visit.by.name)
    return spreadsheet(made, f"can-doi-{found.plan}.xlsx")


@official
def minutes(visit: Visit, key: str) -> HttpResponse:
    """The minutes of one pair of bodies: `?giao=H35.20.31&nhan=H35.101`, `&dang=xlsx`."""
    require_keeper(visit.by, on=visit.on)
    given = {name: plain(visit.request.GET.get(name)) for name in ("giao", "nhan", "dang")}
    reading = visit.reading(custody_minutes.ABOUT, Purpose.PRINT)
    name = f"bien-ban-{given['giao']}-{given['nhan']}"
    if given["dang"] == "xlsx":
        made = custody_minutes.workbook(
            plain(key), given["giao"], given["nhan"], at=visit.at, by=visit.by.name, reading=reading
        )
        return spreadsheet(made, f"{name}.xlsx")
    made = custody_minutes.minutes(
        plain(key), given["giao"], given["nhan"], at=visit.at, reading=reading
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _balance(visit: Visit, key: str) -> Balance:
    return queries.balance(plain(key), on=visit.on)

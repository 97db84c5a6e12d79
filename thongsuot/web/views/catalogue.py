"""The catalogue: its list, a procedure's page, its files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import exchange
from thongsuot.actions.catalogue.rights import may_keep, require_office
from thongsuot.domain.publication import Difference
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import Cell, listing
from thongsuot.queries import publication as queries
from thongsuot.queries.publication import CatalogueLine
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.catalogue import NOTHING_FOUND, each
from thongsuot.words.labels import CHANGE, LEVEL, ORIGIN, PROCEDURE_PART

PAGE = 20
EXPORTED = 20_000
COLUMNS = (
    ("Mã thủ tục", 22),
    ("Tên thủ tục", 70),
    ("Lĩnh vực", 26),
    ("Cấp giải quyết", 18),
    ("Nguồn gốc", 22),
    ("Quyết định", 24),
    ("Hiệu lực từ", 12),
    ("Đến trước", 12),
)
SEEN = {"in_force": "Đang hiệu lực", "ended": "Hết hiệu lực", "drafts": "Dự thảo"}


@official
def catalogue(visit: Visit) -> HttpResponse:
    """The procedures in force, those that are no more, and the drafts."""
    asked = visit.request.GET
    seen = _seen(asked.get("xem"))
    words, origin = plain(asked.get("q")), _origin(asked.get("nguon"))
    number = _page_number(asked.get("trang"))
    rows = queries.listed(words, on=visit.on, origin=origin, ended=seen == "ended")
    found = queries.lines(rows, start=(number - 1) * PAGE, limit=PAGE + 1)
    kept = {"xem": seen, "q": words, "nguon": origin}
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "catalogue",
        "seen": seen,
        "ways": [(key, label, _address(kept | {"xem": key})) for key, label in SEEN.items()],
        "search": words,
        "origin": origin,
        "origins": list(ORIGIN.items()),
        "count": rows.count() if seen != "drafts" else 0,
        "lines": found[:PAGE] if seen != "drafts" else (),
        "drafts": queries.drafts() if seen == "drafts" else (),
        "next": _address(kept | {"trang": str(number + 1)}) if len(found) > PAGE else "",
        "back": _address(kept | {"trang": str(number - 1)}) if number > 1 else "",
        "saved": _address(kept),
        "keeps": may_keep(visit.by.account, at=visit.at),
        "empty": NOTHING_FOUND,
    }
    return show(visit, "catalogue/list.html", context)


@official
def workbook(visit: Visit) -> HttpResponse:
    """The same list for Excel, with its filters."""
    asked = visit.request.GET
    rows = queries.listed(
        plain(asked.get("q")),
        on=visit.on,
        origin=_origin(asked.get("nguon")),
        ended=asked.get("xem") == "ended",
    )
    lines = queries.lines(rows, limit=EXPORTED)
    made = listing(
        "DANH MỤC THỦ TỤC HÀNH CHÍNH",
        COLUMNS,
        (_cells(line) for line in lines),
        at=visit.at,
        by=f"{visit.by.name} – {visit.desk.office_name}",
    )
    return spreadsheet(made, f"danh-muc-{visit.on:%Y%m%d}.xlsx")


@official
def exported(visit: Visit) -> HttpResponse:
    """The catalogue in force as a file that another installation reads."""
    told = exchange.catalogue_file(queries.every(on=visit.on))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="danh-muc-{visit.on:%Y%m%d}.json"'
    return answer


@official
def imported(visit: Visit) -> HttpResponse:
    """A file of another installation becomes drafts."""
    require_office(visit.by, at=visit.at)
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            listed = exchange.read_catalogue(content_of(visit.request), on=visit.on)
            count = actions.import_procedures(procedures=listed, by=visit.by, at=visit.at)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
        else:
            messages.success(visit.request, f"Đã nhập {count} dự thảo; công bố theo quyết định.")
            return redirect("/danh-muc?xem=drafts")
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "catalogue",
        "problems": problems(wrong, ["file"]),
        "pasted": visit.request.POST.get("pasted", ""),
    }
    return show(visit, "catalogue/import.html", context, status=status_of(wrong) if wrong else 200)


@official
def procedure(visit: Visit, code: str) -> HttpResponse:
    """A procedure: what is in force, what decisions did to it, what is drafted."""
    told = queries.page(plain(code), on=visit.on)
    compared = _compared(visit, told)
    shown = told.shown
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "catalogue",
        "told": told,
        "it": shown,
        "levels": [LEVEL[level.value] for level in sorted(shown.levels)],
        "origin": ORIGIN[shown.origin.value],
        "parts": [
            (PROCEDURE_PART[part], each(getattr(shown, part)))
            for part in ("terms", "papers", "fees", "results")
        ],
        "changes": [(CHANGE[change.kind], change) for change in told.changes],
        "compared": compared,
        "draft_differences": said_differences(told.differences),
        "keeps": may_keep(visit.by.account, at=visit.at),
    }
    return show(visit, "catalogue/procedure.html", context)


def _compared(
    visit: Visit, told: queries.ProcedurePage
) -> tuple[int, int, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] | None:
    """Two versions side by side: those asked for, else the last two."""
    numbers = sorted(version.version for version in told.versions)
    if len(numbers) < 2:
        return None
    asked = visit.request.GET
    before = reading.if_given(reading.number, asked.dict(), "truoc", numbers[-2])
    after = reading.if_given(reading.number, asked.dict(), "sau", numbers[-1])
    return before, after, said_differences(queries.differences(told.base, before, after))


def said_differences(
    differences: tuple[Difference, ...],
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What differs, part by part, in words: before and after."""
    return [(PROCEDURE_PART[d.part], each(d.gone), each(d.come)) for d in differences]


def _cells(line: CatalogueLine) -> tuple[Cell, ...]:
    return (
        line.code,
        line.name,
        line.field,
        ", ".join(LEVEL[level] for level in line.levels),
        ORIGIN[line.origin],
        line.decision,
        line.since,
        line.until,
    )


def _seen(given: str | None) -> str:
    return given if given and given in SEEN else "in_force"


def _origin(given: str | None) -> str:
    return given if given and given in ORIGIN else ""


def _page_number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and 0 < len(given) < 5 and int(given) else 1


def _address(asked: dict[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in asked.items() if value})

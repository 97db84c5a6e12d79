"""My work: the dossiers that wait for somebody, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from thongsuot.actions import worklist as actions
from thongsuot.actions.reorganisation import heirs
from thongsuot.domain.looks import Purpose
from thongsuot.paper.listing import listing
from thongsuot.queries import access, custody, directory, dossier, remote
from thongsuot.queries import worklist as queries
from thongsuot.queries.custody import PassedLine
from thongsuot.queries.dossier import Order, Tab, WorklistLine
from thongsuot.queries.filters import read_filters
from thongsuot.queries.then_and_now import names_on
from thongsuot.queries.worklist import Choices
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.filters import (
    NAMES,
    SHAPES,
    SIZES,
    USUAL_SIZE,
    address,
    chips,
    fields,
    said,
    structure_of,
)
from thongsuot.web.standing import StandingLine, standing
from thongsuot.web.views.printing import TOGETHER
from thongsuot.web.views.together import buttons
from thongsuot.words import worklist as words
from thongsuot.words.labels import PAPER, STATUS
from thongsuot.words.moments import short
from thongsuot.words.screens import EMPTY, TAB

PAGE = USUAL_SIZE
COUNTED_TO = 99
PRINTED_AT_MOST = 500
EXPORTED_AT_MOST = 5000


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab with how much is behind it."""

    key: str
    label: str
    count: str
    address: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A column by which the list can be ordered: its address, and how it stands."""

    address: str
    state: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A dossier of the list in words."""

    line: WorklistLine
    status: str
    assignee: str
    office: str
    standing: StandingLine


@official
def worklist(visit: Visit) -> HttpResponse:
    """The work list of the one who signed in."""
    asked = asked_of(visit)
    filters = read_filters(asked)
    counts = dossier.counts(visit.by.account, at=visit.at, at_most=COUNTED_TO + 1)
    tab = tab_of(visit.request.GET.get("tab", ""), mine=counts[Tab.MINE])
    after, size = plain(visit.request.GET.get("after")), _size(asked)
    found = dossier.worklist(
        visit.by.account,
        tab=tab,
        at=visit.at,
        filters=filters,
        order=_order(asked),
        after=after,
        limit=size + 1,
    )
    return show(
        visit,
        "worklist/page.html",
        {
            "here": "worklist",
            "tabs": [_tab_line(each, counts[each], asked, each is tab) for each in Tab],
            "elsewhere": remote.counted(remote.seen_by(visit.by.account, at=visit.at)),
            "passed": [_passed(one) for one in custody.handed_over(visit.by.account, at=visit.at)],
            "tab": tab.value,
            "lines": work_lines(found[:size], visit.at, then=filters.structure),
            "heads": _heads(tab, asked),
            "search": asked.get("q", ""),
            "next": address(tab, asked, after=found[size - 1].code) if len(found) > size else "",
            "first": address(tab, asked) if after else "",
            "after": after,
            "kinds": [(kind, PAPER[kind]) for kind in TOGETHER],
            "all_chosen": "chon" in visit.request.GET,
            "together": buttons(visit, ended=tab is Tab.TO_RETURN),
            "empty": EMPTY[tab.value] if not _narrows(asked) else words.NOTHING_FOUND,
            **_filtering(visit, tab, asked),
        },
    )


@official
def printed(visit: Visit) -> HttpResponse:
    """The list as it is narrowed now, to be printed; the look at it is logged."""
    asked, tab = asked_of(visit), tab_of(visit.request.GET.get("tab", ""))
    found = _narrowed(visit, tab, asked, limit=PRINTED_AT_MOST + 1)
    is_cut = len(found) > PRINTED_AT_MOST
    context: dict[str, object] = {
        "here": "worklist",
        "title": words.EXPORT_TITLE.format(tab=TAB[tab.value]),
        "lines": work_lines(found[:PRINTED_AT_MOST], visit.at, then=structure_of(asked)),
        "filters": said(asked),
        "structure_told": words.structure_told(structure_of(asked)),
        "cut": words.EXPORT_CUT.format(shown=PRINTED_AT_MOST) if is_cut else "",
        "back": reverse("worklist") + address(tab, asked),
    }
    return show(visit, "worklist/print.html", context)


@official
def exported(visit: Visit) -> HttpResponse:
    """The list as it is narrowed now, as a workbook; the look at it is logged."""
    asked, tab = asked_of(visit), tab_of(visit.request.GET.get("tab", ""))
    found = _narrowed(visit, tab, asked, limit=EXPORTED_AT_MOST + 1)
    rows = [
        _cells(line)
        for line in work_lines(found[:EXPORTED_AT_MOST], visit.at, then=structure_of(asked))
    ]
    if len(found) > EXPORTED_AT_MOST:
        rows.append((words.EXPORT_CUT.format(shown=EXPORTED_AT_MOST),))
    title = words.EXPORT_TITLE.format(tab=TAB[tab.value])
    filters = said(asked)
    return spreadsheet(
        listing(
            f"{title}. {words.EXPORT_FILTERS.format(filters=filters)}" if filters else title,
            words.EXPORT_COLUMNS,
            rows,
            at=visit.at,
            by=f"{visit.by.name} – {visit.desk.office_name}",
        ),
        f"ho-so-{visit.at:%Y%m%d-%H%M}.xlsx",
    )


@require_POST
@official
def keep(visit: Visit) -> HttpResponse:
    """Keep the filters of the list by a name."""
    tab = tab_of(visit.request.POST.get("tab", ""))
    asked = {name: plain(visit.request.POST.get(name)) for name in (*NAMES, *SHAPES)}
    read_filters(asked)
    where = address(tab, asked)
    name = actions.keep_filter(name=plain(visit.request.POST.get("name")), asked=where, by=visit.by)
    messages.success(visit.request, words.FILTER_KEPT.format(name=name))
    return redirect(reverse("worklist") + where)


@require_POST
@official
def forget(visit: Visit, number: int) -> HttpResponse:
    """Forget one of my filters."""
    name = actions.forget_filter(number=number, by=visit.by)
    messages.success(visit.request, words.FILTER_FORGOTTEN.format(name=name))
    return redirect("worklist")


@require_POST
@official
def look_at_passed(visit: Visit, key: str) -> HttpResponse:
    """Note that I look at what a plan handed over to my bodies, and show exactly that."""
    known = heirs.look_at_passed(plain(key), by=visit.by, at=visit.at)
    return redirect(reverse("worklist") + address(Tab.OFFICE, {"plan": known}))


def asked_of(visit: Visit) -> dict[str, str]:
    """What the address narrows the list by."""
    given = {name: plain(visit.request.GET.get(name)) for name in (*NAMES, *SHAPES)}
    return {name: value for name, value in given.items() if value}


def tab_of(asked: str, *, mine: int = 0) -> Tab:
    """The tab asked for; without one, my own work, or the office's where I have none."""
    if asked in TAB:
        return Tab(asked)
    return Tab.MINE if mine else Tab.OFFICE


def work_lines(
    found: tuple[WorklistLine, ...], at: datetime, *, then: date | None = None
) -> list[WorkLine]:
    """Lines of a list in words; bodies of a day by the names that they had."""
    officials = access.names(line.assignee for line in found)
    codes = {line.office for line in found}
    offices = names_on(codes, on=then) if then else directory.office_names(codes)
    return [
        WorkLine(
            line=line,
            status=STATUS[line.status],
            assignee=officials.get(line.assignee, ""),
            office=offices.get(line.office, line.office),
            standing=standing(
                due_at=line.due_at,
                at=at,
                noted=line.standing,
                is_paused=line.is_paused,
                is_open=line.is_open,
                step_due_at=line.step_due_at,
            ),
        )
        for line in found
    ]


def _passed(line: PassedLine) -> tuple[PassedLine, str]:
    told = words.handed_over_told(
        many=line.many,
        mine=line.mine,
        free=line.free,
        bodies=line.bodies,
        title=line.title,
        since=line.since,
    )
    return line, told


def _narrowed(
    visit: Visit, tab: Tab, asked: dict[str, str], *, limit: int
) -> tuple[WorklistLine, ...]:
    return queries.export(
        visit.by.account,
        tab=tab,
        filters=read_filters(asked),
        order=_order(asked),
        at=visit.at,
        limit=limit,
        reading=visit.reading(queries.EXPORT, Purpose.PRINT),
    )


def _cells(work: WorkLine) -> tuple[str, ...]:
    line = work.line
    return (
        line.code,
        line.applicant,
        line.procedure,
        line.stage,
        work.status,
        work.office,
        work.assignee,
        short(line.received_at),
        short(line.due_at) if line.due_at else "",
    )


def _filtering(visit: Visit, tab: Tab, asked: dict[str, str]) -> dict[str, object]:
    is_open = "loc" in visit.request.GET
    choices = _choices(visit, asked) if is_open else None
    return {
        "asked": asked,
        "structure_told": words.structure_told(structure_of(asked)),
        "chips": chips(tab, asked),
        "is_narrowed": _narrows(asked),
        "bare": address(tab, {}),
        "here_address": address(tab, asked),
        "panel": address(tab, asked, loc="1"),
        "fields": fields(asked, choices) if choices else [],
        "saved": queries.saved(visit.by.account),
        "sizes": [(n, address(tab, {**asked, "size": str(n)}), n == _size(asked)) for n in SIZES],
    }


def _choices(visit: Visit, asked: dict[str, str]) -> Choices:
    return queries.choices(visit.by.account, at=visit.at, then=structure_of(asked))


def _narrows(asked: dict[str, str]) -> bool:
    return any(asked.get(name) for name in NAMES)


def _order(asked: dict[str, str]) -> Order:
    """The order asked for; without one, or with one that does not exist, the most urgent first."""
    given = asked.get("order", "")
    return Order(given) if given in set(Order) else Order.DUE


def _heads(tab: Tab, asked: dict[str, str]) -> dict[str, HeadLine]:
    """The columns that the list goes by, each with its address and how it stands now."""
    now = _order(asked)
    heads = {}
    for one in (Order.DUE, Order.RECEIVED, Order.PERSON, Order.PROCEDURE):
        is_own = now.column == one.column
        turned = f"-{one}" if now is one else one.value
        following = "" if turned == Order.DUE else turned
        state = ("descending" if now.is_descending else "ascending") if is_own else ""
        heads[one.value] = HeadLine(address(tab, {**asked, "order": following}), state)
    return heads


def _size(asked: dict[str, str]) -> int:
    given = asked.get("size", "")
    return int(given) if given in map(str, SIZES) else PAGE


def _tab_line(tab: Tab, count: int, asked: dict[str, str], is_open: bool) -> TabLine:
    shown = f"{COUNTED_TO}+" if count > COUNTED_TO else str(count)
    return TabLine(tab.value, TAB[tab.value], shown, address(tab, asked), is_open)

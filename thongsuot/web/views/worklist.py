"""My work: the dossiers that wait for somebody, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse

from thongsuot.queries import access, directory, dossier
from thongsuot.queries.dossier import Tab, WorklistLine
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.standing import StandingLine, standing
from thongsuot.words.labels import STATUS
from thongsuot.words.screens import EMPTY, NOTHING_FOUND, TAB

PAGE = 40
COUNTED_TO = 99


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab with how much is behind it."""

    key: str
    label: str
    count: str
    address: str
    is_open: bool


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
    asked, search = visit.request.GET.get("tab", ""), plain(visit.request.GET.get("q"))
    counts = dossier.counts(visit.by.account, at=visit.at, at_most=COUNTED_TO + 1)
    tab = _tab(asked, counts)
    found = dossier.worklist(
        visit.by.account,
        tab=tab,
        at=visit.at,
        search=search,
        after=plain(visit.request.GET.get("after")),
        limit=PAGE + 1,
    )
    context: dict[str, object] = {
        "here": "worklist",
        "tabs": [_tab_line(each, counts[each], search, each is tab) for each in Tab],
        "tab": tab.value,
        "lines": _lines(found[:PAGE], visit.at),
        "search": search,
        "next": _address(tab, search, found[PAGE - 1].code) if len(found) > PAGE else "",
        "first": _address(tab, search) if visit.request.GET.get("after") else "",
        "empty": NOTHING_FOUND if search else EMPTY[tab.value],
    }
    return show(visit, "worklist/page.html", context)


def _tab(asked: str, counts: dict[Tab, int]) -> Tab:
    """The tab asked for; without one, my own work, or the office's where I have none."""
    if asked in TAB:
        return Tab(asked)
    return Tab.MINE if counts[Tab.MINE] else Tab.OFFICE


def _tab_line(tab: Tab, count: int, search: str, is_open: bool) -> TabLine:
    shown = f"{COUNTED_TO}+" if count > COUNTED_TO else str(count)
    return TabLine(tab.value, TAB[tab.value], shown, _address(tab, search), is_open)


def _address(tab: Tab, search: str, after: str = "") -> str:
    asked = {"tab": tab.value, "q": search, "after": after}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _lines(found: tuple[WorklistLine, ...], at: datetime) -> list[WorkLine]:
    officials = access.names(line.assignee for line in found)
    offices = directory.office_names(line.office for line in found)
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
            ),
        )
        for line in found
    ]

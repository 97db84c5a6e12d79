"""What our values are called at each partner: versions, gaps, and another name by decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import value_maps as actions
from thongsuot.domain.exchange import Way
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import connections, directory
from thongsuot.queries import value_maps as queries
from thongsuot.queries.messages import partners, require_exchange
from thongsuot.queries.value_maps import GapLine, TranslationLine
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.exchange import MAP, WAY
from thongsuot.words.labels import APPLICANT_KIND, CHANNEL, STATUS

ASKED = ("doi-tac", "bang", "q")
FIELDS = ("map", "ours", "theirs", "goes", "since", "source")
SHOWN = 300


@official
def value_maps(visit: Visit) -> HttpResponse:
    """A partner's maps with their gaps, and the form of another name."""
    require_exchange(visit.by, on=visit.on)
    names = partners()
    asked = {name: plain(visit.request.GET.get(name)) for name in ASKED}
    partner = asked["doi-tac"] if asked["doi-tac"] in names else next(iter(names), "")
    values = {name: plain(visit.request.POST.get(name)) for name in FIELDS}
    if visit.request.method != "POST":
        given = {name: plain(visit.request.GET.get(name)) for name in ("map", "ours")}
        values |= given | {"since": visit.on.isoformat(), "goes": Way.BOTH.value}
        return _page(visit, partner, asked, values)
    try:
        _name(visit, partner, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, partner, asked, values, (refusal,))
    notes.success(visit.request, "Đã ghi; các thông điệp để riêng vì giá trị này có thể gửi lại.")
    answer = redirect("value-maps")
    answer["Location"] += f"?doi-tac={partner}"
    return answer


def _name(visit: Visit, partner: str, values: dict[str, str]) -> None:
    actions.name(
        partner=reading.text("partner", partner, longest=40),
        map_=reading.text("map", values["map"], longest=40),
        ours=reading.text("ours", values["ours"], longest=120),
        theirs=reading.text("theirs", values["theirs"], longest=120),
        goes=Way(values["goes"]) if values["goes"] in set(Way) else Way.BOTH,
        since=reading.day("since", values["since"]),
        source=reading.text("source", values["source"], longest=200),
        by=visit.by,
        at=visit.at,
    )


def _page(
    visit: Visit,
    partner: str,
    asked: dict[str, str],
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    found = problems(wrong, FIELDS)
    connected = connections.connection(partner, at=visit.at) if partner else None
    same = connected.same if connected else ()
    gaps = queries.gaps(partner, on=visit.on, same=same)
    lines = queries.translations(partner, map_=asked["bang"], search=asked["q"])
    called = _called([*gaps[:SHOWN], *lines[:SHOWN]])
    ways = tuple(Option(*pair) for pair in WAY.items())
    fields = (
        FieldLine("map", "Bảng", value=values["map"], is_required=True),
        FieldLine("ours", "Giá trị của ta", value=values["ours"], is_required=True),
        FieldLine("theirs", "Giá trị của đối tác", value=values["theirs"], is_required=True),
        FieldLine("goes", "Chiều", Widget.SELECT, values["goes"], ways),
        FieldLine("since", "Từ ngày", Widget.DAY, values["since"], is_required=True),
        FieldLine("source", "Theo văn bản", value=values["source"], is_required=True),
    )
    context: dict[str, object] = {
        "here": "systems",
        "tab": "value-maps",
        "names": partners(),
        "partner": partner,
        "maps": [(one, MAP.get(one.map, one.map)) for one in queries.maps_of(partner)],
        "gaps": [
            (gap, MAP.get(gap.map, gap.map), called.get((gap.map, gap.value), ""))
            for gap in gaps[:SHOWN]
        ],
        "gap_count": len(gaps),
        "lines": [
            (
                line,
                MAP.get(line.map, line.map),
                called.get((line.map, line.ours), ""),
                WAY[line.goes],
                line.valid.contains(visit.on),
            )
            for line in lines[:SHOWN]
        ],
        "count": len(lines),
        "same": same,
        "asked": asked,
        "fields": with_errors(fields, found),
        "problems": found,
        "is_open": bool(wrong or values["ours"]),
    }
    return show(
        visit, "exchange/value_maps.html", context, status=status_of(wrong) if wrong else 200
    )


def _called(shown: Sequence[GapLine | TranslationLine]) -> Mapping[tuple[str, str], str]:
    """What our codes are called in words: no code stands without its name."""
    offices = [_ours(one) for one in shown if one.map == "office"]
    words = {
        "status": STATUS,
        "channel": CHANNEL,
        "applicant_kind": APPLICANT_KIND,
        "office": directory.office_names(offices) if offices else {},
    }
    return {(one.map, _ours(one)): words.get(one.map, {}).get(_ours(one), "") for one in shown}


def _ours(line: GapLine | TranslationLine) -> str:
    return line.value if isinstance(line, GapLine) else line.ours

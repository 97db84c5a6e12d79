"""The register of signing certificates, and what a reorganisation makes of them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import certificates as actions
from thongsuot.domain.certificates import CertificateHolder
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.queries import certificates as queries
from thongsuot.queries import directory
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.systems import (
    CERTIFICATE_HOLDER,
    CERTIFICATE_STATE,
    CERTIFICATE_TASK,
    TURN,
)

FIELDS = ("serial", "holder", "name", "office", "first", "last")
REVOKES = ("revoke", "reason")
DAYS_SHOWN = 12


@official
def certificates(visit: Visit) -> HttpResponse:
    """The register, with the form of one that was issued and of one that is revoked."""
    require_keeper(visit.by, on=visit.on)
    if visit.request.method != "POST":
        return _page(visit, {"office": visit.desk.office})
    post = visit.request.POST
    values = {name: plain(post.get(name)) for name in (*FIELDS, *REVOKES)}
    try:
        if values["revoke"]:
            actions.revoke(
                serial=values["revoke"],
                reason=reading.text("reason", values["reason"], longest=500),
                by=visit.by,
                at=visit.at,
            )
            messages.success(visit.request, "Đã ghi thu hồi.")
        else:
            _register(visit, values)
            messages.success(visit.request, "Đã ghi chứng thư vào sổ.")
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, values, (refusal,))
    return redirect("certificates")


@official
def work(visit: Visit) -> HttpResponse:
    """What is to be issued, changed and revoked because bodies begin, end or are renamed."""
    held = require_keeper(visit.by, on=visit.on)
    days = queries.turn_days()
    day = _day(visit, days)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "certificates",
        "day": day,
        "days": [(one, one == day) for one in days[:DAYS_SHOWN]],
        "lines": [
            (line, CERTIFICATE_TASK[line.task], TURN[line.turn])
            for line in queries.work(on=day, offices=held)
        ],
    }
    return show(visit, "systems/certificate_work.html", context)


def _register(visit: Visit, values: dict[str, str]) -> None:
    last = reading.maybe(reading.day, values, "last")
    actions.register(
        serial=reading.text("serial", values["serial"], longest=80),
        holder=_holder(values["holder"]),
        name=reading.text("name", values["name"], longest=200),
        office=reading.text("office", values["office"], longest=35),
        valid=Span(reading.day("first", values["first"]), last),
        by=visit.by,
        at=visit.at,
    )


def _holder(given: str) -> CertificateHolder:
    return CertificateHolder(given) if given in set(CertificateHolder) else CertificateHolder.BODY


def _day(visit: Visit, days: tuple[date, ...]) -> date:
    """The day asked for; without one the next on which something happens, else the last."""
    asked = reading.maybe(reading.day, {"ngay": plain(visit.request.GET.get("ngay"))}, "ngay")
    coming = [day for day in days if day >= visit.on]
    return asked or (coming[-1] if coming else days[0] if days else visit.on)


def _page(visit: Visit, values: dict[str, str], wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    held = require_keeper(visit.by, on=visit.on)
    search, after = (plain(visit.request.GET.get(name)) for name in ("q", "sau"))
    page = queries.register(on=visit.on, offices=held, search=search, after=after)
    found = problems(wrong, [*FIELDS, "reason"])
    offices = tuple(
        Option(str(o.code), o.name)
        for o in directory.offices(on=visit.on)
        if held & {"", str(o.code)}
    )
    holders = tuple(Option(code, name) for code, name in CERTIFICATE_HOLDER.items())
    fields = (
        FieldLine("serial", "Số hiệu chứng thư", value=values.get("serial", ""), is_required=True),
        FieldLine("holder", "Cấp cho", Widget.SELECT, values.get("holder", "body"), holders),
        FieldLine("name", "Tên trên chứng thư", value=values.get("name", ""), is_required=True),
        FieldLine(
            "office",
            "Cơ quan",
            Widget.SELECT,
            values.get("office", ""),
            offices,
            "— chọn —",
            is_required=True,
        ),
        FieldLine("first", "Từ ngày", Widget.DAY, values.get("first", ""), is_required=True),
        FieldLine(
            "last",
            "Hết hiệu lực từ ngày",
            Widget.DAY,
            values.get("last", ""),
            hint="để trống nếu chưa biết",
        ),
    )
    following = urlencode({"q": search, "sau": page.next})
    context: dict[str, object] = {
        "here": "systems",
        "tab": "certificates",
        "lines": [
            (
                line,
                CERTIFICATE_HOLDER[line.certificate.holder.value],
                CERTIFICATE_STATE[line.state],
                line.state in ("in_force", "later"),
            )
            for line in page.lines
        ],
        "search": search,
        "next": f"?{following}" if page.next else "",
        "fields": with_errors(fields, found),
        "problems": found,
        "is_open": bool(wrong),
    }
    return show(
        visit, "systems/certificates.html", context, status=status_of(wrong) if wrong else 200
    )

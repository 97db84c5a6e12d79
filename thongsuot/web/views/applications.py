"""Online applications at the counter: what waits, until when, and the answer to each."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from thongsuot.actions import applications as actions
from thongsuot.actions.applications import Desk
from thongsuot.domain.applications import Application, ApplicationState
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import applications as queries
from thongsuot.queries.messages import partners
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.reception import require_counter
from thongsuot.words import applications as words
from thongsuot.words.labels import APPLICANT_KIND, APPLICATION_STATE

TYPED = ("do", "case", "reason", "missing")


@official
def applications(visit: Visit) -> HttpResponse:
    """What waits for this counter, the most urgent first."""
    require_counter(visit)
    found = queries.at_counter(visit.desk.reception_point, at=visit.at, on=visit.on)
    context: dict[str, object] = {
        "here": "applications",
        "found": found,
        "late": sum(line.is_late for line in found.waiting),
        "answered": [(line, APPLICATION_STATE[line.state.value]) for line in found.answered],
    }
    return show(visit, "applications/list.html", context)


@official
def application(visit: Visit, number: int) -> HttpResponse:
    """One application, the look at it logged: received as a dossier, or refused with one notice."""
    require_counter(visit)
    it = queries.application(
        number,
        point=visit.desk.reception_point,
        on=visit.on,
        reading=visit.reading(queries.about(number)),
    )
    typed = {name: plain(visit.request.POST.get(name)) for name in TYPED}
    if visit.request.method == "POST" and typed["do"] == "fetch":
        desk = Desk(visit.by, visit.desk.reception_point, visit.at)
        actions.fetch_again(number=number, desk=desk)
        notes.success(visit.request, words.AGAIN)
        return redirect("application", number=number)
    act = _acts(visit, number, typed).get(typed["do"])
    if visit.request.method != "POST" or act is None:
        return _shown(visit, number, it, typed)
    try:
        dossier = act()
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _shown(visit, number, it, typed, (refusal,))
    notes.success(visit.request, _said(typed["do"], dossier))
    return redirect("dossier", code=dossier.code)


@official
def paper(visit: Visit, number: int, paper: int) -> HttpResponse:
    """A paper as it was filed, the look at it logged: to be kept, never to be run."""
    require_counter(visit)
    name, content = queries.paper(
        number,
        paper,
        point=visit.desk.reception_point,
        on=visit.on,
        reading=visit.reading(queries.about(number)),
    )
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _acts(visit: Visit, number: int, typed: dict[str, str]) -> dict[str, Callable[[], Dossier]]:
    desk = Desk(visit.by, visit.desk.reception_point, visit.at)
    return {
        "accept": lambda: actions.accept(number=number, given={"case": typed["case"]}, desk=desk),
        "refuse": lambda: actions.refuse(
            number=number, reason=typed["reason"], missing=typed["missing"], desk=desk
        ),
    }


def _said(done: str, dossier: Dossier) -> str:
    if done == "accept":
        return f"Đã tiếp nhận thành hồ sơ {dossier.code}; nơi nộp được báo ngay."
    return (
        f"Đã trả lời không tiếp nhận (số {dossier.code}); nơi nộp được báo ngay, một lần, đủ lý do."
    )


def _shown(
    visit: Visit,
    number: int,
    it: Application,
    typed: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    found = problems(wrong, ["case", "reason", "missing"])
    papers = queries.papers(number, reading=visit.reading(queries.about(number)))
    case = FieldLine("case", "Trường hợp (nếu thủ tục chia trường hợp)", value=typed["case"])
    why = FieldLine(
        "reason", "Lý do chưa tiếp nhận", Widget.LINES, typed["reason"], is_required=True
    )
    missing = FieldLine(
        "missing",
        "Giấy tờ cần bổ sung",
        Widget.LINES,
        typed["missing"],
        hint="Mỗi dòng một giấy tờ. Ghi đủ một lần: người nộp chỉ nhận một thông báo.",
    )
    context: dict[str, object] = {
        "here": "applications",
        "it": it,
        "number": number,
        "partner": partners().get(it.partner, it.partner),
        "papers": [(line, words.WHY.get(line.why, words.TO_FETCH)) for line in papers],
        "lacks": any(line.is_elsewhere for line in papers),
        "kind": APPLICANT_KIND[it.applicant.kind.value],
        "state": APPLICATION_STATE[it.state.value],
        "waits": it.state is ApplicationState.WAITING,
        "is_late": it.state is ApplicationState.WAITING and it.check_by < visit.at,
        "accepting": with_errors((case,), found),
        "refusing": with_errors((why, missing), found),
        "problems": found,
    }
    status = status_of(wrong) if wrong else 200
    return show(visit, "applications/application.html", context, status=status)

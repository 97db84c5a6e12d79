"""Online services on the screen: the register, the review, and one service with its evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import online as actions
from thongsuot.domain.cutover.online import ServiceLevel, ServiceStep
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import online as queries
from thongsuot.queries.errands import Standing
from thongsuot.queries.shared_systems import require_keeper
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import online as words
from thongsuot.words.reading import FieldNeeded

FIELDS = ("level", "reason", "decision", "dossier")


@official
def services(visit: Visit) -> HttpResponse:
    """Every service that is offered online, or was."""
    require_keeper(visit.by, on=visit.on)
    search = plain(visit.request.GET.get("q"))
    found = queries.services(search=search)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "found": found,
        "lines": [
            (line, words.LEVEL[line.level], words.STATE[line.state], _told(line.told))
            for line in found.lines
        ],
        "search": search,
    }
    return show(visit, "services/list.html", context)


@official
def review(visit: Visit) -> HttpResponse:
    """What could be offered, and what the catalogue says against offering it whole."""
    require_keeper(visit.by, on=visit.on)
    only_fit = plain(visit.request.GET.get("loc")) == "du"
    lines, count = queries.review(at=visit.at, only_fit=only_fit)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "lines": [(line, [words.OBSTACLE[one.value] for one in line.obstacles]) for line in lines],
        "count": count,
        "only_fit": only_fit,
    }
    return show(visit, "services/review.html", context)


@official
def service(visit: Visit, code: str) -> HttpResponse:
    """One procedure as a service: register, publish after a test, withdraw."""
    require_keeper(visit.by, on=visit.on)
    values = {name: plain(visit.request.POST.get(name)) for name in ("do", *FIELDS)}
    if visit.request.method != "POST":
        values["dossier"] = plain(visit.request.GET.get("ho-so"))
        return _page(visit, plain(code), values)
    try:
        _do(visit, plain(code), values)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _page(visit, plain(code), values, (refusal,))
    messages.success(visit.request, words.DONE[values["do"]])
    return redirect("service", code=plain(code))


def _do(visit: Visit, code: str, values: dict[str, str]) -> None:
    decision = values["decision"]
    match values["do"]:
        case ServiceStep.REGISTER.value:
            is_part = values["level"] == ServiceLevel.PART.value
            level = ServiceLevel.PART if is_part else ServiceLevel.WHOLE
            reason = values["reason"]
            actions.register(
                procedure=code,
                level=level,
                reason=reason,
                decision=decision,
                by=visit.by,
                at=visit.at,
            )
        case ServiceStep.PUBLISH.value:
            actions.publish(
                procedure=code,
                dossier=values["dossier"],
                decision=decision,
                by=visit.by,
                at=visit.at,
            )
        case ServiceStep.WITHDRAW.value:
            actions.withdraw(
                procedure=code,
                reason=values["reason"],
                decision=decision,
                by=visit.by,
                at=visit.at,
            )
        case _:
            raise FieldNeeded("do", field="do")


def _page(
    visit: Visit, code: str, values: dict[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    page = queries.page(code, at=visit.at)
    found = problems(wrong, FIELDS)
    way = queries.journey(values["dossier"], procedure=code)
    levels = tuple(Option(level.value, words.LEVEL[level.value]) for level in ServiceLevel)
    usual = page.line.level if page.line else ServiceLevel.WHOLE.value
    decision = FieldLine(
        "decision", "Số quyết định", Widget.TEXT, values["decision"], is_required=True
    )
    reason = FieldLine("reason", "Lý do", Widget.LINES, values["reason"], hint=words.REASON_HINT)
    level = FieldLine("level", "Mức độ", Widget.RADIO, values["level"] or usual, options=levels)
    dossier = FieldLine(
        "dossier",
        "Mã hồ sơ kiểm thử ở đây",
        Widget.TEXT,
        values["dossier"],
        hint=words.TEST_HINT,
        is_required=True,
    )
    forms = {
        ServiceStep.REGISTER: (level, reason, decision),
        ServiceStep.PUBLISH: (dossier, decision),
        ServiceStep.WITHDRAW: (reason, decision),
    }
    context: dict[str, object] = {
        "here": "systems",
        "tab": "cutover",
        "page": page,
        "level": words.LEVEL[page.line.level] if page.line else "",
        "state": words.STATE[page.line.state] if page.line else "Chưa đăng ký",
        "obstacles": [words.OBSTACLE[one.value] for one in page.obstacles],
        "forms": [
            (step.value, words.STEP[step.value], with_errors(forms[step], found))
            for step in page.steps_now
        ],
        "way": words.way(way) if way else (),
        "tested": values["dossier"],
        "steps": [
            (
                words.STEP[step.step],
                step,
                words.way(step.evidence) if step.evidence else (),
                _told(step.told),
            )
            for step in page.steps
        ],
        "problems": found,
    }
    return show(visit, "services/service.html", context, status=status_of(wrong) if wrong else 200)


def _told(standing: Standing | None) -> str:
    return words.told(standing.state, standing.at, standing.reason) if standing else ""

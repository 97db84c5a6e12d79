"""Hand-overs to ministries on the screen: plan, refusals, approval, progress, certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import evidence
from thongsuot.actions import handover as actions
from thongsuot.domain.evidence import leaf
from thongsuot.domain.handover import HandoverState, HandoverStep
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import listing
from thongsuot.queries import handover as queries
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import Problem, problems, status_of
from thongsuot.words import handover as words
from thongsuot.words import reading

FIELDS = ("field", "office", "received_from", "received_before", "decision")
JSON = "application/json"
# How many of the five steps are behind in each state.
_BEHIND = {"planned": 1, "checked": 2, "approved": 3, "sending": 3, "closed": 5, "withdrawn": 1}


class HandoverStepUnknown(Refusal):
    """Nobody can do this with a hand-over."""

    code = "handover_step_unknown"
    kind = Kind.MALFORMED


@official
def handovers(visit: Visit) -> HttpResponse:
    """Every hand-over, and a form for the next one."""
    queries.require_keeper(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    post = visit.request.POST
    typed = {name: plain(post.get(name)) for name in FIELDS}
    if visit.request.method == "POST":
        try:
            return redirect("handover", number=_planned(visit, typed))
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    found = problems(wrong, FIELDS)
    context: dict[str, object] = {
        **_frame(),
        "lines": [(line, words.STATE[line.state]) for line in queries.handovers()],
        "fields": with_errors(_fields(typed), found),
        "problems": found,
    }
    return show(visit, "handover/list.html", context, status=status_of(wrong) if wrong else 200)


def _planned(visit: Visit, typed: Mapping[str, str]) -> int:
    """Raises what freezing a set refuses."""
    row = actions.plan(
        field=reading.text("field", typed["field"], longest=200),
        office=typed["office"],
        received_from=reading.maybe(reading.moment, typed, "received_from"),
        received_before=reading.maybe(reading.moment, typed, "received_before"),
        decision=typed["decision"],
        by=visit.by,
        at=visit.at,
    )
    messages.success(visit.request, words.PLANNED.format(many=row.chosen))
    return row.pk


def _fields(typed: Mapping[str, str]) -> tuple[FieldLine, ...]:
    known = tuple(Option(name, name) for name in queries.fields())
    offices = tuple(Option(code, name) for code, name in queries.offices(typed["field"]))
    return (
        FieldLine(
            "field",
            "Lĩnh vực",
            Widget.SELECT,
            typed["field"],
            known,
            empty="chọn lĩnh vực đã chuyển sang hệ thống của bộ",
            is_required=True,
        ),
        FieldLine(
            "office",
            "Cơ quan giải quyết",
            Widget.SELECT,
            typed["office"],
            offices,
            empty="mọi cơ quan",
        ),
        FieldLine(
            "received_from",
            "Tiếp nhận từ",
            Widget.MOMENT,
            typed["received_from"],
            hint="để trống là từ đầu",
        ),
        FieldLine(
            "received_before",
            "Tiếp nhận trước",
            Widget.MOMENT,
            typed["received_before"],
            hint="để trống là đến bây giờ",
        ),
        FieldLine(
            "decision",
            "Văn bản làm căn cứ",
            value=typed["decision"],
            hint="số, ngày, cơ quan ban hành",
            is_required=True,
        ),
    )


@official
def handover(visit: Visit, number: int) -> HttpResponse:
    """One hand-over: which step is next, what stays and why, the balance that must close."""
    queries.require_keeper(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        step = plain(visit.request.POST.get("step"))
        try:
            _step(visit, number, step)
            messages.success(visit.request, words.ASKED[step])
            return redirect("handover", number=number)
        except Refusal as refusal:
            if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
                raise
            wrong = (refusal,)
    page = queries.page(number)
    books = page.head.books
    found = problems(wrong, ("reason",))
    context: dict[str, object] = {
        **_frame(),
        "page": page,
        "head": page.head,
        "books": books,
        "state": words.STATE[page.head.state],
        "doing": words.DOING.get(page.wanted, ""),
        "steps": _steps(page),
        "ends": [(key, name, getattr(books, key)) for key, name in words.LINE.items()],
        "people": [(words.DONE[step], who, at) for step, who, at in page.people],
        "now": {step.value for step in page.steps},
        "percent": _percent(page),
        "reason": _reason(plain(visit.request.POST.get("reason")), found),
        "problems": found,
    }
    return show(visit, "handover/page.html", context, status=status_of(wrong) if wrong else 200)


def _reason(typed: str, found: Iterable[Problem]) -> FieldLine:
    line = FieldLine("reason", "Lý do rút", value=typed, is_required=True)
    return with_errors((line,), found)[0]


def _steps(page: queries.HandoverPage) -> list[tuple[str, bool]]:
    behind = _BEHIND[page.head.state]
    if page.head.state == HandoverState.SENDING and page.head.books.is_settled:
        behind += 1
    return [(name, number < behind) for number, name in enumerate(words.STEPS)]


def _percent(page: queries.HandoverPage) -> int:
    """How much of it has come to an end."""
    books = page.head.books
    return 100 * (books.chosen - books.pending) // books.chosen if books.chosen else 100


def _step(visit: Visit, number: int, step: str) -> None:
    """Raises HandoverStepUnknown, and what the step refuses."""
    post, by, at = visit.request.POST, visit.by, visit.at
    steps: Mapping[str, Callable[[], object]] = {
        "check": lambda: actions.ask(number, HandoverStep.CHECK, by=by, at=at),
        "approve": lambda: actions.approve(number, digest=plain(post.get("digest")), by=by, at=at),
        "send": lambda: actions.ask(number, HandoverStep.SEND, by=by, at=at),
        "close": lambda: actions.close(number, by=by, at=at),
        "withdraw": lambda: actions.withdraw(number, reason=post.get("reason"), by=by, at=at),
    }
    if step not in steps:
        raise HandoverStepUnknown("step", given=step[:40])
    steps[step]()


@official
def lines(visit: Visit, number: int) -> HttpResponse:
    """The dossiers of a hand-over in one state, each with its reasons in sentences."""
    queries.require_keeper(visit.by, on=visit.on)
    page = queries.page(number)
    state, after = _asked(visit)
    found = queries.lines(number, state=state, after=after)
    context: dict[str, object] = {
        **_frame(),
        "page": page,
        "head": page.head,
        "state": state,
        "states": list(words.LINE.items()),
        "lines": [(line, words.LINE[line.state]) for line in found],
        "next": found[-1].number if len(found) == queries.LINES_AT_MOST else 0,
    }
    return show(visit, "handover/lines.html", context)


@official
def workbook(visit: Visit, number: int) -> HttpResponse:
    """The same dossiers as a workbook, to be mended by those who hold them."""
    queries.require_keeper(visit.by, on=visit.on)
    state, _ = _asked(visit)
    found = queries.lines(number, state=state, limit=queries.WORKBOOK_AT_MOST)
    made = listing(
        words.LINES_TITLE.format(number=number),
        words.LINES_COLUMNS,
        [
            (
                one.code,
                one.procedure,
                one.office,
                words.LINE[one.state],
                one.reference,
                " ".join(one.reasons),
            )
            for one in found
        ],
        at=visit.at,
        by=visit.by.name,
    )
    return spreadsheet(made, f"ban-giao-{number}.xlsx")


@official
def proof(visit: Visit, number: int) -> HttpResponse:
    """The evidence of a hand-over as a file that anybody checks without us."""
    queries.require_keeper(visit.by, on=visit.on)
    return _file(evidence.as_bytes(actions.evidence_of(number)), f"bang-chung-{number}.json")


@official
def certificate(visit: Visit, number: int, code: str) -> HttpResponse:
    """The certificate of one dossier: what it was, where it is, how it is checked."""
    queries.require_keeper(visit.by, on=visit.on)
    made = actions.certificate_of(number, code)
    told = made["certificates"][0]
    head, line = queries.page(number).head, queries.line(number, code)
    context: dict[str, object] = {
        **_frame(),
        "head": head,
        "made_at": datetime.fromisoformat(made["made_at"]),
        "code": code,
        "made": made,
        "dossier": told["dossier"],
        "said": words.certified(
            told["dossier"], procedure=line.procedure, office=line.office, system=head.system
        ),
        "path": told["path"],
        "leaf": leaf(told["dossier"]).hex(),
        "is_sound": not evidence.verify(evidence.as_bytes(made))[1],
    }
    return show(visit, "handover/certificate.html", context)


@official
def certificate_file(visit: Visit, number: int, code: str) -> HttpResponse:
    """One dossier's certificate as a file."""
    queries.require_keeper(visit.by, on=visit.on)
    made = actions.certificate_of(number, code)
    return _file(evidence.as_bytes(made), f"giay-xac-nhan-{number}.json")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=JSON)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(visit: Visit) -> tuple[str, int]:
    get = visit.request.GET
    state, after = plain(get.get("tinh-trang")), plain(get.get("sau"))
    number = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    return state if state in words.LINE else "", number


def _frame() -> dict[str, object]:
    return {"here": "systems", "tab": "handover"}

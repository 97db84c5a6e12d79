"""Old systems on the screen: what came in, its maps, its rows, its books, who signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import migration as actions
from thongsuot.actions import reconciliation
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper.listing import listing
from thongsuot.queries import migration as queries
from thongsuot.web.door import Visit, official, plain, show, spreadsheet
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import migration as words
from thongsuot.words import reading

FIELDS = ("layout", "system", "told_at", "file")
MAPS_SHOWN = 100
CSV = "text/csv; charset=utf-8"


class StepUnknown(Refusal):
    """Nobody can do this with a run of migration."""

    code = "migration_step_unknown"
    kind = Kind.MALFORMED


@official
def runs(visit: Visit) -> HttpResponse:
    """Every export that came in, and a form for the next one."""
    queries.require_engineer(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    post = visit.request.POST
    typed = {name: plain(post.get(name)) for name in FIELDS}
    if visit.request.method == "POST":
        try:
            return redirect("migration", number=_taken_in(visit, typed))
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
    found = problems(wrong, FIELDS)
    context: dict[str, object] = {
        **_frame(),
        "lines": [(line, words.STATE[line.state]) for line in queries.runs()],
        "fields": with_errors(_fields(typed), found),
        "problems": found,
        "is_asked": bool(wrong),
    }
    return show(visit, "migration/list.html", context, status=status_of(wrong) if wrong else 200)


def _taken_in(visit: Visit, typed: Mapping[str, str]) -> int:
    """Raises what reading an export refuses."""
    content = content_of(visit.request)
    sent = visit.request.FILES.get("file")
    name = sent.name if isinstance(sent, UploadedFile) and sent.name else "dan-vao.csv"
    run = actions.read_upload(
        name,
        content,
        layout=reading.text("layout", typed["layout"], longest=40),
        system=reading.text("system", typed["system"], longest=40),
        told_at=reading.if_given(reading.moment, typed, "told_at", visit.at),
        by=visit.by,
        at=visit.at,
    )
    actions.propose(run.pk, by=visit.by, at=visit.at)
    return run.pk


def _fields(typed: Mapping[str, str]) -> tuple[FieldLine, ...]:
    known = tuple(
        Option(one.code, f"{one.name} ({words.KNOWLEDGE[one.knowledge.value]})")
        for one in actions.layouts()
    )
    return (
        FieldLine("layout", "Cách đọc", Widget.SELECT, typed["layout"], known, is_required=True),
        FieldLine(
            "system",
            "Tên hệ thống cũ",
            value=typed["system"],
            hint="chữ thường không dấu, ví dụ igate-cu; các lần xuất của một hệ thống dùng một tên",
            is_required=True,
        ),
        FieldLine(
            "told_at",
            "Thời điểm xuất tệp",
            Widget.MOMENT,
            typed["told_at"],
            hint="để trống là bây giờ",
        ),
    )


@official
def run(visit: Visit, number: int) -> HttpResponse:
    """One run: which step is next, its books, what was found, who signed."""
    queries.require_engineer(visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        step = plain(visit.request.POST.get("step"))
        try:
            _step(visit, number, step)
            messages.success(visit.request, words.ASKED[step])
            return redirect("migration", number=number)
        except Refusal as refusal:
            if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
                raise
            wrong = (refusal,)
    page = queries.run(number)
    context: dict[str, object] = {
        **_frame(),
        "page": page,
        "head": page.head,
        "state": words.STATE[page.head.state],
        "doing": words.WANTED.get(page.wanted, ""),
        "steps": list(zip(words.STEPS, queries.steps_done(page), strict=True)),
        "ends": _ends(page),
        "balance": [(name, getattr(page.balance, key)) for key, name in words.BALANCE],
        "found": [(words.DEFECT_NAME[one.defect], one) for one in page.found],
        "undecided": [(words.KIND[one.kind], one) for one in page.undecided[:10]],
        "problems": problems(wrong, ()),
    }
    return show(visit, "migration/run.html", context, status=status_of(wrong) if wrong else 200)


def _step(visit: Visit, number: int, step: str) -> None:
    """Raises StepUnknown, and what the step refuses."""
    steps: Mapping[str, Callable[[], object]] = {
        "sign_maps": lambda: actions.sign_maps(number, by=visit.by, at=visit.at),
        "rehearse": lambda: actions.ask(number, "rehearse", by=visit.by, at=visit.at),
        "load": lambda: actions.ask(number, "load", by=visit.by, at=visit.at),
        "sign": lambda: actions.sign_result(number, by=visit.by, at=visit.at),
        "close": lambda: actions.close(number, by=visit.by, at=visit.at),
        "compare": lambda: reconciliation.ask(
            f"run:{number}",
            "records",
            level=ReconcileLevel.MEANING,
            by=visit.by,
            at=visit.at,
        ),
    }
    if step not in steps:
        raise StepUnknown("step", given=step[:40])
    steps[step]()


def _ends(page: queries.MigrationPage) -> list[tuple[str, str, int, int | None]]:
    """Each way to end: its name, how many rows did, and how many a rehearsal said."""
    now = queries.as_json(page.head.books)
    then = queries.as_json(page.rehearsed) if page.rehearsed else {}
    return [(name, words.OUTCOME[name], now[name], then.get(name)) for name in words.OUTCOME]


@official
def maps(visit: Visit, number: int) -> HttpResponse:
    """The maps, those that wait first; what is typed beside a code is kept at once."""
    queries.require_engineer(visit.by, on=visit.on)
    page = queries.run(number)
    kind, only = (plain(visit.request.GET.get(name)) for name in ("loai", "cho"))
    wrong: tuple[Refusal, ...] = ()
    typed = {
        int(name[5:]): plain(value)
        for name, value in visit.request.POST.items()
        if name.startswith("ours-") and name[5:].isdecimal() and isinstance(value, str)
    }
    if visit.request.method == "POST":
        try:
            changed = actions.settle(number, typed, by=visit.by, at=visit.at)
            messages.success(visit.request, words.MAPS_KEPT.format(many=changed))
            return redirect(visit.request.get_full_path())
        except Refusal as refusal:
            if refusal.kind is not Kind.MALFORMED:
                raise
            wrong = (refusal,)
    lines = queries.maps(number, kind=kind, waiting=bool(only), limit=MAPS_SHOWN)
    context: dict[str, object] = {
        **_frame(),
        "head": page.head,
        "kind": kind,
        "only": bool(only),
        "kinds": list(words.KIND.items()),
        "lines": [(words.KIND[one.kind], one, typed.get(one.number, one.ours)) for one in lines],
        "is_cut": len(lines) == MAPS_SHOWN,
        "undecided": len(page.undecided),
        "many": page.map_lines,
        "problems": problems(wrong, ()),
    }
    return show(visit, "migration/maps.html", context, status=status_of(wrong) if wrong else 200)


@official
def maps_file(visit: Visit, number: int) -> HttpResponse:
    """The maps as a table to fill in elsewhere."""
    queries.require_engineer(visit.by, on=visit.on)
    answer = HttpResponse("\ufeff" + actions.as_csv(number), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="anh-xa-{number}.csv"'
    return answer


@official
def rows(visit: Visit, number: int) -> HttpResponse:
    """The rows that ended in one way, each with its reasons in sentences."""
    queries.require_engineer(visit.by, on=visit.on)
    page = queries.run(number)
    outcome, rehearsed, after = _asked(visit)
    lines = queries.rows(number, outcome=outcome, is_rehearsal=rehearsed, after=after)
    context: dict[str, object] = {
        **_frame(),
        "head": page.head,
        "outcome": outcome,
        "outcomes": list(words.OUTCOME.items()),
        "is_rehearsal": rehearsed,
        "lines": [(line, words.OUTCOME[line.outcome]) for line in lines],
        "next": lines[-1].number if len(lines) == queries.LINES_AT_MOST else 0,
    }
    return show(visit, "migration/rows.html", context)


@official
def workbook(visit: Visit, number: int) -> HttpResponse:
    """The same rows as a workbook, to be mended at the source."""
    queries.require_engineer(visit.by, on=visit.on)
    outcome, rehearsed, after = _asked(visit)
    lines = queries.rows(number, outcome=outcome, is_rehearsal=rehearsed, after=after)
    made = listing(
        words.ROWS_TITLE.format(number=number),
        words.ROWS_COLUMNS,
        [
            (one.file, one.line, one.code, words.OUTCOME[one.outcome], " ".join(one.reasons))
            for one in lines
        ],
        at=visit.at,
        by=visit.by.name,
    )
    return spreadsheet(made, f"dong-{number}.xlsx")


def _asked(visit: Visit) -> tuple[str, bool, int]:
    get = visit.request.GET
    outcome, after = plain(get.get("ket-qua")), plain(get.get("sau"))
    number = int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0
    return outcome if outcome in words.OUTCOME else "", bool(get.get("dien-tap")), number


def _frame() -> dict[str, object]:
    return {"here": "systems", "tab": "migration"}

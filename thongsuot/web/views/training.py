"""Training sessions and operating rules: registered, attended, acknowledged by name."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import training as actions
from thongsuot.domain.duties import Right
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.training import Lesson, LessonKind
from thongsuot.queries import directory
from thongsuot.queries import training as queries
from thongsuot.queries.access import holding
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.forms.upload import content_of
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.systems import LESSON_KIND

FIELDS = ("kind", "title", "on", "office")
EVERYBODY = "*"


@official
def lessons(visit: Visit) -> HttpResponse:
    """The sessions and rules that concern whoever looks; keepers register new ones."""
    values = {name: plain(visit.request.POST.get(name)) for name in FIELDS}
    if visit.request.method != "POST":
        return _page(visit, values | {"on": visit.on.isoformat()})
    try:
        number = actions.add(lesson=_lesson(visit, values), by=visit.by, at=visit.at)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _page(visit, values, (refusal,))
    messages.success(visit.request, "Đã ghi vào sổ.")
    return redirect("lesson", number=number)


@official
def lesson(visit: Visit, number: int) -> HttpResponse:
    """One session or rules: who attended or acknowledged; the button to acknowledge."""
    if visit.request.method == "POST":
        chosen = tuple(plain(account) for account in visit.request.POST.getlist("account"))
        if chosen:
            new = actions.attend(number=number, accounts=chosen, by=visit.by, at=visit.at)
            messages.success(visit.request, f"Đã ghi {new} người dự.")
        else:
            actions.acknowledge(number=number, by=visit.by, at=visit.at)
            messages.success(visit.request, "Đã xác nhận bằng tên bạn.")
        return redirect("lesson", number=number)
    page = queries.lesson(number)
    held = holding(visit.by, Right.SYSTEMS, on=visit.on)
    taken = {line.account for line in page.taken}
    is_rules = page.line.lesson.kind is LessonKind.RULES
    context: dict[str, object] = {
        "here": "systems" if held else "lessons",
        "tab": "training",
        "page": page,
        "kind": LESSON_KIND[page.line.lesson.kind.value],
        "is_rules": is_rules,
        "may_acknowledge": is_rules and visit.by.account not in taken,
        "officials": [
            one for one in queries.officials(held) if held and not is_rules and one[0] not in taken
        ],
    }
    return show(visit, "systems/lesson.html", context)


def _lesson(visit: Visit, values: dict[str, str]) -> Lesson:
    kind = values["kind"]
    office = reading.text("office", values["office"], longest=35)
    file = visit.request.FILES.get("file")
    return Lesson(
        kind=LessonKind(kind) if kind in set(LessonKind) else LessonKind.TRAINING,
        title=reading.text("title", values["title"], longest=300),
        on=reading.day("on", values["on"]),
        office="" if office == EVERYBODY else office,
        sha256=hashlib.sha256(content_of(visit.request)).hexdigest() if file else "",
    )


def _page(visit: Visit, values: dict[str, str], wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    held = holding(visit.by, Right.SYSTEMS, on=visit.on)
    found = problems(wrong, [*FIELDS, "file"])
    kinds = tuple(Option(code, name) for code, name in LESSON_KIND.items())
    offices = tuple(
        Option(str(o.code), o.name)
        for o in directory.offices(on=visit.on)
        if held & {"", str(o.code)}
    )
    everybody = (Option(EVERYBODY, "Toàn tỉnh"),) if "" in held else ()
    fields = (
        FieldLine("kind", "Loại", Widget.SELECT, values["kind"] or "training", kinds),
        FieldLine("title", "Tên", value=values["title"], is_required=True),
        FieldLine("on", "Ngày", Widget.DAY, values["on"], is_required=True),
        FieldLine(
            "office",
            "Dành cho",
            Widget.SELECT,
            values["office"],
            (*everybody, *offices),
            "" if everybody else "— chọn —",
            is_required=True,
        ),
    )
    lines = queries.lessons(visit.by.account, office=visit.desk.office, sees=held)
    context: dict[str, object] = {
        "here": "systems" if held else "lessons",
        "tab": "training",
        "lines": [(line, LESSON_KIND[line.lesson.kind.value]) for line in lines],
        "keeps": bool(held),
        "fields": with_errors(fields, found),
        "problems": found,
        "is_open": bool(wrong),
    }
    return show(visit, "systems/lessons.html", context, status=status_of(wrong) if wrong else 200)

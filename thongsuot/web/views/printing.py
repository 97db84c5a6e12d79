"""The papers that go out, as PDF; each print stands in the log of looks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from thongsuot.domain.looks import Purpose
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import printing as queries
from thongsuot.queries import register_paper, together
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.labels import PAPER
from thongsuot.words.screens import REGISTER_FIELD, REGISTER_STRUCTURE

# The kinds of paper that are wanted of many dossiers at once.
TOGETHER = ("receipt", "control", "result_handover", "supplement", "apology")
# The form once more, with the bodies of the day that was chosen.
CHOOSE = "co-cau"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@official
def paper(visit: Visit, code: str, kind: str) -> HttpResponse:
    """One paper of a dossier, in the form of its day."""
    token = visit.reading(plain(code), Purpose.PRINT)
    name, made = queries.pdf(
        plain(code), kind, account=visit.by.account, at=visit.at, reading=token
    )
    return _answer(name, made)


@official
def preview(visit: Visit) -> HttpResponse:
    """Which of the dossiers chosen have the paper wanted; those that have are printed from here."""
    codes, kind = _wanted(visit)
    lines = queries.printable(codes, kind, account=visit.by.account, at=visit.at)
    ready = [line.code for line in lines if line.has_paper]
    context: dict[str, object] = {
        "here": "worklist",
        "kind": kind,
        "kinds": [(name, PAPER[name]) for name in TOGETHER],
        "paper": PAPER.get(kind, kind),
        "lines": lines,
        "ready": ready,
        "left_out": len(lines) - len(ready),
    }
    return show(visit, "worklist/printing.html", context)


@official
def batch(visit: Visit) -> HttpResponse:
    """One kind of paper of several dossiers in one PDF: `?codes=A,B`, `&kind=control`.

    Where one of them has no such paper, the page that says which.
    """
    codes, kind = _wanted(visit)
    found = queries.printable(codes, kind, account=visit.by.account, at=visit.at)
    if any(line.is_known and not line.has_paper for line in found):
        return redirect(f"{reverse('print-preview')}?{visit.request.GET.urlencode()}")
    tokens = [visit.reading(code, Purpose.PRINT) for code in codes]
    name, made = queries.several(
        codes, kind, account=visit.by.account, at=visit.at, readings=tokens
    )
    return _answer(name, made)


def _wanted(visit: Visit) -> tuple[list[str], str]:
    """The dossiers and the kind of paper that an address asks for. Raises NothingToPrint."""
    asked = visit.request.GET
    given = [*plain(asked.get("codes")).split(","), *asked.getlist("code")]
    codes = list(dict.fromkeys(plain(code) for code in given if plain(code)))
    queries.require_some(codes)
    return codes, plain(asked.get("kind")) or "receipt"


@official
def joint(visit: Visit, number: int) -> HttpResponse:
    """One receipt for everything that a run took in."""
    codes = together.page(number, account=visit.by.account).received
    queries.require_some(codes)
    tokens = [visit.reading(code, Purpose.PRINT) for code in codes]
    name, made = queries.joint_receipt(
        codes, account=visit.by.account, at=visit.at, readings=tokens
    )
    return _answer(name, made)


@official
def register(visit: Visit) -> HttpResponse:
    """The register of the person's office: `?tu=2026-07-01&den=2026-07-31`, `&dang=xlsx`.

    Without days or a kind, the form that asks for them; with `&structure=2025-06-30&office=…` the
    register of a body of a past day.
    """
    given = {name: plain(text) for name, text in visit.request.GET.dict().items()}
    if not given:
        return _asked(visit, {"tu": visit.on.replace(day=1).isoformat(), "den": str(visit.on)})
    try:
        if given.get("dang") == CHOOSE:
            return _asked(visit, given)
        return _register(visit, given)
    except Refusal as refusal:
        if refusal.kind in (Kind.FORBIDDEN, Kind.UNKNOWN):
            raise
        return _asked(visit, given, refusal)


def _asked(visit: Visit, given: dict[str, str], wrong: Refusal | None = None) -> HttpResponse:
    """The days of the register and whose it is, with what is wrong with them."""
    bodies = () if wrong else _bodies(visit, given)
    lines = tuple(
        FieldLine(
            name,
            label,
            Widget.SELECT if name == "office" else Widget.DAY,
            given.get(name, visit.desk.office if name == "office" else ""),
            options=bodies if name == "office" else (),
            hint=REGISTER_STRUCTURE if name == "structure" else "",
        )
        for name, label in REGISTER_FIELD.items()
        if name != "office" or bodies
    )
    found = problems((wrong,) if wrong else (), REGISTER_FIELD)
    context: dict[str, object] = {
        "here": "register",
        "fields": with_errors(lines, found),
        "problems": found,
        "choose": CHOOSE,
    }
    status = status_of((wrong,)) if wrong else 200
    return show(visit, "dossier/register.html", context, status=status)


def _bodies(visit: Visit, given: dict[str, str]) -> tuple[Option, ...]:
    """The bodies of the day asked for, whose registers this person may see."""
    then = reading.maybe(reading.day, given, "structure")
    if then is None:
        return ()
    found = register_paper.choices(visit.by.account, at=visit.at, then=then)
    return tuple(Option(*pair) for pair in found)


def _register(visit: Visit, given: dict[str, str]) -> HttpResponse:
    last = reading.if_given(reading.day, given, "den", visit.on)
    first = reading.if_given(reading.day, given, "tu", last.replace(day=1))
    as_workbook = given.get("dang") == "xlsx"
    then = reading.maybe(reading.day, given, "structure")
    made = register_paper.made(
        given.get("office", visit.desk.office) if then else visit.desk.office,
        first=first,
        last=last,
        as_workbook=as_workbook,
        account=visit.by.account,
        by=visit.by.name,
        at=visit.at,
        reading=visit.reading(register_paper.ABOUT, Purpose.PRINT),
        then=then,
    )
    if not as_workbook:
        return _answer("so-theo-doi.pdf", made)
    answer = HttpResponse(made, content_type=WORKBOOK)
    answer["Content-Disposition"] = content_disposition_header(True, "so-theo-doi.xlsx") or ""
    return answer


def _answer(name: str, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""A document that belongs to no dossier is sent to other bodies over the document axis."""

from __future__ import annotations

from django.contrib import messages as notes
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from thongsuot.actions import documents as actions
from thongsuot.actions.files import Upload
from thongsuot.domain.dossier.reasons import begins_words, fold
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import errands as queries
from thongsuot.queries.messages import require_exchange
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading
from thongsuot.words.errands import DONE
from thongsuot.words.labels import FIELD

TYPED = ("sender", "number", "notation", "issued_on", "subject")
FIELDS = (*TYPED, "receivers", "files")
SALT = "document-file"
MOST = 30


@official
def compose(visit: Visit) -> HttpResponse:
    """The form, with receivers found by name; files that came stay while the rest is mended."""
    require_exchange(visit.by, on=visit.on)
    if visit.request.method != "POST":
        return _page(visit, [], {"issued_on": visit.on.isoformat()})
    typed = {name: plain(visit.request.POST.get(name)) for name in TYPED}
    wrong: list[Refusal] = []
    files = _kept(visit)
    try:
        files += actions.keep_files(_uploads(visit), by=visit.by, at=visit.at)
    except Refusal as refusal:
        wrong.append(refusal)
    if visit.request.POST.get("action") == "search":
        return _page(visit, files, typed, wrong)
    try:
        if not wrong:
            _send(visit, files, typed)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        wrong.append(refusal)
    if wrong:
        return _page(visit, files, typed, wrong)
    notes.success(visit.request, DONE["send"])
    return redirect(f"{reverse('documents')}?chieu=out")


def _send(visit: Visit, files: list[StoredFile], typed: dict[str, str]) -> None:
    actions.send_document(
        sender=reading.text("sender", typed["sender"]),
        receivers=[plain(one) for one in visit.request.POST.getlist("receivers")],
        number=typed["number"],
        notation=typed["notation"],
        subject=typed["subject"],
        issued_on=reading.day("issued_on", typed["issued_on"]),
        files=files,
        by=visit.by,
        at=visit.at,
    )


def _uploads(visit: Visit) -> list[Upload]:
    return [Upload(one.name or "", one.read()) for one in visit.request.FILES.getlist("files")]


def _kept(visit: Visit) -> list[StoredFile]:
    """Files that this person brought with the form before; whoever forges one brought none."""
    found = []
    for token in visit.request.POST.getlist("kept"):
        try:
            account, sha256, name, kind, size, pages = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError):
            continue
        if account == visit.by.account:
            found.append(StoredFile(sha256, name, MediaType(kind), size, pages))
    return found


def _token(visit: Visit, file: StoredFile) -> str:
    told = [visit.by.account, file.sha256, file.name, file.media_type.value, file.size, file.pages]
    return signing.dumps(told, salt=SALT)


def _page(
    visit: Visit, files: list[StoredFile], typed: dict[str, str], wrong: list[Refusal] | None = None
) -> HttpResponse:
    found = problems(wrong or (), FIELDS)
    bodies = queries.axis_bodies(at=visit.at)
    words = plain(visit.request.POST.get("words"))
    chosen = {plain(one) for one in visit.request.POST.getlist("receivers")}
    wanted = fold(words)
    offered = [
        body
        for body in bodies
        if wanted and body.code not in chosen and begins_words(wanted, f"{body.name} {body.code}")
    ]
    senders = tuple(Option(body.code, body.name) for body in bodies if body.is_ours)
    context: dict[str, object] = {
        "here": "systems",
        "tab": "documents",
        "has_bodies": bool(bodies),
        "fields": with_errors(_fields(typed, senders), found),
        "words": words,
        "chosen": [body for body in bodies if body.code in chosen],
        "offered": offered[:MOST],
        "kept": [(file, _token(visit, file)) for file in files],
        "errors": {one.field: one.sentence for one in found if one.field},
        "problems": found,
    }
    return show(visit, "exchange/compose.html", context, status=status_of(wrong) if wrong else 200)


def _fields(typed: dict[str, str], senders: tuple[Option, ...]) -> tuple[FieldLine, ...]:
    def value(name: str) -> str:
        return typed.get(name, "")

    return (
        FieldLine(
            "sender",
            "Cơ quan ban hành",
            Widget.SELECT,
            value("sender"),
            options=senders,
            empty="Chọn cơ quan",
            is_required=True,
        ),
        FieldLine("number", "Số văn bản", value=value("number"), is_required=True),
        FieldLine("notation", FIELD["notation"], value=value("notation"), is_required=True),
        FieldLine("issued_on", "Ngày ký", Widget.DAY, value("issued_on"), is_required=True),
        FieldLine("subject", FIELD["subject"], Widget.LINES, value("subject"), is_required=True),
    )

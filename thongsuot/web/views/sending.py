"""What was decided of a dossier is sent to other bodies over the document axis."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import documents as actions
from thongsuot.actions.files import Upload
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries import errands as queries
from thongsuot.queries.errands import DocumentLine
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.dossier import head, read_page
from thongsuot.words import reading
from thongsuot.words.errands import DELIVERY, DONE, STATUS, SUBJECT_OF_RESULT
from thongsuot.words.labels import FIELD

TYPED = ("number", "notation", "subject", "issued_on")
FIELDS = (*TYPED, "receivers", "files")
MOST = 30


@official
def send(visit: Visit, code: str) -> HttpResponse:
    """The form to send a result, its receivers found by name, and how it stands with what went."""
    told = read_page(visit, plain(code))
    it = told.dossier
    queries.require_may_send(it, visit.by, on=visit.on)
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST" and visit.request.POST.get("action") != "search":
        try:
            _send(visit, it.code)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
        else:
            notes.success(visit.request, DONE["send"])
            return redirect("send-result", code=it.code)
    found = problems(wrong, FIELDS)
    typed = _typed(visit, it)
    words = plain(visit.request.POST.get("words"))
    chosen = [plain(one) for one in visit.request.POST.getlist("receivers")]
    names = directory.office_names(chosen)
    offered = directory.listed(words, on=visit.on, limit=MOST).lines if words else ()
    context: dict[str, object] = {
        "head": head(visit, told),
        "is_ready": it.ended_at is not None and it.is_decided,
        "fields": with_errors(
            (
                FieldLine("number", FIELD["number"], value=typed["number"], is_required=True),
                FieldLine("notation", FIELD["notation"], value=typed["notation"], is_required=True),
                FieldLine("issued_on", "Ngày ký", Widget.DAY, typed["issued_on"], is_required=True),
                FieldLine(
                    "subject", FIELD["subject"], Widget.LINES, typed["subject"], is_required=True
                ),
            ),
            found,
        ),
        "words": words,
        "chosen": [(one, names.get(one, one)) for one in chosen],
        "offered": [(one.code, one.name) for one in offered if one.code not in chosen],
        "decided": [one for one in it.drafts if one.sha256 == it.approved_draft],
        "errors": {one.field: one.sentence for one in found if one.field},
        "problems": found,
        "sent": [(line, told_of(line)) for line in queries.sent_of(it.code)],
    }
    return show(visit, "dossier/sending.html", context, status=status_of(wrong) if wrong else 200)


def told_of(line: DocumentLine) -> list[tuple[str, str]]:
    """How it stands with a document at each body, and what each said of it."""
    owed = [(to, DELIVERY[state]) for to, state in line.deliveries]
    return owed + [(body, STATUS.get(said, said)) for body, said in line.words]


def _send(visit: Visit, code: str) -> None:
    post = visit.request.POST
    actions.send_result(
        code=code,
        receivers=[plain(one) for one in post.getlist("receivers")],
        number=plain(post.get("number")),
        notation=plain(post.get("notation")),
        subject=plain(post.get("subject")),
        issued_on=reading.day("issued_on", plain(post.get("issued_on"))),
        uploads=[
            Upload(one.name or "", one.read()) for one in visit.request.FILES.getlist("files")
        ],
        by=visit.by,
        at=visit.at,
    )


def _typed(visit: Visit, it: Dossier) -> dict[str, str]:
    """What was typed; at first what the dossier says of its result."""
    if visit.request.method == "POST":
        return {name: plain(visit.request.POST.get(name)) for name in TYPED}
    number, _, notation = it.result_number.partition("/")
    ended = it.ended_at.astimezone(VIETNAM).date().isoformat() if it.ended_at else ""
    subject = SUBJECT_OF_RESULT.format(code=it.code, procedure=it.procedure_name)[:500]
    return {"number": number, "notation": notation, "subject": subject, "issued_on": ended}

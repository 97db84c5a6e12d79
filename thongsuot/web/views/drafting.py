"""The drafts of a decision: taken from a template, edited elsewhere, brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from thongsuot.actions.dossier.drafting import keep_draft
from thongsuot.actions.files import Upload
from thongsuot.domain.files import MediaType
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import drafting
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.views.dossier import head, read_page
from thongsuot.words import reading
from thongsuot.words.screens import DRAFT_KEPT


@official
def drafts(visit: Visit, code: str) -> HttpResponse:
    """The templates and the versions; a file sent here becomes the next version."""
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            made = keep_draft(
                code=plain(code),
                upload=_upload(visit),
                note=plain(visit.request.POST.get("note"))[:300],
                by=visit.by,
                at=visit.at,
                seen_version=reading.number(
                    "seen_version", visit.request.POST.get("seen_version", "")
                ),
            )
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
        else:
            messages.success(visit.request, DRAFT_KEPT.format(number=len(made.drafts)))
            return redirect("drafts", code=made.code)
    told = read_page(visit, plain(code))
    it = told.dossier
    context: dict[str, object] = {
        "head": head(visit, told),
        "letters": drafting.in_force(visit.at),
        "versions": drafting.versions(
            it.code, account=visit.by.account, at=visit.at, reading=visit.reading(it.code)
        ),
        "can_keep": it.is_open and not it.is_decided and it.competent_received_at is not None,
        "note": plain(visit.request.POST.get("note")),
        "problems": problems(wrong, ("file", "note")),
    }
    return show(visit, "dossier/drafts.html", context, status=status_of(wrong) if wrong else 200)


@official
def letter(visit: Visit, code: str, key: str) -> HttpResponse:
    """A template filled in from the dossier, to be edited."""
    name, content = drafting.filled(
        plain(code),
        plain(key),
        account=visit.by.account,
        by_name=visit.by.name,
        at=visit.at,
        reading=visit.reading(plain(code)),
    )
    return _handed(content, MediaType.DOCX, name)


@official
def version(visit: Visit, code: str, sha256: str) -> HttpResponse:
    """One version of the draft, handed out and never opened in the browser."""
    file, content = drafting.file_of(
        plain(code),
        plain(sha256),
        account=visit.by.account,
        at=visit.at,
        reading=visit.reading(plain(code)),
    )
    return _handed(content, file.media_type, file.name)


def _upload(visit: Visit) -> Upload | None:
    file = visit.request.FILES.get("file")
    return Upload(file.name or "", file.read()) if file else None


def _handed(content: bytes, kind: MediaType, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind.value)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

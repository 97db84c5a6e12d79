"""Looking a dossier up without an account, and saying how it was dealt with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from thongsuot.actions import feedback, lookup
from thongsuot.domain.feedback import SCORES
from thongsuot.domain.looks import ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import lookup as queries
from thongsuot.web.door import plain
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.public import Call, public, show
from thongsuot.web.refusals import STATUS, problems
from thongsuot.web.strip import strip
from thongsuot.words import lookup as words
from thongsuot.words.labels import STATUS as STATUS_WORDS
from thongsuot.words.persons import masked_name
from thongsuot.words.screens import SCORE

# How long after the proof one may still rate.
PROOF_HOLDS_FOR = timedelta(hours=1)
SALT = "thongsuot.lookup"

CODE = FieldLine("ma", "Mã hồ sơ", hint="In ở đầu giấy hẹn, cạnh hình vuông QR.", is_required=True)
PROOF = FieldLine(
    "so",
    "4 chữ số cuối",
    hint="4 số cuối của số định danh (căn cước) hoặc số điện thoại người nộp đã ghi.",
    is_required=True,
    keys="numeric",
)
POINTS = FieldLine(
    "diem",
    "Ông/bà có hài lòng không?",
    Widget.RADIO,
    options=tuple(Option(str(score), SCORE[score]) for score in reversed(SCORES)),
)
COMMENT = FieldLine("gop-y", "Góp ý thêm (không bắt buộc)", Widget.LINES)


class ProofTooOld(Refusal):
    """The proof was given too long ago: the dossier has to be looked up again."""

    code = "proof_too_old"


@public
def search(call: Call) -> HttpResponse:
    """Asks for the code and the digits; the right ones show the dossier."""
    given = call.request.POST if call.request.method == "POST" else call.request.GET
    code, proof = plain(given.get("ma")), plain(call.request.POST.get("so"))
    if call.request.method != "POST":
        return _asked(call, code)
    try:
        reading = lookup.look_up(code=code, proof=proof, address=call.address, at=call.at)
    except Refusal as refusal:
        return _asked(call, code, refusal, proof)
    return _answer(call, reading)


@require_POST
@public
def rating(call: Call) -> HttpResponse:
    """Keeps what the applicant says; wrong entries come back with the answer."""
    given = call.request.POST
    proven = plain(given.get("ho-so"))
    code = _proven(proven)
    try:
        feedback.rate(
            code=code, score=given.get("diem"), comment=plain(given.get("gop-y")), at=call.at
        )
    except Refusal as refusal:
        reading = lookup.reopen(code=code, at=call.at)
        return _answer(call, reading, refusal, plain(given.get("diem")), plain(given.get("gop-y")))
    return redirect("thanks")


@public
def thanks(call: Call) -> HttpResponse:
    """Says that it was kept."""
    return show(call, "public/thanks.html", {})


def _asked(call: Call, code: str, refusal: Refusal | None = None, proof: str = "") -> HttpResponse:
    found = problems([refusal] if refusal else [], ("ma", "so"))
    status = STATUS[refusal.kind] if refusal else 200
    fields = (replace(CODE, value=code), replace(PROOF, value=proof))
    context = {"fields": with_errors(fields, found), "problems": found}
    return show(call, "public/lookup.html", context, status=status)


def _answer(
    call: Call,
    reading: ReadingToken,
    refusal: Refusal | None = None,
    score: str = "",
    said: str = "",
) -> HttpResponse:
    page = queries.answer(at=call.at, reading=reading)
    it = page.dossier
    found = problems([refusal] if refusal else [], ("diem", "gop-y"))
    context = {
        "page": page,
        "sentence": words.sentence(
            it, office=page.office, place=page.return_point, missing=page.missing, at=call.at
        ),
        "status": STATUS_WORDS[it.status.value],
        "applicant": masked_name(it.applicant.name),
        "strip": strip(page.deadline, today=call.on) if page.deadline else None,
        "proof": signing.dumps(it.code, salt=SALT),
        "fields": with_errors((replace(POINTS, value=score), replace(COMMENT, value=said)), found),
        "problems": found,
        "may_rate": not it.is_open and not page.is_rated,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return show(call, "public/answer.html", context, status=status)


def _proven(proof: str) -> str:
    """The dossier of a proof given a while ago. Raises ProofTooOld."""
    try:
        return str(signing.loads(proof, salt=SALT, max_age=PROOF_HOLDS_FOR))
    except signing.BadSignature as bad:
        raise ProofTooOld("ho-so") from bad

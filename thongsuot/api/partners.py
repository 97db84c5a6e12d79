"""The door for what partners send by themselves: kept first, answered in their own manner."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from thongsuot.actions.pushes import Heard, Push, Told, take
from thongsuot.api.door import JSON, now

MOST_BYTES = 32 * 1024 * 1024
TOO_LARGE, FORBIDDEN = 413, 403


@csrf_exempt
@require_POST
def push(request: HttpRequest, partner: str, what: str, key: str = "") -> HttpResponse:
    """One thing that a partner sends; `key` is a proof in the address, where it has no better."""
    content = request.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return HttpResponse(status=TOO_LARGE)
    header = request.headers.get("Authorization") or request.headers.get("X-Api-Key") or ""
    told = take(Push(partner, what, content, header, key), at=now())
    return _answered(told)


def _answered(told: Told) -> HttpResponse:
    status = FORBIDDEN if told.heard is Heard.REFUSED else 200
    text = json.dumps(told.answer, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=f"{JSON}; charset=utf-8")

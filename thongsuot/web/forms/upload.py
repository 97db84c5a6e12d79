"""A file that somebody sends with a form."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.words.reading import FieldNeeded

PASTED = "pasted"
LARGEST = 20 * 1024 * 1024


class UploadTooLarge(Refusal):
    """The file is larger than what this form takes."""

    code = "upload_too_large"
    kind = Kind.MALFORMED


def content_of(request: HttpRequest, name: str = "file") -> bytes:
    """What a file holds, or what was pasted in its place.

    Raises FieldNeeded for neither or an empty one, UploadTooLarge.
    """
    sent = request.FILES.get(name)
    pasted = request.POST.get(PASTED, "")
    if sent is None and pasted.strip():
        return pasted.encode(errors="replace")
    if not isinstance(sent, UploadedFile) or not sent.size:
        raise FieldNeeded(name, field=name)
    if sent.size > LARGEST:
        raise UploadTooLarge(name, longest=LARGEST // (1024 * 1024))
    return bytes(sent.read())

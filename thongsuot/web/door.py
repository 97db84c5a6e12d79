"""The way in: who comes and when; what the rules refuse becomes a page that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from thongsuot.actions.access import open_reading
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import access
from thongsuot.queries.access import DeskLine
from thongsuot.web.refusals import STATUS, told

Given = ParamSpec("Given")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of someone who signed in, at one moment."""

    request: HttpRequest
    at: datetime
    desk: DeskLine

    @property
    def by(self) -> Person:
        """The one who acts."""
        return self.desk.person

    @property
    def on(self) -> date:
        """The office's day."""
        return self.at.date()

    def reading(self, about: str, purpose: Purpose = Purpose.HANDLE) -> ReadingToken:
        """Log a look at a dossier or a person, to read it. Raises NoSuchDossier."""
        return open_reading(by=self.by, about=about, purpose=purpose, at=self.at)


View = Callable[Concatenate[Visit, Given], HttpResponseBase]


def official(view: View[Given]) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """A page for those who signed in; the clock is taken here, once."""

    @login_required
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        at = now()
        visit = Visit(request, at, access.desk(request.user.get_username(), on=at.date()))
        try:
            return view(visit, *args, **kwargs)
        except Refusal as refusal:
            return refused(visit, refusal)

    return answer


def show(
    visit: Visit, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page in its frame; everything that it shows has been asked for before."""
    frame = {"desk": visit.desk, "at": visit.at}
    return render(visit.request, template, frame | context, status=status)


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """A list as a workbook to keep."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def refused(visit: Visit, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: what is wrong, and what to do."""
    return show(visit, "refused.html", {"refused": told(refusal)}, status=STATUS[refusal.kind])


def now() -> datetime:
    """The moment, in the office's time."""
    return timezone.now().astimezone(VIETNAM)


def plain(text: str | None) -> str:
    """What somebody typed, without the one character that PostgreSQL cannot keep."""
    return (text or "").replace("\x00", "").strip()

"""The way in for everybody: no account, large plain pages, one thing on each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from thongsuot.domain.refusal import Refusal
from thongsuot.records.calendar import mark
from thongsuot.web import door, gate
from thongsuot.web.refusals import STATUS, told

Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Call:
    """One request of somebody whom we do not know, at one moment."""

    request: HttpRequest
    at: datetime

    @property
    def on(self) -> date:
        """The office's day."""
        return self.at.date()

    @property
    def address(self) -> str:
        """From where the request comes."""
        return gate.address(self.request)


View = Callable[Concatenate[Call, Given], HttpResponse]


def public(view: View[Given]) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """A page for everybody; the clock is taken here, once."""

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        call = Call(request, door.now())
        try:
            return view(call, *args, **kwargs)
        except Refusal as refusal:
            said = {"refused": told(refusal)}
            return show(call, "public/refused.html", said, status=STATUS[refusal.kind])

    return answer


def show(
    call: Call, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page in its frame; everything that it shows has been asked for before."""
    frame = {"at": call.at, "mark_of": mark()}
    return render(call.request, template, {**frame, **context}, status=status)

"""The leader's screen: decide, see what is late and where, and who has too much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from thongsuot.actions import leading as actions
from thongsuot.queries import leading
from thongsuot.queries.filters import NOBODY
from thongsuot.queries.leading import KindLine, Load, WaitingLine
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.filters import address, structure_of
from thongsuot.web.forms.fields import FieldLine, Widget
from thongsuot.web.standing import StandingLine, standing
from thongsuot.words import leading as words
from thongsuot.words import reading
from thongsuot.words.refusals import sentence
from thongsuot.words.worklist import FILTER, STRUCTURE_HINT, structure_told


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the list that it counts."""

    number: int
    address: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A line of figures."""

    load: Load
    name: str
    body: str
    late: Figure
    near: Figure
    paused: Figure
    open: Figure


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier before its decision, in words."""

    it: WaitingLine
    standing: StandingLine


@official
def leader(visit: Visit) -> HttpResponse:
    """What waits for a decision, what is late, who has too much; `?structure=` by a past day."""
    given = {"structure": plain(visit.request.GET.get("structure"))}
    then = structure_of(given)
    told = leading.page(visit.by, at=visit.at, then=then)
    bodies = {load.office: load.name for load in told.offices}
    return show(
        visit,
        "leading/page.html",
        {
            "here": "leader",
            "told": told,
            "kinds": [(kind, _lines(kind, visit.at)) for kind in told.kinds],
            "offices": [_figures(load, given, bodies) for load in told.offices],
            "stages": [_figures(load, given | {"stage": load.key}, bodies) for load in told.stages],
            "people": [
                _figures(load, given | {"assignee": load.key or NOBODY}, bodies)
                for load in told.people
            ],
            "structure_told": structure_told(then),
            "then": then,
            "structure": FieldLine(
                "structure",
                FILTER["structure"],
                Widget.DAY,
                given["structure"],
                hint=STRUCTURE_HINT,
            ),
        },
    )


@require_POST
@official
def approve(visit: Visit) -> HttpResponse:
    """Approve what was seen and chosen; each that is refused says why."""
    chosen = [_chosen(plain(text)) for text in visit.request.POST.getlist("chosen")]
    done = actions.approve_seen(chosen=chosen, by=visit.by, at=visit.at)
    approved = sum(one.why_not is None for one in done)
    if approved:
        messages.success(visit.request, words.APPROVED.format(count=approved))
    if not done:
        messages.warning(visit.request, words.NOTHING_CHOSEN)
    for one in done:
        if one.why_not is not None:
            why = sentence(one.why_not)
            messages.warning(visit.request, words.NOT_APPROVED.format(code=one.code, why=why))
    return redirect("leader")


def _chosen(text: str) -> tuple[str, int]:
    """A dossier and the version that was on the screen. Raises FieldNeeded, BadField."""
    code, _, version = text.rpartition(":")
    return code, reading.number("chosen", version)


def _lines(kind: KindLine, at: datetime) -> list[Waiting]:
    return [
        Waiting(
            it,
            standing(
                due_at=it.line.due_at,
                at=at,
                noted=it.line.standing,
                is_paused=it.line.is_paused,
                is_open=True,
                step_due_at=it.line.step_due_at,
            ),
        )
        for it in kind.lines
    ]


def _figures(load: Load, narrowed: dict[str, str], bodies: dict[str, str]) -> LoadLine:
    asked = {**narrowed, "office": load.office}

    def figure(number: int, standing: str = "") -> Figure:
        found = {**asked, "standing": standing} if standing else asked
        return Figure(number, reverse("worklist") + address("office", found))

    return LoadLine(
        load=load,
        name=load.name or words.NOBODY,
        body=bodies.get(load.office, load.office),
        late=figure(load.late, "late"),
        near=figure(load.near, "near"),
        paused=figure(load.paused, "paused"),
        open=figure(load.open),
    )

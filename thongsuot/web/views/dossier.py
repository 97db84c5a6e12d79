"""The page of one dossier: what to do next, its clock, its story, its papers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.domain.directory import Office
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import ApplicantKind
from thongsuot.queries import access, calendar, directory, dossier, printing
from thongsuot.queries import errands as sending
from thongsuot.queries.dossier import DossierPage
from thongsuot.queries.land_steps import ReportedLine
from thongsuot.queries.opinions import OpinionLine
from thongsuot.web.acts import acts
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.standing import StandingLine, standing
from thongsuot.web.story import StoryLine, named, story
from thongsuot.web.strip import Strip, strip
from thongsuot.words.labels import ACT, LAND_STEP, OUTCOME, PAUSE, PRINT, STATUS
from thongsuot.words.moments import as_written, short
from thongsuot.words.persons import masked
from thongsuot.words.refusals import sentence
from thongsuot.words.screens import HAND_OUT

# In the session: the dossier that was taken in just now.
FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The head of a dossier's pages."""

    dossier: Dossier
    status: str
    outcome: str
    stage: str
    office: Office | None
    competent: Office | None
    assignee: str
    standing: StandingLine
    process_is_approved: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the dossier, and whether it was scanned."""

    name: str
    originals: int
    copies: int
    is_digitised: bool


@dataclass(frozen=True, slots=True)
class PauseLine:
    """A time in which the clock stood still."""

    why: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """An act that is not open to the reader, and why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class ChildDossier:
    """An interlinked dossier under this one, with its own clock."""

    code: str
    procedure: str
    office: str
    standing: StandingLine


@official
def page(visit: Visit, code: str) -> HttpResponse:
    """One dossier; a code of an older system leads to the one it has here."""
    told = read_page(visit, plain(code))
    if told.dossier.code != code:
        return redirect("dossier", code=told.dossier.code)
    return show(visit, "dossier/page.html", _context(visit, told))


def read_page(visit: Visit, code: str) -> DossierPage:
    """One dossier, the look at it logged. Raises NoSuchDossier, NotYoursToSee."""
    return dossier.page(code, account=visit.by.account, at=visit.at, reading=visit.reading(code))


def head(visit: Visit, told: DossierPage) -> HeadLine:
    """The head of a dossier as it stands now."""
    it = told.dossier
    return HeadLine(
        dossier=it,
        status=STATUS[it.status.value],
        outcome=OUTCOME[it.outcome.value] if it.outcome else "",
        stage=told.stage,
        office=told.office,
        competent=told.competent,
        assignee=told.officials.get(it.assignee, ""),
        standing=standing(
            due_at=it.due_at,
            at=visit.at,
            noted=it.standing,
            is_paused=it.is_paused,
            is_open=it.is_open,
        ),
        process_is_approved=told.process_is_approved,
    )


def _context(visit: Visit, told: DossierPage) -> dict[str, object]:
    it = told.dossier
    places = directory.place_names({it.place.given, it.place.today})
    points = directory.counter_names({it.receiving_point, it.return_point})
    first, more = acts(told.acts, branches=told.branches)
    return {
        "head": head(visit, told),
        "process_name": told.process_name,
        "fresh": _fresh(told) if visit.request.session.pop(FRESH, "") == it.code else None,
        "acts": first,
        "more_acts": more,
        "open_acts": [act.value for act in told.acts],
        "refused": _refused(told),
        "opinions": _opinions(told),
        "to_ask": _to_ask(told),
        "children": _children(visit, told),
        "clock": told.clock,
        "step": told.step,
        "step_strip": strip(told.step, today=visit.on) if told.step else None,
        "strip": _strip(visit, told),
        "today": visit.on,
        "pauses": _pauses(it),
        "story": _story(told),
        "reported": _reported(told),
        "papers": _papers(it),
        "may_send": it.ended_at is not None
        and it.is_decided
        and sending.may_send(it, visit.by, on=visit.on),
        "prints": [
            (kind, PRINT[kind]) for kind in printing.kinds([line.name for line in told.timeline])
        ],
        "is_organisation": it.applicant.kind is ApplicantKind.ORGANISATION,
        "number": masked(it.applicant.number),
        "place_given": places.get(it.place.given, it.place.given),
        "place_today": places.get(it.place.today, it.place.today),
        "receiving_point": points.get(it.receiving_point, it.receiving_point),
        "receiving_official": access.names({it.receiving_official}).get(
            it.receiving_official, it.receiving_official
        ),
        "return_point": points.get(it.return_point, it.return_point),
    }


def _refused(told: DossierPage) -> list[RefusedLine]:
    """The acts of this step that are not open to the reader now, and the sentence that says why."""
    return [RefusedLine(ACT[line.act.value], sentence(line.why)) for line in told.refused]


def _opinions(told: DossierPage) -> list[tuple[OpinionLine, str]]:
    names = directory.office_names({line.of for line in told.opinions})
    return [(line, names.get(line.of, line.of)) for line in told.opinions]


def _to_ask(told: DossierPage) -> list[str]:
    """The bodies whose opinion the process asks for and nobody asked yet."""
    if not told.dossier.is_open:
        return []
    names = directory.office_names(told.opinions_to_ask)
    return [names.get(code, code) for code in told.opinions_to_ask]


def _children(visit: Visit, told: DossierPage) -> list[ChildDossier]:
    names = directory.office_names({child.office for child in told.children})
    return [
        ChildDossier(
            child.code,
            child.procedure,
            names.get(child.office, child.office),
            standing(
                due_at=child.due_at,
                at=visit.at,
                noted=child.standing,
                is_paused=child.is_paused,
                is_open=child.is_open,
            ),
        )
        for child in told.children
    ]


def _fresh(told: DossierPage) -> tuple[str, str] | None:
    """What the counter gives the applicant right away, while they stand there."""
    happened = [line.name for line in told.timeline]
    kinds = printing.kinds(happened)
    return next(((kind, HAND_OUT[kind]) for kind in kinds if kind in HAND_OUT), None)


def _strip(visit: Visit, told: DossierPage) -> Strip | None:
    """The days of the clock; while it stands still, as if it ran on from now."""
    deadline = told.clock.deadline
    if deadline and told.dossier.is_open and told.dossier.is_paused:
        deadline = calendar.if_resumed(told.dossier, at=visit.at)
    return strip(deadline, today=visit.on) if deadline else None


def _story(told: DossierPage) -> tuple[StoryLine, ...]:
    codes = named(told.timeline)
    return story(
        told.timeline, told.officials | access.names(codes) | directory.office_names(codes)
    )


def _reported(told: DossierPage) -> list[tuple[str, str, ReportedLine]]:
    """What other software says of the dossier: the step in words, its own time, the rest."""
    return [
        (LAND_STEP.get(line.step, line.step), as_written(line.happened), line)
        for line in told.reported
    ]


def _papers(it: Dossier) -> list[PaperLine]:
    return [
        PaperLine(paper.name, paper.originals, paper.copies, paper.name in it.digitised)
        for paper in it.papers
    ]


def _pauses(it: Dossier) -> list[PauseLine]:
    ended = [PauseLine(PAUSE[p.kind.value], short(p.start), short(p.end)) for p in it.pauses]
    return ended + [PauseLine(PAUSE[p.kind.value], short(p.start), "") for p in it.open_pauses]

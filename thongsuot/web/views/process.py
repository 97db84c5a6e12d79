"""Processes: their list, the page of a version, its files and its drawing."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from thongsuot.actions.catalogue import exchange
from thongsuot.actions.catalogue.rights import may_propose
from thongsuot.domain.bpmn import draw
from thongsuot.domain.proposals import ProposalKind
from thongsuot.domain.workflow import Process
from thongsuot.queries import proposals as queries
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.words.labels import ACT, LEVEL, PROPOSAL_STATE, STAGE_KIND
from thongsuot.words.processes import fault


@official
def processes(visit: Visit) -> HttpResponse:
    """Every version of every process, and what is proposed."""
    words = plain(visit.request.GET.get("q"))
    proposed = queries.proposed(ProposalKind.PROCESS)
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "process",
        "search": words,
        "lines": [
            (line, [LEVEL.get(use, use) for use in line.uses])
            for line in queries.processes(words, on=visit.on)
        ],
        "proposed": [(line, PROPOSAL_STATE[line.state]) for line in proposed],
        "proposes": may_propose(visit.by.account, office=visit.desk.office, at=visit.at),
    }
    return show(visit, "catalogue/processes.html", context)


@official
def process(visit: Visit, key: str) -> HttpResponse:
    """A version of a process: steps, ways, drawing, faults, what a new version would touch."""
    found, faults = queries.process(plain(key))
    roles = queries.roles()
    context: dict[str, object] = {
        "here": "catalogue",
        "tab": "process",
        "it": found,
        "faults": [fault(one) for one in faults],
        "stages": stage_lines(found, roles),
        "moves": move_lines(found),
        "impact": queries.process_impact(found.code, on=visit.on),
        "proposes": may_propose(visit.by.account, office=visit.desk.office, at=visit.at),
    }
    return show(visit, "catalogue/process.html", context)


@official
def drawn(visit: Visit, key: str) -> HttpResponse:
    """A version of a process as BPMN 2.0."""
    del visit
    found, _ = queries.process(plain(key))
    return bpmn_file(found)


@official
def exported(visit: Visit, key: str) -> HttpResponse:
    """A version of a process as a file that another installation reads."""
    del visit
    found, _ = queries.process(plain(key))
    answer = JsonResponse(
        exchange.process_file(found), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="quy-trinh-v{found.version}.json"'
    return answer


def bpmn_file(found: Process) -> HttpResponse:
    """A process drawn, as a file."""
    title = found.name if found.decision else f"{found.name} (mẫu, chưa phê duyệt)"
    text = draw(found, role_names=queries.roles(), title=title)
    answer = HttpResponse(text, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="quy-trinh-v{found.version}.bpmn"'
    return answer


def stage_lines(found: Process, roles: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    """The steps in words: code, name, kind, role, term."""
    return [
        (s.key, s.name, STAGE_KIND[s.kind], roles.get(s.role, s.role), str(s.term or ""))
        for s in found.stages
    ]


def move_lines(found: Process) -> list[tuple[str, str, str, str]]:
    """The ways in words: act, from, to, name."""
    names = {stage.key: stage.name for stage in found.stages}
    return [
        (ACT[m.act], names.get(m.source, m.source), names.get(m.target, m.target), m.name)
        for m in found.moves
    ]

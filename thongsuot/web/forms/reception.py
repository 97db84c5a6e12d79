"""The form of the counter: keeps what was typed, and has all of it read at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import QueryDict

from thongsuot.actions.dossier import Reception, read_reception
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import Route
from thongsuot.queries.counter import Counter
from thongsuot.web.door import plain
from thongsuot.words.reading import FieldNeeded

Values = Mapping[str, str]

# Read by the action under the same names.
SAME = (
    "case",
    "channel",
    "applicant.kind",
    "applicant.name",
    "applicant.number",
    "applicant.representative",
    "applicant.phone",
    "applicant.email",
    "applicant.address",
    "applicant.proxy",
    "applicant.proxy_paper",
    "applicant.proxy_exception",
    "place",
    "competent_office",
    "return_point",
    "received_at",
    "late_entry_reason",
    "appointment",
    "appointment_basis",
)
PART = {"originals": "originals", "copies": "copies", "name": "has"}
# Stands in for a name that was left out, only to find what else is wrong.
SOMEBODY = "–"


class OfficeChanged(Refusal):
    """Another body resolves what was entered than the page showed."""

    code = "competent_office_changed"


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed, every field of it."""
    return {name: plain(post.get(name)) for name in post}


def read(
    values: Values, counter: Counter, routes: tuple[Route, ...], *, at: datetime
) -> tuple[Reception | None, tuple[Refusal, ...]]:
    """What the counter entered, or everything that is wrong with it.

    The action names one thing at a time: what is wrong is left out, and the rest read again.
    """
    left, wrong = dict(values), _unchosen(values, counter, routes)
    for _ in range(len(values) + 1):
        try:
            reception = read_reception(
                request_of(left, counter), at=at, receiving_point=counter.point.key
            )
        except Refusal as refusal:
            wrong.append(_beside_its_field(refusal, left, counter.procedure))
            left[refusal.where] = SOMEBODY if refusal.where == "applicant.name" else ""
        else:
            return (None if wrong else reception), tuple(wrong)
    return None, tuple(wrong)


def ticked(values: Values, procedure: Procedure) -> frozenset[str]:
    """The names of the papers that are here."""
    return frozenset(procedure.papers[number].name for number in _ticked(values, procedure))


def reused(values: Values, procedure: Procedure) -> tuple[str, ...]:
    """The names of the papers that are taken from what the province holds."""
    return tuple(
        procedure.papers[number].name
        for number in _of_case(values, procedure)
        if f"reuse-{number}" in values
    )


def _unchosen(values: Values, counter: Counter, routes: tuple[Route, ...]) -> list[Refusal]:
    """What this procedure asks for besides what every reception needs."""
    needed = {"case": bool(counter.procedure.cases), "competent_office": len(routes) != 1}
    wrong: list[Refusal] = [
        FieldNeeded(name, field=name)
        for name, is_needed in needed.items()
        if is_needed and not values.get(name)
    ]
    return wrong + _rerouted(values, routes)


def _rerouted(values: Values, routes: tuple[Route, ...]) -> list[Refusal]:
    """Who resolves is shown before the dossier is taken in."""
    shown = values.get("office_shown")
    if shown is None or values.get("competent_office") or len(routes) != 1:
        return []
    office = routes[0].office
    return (
        [] if shown == str(office.code) else [OfficeChanged("competent_office", office=office.name)]
    )


def request_of(values: Values, counter: Counter) -> dict[str, object]:
    """What was typed, as the action reads it."""
    request: dict[str, object] = {"procedure": str(counter.procedure.code)}
    applicant: dict[str, str] = {}
    for name in SAME:
        group, _, part = name.rpartition(".")
        (applicant if group else request)[part] = values.get(name, "")
    return {**request, "applicant": applicant, "papers": _papers(values, counter.procedure)}


def _papers(values: Values, procedure: Procedure) -> list[object]:
    listed: list[object] = [
        {
            "name": procedure.papers[number].name,
            "originals": values.get(f"originals-{number}", ""),
            "copies": values.get(f"copies-{number}", ""),
        }
        for number in _ticked(values, procedure)
    ]
    more = values.get("more_papers", "").splitlines()
    return listed + [{"name": name, "originals": "1"} for name in more if name.strip()]


def _ticked(values: Values, procedure: Procedure) -> list[int]:
    """The numbers of the papers that are here; they count the whole list, whatever the case."""
    return [number for number in _of_case(values, procedure) if f"has-{number}" in values]


def _of_case(values: Values, procedure: Procedure) -> list[int]:
    case = values.get("case", "")
    return [number for number, paper in enumerate(procedure.papers) if paper.case in ("", case)]


def _beside_its_field(refusal: Refusal, values: Values, procedure: Procedure) -> Refusal:
    """The refusal, said of the form's own field where the action counted papers."""
    group, _, rest = refusal.where.partition(".")
    if group != "papers":
        return refusal
    step, _, part = rest.partition(".")
    ticked = _ticked(values, procedure)
    listed = step.isdigit() and int(step) < len(ticked)
    refusal.where = f"{PART[part]}-{ticked[int(step)]}" if listed else "more_papers"
    return refusal

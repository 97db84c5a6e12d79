"""The counter's form in words: its fields, and the checklist of papers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.dossier.events import ApplicantKind
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.routing import Route
from thongsuot.queries import directory
from thongsuot.queries.applicants import Offer
from thongsuot.queries.counter import Counter
from thongsuot.web.applicant import Person
from thongsuot.web.chosen import Values, case_of, channel_of, channels_of, term_of
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import Problem, problems
from thongsuot.words.labels import APPLICANT_KIND, CHANNEL, LEVEL
from thongsuot.words.screens import BY_RULE, CHOOSE, COUNTER_FIELD, PLACES_BEFORE, PLACES_NOW

PROXY = ("applicant.proxy", "applicant.proxy_paper", "applicant.proxy_exception")
WIDGET: dict[str, Widget] = {
    "applicant.kind": Widget.RADIO,
    "case": Widget.SELECT,
    "channel": Widget.RADIO,
    "place": Widget.SELECT,
    "competent_office": Widget.SELECT,
    "return_point": Widget.SELECT,
    "received_at": Widget.MOMENT,
    "appointment": Widget.MOMENT,
    "late_entry_reason": Widget.LINES,
    "more_papers": Widget.LINES,
    "reason": Widget.LINES,
}
# Which keys a phone shows.
KEYS: dict[str, str] = {
    "applicant.number": "numeric",
    "applicant.phone": "tel",
    "applicant.email": "email",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the checklist of papers."""

    number: int
    name: str
    form: str
    is_here: bool
    originals: FieldLine
    copies: FieldLine
    held: Offer | None
    is_reused: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """The form of a reception."""

    procedure: Procedure
    counter: Counter
    case: str
    key: str
    by_rule: str
    about: tuple[FieldLine, ...]
    whose: FieldLine
    applicant: tuple[FieldLine, ...]
    proxy: tuple[FieldLine, ...]
    held_of: str
    papers: tuple[PaperRow, ...]
    more_papers: FieldLine
    bodies: tuple[FieldLine, ...]
    entry: tuple[FieldLine, ...]
    appointment: tuple[FieldLine, ...]
    reason: FieldLine
    is_by_proxy: bool
    is_late_entry: bool
    is_declining: bool
    problems: tuple[Problem, ...]


def new_key() -> str:
    """A key for one filled-in form, so that it makes one dossier however often it is sent."""
    return f"web:{uuid.uuid4()}"


def screen(
    here: Counter,
    values: Values,
    wrong: tuple[Refusal, ...],
    routes: tuple[Route, ...],
    person: Person,
    *,
    on: date,
) -> Screen:
    """The form with what was typed and what is wrong with it."""
    case = case_of(here.procedure, values)
    papers = _papers(here.procedure, case, values, person)
    groups = {
        "about": _about(here, case, values),
        "whose": (_whose(values),),
        "applicant": _applicant(here, values, on),
        "proxy": tuple(_line(name, values) for name in PROXY),
        "bodies": _bodies(here, values, routes),
        "entry": _entry(values),
        "appointment": _appointment(here, case, values),
        "single": (_line("more_papers", values), _line("reason", values)),
        "counts": tuple(line for row in papers for line in (row.originals, row.copies)),
    }
    found = problems(wrong, [line.name for lines in groups.values() for line in lines])
    shown = {name: with_errors(lines, found) for name, lines in groups.items()}
    more_papers, reason = shown["single"]
    return Screen(
        procedure=here.procedure,
        counter=here,
        case=case,
        key=values.get("key", ""),
        by_rule=str(routes[0].office.code) if len(routes) == 1 else "",
        about=shown["about"],
        whose=shown["whose"][0],
        applicant=shown["applicant"],
        proxy=shown["proxy"],
        held_of=values.get("applicant.number", "").strip(),
        papers=_with_counts(papers, shown["counts"]),
        more_papers=more_papers,
        bodies=shown["bodies"],
        entry=shown["entry"],
        appointment=shown["appointment"],
        reason=reason,
        is_by_proxy=any(line.value or line.error for line in shown["proxy"]),
        is_late_entry=any(line.value or line.error for line in shown["entry"]),
        is_declining=bool(reason.value or reason.error),
        problems=found,
    )


def _line(
    name: str,
    values: Values,
    *,
    options: tuple[Option, ...] = (),
    empty: str = "",
    is_required: bool = False,
) -> FieldLine:
    label, hint = COUNTER_FIELD[name]
    return FieldLine(
        name=name,
        label=label,
        widget=WIDGET.get(name, Widget.TEXT),
        value=values.get(name, ""),
        options=options,
        empty=empty,
        hint=hint,
        is_required=is_required,
        keys=KEYS.get(name, ""),
    )


def _about(here: Counter, case: str, values: Values) -> tuple[FieldLine, ...]:
    channels = tuple(Option(c.value, CHANNEL[c.value]) for c in channels_of(here.procedure))
    chosen = {"channel": channel_of(here.procedure, values).value, "case": case}
    lines = [_line("channel", chosen, options=channels, is_required=True)]
    if here.procedure.cases:
        cases = tuple(Option(name, name) for name in here.procedure.cases)
        lines.insert(0, _line("case", chosen, options=cases, empty=CHOOSE, is_required=True))
    return tuple(lines)


def _applicant(here: Counter, values: Values, on: date) -> tuple[FieldLine, ...]:
    now = directory.communes(province=here.province, on=on)
    former = directory.former_communes(province=here.province, on=on)
    places = (
        *(Option(code, name, PLACES_NOW) for code, name in now),
        *(Option(code, name, PLACES_BEFORE) for code, name in former),
    )
    return (
        _line("applicant.name", values, is_required=True),
        _line("applicant.number", values),
        _line("applicant.representative", values),
        _line("applicant.phone", values),
        _line("applicant.email", values),
        _line("place", values, options=places, empty=CHOOSE),
        _line("applicant.address", values),
    )


def _whose(values: Values) -> FieldLine:
    kinds = tuple(Option(kind.value, APPLICANT_KIND[kind.value]) for kind in ApplicantKind)
    chosen = {"applicant.kind": ApplicantKind.PERSON.value} | _typed(values, "applicant.kind")
    return _line("applicant.kind", chosen, options=kinds)


def _bodies(here: Counter, values: Values, routes: tuple[Route, ...]) -> tuple[FieldLine, ...]:
    by_rule = BY_RULE.format(office=routes[0].office.name) if len(routes) == 1 else ""
    bodies = tuple(Option(str(o.code), o.name, LEVEL[o.level.value]) for o in here.bodies)
    back = {"return_point": here.point.key}
    points = tuple(Option(point.key, point.name) for point in here.points)
    return (
        _line(
            "competent_office",
            values,
            options=bodies,
            empty=by_rule or CHOOSE,
            is_required=not by_rule,
        ),
        _line("return_point", back | _typed(values, "return_point"), options=points),
    )


def _entry(values: Values) -> tuple[FieldLine, ...]:
    return (_line("received_at", values), _line("late_entry_reason", values))


def _appointment(here: Counter, case: str, values: Values) -> tuple[FieldLine, ...]:
    """Asked for only where the law gives no term."""
    found = term_of(here.procedure, case, channel_of(here.procedure, values))
    if found is None or found.term is not None:
        return ()
    return (
        _line("appointment", values, is_required=True),
        _line("appointment_basis", values, is_required=True),
    )


def _papers(
    procedure: Procedure, case: str, values: Values, person: Person
) -> tuple[PaperRow, ...]:
    return tuple(
        PaperRow(
            number=number,
            name=paper.name,
            form=paper.form,
            is_here=f"has-{number}" in values,
            originals=_count("originals", number, paper.originals, values),
            copies=_count("copies", number, paper.copies, values),
            held=person.held.get(paper.name),
            is_reused=_is_reused(number, values, person),
        )
        for number, paper in enumerate(procedure.papers)
        if paper.case in ("", case)
    )


def _is_reused(number: int, values: Values, person: Person) -> bool:
    """What is held is taken unless the official leaves it out, or has the paper in hand."""
    chosen = f"reuse-{number}" in values
    return chosen if person.was_shown else chosen or f"has-{number}" not in values


def _count(kind: str, number: int, asked: int, values: Values) -> FieldLine:
    name, (label, _) = f"{kind}-{number}", COUNTER_FIELD[kind]
    value = values.get(name, str(asked))
    return FieldLine(name=name, label=label, widget=Widget.NUMBER, value=value, keys="numeric")


def _with_counts(rows: tuple[PaperRow, ...], counts: tuple[FieldLine, ...]) -> tuple[PaperRow, ...]:
    pairs = zip(rows, counts[::2], counts[1::2], strict=True)
    return tuple(
        replace(row, originals=originals, copies=copies) for row, originals, copies in pairs
    )


def _typed(values: Values, name: str) -> dict[str, str]:
    return {name: values[name]} if values.get(name) else {}

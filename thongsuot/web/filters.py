"""The filters of a list as chips, as fields, and as an address that somebody else can open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from thongsuot.queries import access, directory
from thongsuot.queries import reorganisation as queries
from thongsuot.queries.filters import NOBODY
from thongsuot.queries.then_and_now import names_on
from thongsuot.queries.worklist import Choices
from thongsuot.web.forms.fields import FieldLine, Option, Widget
from thongsuot.words import reading
from thongsuot.words import worklist as words
from thongsuot.words.labels import CHANNEL, STATUS

# The order of an address, so that the same list has the same address.
NAMES = tuple(words.FILTER)
# What the address says of the list beside what narrows it.
SHAPES = ("size", "order")
SIZES = (20, 40, 100)
USUAL_SIZE = 40

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in words, and the address of the list without it."""

    label: str
    value: str
    without: str


def address(tab: str, asked: Asked, **more: str) -> str:
    """The address of a list."""
    named = {name: asked.get(name, "") for name in NAMES}
    kept = {"tab": tab, **named, **{name: asked.get(name, "") for name in SHAPES}, **more}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def chips(tab: str, asked: Asked) -> list[Chip]:
    """What narrows the list now; the search has its own field."""
    names = _names(asked)
    return [
        Chip(words.FILTER[name], names[name], address(tab, {**asked, name: ""}))
        for name in NAMES
        if asked.get(name) and name != "q"
    ]


def said(asked: Asked) -> str:
    """The filters in one line, as a print names them."""
    names = _names(asked)
    return "; ".join(f"{words.FILTER[n]}: {names[n]}" for n in NAMES if asked.get(n))


def _names(asked: Asked) -> dict[str, str]:
    office, person = asked.get("office", ""), asked.get("assignee", "")
    day = structure_of(asked)
    offices = (
        (names_on([office], on=day) if day else directory.office_names([office])) if office else {}
    )
    people = access.names([person]) if person else {}
    told = {
        "status": STATUS,
        "standing": words.STANDING,
        "channel": CHANNEL,
        "office": offices,
        "structure": {asked.get("structure", ""): f"{day:%d/%m/%Y}"} if day else {},
        "plan": queries.plan_titles([asked["plan"]]) if asked.get("plan") else {},
        "assignee": {NOBODY: words.NOBODY, **people},
    }
    return {name: told.get(name, {}).get(given, given) for name, given in asked.items()}


def structure_of(asked: Asked) -> date | None:
    """The day of whose bodies a list is asked. Raises BadField."""
    return reading.maybe(reading.day, asked, "structure")


def fields(asked: Asked, choices: Choices) -> list[FieldLine]:
    """The form of the filters, as it is filled in now."""
    options = {
        "status": tuple(Option(*pair) for pair in STATUS.items()),
        "standing": tuple(Option(*pair) for pair in words.STANDING.items()),
        "channel": tuple(Option(*pair) for pair in CHANNEL.items()),
        "field": tuple(Option(name, name) for name in choices.fields),
        "office": tuple(Option(*pair) for pair in choices.offices),
        "plan": tuple(Option(*pair) for pair in choices.plans),
        "assignee": (Option(NOBODY, words.NOBODY), *(Option(*p) for p in choices.officials)),
    }
    days = ("from", "to", "structure")
    return [
        FieldLine(
            name=name,
            label=words.FILTER[name],
            widget=Widget.SELECT
            if name in options
            else Widget.DAY
            if name in days
            else Widget.TEXT,
            value=asked.get(name, ""),
            options=options.get(name, ()),
            empty=words.ANY if name in options else "",
            hint=words.STRUCTURE_HINT if name == "structure" else "",
        )
        for name in NAMES
        if name != "q" and (name != "plan" or choices.plans)
    ]

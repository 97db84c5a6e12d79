"""A refusal as a page, or as an error beside its field: the one place that translates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.words.refusals import sentence
from thongsuot.words.screens import REFUSED

STATUS: dict[Kind, int] = {
    Kind.MALFORMED: 422,
    Kind.UNKNOWN: 404,
    Kind.FORBIDDEN: 403,
    Kind.RULE: 422,
    Kind.CONFLICT: 409,
}

# Where the rules name a thing by another word than the form.
FIELDS_OF: dict[str, tuple[str, ...]] = {
    "receiving_point": ("return_point",),
    "office": ("competent_office", "of", "receivers"),
}


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A refusal as its page shows it."""

    title: str
    sentence: str
    advice: str
    code: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a form, beside its field or on top of the form."""

    field: str
    sentence: str

    @property
    def anchor(self) -> str:
        """The field's place on the page."""
        return anchor(self.field)


def anchor(field: str) -> str:
    """The place on the page of the field of this name."""
    return "f-" + field.replace(".", "-")


def told(refusal: Refusal) -> RefusedLine:
    """A refusal in words."""
    title, advice = REFUSED[refusal.kind]
    return RefusedLine(title, sentence(refusal), advice, refusal.code)


def problems(refusals: Iterable[Refusal], fields: Collection[str]) -> tuple[Problem, ...]:
    """Each refusal beside the field that it is about, if the form has that field."""
    return tuple(Problem(_field(refusal.where, fields), sentence(refusal)) for refusal in refusals)


def status_of(refusals: Iterable[Refusal]) -> int:
    """The status of a form that is shown again: a conflict if there was one."""
    kinds = {refusal.kind for refusal in refusals}
    return STATUS[Kind.CONFLICT] if Kind.CONFLICT in kinds else STATUS[Kind.MALFORMED]


def _field(where: str, fields: Collection[str]) -> str:
    named = (where, *FIELDS_OF.get(where, ()))
    return next((name for name in named if name in fields), "")

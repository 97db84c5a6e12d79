"""What one move is, and what moves of every subject are written with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from thongsuot.actions.reorganisation.ground import Ground, Held
from thongsuot.domain.directory import Office
from thongsuot.domain.reorganisation import (
    Answer,
    AnswerRule,
    Becomes,
    Create,
    Gap,
    Subject,
    touched_by,
)
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.records.codec import Json
from thongsuot.records.spans import to_span

ALREADY = "already_so"


SPOKEN_FOR = (Subject.REPORT_ROUTES, Subject.REPORT_DUTIES)


@dataclass(frozen=True, slots=True)
class Ends:
    """A row holds no longer from the day of the plan."""

    row: Model
    span: str = "valid"


@dataclass(frozen=True, slots=True)
class Begins:
    """A row begins; `row` is not kept yet."""

    row: Model


@dataclass(frozen=True, slots=True)
class Sets:
    """One column of a row that has no days of its own."""

    row: Model
    column: str
    value: str | bool


Change = Ends | Begins | Sets


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a plan moves: before, after, by which rule, and what is written for it."""

    operation: int
    subject: Subject
    key: str
    before: dict[str, Json]
    after: dict[str, Json]
    rule: str
    changes: tuple[Change, ...] = ()
    step: MoveStep = MoveStep.MOVED
    body: str = ""
    to: str = ""


@dataclass(slots=True)
class Found:
    """The moves of one subject, and what the plan leaves open."""

    moves: list[Move] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


Look = Callable[[Ground], Found]


def open_on_eve(rows: QuerySet[Any], day: date, span: str = "valid") -> Iterator[Any]:
    """The rows that hold on the eve of a day and go on after it."""
    found = rows.filter(**{f"{span}__startswith__lt": day}).order_by("pk")
    ends = Q(**{f"{span}__endswith": None}) | Q(**{f"{span}__endswith__gt": day})
    return iter(found.filter(ends))


def continued(row: Any, day: date, **changed: str) -> Any:
    """The same row from a day on, with something changed; not kept yet."""
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    del values["id"]
    end = to_span(row.valid).end
    return type(row)(**values | {"valid": (day, end)} | changed)


def moved(
    one: Held,
    key: str,
    before: dict[str, Json],
    after: dict[str, Json],
    writes: tuple[Change, ...],
    *,
    to: str | None = None,
    subject: Subject | None = None,
) -> Move:
    return Move(
        one.number,
        subject or one.answer.subject,
        key,
        before,
        after,
        rule_of(one.answer),
        writes,
        body=one.body,
        to=one.to if to is None else to,
    )


def to_do(
    one: Held,
    key: str,
    before: dict[str, Json],
    becomes: Becomes | None = None,
    *,
    subject: Subject | None = None,
) -> Move:
    done = (becomes or one.answer.becomes).value
    return Move(
        one.number,
        subject or one.answer.subject,
        key,
        before,
        {"to_do": done, "office": one.to},
        rule_of(one.answer),
        step=MoveStep.TO_DO,
        body=one.body,
        to=one.to,
    )


def to_issue(ground: Ground, subject: Subject) -> Iterable[Move]:
    """What a body that begins does not have yet."""
    for number, operation in ground.plan.numbered:
        if isinstance(operation, Create) and not touched_by(operation):
            yield Move(
                number,
                subject,
                operation.code,
                {},
                {"to_do": Becomes.TO_ISSUE.value, "office": operation.code},
                AnswerRule.NEW_BODY_STARTS_EMPTY.value,
                step=MoveStep.TO_DO,
                to=operation.code,
            )


def rule_of(answer: Answer) -> str:
    return answer.rule.value


def parent_of(office: Office | None) -> str:
    return office.parent.canonical if office and office.parent else ""

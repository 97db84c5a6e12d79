"""What can be told of training and of operating rules: who attended, who acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from thongsuot.domain.training import Lesson
from thongsuot.queries import access, directory
from thongsuot.records import training as records
from thongsuot.records.access import AccountRow
from thongsuot.records.training import LessonRow, LessonTakenRow


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A training session or operating rules as a line of the list."""

    number: int
    lesson: Lesson
    office: str
    taken: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TakenLine:
    """Somebody who attended or acknowledged."""

    account: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A session or rules with everyone who attended or acknowledged."""

    line: LessonLine
    taken: tuple[TakenLine, ...]


def lessons(account: str, *, office: str, sees: frozenset[str]) -> tuple[LessonLine, ...]:
    """The sessions and rules of one's office and of everybody, and of the offices one keeps."""
    rows = LessonRow.objects.annotate(many=Count("taken")).order_by("-on", "-id")
    if "" not in sees:
        rows = rows.filter(office__in={"", office, *sees})
    found = list(rows)
    mine = set(LessonTakenRow.objects.filter(account=account).values_list("lesson_id", flat=True))
    names = directory.office_names(row.office for row in found)
    return tuple(
        LessonLine(row.pk, row.value(), names.get(row.office, ""), row.many, row.pk in mine)
        for row in found
    )


def lesson(number: int) -> LessonPage:
    """One session or rules. Raises NoSuchLesson."""
    row = records.lesson(number)
    taken = list(row.taken.order_by("at", "account"))
    people = access.names(line.account for line in taken)
    office = directory.office_names([row.office]).get(row.office, "")
    return LessonPage(
        LessonLine(row.pk, row.value(), office, len(taken), is_mine=False),
        tuple(TakenLine(t.account, people.get(t.account, t.account), t.at) for t in taken),
    )


def waiting(account: str, *, office: str, on: date) -> int:
    """How many operating rules somebody has still to acknowledge."""
    rows = LessonRow.objects.filter(kind="rules", office__in=("", office), on__lte=on)
    return rows.exclude(taken__account=account).count()


def officials(offices: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """Who may be noted as having attended: account, name, office; "" means of all offices."""
    rows = AccountRow.objects.filter(is_active=True).order_by("office", "name", "username")
    if "" not in offices:
        rows = rows.filter(office__in=offices)
    found = list(rows.values_list("username", "name", "office"))
    names = directory.office_names(office for _, _, office in found)
    return tuple((account, name, names.get(office, office)) for account, name, office in found)

"""Training sessions and operating rules, and who attended or acknowledged them."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from thongsuot.domain.training import Lesson, LessonKind, NoSuchLesson


class LessonRow(models.Model):
    """A training session or operating rules of a day."""

    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    on = models.DateField()
    office = models.CharField(max_length=35, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    def value(self) -> Lesson:
        """The session or the rules that this row stands for."""
        return Lesson(LessonKind(self.kind), self.title, self.on, self.office, self.sha256)


class LessonTakenRow(models.Model):
    """Somebody attended or acknowledged; never changed, never removed (a trigger sees to it)."""

    lesson = models.ForeignKey(LessonRow, on_delete=models.PROTECT, related_name="taken")
    account = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "account"], name="lesson_once")]


def lesson(number: int) -> LessonRow:
    """The session or the rules of this number. Raises NoSuchLesson."""
    row = LessonRow.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchLesson("lesson", given=number)
    return row


def save(value: Lesson, *, by: str, at: datetime) -> LessonRow:
    """Keep a training session or operating rules."""
    return LessonRow.objects.create(
        kind=value.kind.value,
        title=value.title,
        on=value.on,
        office=value.office,
        sha256=value.sha256,
        by=by,
        recorded_at=at,
    )


def take(row: LessonRow, accounts: list[str], *, by: str, at: datetime) -> int:
    """Keep who attended or acknowledged; once is enough; how many are new."""
    known = set(row.taken.values_list("account", flat=True))
    fresh = [account for account in dict.fromkeys(accounts) if account not in known]
    LessonTakenRow.objects.bulk_create(
        (LessonTakenRow(lesson=row, account=account, by=by, at=at) for account in fresh),
        ignore_conflicts=True,
    )
    return len(fresh)

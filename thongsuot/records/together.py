"""One act on many: who wants what done, and how each line came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models, transaction

from thongsuot.domain.refusal import Kind, Refusal

WAITING, DONE, REFUSED, CANCELLED = "waiting", "done", "refused", "cancelled"
STATES = (WAITING, DONE, REFUSED, CANCELLED)


class BulkRow(models.Model):
    """One act that somebody wants made on many dossiers, or many receptions of one kind."""

    account = models.CharField(max_length=60)
    office = models.CharField(max_length=35)
    act = models.CharField(max_length=30)
    # What is the same for all lines, as the move or the reception asks for it.
    shared = models.JSONField(default=dict)
    title = models.CharField(max_length=300)
    # The form that began it, so that sending it twice begins one run.
    key = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="bulk_once")]
        indexes = [models.Index(fields=["account", "-id"], name="bulk_account")]


class BulkLineRow(models.Model):
    """One line of a run: what it is about, and what came of it."""

    run = models.ForeignKey(BulkRow, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=200)
    # What this line alone asks for; emptied once it is done, so that nobody is kept twice.
    given = models.JSONField(default=dict)
    seen_version = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, default=WAITING)
    said = models.TextField(blank=True)
    code = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="bulk_line_once")]
        indexes = [
            models.Index(
                fields=["run", "number"],
                condition=models.Q(state=WAITING),
                name="bulk_line_waiting",
            )
        ]


class NoSuchRun(Refusal):
    """The person began no run of this number."""

    code = "no_such_run"
    kind = Kind.UNKNOWN


def own(run: int, account: str) -> BulkRow:
    """A run that somebody began. Raises NoSuchRun."""
    row = BulkRow.objects.filter(pk=run, account=account).first()
    if row is None:
        raise NoSuchRun("run", given=run)
    return row


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line before it is kept."""

    about: str
    given: Mapping[str, object]
    code: str = ""
    seen_version: int | None = None


def begin(
    *,
    account: str,
    office: str,
    act: str,
    title: str,
    shared: Mapping[str, object],
    lines: Sequence[NewLine],
    key: str,
    at: datetime,
) -> tuple[BulkRow, bool]:
    """Keep a run with its lines, or find the one that this form began; whether it is new."""
    wanted = {"office": office, "act": act, "title": title, "shared": {**shared}, "begun_at": at}
    run, is_new = BulkRow.objects.get_or_create(account=account, key=key, defaults=wanted)
    if is_new:
        BulkLineRow.objects.bulk_create(
            BulkLineRow(
                run=run,
                number=number,
                about=line.about,
                given={**line.given},
                code=line.code,
                seen_version=line.seen_version,
            )
            for number, line in enumerate(lines, start=1)
        )
    return run, is_new


def next_waiting(run: int) -> BulkLineRow | None:
    """The next line that nobody works on, locked; None when none is left."""
    waiting = BulkLineRow.objects.filter(run=run, state=WAITING).order_by("number")
    return waiting.select_for_update(skip_locked=True, of=("self",)).select_related("run").first()


def settle(
    line: BulkLineRow,
    *,
    state: str,
    said: str,
    code: str,
    about: str,
    given: object,
    at: datetime,
) -> None:
    """Note what came of a line."""
    BulkLineRow.objects.filter(pk=line.pk).update(
        state=state, said=said, code=code, about=about, given=given, at=at
    )


def end(run: int, *, at: datetime) -> None:
    """Note that no line of a run waits any more."""
    waiting = BulkLineRow.objects.filter(run=run, state=WAITING)
    BulkRow.objects.filter(~models.Exists(waiting), pk=run, ended_at=None).update(ended_at=at)


@transaction.atomic
def cancel(run: int, *, at: datetime) -> int:
    """Stop what has not begun; how many lines. The line that is being made ends as it ends."""
    stopped = BulkLineRow.objects.filter(run=run, state=WAITING).update(state=CANCELLED, at=at)
    BulkRow.objects.filter(pk=run, ended_at=None).update(ended_at=at, cancelled_at=at)
    return stopped


@transaction.atomic
def again(run: int) -> int:
    """Let the lines that were refused or cancelled wait again; how many."""
    left = BulkLineRow.objects.filter(run=run, state__in=(REFUSED, CANCELLED))
    waiting = left.update(state=WAITING, said="", seen_version=None, at=None)
    if waiting:
        BulkRow.objects.filter(pk=run).update(ended_at=None, cancelled_at=None)
    return waiting


def counts(runs: Sequence[int]) -> dict[int, Counter[str]]:
    """How many lines of each state each run has."""
    found: dict[int, Counter[str]] = {run: Counter() for run in runs}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT run_id, state, count(*) FROM records_bulklinerow"
            " WHERE run_id = ANY(%s) GROUP BY run_id, state",
            [list(runs)],
        )
        for run, state, number in cursor.fetchall():
            found[run][state] = number
    return found

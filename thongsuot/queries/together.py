"""What can be told of acts on many: my runs, how far each one is, what came of every line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.workflow import Act
from thongsuot.records import access
from thongsuot.records import together as records
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkLineRow, BulkRow

EXPORT = "list:together"
LISTED = 50


@dataclass(frozen=True, slots=True)
class RunLine:
    """One act on many, and how far it is."""

    number: int
    act: str
    title: str
    begun_at: datetime
    ended_at: datetime | None
    is_cancelled: bool
    waiting: int
    done: int
    refused: int
    cancelled: int

    @property
    def total(self) -> int:
        """How many lines there are."""
        return self.waiting + self.done + self.refused + self.cancelled

    @property
    def settled(self) -> int:
        """How many lines do not wait any more."""
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What came of one line."""

    number: int
    code: str
    applicant: str
    procedure: str
    state: str
    said: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run with all its lines."""

    run: RunLine
    lines: tuple[ResultLine, ...]

    @property
    def received(self) -> tuple[str, ...]:
        """The dossiers that it took in."""
        is_reception = self.run.act == Act.RECEIVE.value
        return tuple(line.code for line in self.lines if is_reception and line.state == "done")


def runs(account: str) -> tuple[RunLine, ...]:
    """What somebody began of late, the newest first."""
    rows = list(BulkRow.objects.filter(account=account).order_by("-id")[:LISTED])
    counts = records.counts([row.pk for row in rows])
    return tuple(_run(row, counts[row.pk]) for row in rows)


def page(run: int, *, account: str) -> RunPage:
    """One of somebody's runs, line by line. Raises NoSuchRun."""
    row = records.own(run, account)
    lines = list(row.lines.order_by("number"))
    codes = [line.code for line in lines if line.code]
    known = {d.code: d for d in DossierRow.objects.filter(code__in=codes).defer("search")}
    counted = Counter(line.state for line in lines)
    return RunPage(_run(row, counted), tuple(_line(one, known.get(one.code)) for one in lines))


def offered(account: str, *, at: datetime) -> tuple[Act, ...]:
    """The acts that somebody's roles may make today, somewhere."""
    held = access.duties(account)
    on = at.date()
    whose = held.accounts(account, on)
    roles = {g.role for g in held.grants if g.account in whose and g.valid.contains(on)}
    return tuple(act for act in Act if any(act in held.acts_of.get(r, ()) for r in roles))


def _run(row: BulkRow, counted: Counter[str]) -> RunLine:
    return RunLine(
        number=row.pk,
        act=row.act,
        title=row.title,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        is_cancelled=row.cancelled_at is not None,
        waiting=counted[records.WAITING],
        done=counted[records.DONE],
        refused=counted[records.REFUSED],
        cancelled=counted[records.CANCELLED],
    )


def _line(row: BulkLineRow, dossier: DossierRow | None) -> ResultLine:
    return ResultLine(
        number=row.number,
        code=row.code,
        applicant=dossier.applicant_name if dossier else row.about,
        procedure=dossier.procedure_name if dossier else "",
        state=row.state,
        said=row.said,
        at=row.at,
    )

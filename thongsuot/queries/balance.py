"""The balance of a switch: every dossier that was open before is accounted for, or it is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from thongsuot.domain.reorganisation import LongerTerm
from thongsuot.domain.reorganisation.course import PlanState, PlanStep
from thongsuot.queries import directory
from thongsuot.records import reorganisation as records
from thongsuot.records.census import CensusRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.reorganisation import ReorganisationRow
from thongsuot.words import balance as words

NAMED_AT_MOST = 100
Given = str | int | date | list[str]


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One body and procedure: what was open before, and what became of it."""

    office: str
    procedure: str
    before: int = 0
    passed: int = 0
    stays: int = 0
    finished: int = 0
    withdrawn: int = 0
    refused: int = 0
    held: int = 0
    waits: int = 0
    to_return: int = 0  # ended before, the applicant has the result still to come
    since: int = 0  # taken in while the switch went on
    given_back: int = 0

    @property
    def accounted(self) -> int:
        """The dossiers of which is known what became of them."""
        ended = self.finished + self.withdrawn + self.refused
        return self.passed + self.stays + ended + self.held + self.waits

    @property
    def closes(self) -> bool:
        """Whether nothing waits, and each has one fate."""
        return self.before == self.accounted and not self.waits


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so; the dossiers of which it is not are named."""

    key: str
    looked_at: int
    wrong: int
    codes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is so of all."""
        return self.wrong == 0


@dataclass(frozen=True, slots=True)
class Balance:
    """A switch in numbers, and whether it closes."""

    plan: str
    title: str
    state: str
    lines: tuple[BalanceLine, ...]
    checks: tuple[Check, ...]
    names: dict[str, str] = field(default_factory=dict)
    longer: LongerTerm | None = None  # what the plan added to due moments, on which basis

    @property
    def total(self) -> BalanceLine:
        """All bodies and procedures together."""
        return _sum("", "", self.lines)

    @property
    def by_body(self) -> tuple[BalanceLine, ...]:
        """One line for each body."""
        bodies: dict[str, list[BalanceLine]] = defaultdict(list)
        for line in self.lines:
            bodies[line.office].append(line)
        return tuple(_sum(code, "", lines) for code, lines in sorted(bodies.items()))

    @property
    def closes(self) -> bool:
        """Whether every line closes and every check holds."""
        return all(line.closes for line in self.lines) and all(one.holds for one in self.checks)

    @property
    def sentence(self) -> str:
        """The balance in one sentence."""
        total = self.total
        return words.sentence(
            before=total.before,
            passed=total.passed,
            others=total.stays + total.finished + total.withdrawn + total.refused,
            held=total.held,
            waits=total.waits,
            closes=self.closes,
        )


@dataclass(frozen=True, slots=True)
class BodyProgress:
    """How far the switch of one body is."""

    office: str
    name: str
    total: int
    done: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a switch is: what had its turn, what remains, body by body."""

    plan: str
    title: str
    state: str
    effective_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    total: int
    done: int
    held: int
    bodies: tuple[BodyProgress, ...]

    @property
    def remaining(self) -> int:
        """How many dossiers wait for their turn."""
        return self.total - self.done

    @property
    def percent(self) -> int:
        """What part is done; whole only when nothing remains."""
        return 100 * self.done // self.total if self.total else 100


_LINES = """
SELECT c.office, c.procedure,
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'passed'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'stays'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'ended'
                          AND d.outcome = 'granted'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'ended'
                          AND d.outcome = 'withdrawn'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'ended'
                          AND d.outcome = 'refused'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = 'held'),
       count(*) FILTER (WHERE c.was_open AND NOT c.is_since AND c.fate = ''),
       count(*) FILTER (WHERE NOT c.was_open AND NOT c.is_since),
       count(*) FILTER (WHERE c.is_since),
       count(*) FILTER (WHERE c.undone_version IS NOT NULL)
  FROM records_censusrow c JOIN records_dossierrow d ON d.id = c.dossier_id
 WHERE c.plan_id = %s
 GROUP BY c.office, c.procedure
 ORDER BY c.office, c.procedure
"""

# Nothing but custody, letters and the passing of time came since: the due moment is the same, or
# what the plan made of it by its legal basis.
_DUE_MOVED = """
SELECT d.code
  FROM records_censusrow c JOIN records_dossierrow d ON d.id = c.dossier_id
 WHERE c.plan_id = %s AND d.due_at IS DISTINCT FROM c.due_at
   AND NOT EXISTS (
     SELECT FROM records_eventrow e
      WHERE e.dossier_id = c.dossier_id AND e.version > c.version
        AND e.name NOT IN ('custody_passed', 'notice_sent', 'became_near', 'became_late'))
   AND d.due_at IS DISTINCT FROM coalesce(
     (SELECT (e.body->>'due_at')::timestamptz FROM records_eventrow e
       WHERE e.dossier_id = c.dossier_id AND e.name = 'custody_passed'
         AND e.version = coalesce(c.undone_version, c.custody_version)), c.due_at)
 ORDER BY d.code
"""
_WRONG_HISTORY = """
SELECT d.code
  FROM records_censusrow c
  JOIN records_dossierrow d ON d.id = c.dossier_id
  JOIN LATERAL (
    SELECT count(*) AS every, count(*) FILTER (WHERE e.version <= c.version) AS before,
           max(e.version) AS last,
           count(*) FILTER (WHERE e.name = 'custody_passed' AND e.body->>'plan' = %s
                              AND NOT coalesce((e.body->>'is_undo')::boolean, false)) AS passed
      FROM records_eventrow e WHERE e.dossier_id = c.dossier_id
  ) h ON true
 WHERE c.plan_id = %s
   AND (h.before <> c.version OR h.every <> d.version OR h.last <> d.version
        OR h.passed <> (CASE WHEN c.fate = 'passed' THEN 1 ELSE 0 END))
 ORDER BY d.code
"""
_WITHOUT_HOLDER = """
SELECT d.code
  FROM records_censusrow c JOIN records_dossierrow d ON d.id = c.dossier_id
 WHERE c.plan_id = %s AND c.fate <> 'held' AND NOT d.is_handed_over
   AND (SELECT count(*) FROM records_officerow o
         WHERE o.code = d.competent_office AND o.valid @> %s::date) <> 1
 ORDER BY d.code
"""
_LEFT_BEHIND = """
SELECT d.code
  FROM records_dossierrow d
 WHERE NOT d.is_handed_over AND (d.ended_at IS NULL OR d.outcome <> 'not_received')
   AND (d.office = ANY(%s) OR d.competent_office = ANY(%s))
   AND NOT EXISTS (SELECT FROM records_censusrow c WHERE c.plan_id = %s AND c.dossier_id = d.id)
 ORDER BY d.code
"""


def balance(key: str, *, on: date) -> Balance:
    """What became of every dossier that was open when a switch began. Raises NoSuchReorganisation.

    `on` is the day of which the one holder of each dossier is looked for; before the switch it is
    the day of the switch.
    """
    row = records.find(key)
    on = max(on, row.effective_on)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [row.pk])
        lines = tuple(BalanceLine(*line) for line in cursor.fetchall())
    counted = sum(line.before + line.to_return + line.since for line in lines)
    longer = row.value().longer_term
    checks = (
        _check(
            "due_moments_by_basis" if longer else "due_moments_unchanged",
            _DUE_MOVED,
            [row.pk],
            counted,
        ),
        _check("history_kept", _WRONG_HISTORY, [row.key, row.pk], counted),
        _check("one_holder", _WITHOUT_HOLDER, [row.pk, on], counted),
        _left_behind(row, counted),
    )
    names = directory.office_names({line.office for line in lines})
    return Balance(row.key, row.title, row.state, lines, checks, dict(names), longer)


def progress(key: str) -> Progress:
    """How far a switch is. Raises NoSuchReorganisation."""
    row = records.find(key)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT office, count(*), count(*) FILTER (WHERE fate <> ''),"
            " count(*) FILTER (WHERE fate = 'held')"
            " FROM records_censusrow WHERE plan_id = %s GROUP BY office ORDER BY office",
            [row.pk],
        )
        found = cursor.fetchall()
    names = directory.office_names({office for office, *_ in found})
    bodies = tuple(
        BodyProgress(office, names.get(office, office), total, done)
        for office, total, done, _ in found
    )
    return Progress(
        plan=row.key,
        title=row.title,
        state=row.state,
        effective_at=row.value().effective_at,
        began_at=_when(row, PlanStep.BEGIN_SWITCH),
        ended_at=_when(row, PlanStep.END_SWITCH),
        total=sum(one.total for one in bodies),
        done=sum(one.done for one in bodies),
        held=sum(held for *_, held in found),
        bodies=bodies,
    )


def _when(row: ReorganisationRow, step: PlanStep) -> datetime | None:
    return row.steps.filter(step=step.value).order_by("at").values_list("at", flat=True).first()


def _check(key: str, statement: str, given: Sequence[Given], looked_at: int) -> Check:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        codes = [code for (code,) in cursor.fetchall()]
    return Check(key, looked_at, len(codes), tuple(codes[:NAMED_AT_MOST]))


def _left_behind(row: ReorganisationRow, looked_at: int) -> Check:
    """No open dossier lies with a body that does not stand any more and is not in the census."""
    if row.state not in (PlanState.SWITCHING.value, PlanState.SWITCHED.value):
        return Check("nothing_left_behind", looked_at, 0)
    offices = set(CensusRow.objects.filter(plan=row).values_list("office", flat=True).distinct())
    standing = OfficeRow.objects.filter(code__in=offices, valid__contains=row.effective_on)
    ended = sorted(offices - set(standing.values_list("code", flat=True)))
    return _check("nothing_left_behind", _LEFT_BEHIND, [ended, ended, row.pk], looked_at)


def _sum(
    office: str, procedure: str, lines: list[BalanceLine] | tuple[BalanceLine, ...]
) -> BalanceLine:
    numbers = {
        name: sum(getattr(line, name) for line in lines)
        for name in BalanceLine.__slots__
        if name not in ("office", "procedure")
    }
    return BalanceLine(office, procedure, **numbers)


@dataclass(frozen=True, slots=True)
class Pair:
    """A body that gives and one that takes over, with how many dossiers passed between them."""

    giving: str
    taking: str
    dossiers: int


def pairs(key: str) -> tuple[Pair, ...]:
    """Who handed how many dossiers over to whom, given back ones not counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.office, c.to_office, count(*) FROM records_censusrow c"
            " WHERE c.plan_id = %s AND c.fate = 'passed' AND c.undone_version IS NULL"
            " AND c.office <> c.to_office GROUP BY 1, 2 ORDER BY 1, 2",
            [records.find(key).pk],
        )
        return tuple(Pair(*line) for line in cursor.fetchall())

"""The index of a body for a month, as of the month's end: points, what cost them, which dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import islice

from django.db import connection

from thongsuot.domain.reporting.definitions import NoSuchReport
from thongsuot.domain.reporting.figures import Counting
from thongsuot.domain.reporting.index import (
    Found,
    Index,
    IndexComponent,
    IndexGroup,
    Measured,
    MonthAhead,
    MonthMalformed,
    Score,
    Supplements,
    Trait,
    by_office,
    measured,
    raising,
    scores,
    total,
)
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import directory
from thongsuot.queries.reporting import rules
from thongsuot.queries.reporting.tallies import Asked, Stood, stood
from thongsuot.queries.then_and_now import names_on
from thongsuot.records import report_rules
from thongsuot.records.dossier import DossierRow

INDEX = "index766"
PORTAL = "national_portal"
PAGE = 50
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class IndexQuestion:
    """Whose index of which month is asked for, as known when; without a unit the province's."""

    index: Index
    counting: Counting
    unit: str
    month: str
    start: datetime
    end: datetime
    known_at: datetime

    @property
    def cut_off(self) -> datetime:
        """Up to when facts count: the end of the month, or what is known before it."""
        return min(self.end, self.known_at)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with its components: a score where one was counted, none where there is no data."""

    group: IndexGroup
    points: Fraction
    counted: Fraction  # the most that what was counted could have given
    components: tuple[tuple[IndexComponent, Score | None], ...]


@dataclass(frozen=True, slots=True)
class OfficeScore:
    """What one body came to."""

    office: str
    name: str
    dossiers: int
    points: Fraction
    counted: Fraction


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The index of a body for a month."""

    question: IndexQuestion
    unit_name: str
    dossiers: int
    points: Fraction
    counted: Fraction
    groups: tuple[GroupLine, ...]
    raising: tuple[Score, ...]
    offices: tuple[OfficeScore, ...]  # of the whole province only

    @property
    def is_provisional(self) -> bool:
        """Whether the month was not over when it was counted."""
        return self.question.known_at < self.question.end


@dataclass(frozen=True, slots=True)
class CostLine:
    """A dossier that costs points, without its applicant."""

    code: str
    procedure: str
    office_name: str
    measured: Measured


def question(month: str, *, unit: str = "", known_at: datetime) -> IndexQuestion:
    """The index of a month. Raises MonthMalformed, MonthAhead, NoSuchReport, NoSuchOffice."""
    start, end = month_span(month)
    if start > known_at:
        raise MonthAhead("month", given=month)
    last = (end - timedelta(days=1)).date()
    if unit:
        _ = directory.get(unit, on=last)
    counting = rules.counting(INDEX, on=last)
    return IndexQuestion(_index(last), counting, unit, month, start, end, known_at)


def page(of: IndexQuestion) -> IndexPage:
    """The index with its groups, what would raise it most, and each body of the province."""
    found = _measured(of)
    of_all = scores(of.index, found)
    points, counted = total(of_all)
    names = names_on({one.office for one in found} | {of.unit}, on=_last_day(of))
    return IndexPage(
        question=of,
        unit_name=names.get(of.unit, of.unit),
        dossiers=len(found),
        points=points,
        counted=counted,
        groups=tuple(_groups(of.index, of_all)),
        raising=raising(of_all),
        offices=() if of.unit else tuple(_offices(of, found, names)),
    )


def costing(of: IndexQuestion, key: str, *, after: int = 0) -> tuple[CostLine, ...]:
    """The dossiers that cost a component points, in the order of their numbers, page by page.

    Raises NoSuchComponent.
    """
    component = of.index.component(key)
    found = sorted(
        (one for one in _measured(of) if one.dossier > after and one.fails(component)),
        key=lambda one: one.dossier,
    )[:PAGE]
    rows = DossierRow.objects.in_bulk([one.dossier for one in found])
    names = names_on({one.office for one in found}, on=_last_day(of))
    return tuple(
        CostLine(
            rows[one.dossier].code,
            rows[one.dossier].procedure_name,
            names.get(one.office, one.office),
            one,
        )
        for one in found
    )


def month_span(text: str) -> tuple[datetime, datetime]:
    """From when to when a month lasts that is written as 2025-09. Raises MonthMalformed."""
    year, _, month = text.partition("-")
    if not (len(year) == 4 and len(month) == 2 and f"{year}{month}".isdecimal()):
        raise MonthMalformed("month", given=text)
    try:
        first = date(int(year), int(month), 1)
        following = (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        raise MonthMalformed("month", given=text) from None
    return _midnight(first), _midnight(following)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _last_day(of: IndexQuestion) -> date:
    return (of.end - timedelta(days=1)).date()


def _index(on: date) -> Index:
    """The version of the index in force on a day. Raises NoSuchReport."""
    known = [each for each in report_rules.indexes() if each.key == INDEX]
    for each in reversed(known):
        if each.valid.contains(on):
            return each
    raise NoSuchReport("index", given=INDEX, known=sorted({each.key for each in known}))


def _measured(of: IndexQuestion) -> tuple[Measured, ...]:
    """Every dossier of the month as the index sees it."""
    offices = frozenset({of.unit}) if of.unit else None
    asked = Asked(of.start, of.end, of.known_at, of.counting, offices=offices)
    return tuple(one for some in _several(stood(asked)) for one in measured_of(of, some))


def _several(every: Iterator[Stood]) -> Iterator[list[Stood]]:
    while some := list(islice(every, _BATCH)):
        yield some


def measured_of(of: IndexQuestion, some: Sequence[Stood]) -> Iterator[Measured]:
    """Some dossiers as the index sees them; those that the month does not count are left out."""
    done = _done(of, [one.dossier for one in some])
    for one in some:
        asked, deeds = done[one.dossier]
        seen = measured(
            Found(one.dossier, one.reckoned, one.seen, asked, deeds),
            start=of.start,
            end=of.cut_off,
            counting=of.counting,
            most_supplements=of.index.most_supplements,
        )
        if seen is not None:
            yield seen


Done = tuple[Supplements, frozenset[Trait]]


def _done(of: IndexQuestion, dossiers: Sequence[int]) -> dict[int, Done]:
    """What was done about some dossiers before the cut-off besides what their stretches say."""
    given: dict[str, list[int] | datetime | str] = {
        "dossiers": list(dossiers),
        "end": of.cut_off,
        "known": of.known_at,
        "portal": PORTAL,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DONE, given)
        return {
            number: (
                Supplements(many, last_at, is_asking),
                frozenset(trait for trait, holds in zip(_ORDER, told, strict=True) if holds),
            )
            for number, many, last_at, is_asking, *told in cursor.fetchall()
        }


_ORDER = (
    Trait.FEE_DUE,
    Trait.PAID_ONLINE,
    Trait.RESULT_DUE,
    Trait.RESULT_FILED,
    Trait.PAPERS_FILED,
    Trait.REUSED,
    Trait.FETCHED,
    Trait.SYNCED,
    Trait.DISLIKED,
)

# A scan is one of the result where it bears its name, or came after the result was issued; what
# went to others over the axis with a file was one as well.
_DONE = """
SELECT d.id, coalesce(e.asked, 0), e.asked_at, coalesce(e.is_asking, false),
       EXISTS (SELECT 1 FROM jsonb_array_elements(coalesce(p.body->'fees', '[]')) f
                WHERE coalesce(f->>'amount', '?') <> '0'),
       coalesce(e.is_paid, false),
       jsonb_array_length(coalesce(p.body->'results', '[]')) > 0,
       coalesce(e.has_result, false)
           OR d.code IN (SELECT t.dossier FROM records_documentrow t
                          WHERE t.way = 'out' AND t.dossier <> '' AND t.files <> '{}'
                            AND t.at < %(end)s),
       coalesce(e.has_papers, false), coalesce(e.is_reused, false), coalesce(e.is_fetched, false),
       EXISTS (SELECT 1 FROM records_outboxrow o
                WHERE o.dossier_id = d.id AND o.partner = %(portal)s AND NOT o.is_skipped
                  AND o.sent_at <= %(known)s),
       EXISTS (SELECT 1 FROM records_feedbackrow r
                WHERE r.dossier_id = d.id AND r.score <= 2 AND r.at < %(end)s)
  FROM records_dossierrow d
  LEFT JOIN records_procedurerow p
         ON p.base = d.procedure AND p.version = d.procedure_version
  LEFT JOIN LATERAL (
       SELECT bool_or(x.name = 'fee_collected' AND x.body->>'how' = 'platform') AS is_paid,
              bool_or(x.name = 'digitised' AND x.is_result) AS has_result,
              bool_or(x.name IN ('digitised', 'paper_reused', 'paper_fetched')
                      AND NOT x.is_result) AS has_papers,
              bool_or(x.name IN ('paper_reused', 'paper_fetched')) AS is_reused,
              bool_or(x.name = 'paper_fetched') AS is_fetched,
              count(*) FILTER (WHERE x.name = 'supplement_asked') AS asked,
              max(x.occurred_at) FILTER (WHERE x.name = 'supplement_asked') AS asked_at,
              (array_agg(x.name = 'supplement_asked'
                         ORDER BY x.occurred_at DESC, x.recorded_at DESC,
                                  x.name = 'supplement_asked' DESC)
                FILTER (WHERE x.name IN ('supplement_asked', 'supplement_received')))[1]
                  AS is_asking
         FROM (SELECT v.name, v.body, v.occurred_at, v.recorded_at,
                      v.name IN ('digitised', 'paper_reused', 'paper_fetched')
                      AND (coalesce(v.body->>'paper' IN
                          (SELECT q->>'name'
                             FROM jsonb_array_elements(coalesce(p.body->'results', '[]')) q), false)
                      OR v.occurred_at >= (SELECT min(i.occurred_at) FROM records_eventrow i
                                            WHERE i.dossier_id = d.id AND i.name = 'result_issued')
                      IS TRUE) AS is_result
                 FROM records_eventrow v
                WHERE v.dossier_id = d.id AND v.occurred_at < %(end)s
                  AND v.recorded_at <= %(known)s
                  AND (v.name IN ('fee_collected', 'paper_reused', 'paper_fetched',
                                  'supplement_asked', 'supplement_received')
                       OR v.name = 'digitised' AND (coalesce(v.body->>'content_hash', '') <> ''
                          OR jsonb_typeof(v.body->'file') = 'object'))) x) e ON true
 WHERE d.id = ANY(%(dossiers)s)
"""


def _groups(index: Index, of: Iterable[Score]) -> Iterator[GroupLine]:
    known = {one.component.key: one for one in of}
    for group in index.groups:
        lines = tuple((c, known.get(c.key)) for c in index.components if c.group == group.code)
        points, counted = total(one for _, one in lines if one is not None)
        yield GroupLine(group, points, counted, lines)


def _offices(
    of: IndexQuestion, found: tuple[Measured, ...], names: dict[str, str]
) -> Iterator[OfficeScore]:
    """Each body, those that lost most of what could be counted of them first."""
    lines = []
    for office, ones in by_office(found).items():
        points, counted = total(scores(of.index, ones))
        lines.append(OfficeScore(office, names.get(office, office), len(ones), points, counted))
    yield from sorted(lines, key=lambda line: (line.points - line.counted, line.office))

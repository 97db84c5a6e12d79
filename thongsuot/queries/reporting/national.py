"""Our figures of a month beside those that a partner counts, and the dossiers by which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import connection

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries.reporting.index import month_span
from thongsuot.queries.then_and_now import names_on
from thongsuot.records.dossier import DossierRow
from thongsuot.records.exchange import ControlTotalRow
from thongsuot.records.messages import PartnerRow

PAGE = 50
DOSSIER, RESULT = "dossier", "result"


class NoSuchGap(Refusal):
    """There is no reason of this name why two sides differ."""

    code = "no_such_gap"
    kind = Kind.UNKNOWN


class Gap(StrEnum):
    """Why a dossier of ours is not in what a partner counts, as far as we can tell."""

    NOT_OWED = "not_owed"  # nothing was owed to the partner about it
    SKIPPED = "skipped"  # people decided that it is not sent
    ASIDE = "aside"  # it was refused or failed and waits for people
    ON_THE_WAY = "on_the_way"  # it is still being sent


@dataclass(frozen=True, slots=True)
class CounterLine:
    """What both sides count of one kind in a month."""

    partner: str
    partner_name: str
    kind: str
    ours: int  # by our events: received in the month, for results: of those, granted
    acknowledged: int
    theirs: int | None  # None where the partner was not asked, or could not tell
    told_on: date | None
    gaps: Mapping[Gap, int]

    @property
    def unexplained(self) -> int:
        """What the partner acknowledged and does not count (below zero: counts without us)."""
        return 0 if self.theirs is None else self.acknowledged - self.theirs


@dataclass(frozen=True, slots=True)
class RemoteLine:
    """What a ministry's system told of the dossiers that it received in the month."""

    system: str
    name: str
    received: int
    over: int
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides of a month."""

    month: str
    start: datetime
    end: datetime
    received: int
    counters: tuple[CounterLine, ...]
    remote: tuple[RemoteLine, ...]


@dataclass(frozen=True, slots=True)
class GapLine:
    """A dossier that the partner does not have, and what is known of why."""

    number: int
    code: str
    procedure: str
    office_name: str
    received_at: datetime
    why: str


def comparison(month: str) -> Comparison:
    """Our figures of a month beside the partners'. Raises MonthMalformed."""
    start, end = month_span(month)
    told = _told(start, end)
    partners = sorted({partner for partner, _ in told} | _syncing(start.date()))
    names = _names()
    return Comparison(
        month=month,
        start=start,
        end=end,
        received=_received(start, end),
        counters=tuple(
            _line(
                partner,
                names.get(partner, partner),
                kind,
                (start, end),
                told.get((partner, kind)),
            )
            for partner in partners
            for kind in (DOSSIER, RESULT)
        ),
        remote=_remote(start, end, names),
    )


def missing(
    month: str, partner: str, kind: str, gap: Gap, *, after: int = 0
) -> tuple[GapLine, ...]:
    """The dossiers behind a gap, by their numbers, page by page. Raises MonthMalformed."""
    start, end = month_span(month)
    given = {
        **_parameters(start, end, partner, kind),
        "gap": gap.value,
        "after": after,
        "limit": PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MISSING.format(standing=_standing(kind)), given)
        found = cursor.fetchall()
    rows = DossierRow.objects.in_bulk([number for number, _ in found])
    names = names_on({row.competent_office for row in rows.values()}, on=start.date())
    return tuple(
        GapLine(
            number=number,
            code=rows[number].code,
            procedure=rows[number].procedure_name,
            office_name=names.get(rows[number].competent_office, rows[number].competent_office),
            received_at=rows[number].received_at,
            why=why,
        )
        for number, why in found
    )


Told = ControlTotalRow | None


def _told(start: datetime, end: datetime) -> dict[tuple[str, str], ControlTotalRow]:
    """The last figures that were told of the month, by partner and kind."""
    rows = ControlTotalRow.objects.filter(
        day__gte=start.date(), day__lt=end.date(), name__in=(DOSSIER, RESULT)
    )
    return {(row.partner, row.name): row for row in rows.order_by("day")}


def _syncing(on: date) -> set[str]:
    """The partners to which the dossiers of a day are told."""
    rows = PartnerRow.objects.filter(kinds__contains=[DOSSIER], valid__contains=on)
    return set(rows.values_list("code", flat=True))


def _names() -> dict[str, str]:
    return dict(PartnerRow.objects.order_by("valid").values_list("code", "name"))


def _line(
    partner: str, name: str, kind: str, month: tuple[datetime, datetime], told: Told
) -> CounterLine:
    given = _parameters(*month, partner, kind)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(standing=_standing(kind)), given)
        standing = dict(cursor.fetchall())
    acknowledged = standing.pop("acknowledged", 0)
    gaps = {gap: standing.get(gap.value, 0) for gap in Gap if standing.get(gap.value)}
    return CounterLine(
        partner=partner,
        partner_name=name,
        kind=kind,
        ours=acknowledged + sum(gaps.values()),
        acknowledged=acknowledged,
        theirs=told.theirs if told else None,
        told_on=told.day if told else None,
        gaps=gaps,
    )


def _received(start: datetime, end: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM records_stretchrow"
            " WHERE number = 1 AND received_at >= %s AND received_at < %s",
            [start, end],
        )
        (many,) = cursor.fetchone()
    return int(many)


# How it stands with what is owed about each dossier received in the month; acknowledged once is
# acknowledged, whatever was owed again.
_STANDING = """
SELECT s.dossier,
       CASE WHEN o.was_taken THEN 'acknowledged'
            WHEN o.is_aside THEN 'aside'
            WHEN o.waits THEN 'on_the_way'
            WHEN o.was_skipped THEN 'skipped'
            ELSE 'not_owed' END AS standing,
       coalesce(o.error, '') AS error
  FROM records_stretchrow s
  LEFT JOIN LATERAL (
       SELECT bool_or(m.sent_at IS NOT NULL AND NOT m.is_skipped) AS was_taken,
              bool_or(m.sent_at IS NULL AND m.set_aside_at IS NOT NULL) AS is_aside,
              bool_or(m.sent_at IS NULL AND m.set_aside_at IS NULL) AS waits,
              bool_or(m.is_skipped) AS was_skipped, max(m.last_error) AS error
         FROM records_outboxrow m
        WHERE m.partner = %(partner)s AND m.dossier_id = s.dossier AND m.kind = %(kind)s) o ON true
 WHERE s.number = 1 AND s.received_at >= %(start)s AND s.received_at < %(end)s {only}
"""
_GRANTED = """
   AND EXISTS (SELECT 1 FROM records_stretchrow r
                WHERE r.dossier = s.dossier AND r.outcome = 'granted')
"""
_COUNT = "SELECT standing, count(*) FROM ({standing}) each GROUP BY 1"
_MISSING = """
SELECT dossier, error FROM ({standing}) each
 WHERE standing = %(gap)s AND dossier > %(after)s ORDER BY dossier LIMIT %(limit)s
"""


def _standing(kind: str) -> str:
    return _STANDING.format(only=_GRANTED if kind == RESULT else "")


def _parameters(
    start: datetime, end: datetime, partner: str, kind: str
) -> dict[str, str | int | datetime]:
    return {"start": start, "end": end, "partner": partner, "kind": kind}


def _remote(start: datetime, end: datetime, names: Mapping[str, str]) -> tuple[RemoteLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner, count(*), count(*) FILTER (WHERE is_over), max(heard_at)"
            " FROM records_remotedossierrow WHERE received_at >= %s AND received_at < %s"
            " GROUP BY 1 ORDER BY 1",
            [start, end],
        )
        return tuple(
            RemoteLine(system, names.get(system, system), received, over, heard_at)
            for system, received, over, heard_at in cursor.fetchall()
        )

"""How many dossiers fall into each place of a window, counted by PostgreSQL; and which they are.

The domain's `counted` says the same of one dossier; what was recorded after the moment as of
which a report is made is left out, so that the same report gives the same figures for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import connection

from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.reporting.figures import (
    Compare,
    Counted,
    Counting,
    Intake,
    Reckoned,
    Result,
    Stretch,
    at_cut_off,
    counted,
    stretches,
)
from thongsuot.domain.reporting.windows import last_day
from thongsuot.records.dossier import DossierRow
from thongsuot.records.reporting import Life, lives

STREAMED = 5_000
PAGE = 50
Given = str | int | bool | date | datetime | list[str] | None


class Hierarchy(StrEnum):
    """To which body a dossier is counted: the one that had it then, or that has its work now."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the figures: a span of time, as it was known at a moment, of some bodies.

    Without `offices` of all. Before its end a window is counted as far as it is known.
    """

    start: datetime
    end: datetime
    known_at: datetime
    counting: Counting
    hierarchy: Hierarchy = Hierarchy.THEN
    offices: frozenset[str] | None = None

    @property
    def cut_off(self) -> datetime:
        """Up to when facts count: the end of the window, or what is known before it."""
        return min(self.end, self.known_at)


@dataclass(frozen=True, slots=True)
class Key:
    """Into which row of a report a dossier falls."""

    office: str
    field: str
    system: str


Tallies = Mapping[tuple[Key, Counted], int]


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier in a window: by its number, in which row, at which place."""

    dossier: int
    key: Key
    place: Counted
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier at its place, with what a list says of it beside."""

    seen: Seen
    code: str
    procedure: str
    due_at: datetime | None
    ended_at: datetime | None


def tallies(asked: Asked) -> Tallies:
    """How many dossiers fall into each row and place of a window."""
    found: Counter[tuple[Key, Counted]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked, _COUNT), _parameters(asked))
        for office, field, system, intake, result, extended, many in cursor.fetchall():
            place = Counted(Intake(intake), Result(result), Result(extended))
            found[Key(office, field, system), place] += many
    for one in _recounted(asked):
        found[one.key, one.place] += 1
    return found


def elsewhere(asked: Asked) -> Tallies:
    """What other systems hold, by the last word heard of each; for the whole province only.

    They are no events of ours: shown apart by system, and never added to what we hold. One that
    ended after the cut-off was open then.
    """
    placed = _PLACED.format(
        office="s.office",
        result=_result("s.due_at", asked.counting.compare),
        extended=_result("s.due_at", asked.counting.compare),
        seen=_ELSEWHERE,
        holder="",
    )
    found: Counter[tuple[Key, Counted]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(placed=placed), _parameters(asked) | {"offices": None})
        for office, field, system, intake, result, extended, many in cursor.fetchall():
            found[Key(office, field, system), _place(intake, result, extended)] += many
    return found


def listed(
    asked: Asked,
    *,
    wanted: Callable[[Counted], bool],
    key: Callable[[Key], bool] = lambda _: True,
    fields: Collection[str] | None = None,
    systems: Collection[str] | None = None,
    after: int = 0,
    limit: int = PAGE,
) -> tuple[Seen, ...]:
    """The dossiers of a window at some places, the first by their numbers.

    `fields` and `systems` let PostgreSQL leave out what `key` would.
    """
    places = [place for place in _PLACES if wanted(place)]
    given = _parameters(asked) | {
        "after": after,
        "limit": limit,
        "fields": None if fields is None else [*fields],
        "systems": None if systems is None else [*systems],
        "places": [f"{p.intake.value} {p.result.value} {p.extended.value}" for p in places],
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked, _LIST), given)
        rows = cursor.fetchall()
    found = [
        Seen(number, Key(office, field, system), _place(intake, result, extended), received_at)
        for number, office, field, system, intake, result, extended, received_at in rows
    ]
    found += [
        one
        for one in _recounted(asked)
        if wanted(one.place)
        and one.dossier > after
        and (fields is None or one.key.field in fields)
        and (systems is None or one.key.system in systems)
    ]
    fitting = (one for one in found if key(one.key))
    return tuple(sorted(fitting, key=lambda one: one.dossier)[:limit])


def streamed(
    asked: Asked,
    *,
    wanted: Callable[[Counted], bool],
    key: Callable[[Key], bool] = lambda _: True,
    fields: Collection[str] | None = None,
    systems: Collection[str] | None = None,
) -> Iterator[Found]:
    """All dossiers of a window at some places, through a cursor that stays in the server.

    What was entered too late to be known comes after the others.
    """
    found = {
        place: f"{place.intake.value} {place.result.value} {place.extended.value}"
        for place in _PLACES
    }
    places = {told: place for place, told in found.items() if wanted(place)}
    given = _parameters(asked) | {
        "after": 0,
        "limit": None,
        "fields": None if fields is None else [*fields],
        "systems": None if systems is None else [*systems],
        "places": [*places],
    }
    statement = _WITH_DOSSIER.format(listed=_statement(asked, _LIST))
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, given)
        while rows := cursor.fetchmany(STREAMED):
            for number, office, field, system, told, received_at, *of_dossier in rows:
                at = Key(office, field, system)
                if key(at):
                    yield Found(Seen(number, at, places[told], received_at), *of_dossier)
    late = [
        one
        for one in _recounted(asked)
        if wanted(one.place)
        and (fields is None or one.key.field in fields)
        and (systems is None or one.key.system in systems)
        and key(one.key)
    ]
    kept = DossierRow.objects.defer("search").in_bulk([one.dossier for one in late])
    for one in late:
        row = kept[one.dossier]
        yield Found(one, row.code, row.procedure_name, row.due_at, row.ended_at)


@dataclass(frozen=True, slots=True)
class Stood:
    """A dossier with the stretch that a cut-off sees."""

    dossier: int
    reckoned: Reckoned
    seen: Stretch


def stood(asked: Asked) -> Iterator[Stood]:
    """Every dossier of a window as its cut-off sees it, by the bodies of then.

    Those entered too late to be known are counted one by one, as they were known.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STOOD.format(seen=_SEEN), _parameters(asked))
        rows = cursor.fetchall()
    for number, *told, outcome in rows:
        of, stretch = told[:6], [*told[6:], Outcome(outcome) if outcome else None]
        yield Stood(number, Reckoned(*of), Stretch(*stretch))
    for life in _known_later(asked):
        late = at_cut_off(stretches(life.facts), asked.cut_off)
        if late is not None and (asked.offices is None or late.office in asked.offices):
            yield Stood(life.dossier, life.reckoned, late)


def place_of(life: Life, asked: Asked) -> Seen | None:
    """The place of one dossier, worked out by the domain from what was recorded by then."""
    made = stretches(life.facts)
    seen = at_cut_off(made, asked.cut_off)
    if seen is None:
        return None
    place = counted(
        life.reckoned, seen, start=asked.start, end=asked.cut_off, counting=asked.counting
    )
    holder = at_cut_off(made, asked.known_at) if asked.hierarchy is Hierarchy.NOW else seen
    office = (holder or seen).office
    if place is None or (asked.offices is not None and office not in asked.offices):
        return None
    key = Key(office, life.field, life.reckoned.system)
    return Seen(life.dossier, key, place, life.reckoned.received_at)


def _recounted(asked: Asked) -> Iterator[Seen]:
    """What was entered too late to be known is counted one by one, as it was known."""
    for life in _known_later(asked):
        seen = place_of(life, asked)
        if seen is not None:
            yield seen


def _known_later(asked: Asked) -> Iterator[Life]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_LATER, _parameters(asked))
        dossiers = [number for (number,) in cursor.fetchall()]
    yield from lives(dossiers, known=asked.known_at) if dossiers else ()


def _place(intake: str, result: str, extended: str) -> Counted:
    return Counted(Intake(intake), Result(result), Result(extended))


_PLACES = tuple(
    Counted(intake, result, extended)
    for intake in Intake
    for result in Result
    for extended in Result
)

_KNOWN_LATER = """
SELECT DISTINCT dossier FROM records_stretchrow
 WHERE known_at > %(known)s AND known_at > from_at AND from_at < %(end)s
"""

# Three ways into the table, each by its own index: what ended in the window, what is open to this
# day, and what was open at the cut-off and has changed since.
_SEEN = """
SELECT s.* FROM records_stretchrow s
 WHERE s.ended_at >= %(start)s AND s.ended_at < %(end)s AND s.known_at <= %(known)s
   AND s.outcome <> 'moved'
UNION ALL
SELECT s.* FROM records_stretchrow s
 WHERE s.ended_at IS NULL AND s.to_at IS NULL AND s.from_at < %(end)s AND s.known_at <= %(known)s
UNION ALL
SELECT s.* FROM records_stretchrow s
 WHERE s.ended_at IS NULL AND s.to_at >= %(end)s AND s.from_at < %(end)s
   AND s.known_at <= %(known)s
"""

_STOOD = """
SELECT s.dossier, s.received_at, s.is_online, s.procedure, s.procedure_version, s.system,
       s.is_interlinked, s.from_at, s.known_at, s.office, s.due_at, s.extended_to, s.is_waiting,
       s.ended_at, s.outcome
  FROM ({seen}) s
 WHERE %(offices)s::text[] IS NULL OR s.office = ANY(%(offices)s)
"""

_ELSEWHERE = """
SELECT r.id AS dossier, r.body AS office, r.field, r.partner AS system, r.received_at, r.due_at,
       r.channel IN ('online', '2') AS is_online, false AS is_interlinked,
       r.status IN ('5', '6') AND NOT r.is_over AS is_waiting,
       CASE WHEN r.is_over AND coalesce(r.ended_at, r.said_at) < %(end)s
            THEN coalesce(r.ended_at, r.said_at) END AS ended_at,
       CASE WHEN r.status = '7' THEN 'withdrawn' ELSE '' END AS outcome
  FROM records_remotedossierrow r
 WHERE r.status NOT IN ('1', '3') AND r.received_at < %(end)s AND r.heard_at <= %(known)s
   AND (NOT r.is_over OR coalesce(r.ended_at, r.said_at) >= %(start)s)
"""

_PLACED = """
SELECT s.dossier, {office} AS body, s.field, s.system, s.received_at,
       CASE WHEN s.received_at < %(start)s THEN 'before'
            WHEN s.is_online THEN 'online' ELSE 'other' END AS intake,
       {result} AS result, {extended} AS extended
  FROM ({seen}) s {holder}
 WHERE (%(interlinked)s OR NOT s.is_interlinked)
"""

_RESULT = """
CASE WHEN s.ended_at IS NULL AND s.is_waiting THEN %(waiting)s
     WHEN s.ended_at IS NULL AND {is_late} THEN 'open_late'
     WHEN s.ended_at IS NULL THEN 'open_in_time'
     WHEN s.outcome = 'withdrawn' THEN %(withdrawn)s
     WHEN {due} IS NULL THEN %(without_due)s
     WHEN {ended_by} < {due_by} THEN 'early'
     WHEN {ended_by} = {due_by} THEN 'on_time'
     ELSE 'late' END
"""

_HOLDER = """
  LEFT JOIN records_stretchrow held
         ON s.to_at IS NOT NULL AND held.dossier = s.dossier AND held.from_at < %(known)s
        AND (held.to_at IS NULL OR held.to_at >= %(known)s)
"""

_COUNT = """
SELECT body, field, system, intake, result, extended, count(*)
  FROM ({placed}) placed
 WHERE (%(offices)s::text[] IS NULL OR body = ANY(%(offices)s))
 GROUP BY 1, 2, 3, 4, 5, 6
"""

_WITH_DOSSIER = """
SELECT listed.dossier, listed.body, listed.field, listed.system,
       concat_ws(' ', listed.intake, listed.result, listed.extended), listed.received_at,
       d.code, d.procedure_name, d.due_at, d.ended_at
  FROM ({listed}) listed JOIN records_dossierrow d ON d.id = listed.dossier
 ORDER BY listed.dossier
"""

_LIST = """
SELECT dossier, body, field, system, intake, result, extended, received_at
  FROM ({placed}) placed
 WHERE (%(offices)s::text[] IS NULL OR body = ANY(%(offices)s))
   AND (%(fields)s::text[] IS NULL OR field = ANY(%(fields)s))
   AND (%(systems)s::text[] IS NULL OR system = ANY(%(systems)s))
   AND dossier > %(after)s
   AND concat_ws(' ', intake, result, extended) = ANY(%(places)s)
 ORDER BY dossier LIMIT %(limit)s
"""


def _statement(asked: Asked, question: str) -> str:
    now = asked.hierarchy is Hierarchy.NOW
    placed = _PLACED.format(
        office="coalesce(held.office, s.office)" if now else "s.office",
        result=_result("s.due_at", asked.counting.compare),
        extended=_result("coalesce(s.extended_to, s.due_at)", asked.counting.compare),
        seen=_SEEN,
        holder=_HOLDER if now else "",
    )
    return question.format(placed=placed)


def _result(due: str, compare: Compare) -> str:
    by_day = compare is Compare.DAYS
    return _RESULT.format(
        due=due,
        is_late=f"{_day(due)} < %(last_day)s" if by_day else f"{due} < %(end)s",
        ended_by=_day("s.ended_at") if by_day else "s.ended_at",
        due_by=_day(due) if by_day else due,
    )


def _day(moment: str) -> str:
    """The day of a moment in Viet Nam, which has no summer time."""
    return f"({moment} AT TIME ZONE INTERVAL '7 hours')::date"


def _parameters(asked: Asked) -> dict[str, Given]:
    counting = asked.counting
    return {
        "start": asked.start,
        "end": asked.cut_off,
        "last_day": last_day(asked.cut_off),
        "known": asked.known_at,
        "interlinked": counting.counts_interlinked,
        "waiting": counting.waiting.value,
        "withdrawn": counting.withdrawn.value,
        "without_due": counting.without_due.value,
        "offices": None if asked.offices is None else sorted(asked.offices),
    }


def summed(found: Tallies, wanted: Callable[[Key], bool]) -> dict[Counted, int]:
    """The tallies of the rows asked for, put together by their places."""
    summed: Counter[Counted] = Counter()
    for (key, place), many in found.items():
        if wanted(key):
            summed[place] += many
    return dict(summed)

"""How many receptions a second the house keeps, beside a floor of raw SQL for the same rows.

The floor inserts copies of what the receptions wrote: same tables, indexes and triggers, the same
two transactions each, nothing decided and nothing looked up.
Run: python -m bench.receive [--receptions N] [--dossiers N] [--seed S]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import local

import psycopg
from django.db import connection
from psycopg import sql

from bench import house, report
from bench.report import Times
from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier import Reception
from thongsuot.actions.seed import Sowing, sow
from thongsuot.actions.seed.around import calendar_of_all, circumstances, names, province
from thongsuot.actions.seed.chance import Chance
from thongsuot.actions.seed.drawing import draw
from thongsuot.actions.seed.fate import Ending
from thongsuot.actions.seed.ground import Ground
from thongsuot.domain.duties import Person

DAY = date(2026, 9, 15)
THREADS = 4
TURNS, WARM_UP = 5, 1000
WANTED = 0.25

Row = dict[str, object]
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody at a counter: what they hand in, and to whom."""

    request: Reception
    by: Person

    def receive(self) -> str:
        """Be received by the house."""
        at = self.request.submission.received_at
        return actions.receive(request=self.request, by=self.by, at=at).code


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that one reception wrote."""

    dossier: Row
    event: Row
    owed: tuple[Row, ...]


def main() -> None:
    """Measure one client and several, the house and the floor in turns: both see the same noise."""
    asked = _arguments()
    with house.database():
        sow(Sowing(asked.dossiers, asked.seed))
        people = comers(WARM_UP + 2 * asked.receptions, asked.seed)
        received = [comer.receive for comer in people]
        _run(received[:WARM_UP], 1)  # what is read once is read now
        floor = _Floor(_written(WARM_UP)).work
        _say_where(asked)
        alone = received[WARM_UP : WARM_UP + asked.receptions]
        _tell("one client", *_in_turns(alone, floor, 1))
        _tell(f"{THREADS} threads", *_in_turns(received[-asked.receptions :], floor, THREADS))


def _in_turns(received: Sequence[Work], floor: Sequence[Work], threads: int) -> tuple[Times, Times]:
    turn = len(received) // TURNS
    ours, bare = Times((), 0), Times((), 0)
    for step in range(TURNS):
        ours += _run(received[step * turn : (step + 1) * turn], threads)
        bare += _run([floor[i % len(floor)] for i in range(turn)], threads)
    return ours, bare


def _tell(who: str, ours: Times, bare: Times) -> None:
    print(ours.line(f"the house, {who}"))
    print(bare.line(f"the floor, {who}"))
    print(f"  ratio {ours.rate / bare.rate:.2f} (wanted: {WANTED} with one client)")


def _say_where(asked: argparse.Namespace) -> None:
    tables = ("records_dossierrow", "records_eventrow", "records_outboxrow")
    print(f"receptions: {asked.receptions} for each figure, on {DAY}, mixed real procedures,")
    print(f"  in {TURNS} turns of the house and the floor,")
    print(f"  {report.sizes(*tables)}, seed {asked.seed},")
    print(f"  {report.postgres()},")
    print(f"  {report.machine()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--receptions", type=int, default=1000)
    parser.add_argument("--dossiers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def comers(count: int, seed: int) -> list[Comer]:
    """So many people with what they hand in, as the province has them."""
    ground, known, calendar = Ground(province()), names(), calendar_of_all()
    there, staff = ground.on(DAY), circumstances(until=calendar.closing_of(DAY)).staff
    people: list[Comer] = []
    number = 0
    while len(people) < count:
        number += 1
        chance = Chance(seed, "comer", number)
        drawn = draw(chance, DAY, there=there, names=known, calendar=calendar)
        if drawn.fate.ending is Ending.DECLINED or drawn.fate.entered_after:
            continue
        request = Reception(
            procedure=drawn.offer.procedure.code,
            submission=drawn.submission,
            receiving_point=drawn.desk.point,
            competent_office=drawn.offer.body,
        )
        people.append(Comer(request, Person(staff(drawn.desk.office, "counter"), "")))
    return people


def _run(work: Sequence[Work], threads: int) -> Times:
    began = time.perf_counter()
    if threads == 1:
        each = [_timed(one) for one in work]
    else:
        with ThreadPoolExecutor(threads) as pool:
            each = list(pool.map(_timed, work))
    return Times(each, time.perf_counter() - began)


def _timed(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _written(count: int) -> list[Written]:
    """The rows of the last receptions, as they lie there."""
    with connection.cursor() as cursor:
        dossiers = _rows(
            cursor, "SELECT * FROM records_dossierrow ORDER BY id DESC LIMIT %s", count
        )
        found = []
        for dossier in dossiers:
            number = dossier.pop("id")
            events = _rows(cursor, "SELECT * FROM records_eventrow WHERE dossier_id = %s", number)
            owed = _rows(cursor, "SELECT * FROM records_outboxrow WHERE dossier_id = %s", number)
            for row in (*events, *owed):
                del row["id"]
            found.append(Written(dossier, events[0], tuple(owed)))
    return found


def _rows(cursor: object, query: str, given: object) -> list[Row]:
    cursor.execute(query, [given])  # type: ignore[attr-defined]  # Django's wrapper has no stub here
    names = [column.name for column in cursor.description]  # type: ignore[attr-defined]  # same
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]  # type: ignore[attr-defined]  # same


class _Floor:
    """The same rows by bare statements, on a connection of each thread, prepared by the driver."""

    def __init__(self, written: Sequence[Written]) -> None:
        self._mine = local()
        self.work = [self._insertion(one) for one in written]

    def _insertion(self, one: Written) -> Work:
        office, day, _ = str(one.dossier["code"]).rsplit("-", 2)
        statements = {
            "records_dossierrow": _insert("records_dossierrow", one.dossier, "RETURNING id"),
            "records_eventrow": _insert("records_eventrow", one.event, ""),
        }
        owed = [(_insert("records_outboxrow", row, ""), row) for row in one.owed]

        def work() -> None:
            raw = self._connection()
            (number,) = raw.execute(_TAKE, [office, DAY]).fetchone() or (0,)
            with raw.transaction():
                code = f"{office}-{day}-{number:04d}"
                values = [*({**one.dossier, "code": code}).values()]
                (key,) = raw.execute(statements["records_dossierrow"], values).fetchone() or (0,)
                raw.execute(
                    statements["records_eventrow"], [*({**one.event, "dossier_id": key}).values()]
                )
                for statement, row in owed:
                    raw.execute(statement, [*({**row, "dossier_id": key}).values()])

        return work

    def _connection(self) -> psycopg.Connection:
        if not hasattr(self._mine, "raw"):
            self._mine.raw = house.connected(house.DATABASE)
        raw: psycopg.Connection = self._mine.raw
        return raw


_TAKE = (
    "INSERT INTO records_codesequencerow AS s (office, day, last) VALUES (%s, %s, 1)"
    " ON CONFLICT (office, day) DO UPDATE SET last = s.last + 1 RETURNING last"
)


def _insert(table: str, row: Row, ending: str) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}) {}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
        sql.SQL(ending),
    )


if __name__ == "__main__":
    main()

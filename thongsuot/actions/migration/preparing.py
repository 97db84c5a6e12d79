"""Rows of an export judged ahead of their load, and made into the lines that will be copied."""

from __future__ import annotations

import gc
import json
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from multiprocessing.connection import Connection

from django.db import connection, connections

from thongsuot.actions.migration.attachments import Finder
from thongsuot.actions.migration.checks import Checks
from thongsuot.domain.migration import Around, Judged, LegacyDossier, RowOutcome, judge
from thongsuot.records import bulk
from thongsuot.records import migration as records
from thongsuot.records.bulk import Lines
from thongsuot.records.codec import encode
from thongsuot.records.copying import line_of
from thongsuot.records.migration import MigrationRow, StagedLine

# How many batches each process has before it: one at work, one waiting.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """One row, how it ends if nothing hinders it, and what is then written for it."""

    number: int
    code: str
    digest: str
    outcome: RowOutcome | None  # None where its dossier was told before: judged when it is loaded
    findings: str = "[]"
    national_code: str = ""
    lines: Lines | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """All that a row is judged by, the same for every row of a run."""

    run: MigrationRow
    near: Around
    find: Finder
    checks: Checks | None  # None for a rehearsal, of which nothing is copied

    def batch(self, after: int, limit: int) -> list[Prepared]:
        """The next rows of the run after a number, prepared."""
        lines = records.staged_after(self.run, after, limit=limit)
        known = records.told_before(self.run.system, [line.code for line in lines])
        judged = [
            None
            if line.code in known and self.checks
            else judged_of(line.content, self.near, self.find)
            for line in lines
        ]
        kept = sum(one is not None and one.dossier is not None for one in judged)
        ids = iter(bulk.new_ids(kept) if self.checks else ())
        return [self._prepared(*one, ids) for one in zip(lines, judged, strict=True)]

    def _prepared(self, line: StagedLine, judged: Judged | None, ids: Iterator[int]) -> Prepared:
        if judged is None:
            return Prepared(line.number, line.code, line.digest, None)
        findings, national = text_of(judged.findings), ""
        if judged.dossier is not None:
            others = (one for one in judged.dossier.identifiers if one.system != self.run.system)
            national = next((one.code for one in others), "")
        if judged.dossier is None or self.checks is None:
            return Prepared(line.number, line.code, line.digest, judged.outcome, findings, national)
        key = next(ids)
        whole = bulk.Whole(judged.dossier, judged.entries, self.checks.next(judged.dossier))
        told = line_of(
            (
                self.run.system,
                line.code,
                key,
                line.digest,
                line.content,
                text_of(dict.fromkeys(judged.mapped)),
                judged.dossier.version,
                self.run.told_at,
                self.run.pk,
                line.number,
            )
        )
        return Prepared(
            line.number,
            line.code,
            line.digest,
            judged.outcome,
            findings,
            national,
            bulk.lines_of(key, whole),
            told,
        )


def judged_of(content: str, near: Around, find: Finder) -> Judged:
    """A row that was kept as text, judged."""
    legacy = LegacyDossier.of_json(json.loads(content))
    return judge(legacy, near, find(legacy))


def text_of(values: Iterable[object]) -> str:
    """Values of the domain as the text that is kept of them."""
    return f"[{', '.join(map(_text_of, values))}]"


@lru_cache(maxsize=20_000)
def _text_of(value: object) -> str:
    """The same codes are mapped, and the same defects found, again and again."""
    return json.dumps(encode(value), ensure_ascii=False)


@contextmanager
def uncollected() -> Iterator[None]:
    """Values of the domain hold no circles: looking for some costs a fifth of the time.

    Whoever works for long looks after each batch, so that memory stays as it is.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def prepared(
    how: Preparation, *, after: int, together: int, processes: int
) -> Iterator[list[Prepared]]:
    """The rows of a run after a number in order, a batch at a time, until there are none.

    With several processes they prepare ahead of whoever writes, only so far that memory stays as
    it is. One that dies costs time: what it was asked for is prepared here.
    """
    begins = count(after, together)
    # What is not committed yet, no other process sees.
    if processes <= 1 or connection.in_atomic_block:
        while batch := how.batch(next(begins), together):
            yield batch
            gc.collect(0)
        return
    with ExitStack() as ends:
        hands = _hands(how, processes, ends)
        asked = deque(_ask(hand, next(begins), together) for hand in hands * _AHEAD)
        while True:
            begin, hand = asked.popleft()
            answer = _answer(hand)
            if answer is None:
                answer, hand = how.batch(begin, together), None
            if not answer:
                return
            asked.append(_ask(hand, next(begins), together))
            yield answer
            gc.collect(0)


def _hands(how: Preparation, processes: int, ends: ExitStack) -> list[Connection]:
    """Processes that prepare what they are asked for; each ends with whoever asks."""
    connections.close_all()  # a connection belongs to one process
    fork = multiprocessing.get_context("fork")
    ours: list[Connection] = []
    for _ in range(processes):
        mine, its = fork.Pipe()
        ours.append(mine)
        # It closes our side of every pipe, or it would never hear that we are gone.
        process = fork.Process(target=_serve, args=(how, its, tuple(ours)), daemon=True)
        process.start()
        its.close()
        ends.callback(process.join)
        ends.callback(mine.close)
    return ours


def _serve(how: Preparation, asked: Connection, others: tuple[Connection, ...]) -> None:
    gc.disable()
    for other in others:
        other.close()
    try:
        while True:
            begin, limit = asked.recv()
            asked.send(how.batch(begin, limit))
            gc.collect(0)
    except (EOFError, OSError, KeyboardInterrupt):  # nobody waits for an answer any more
        return


def _ask(hand: Connection | None, begin: int, limit: int) -> tuple[int, Connection | None]:
    try:
        if hand is not None:
            hand.send((begin, limit))
    except OSError:
        return begin, None
    return begin, hand


def _answer(hand: Connection | None) -> list[Prepared] | None:
    """None where whoever was asked is no more."""
    try:
        return hand.recv() if hand is not None else None
    except (EOFError, OSError):
        return None

"""Who followed whom through every reorganisation: n to m, by day, without circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from thongsuot.domain import directory
from thongsuot.domain.directory import Succession


class Lineage:
    """The successions of bodies as a graph that can be walked both ways."""

    def __init__(self, successions: Iterable[Succession]) -> None:
        self._lines = tuple(successions)
        self._from: dict[str, list[Succession]] = defaultdict(list)
        self._to: dict[str, list[Succession]] = defaultdict(list)
        for line in self._lines:
            self._from[line.old].append(line)
            self._to[line.new].append(line)

    def successors(self, code: str, on: date) -> tuple[str, ...]:
        """Who took over directly from a body up to a day, itself not counted."""
        lines = [line for line in self._from[code] if line.on <= on]
        return tuple(dict.fromkeys(line.new for line in lines if line.new not in ("", code)))

    def predecessors(self, code: str, on: date) -> tuple[str, ...]:
        """From whom a body took over directly up to a day, itself not counted."""
        lines = [line for line in self._to[code] if line.on <= on]
        return tuple(dict.fromkeys(line.old for line in lines if line.old != code))

    def today(self, code: str, on: date) -> tuple[str, ...]:
        """The bodies of a day that carry on for a code of any time."""
        return directory.heirs(self._lines, code, on)

    def origins(self, code: str, on: date) -> tuple[str, ...]:
        """Every body whose work came, directly or not, to a body up to a day."""
        found: dict[str, None] = {}
        walk = [(code, on)]
        while walk:
            body, until = walk.pop(0)
            for line in self._to[body]:
                if line.on <= until and line.old not in (body, code) and line.old not in found:
                    found[line.old] = None
                    walk.append((line.old, line.on))
        return tuple(found)

    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The bodies that would follow themselves by way of others on one day; none is sound."""
        found: set[tuple[str, ...]] = set()
        for day in {line.on for line in self._lines}:
            edges = {
                code: [line.new for line in lines if line.on == day and line.new != code]
                for code, lines in self._from.items()
            }
            found |= set(circles(edges))
        return tuple(sorted(found))


def circles(edges: dict[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    """The ways in a graph that lead back to where they began, each told once."""
    found: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(edges):
        if start not in done:
            _walk(start, edges, done, found)
    return tuple(sorted(found))


def _walk(
    start: str, edges: dict[str, list[str]], done: set[str], found: set[tuple[str, ...]]
) -> None:
    way: list[str] = [start]
    todo: list[list[str]] = [list(edges.get(start, ()))]
    while way:
        if not todo[-1]:
            done.add(way.pop())
            todo.pop()
            continue
        code = todo[-1].pop()
        if code in way:
            circle = way[way.index(code) :]
            first = circle.index(min(circle))
            found.add(tuple(circle[first:] + circle[:first]))
        elif code not in done:
            way.append(code)
            todo.append(list(edges.get(code, ())))

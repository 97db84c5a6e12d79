"""What a partner has: every word it took, in the order of arrival."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from thongsuot.simulators import clock


@dataclass(frozen=True, slots=True)
class Entry:
    """One word, with its place in the order of all."""

    number: int
    at: str
    kind: str
    key: str
    value: Any

    def told(self) -> dict[str, Any]:
        """As the control address shows it."""
        return {"number": self.number, "at": self.at, "value": self.value}


@dataclass(slots=True)
class Book:
    """Kept in memory, and in a file of JSON lines where one is named: read again at a start."""

    file: Path | None = None
    lock: RLock = field(default_factory=RLock)
    _kept: dict[str, dict[str, list[Entry]]] = field(default_factory=dict)
    _last: int = 0
    _is_loss: bool = False
    _lost: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take up what an earlier run wrote; a last line that was cut off is left out."""
        if self.file and self.file.exists():
            for line in self.file.read_text().splitlines():
                self._take_up(line)

    def add(self, kind: str, key: str, value: Any) -> None:
        """One more word about `key`."""
        with self.lock:
            self._last += 1
            entry = Entry(self._last, clock.now().isoformat(), kind, key, value)
            self._put(entry)
            if self._is_loss:
                self._lost.append(entry)
            else:
                self._write(entry)

    def last(self, kind: str, key: str) -> Any:
        """The last word about `key`; none where there is none."""
        with self.lock:
            words = self._kept.get(kind, {}).get(key)
            return words[-1].value if words else None

    def count(self, kind: str) -> int:
        """How many keys of a kind."""
        with self.lock:
            return len(self._kept.get(kind, {}))

    def every(self, kind: str) -> list[Any]:
        """The last word about each key, in the order in which the keys first came."""
        with self.lock:
            return [words[-1].value for words in self._kept.get(kind, {}).values()]

    @contextmanager
    def losing(self) -> Iterator[None]:
        """Whatever is added within is gone at the end, though it was answered as done."""
        with self.lock:
            self._is_loss = True
            try:
                yield
            finally:
                self._is_loss = False
                for entry in reversed(self._lost):
                    self._remove(entry)
                self._lost.clear()

    def clear(self) -> None:
        """Forget everything, in the file too."""
        with self.lock:
            self._kept.clear()
            if self.file:
                self.file.write_text("")

    def told(self, *, kind: str = "", since: int = 0) -> dict[str, Any]:
        """Everything, or one kind, or what came after a number."""
        with self.lock:
            return {
                name: {key: shown for key, words in keys.items() if (shown := _after(words, since))}
                for name, keys in self._kept.items()
                if kind in {"", name}
            }

    def _put(self, entry: Entry) -> None:
        self._kept.setdefault(entry.kind, {}).setdefault(entry.key, []).append(entry)

    def _remove(self, entry: Entry) -> None:
        words = self._kept[entry.kind][entry.key]
        words.remove(entry)
        if not words:
            del self._kept[entry.kind][entry.key]

    def _write(self, entry: Entry) -> None:
        if self.file:
            line = {"kind": entry.kind, "key": entry.key, **entry.told()}
            with self.file.open("a") as book:
                book.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _take_up(self, line: str) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            return
        entry = Entry(told["number"], told["at"], told["kind"], told["key"], told["value"])
        self._put(entry)
        self._last = max(self._last, entry.number)


def _after(words: list[Entry], since: int) -> list[dict[str, Any]]:
    return [entry.told() for entry in words if entry.number > since]

"""The ways in which a partner fails, switched while it runs and drawn by a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Any

MOST_SECONDS = 600.0


class Deed(StrEnum):
    """What kind of call it is; faults differ in what they touch."""

    SESSION = "session"
    READ = "read"
    FILE = "file"
    WRITE = "write"


class Mode(StrEnum):
    """One way to fail."""

    DOWN = "down"
    SLOW = "slow"
    TIMES_OUT_AFTER = "times_out_after"
    DUPLICATE = "duplicate"
    ERROR_200 = "error_200"
    ALREADY_EXISTS = "already_exists"
    THROTTLED = "throttled"
    REORDERING = "reordering"
    PARTIAL_FILE = "partial_file"
    SCHEMA_DRIFT = "schema_drift"
    WRONG_ENCODING = "wrong_encoding"
    CLOCK_SKEW = "clock_skew"
    EXPIRED_SESSION = "expired_session"
    CHANGED_CERTIFICATE = "changed_certificate"
    SILENT_LOSS = "silent_loss"


EVERY = frozenset(Deed)
BUSINESS = EVERY - {Deed.SESSION}
TOUCHES: Mapping[Mode, frozenset[Deed]] = {
    Mode.DOWN: EVERY,
    Mode.SLOW: EVERY,
    Mode.TIMES_OUT_AFTER: BUSINESS,
    Mode.DUPLICATE: BUSINESS,
    Mode.ERROR_200: BUSINESS,
    Mode.ALREADY_EXISTS: frozenset({Deed.WRITE}),
    Mode.THROTTLED: EVERY,
    Mode.REORDERING: BUSINESS,
    Mode.PARTIAL_FILE: frozenset({Deed.FILE}),
    Mode.SCHEMA_DRIFT: BUSINESS,
    Mode.WRONG_ENCODING: BUSINESS,
    Mode.CLOCK_SKEW: EVERY,
    Mode.EXPIRED_SESSION: BUSINESS,
    Mode.CHANGED_CERTIFICATE: frozenset(),  # shown at the door, before any call
    Mode.SILENT_LOSS: frozenset({Deed.WRITE}),
}
USUAL_SECONDS = {Mode.SLOW: 3.0, Mode.TIMES_OUT_AFTER: 35.0, Mode.REORDERING: 0.5} | {
    Mode.THROTTLED: 2.0,
    Mode.CLOCK_SKEW: -3 * 86_400.0,
}


class CannotFailSo(Exception):
    """A fault that cannot be read; its text says why."""


@dataclass(slots=True)
class Fault:
    """One mode, on a share of the calls or the next so many, drawn by its own seed."""

    mode: Mode
    share: float = 1.0
    left: int | None = None
    seed: int = 1
    seconds: float = 0.0
    draws: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """The same seed draws the same way."""
        self.draws = random.Random(self.seed)  # noqa: S311 - chance on purpose, not a secret

    @property
    def is_whole(self) -> bool:
        """Whether every call fails until it is switched off."""
        return self.share >= 1 and self.left is None

    def hits(self) -> bool:
        """Draw once."""
        if self.left == 0 or self.draws.random() >= self.share:
            return False
        if self.left is not None:
            self.left -= 1
        return True

    def told(self) -> dict[str, Any]:
        """As the control address shows it."""
        return {"mode": self.mode, "share": self.share, "count": self.left} | {
            "seed": self.seed,
            "seconds": self.seconds,
        }


@dataclass(slots=True)
class Faults:
    """What is switched on at one partner."""

    on: dict[Mode, Fault] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def switch(self, asked: Any) -> None:
        """Switch one or several on, beside those that are on; a mode again replaces itself.

        Raises CannotFailSo.
        """
        several = [*asked] if isinstance(asked, list) else [asked]
        read = [_read(one) for one in several]
        with self.lock:
            self.on |= {fault.mode: fault for fault in read}

    def clear(self, mode: str = "") -> None:
        """Switch one or all off. Raises CannotFailSo."""
        with self.lock:
            if mode:
                self.on.pop(_mode(mode), None)
            else:
                self.on.clear()

    def draw(self, deed: Deed) -> dict[Mode, Fault]:
        """Those that hit this call."""
        with self.lock:
            touching = [fault for fault in self.on.values() if deed in TOUCHES[fault.mode]]
            return {fault.mode: fault for fault in touching if fault.hits()}

    def is_shut(self) -> bool:
        """Whether the door is closed to everybody."""
        fault = self.on.get(Mode.DOWN)
        return bool(fault and fault.is_whole)

    def is_other_certificate(self) -> bool:
        """Whether the next handshake shows the other certificate."""
        with self.lock:
            fault = self.on.get(Mode.CHANGED_CERTIFICATE)
            return bool(fault and fault.hits())

    def told(self) -> list[dict[str, Any]]:
        """As the control address shows them."""
        with self.lock:
            return [fault.told() for fault in self.on.values()]


def _read(asked: Any) -> Fault:
    if not isinstance(asked, Mapping):
        raise CannotFailSo("cần một đối tượng, hoặc một danh sách đối tượng")
    if unknown := {*asked} - {"mode", "share", "count", "seed", "seconds"}:
        raise CannotFailSo(f"không có tham số {', '.join(sorted(unknown))}")
    mode = _mode(str(asked.get("mode", "")))
    try:
        count = asked.get("count")
        fault = Fault(
            mode,
            share=float(asked.get("share", 1.0)),
            left=None if count is None else int(count),
            seed=int(asked.get("seed", 1)),
            seconds=float(asked.get("seconds", USUAL_SECONDS.get(mode, 0.0))),
        )
    except (TypeError, ValueError):
        raise CannotFailSo("share, count, seed, seconds phải là số") from None
    is_bounded = mode is Mode.CLOCK_SKEW or 0 <= fault.seconds <= MOST_SECONDS
    if not 0 <= fault.share <= 1 or (fault.left or 0) < 0 or not is_bounded:
        raise CannotFailSo("share từ 0 đến 1, count không âm, seconds từ 0 đến 600")
    return fault


def _mode(name: str) -> Mode:
    try:
        return Mode(name)
    except ValueError:
        raise CannotFailSo(f"không có lỗi {name!r}; có {', '.join(Mode)}") from None

"""Who follows whom as a picture: bodies before on the left, after on the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from thongsuot.actions.reorganisation.flows import Flow

WIDTH, ROW, TOP = 960, 24, 14
LEFT, RIGHT = 330, 630
THINNEST, WIDEST = 1.5, 16.0
LONGEST = 44


@dataclass(frozen=True, slots=True)
class Mark:
    """A body in the picture."""

    y: float
    text: str
    name: str  # the whole one, where the picture has room for a part only


@dataclass(frozen=True, slots=True)
class Band:
    """A way from one body to another, as wide as the work that goes it."""

    path: str
    width: str
    title: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The lineage, ready to be drawn."""

    height: int
    left: tuple[Mark, ...]
    right: tuple[Mark, ...]
    bands: tuple[Band, ...]


def picture(lines: tuple[Flow, ...], names: Mapping[str, str]) -> Picture:
    """Heirs in the order of their codes; each body stands beside the heir that has most of it."""
    to: dict[str, list[Flow]] = defaultdict(list)
    for line in lines:
        to[line.to].append(line)
    heirs = sorted(to)
    main: dict[str, Flow] = {}
    for line in lines:
        if line.body not in main or line.many > main[line.body].many:
            main[line.body] = line
    bodies = sorted(main, key=lambda code: (main[code].to, code))
    height = max(len(bodies), len(heirs), 1) * ROW + 2 * TOP
    left = _spread(bodies, height)
    right = _spread(heirs, height)
    most = max((line.many for line in lines), default=0) or 1
    return Picture(
        height,
        tuple(_mark(left[code], code, names) for code in bodies),
        tuple(_mark(right[code], code, names) for code in heirs),
        tuple(
            _band(line, left[line.body], right[line.to], most, names)
            for line in sorted(lines, key=lambda one: one.many)
        ),
    )


def _spread(codes: list[str], height: int) -> dict[str, float]:
    step = (height - 2 * TOP) / max(len(codes), 1)
    return {code: TOP + step * (place + 0.5) for place, code in enumerate(codes)}


def _mark(y: float, code: str, names: Mapping[str, str]) -> Mark:
    name = names.get(code, code)
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return Mark(round(y, 1), short, f"{name} ({code})" if short != name else "")


def _band(line: Flow, left: float, right: float, most: int, names: Mapping[str, str]) -> Band:
    middle = (LEFT + RIGHT) / 2
    path = (
        f"M{LEFT} {left:.0f}C{middle:.0f} {left:.0f} {middle:.0f} {right:.0f} {RIGHT} {right:.0f}"
    )
    width = THINNEST + (WIDEST - THINNEST) * line.many / most
    title = f"{names.get(line.body, line.body)} → {names.get(line.to, line.to)}: {line.many} hồ sơ"
    return Band(path, f"{width:.1f}", title, line.many == 0)

"""A sketch of a province, its communes shaded by the work that comes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians

from thongsuot.records.sketches import Cell, Ring

WIDTH = 760
SHADES = 4


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune in the sketch: its shape, how much comes to it, and how dark it is (0 to 4)."""

    path: str
    x: str
    y: str
    name: str
    many: int
    shade: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """The communes, ready to be drawn."""

    width: int
    height: int
    communes: tuple[Commune, ...]


def sketched(cells: tuple[Cell, ...], many: Mapping[str, int]) -> Sketch | None:
    """The cells of a province with the work that comes to each; None where there is no sketch."""
    points = [point for cell in cells for ring in cell.rings for point in ring]
    if not points:
        return None
    west, north = min(x for x, _ in points), max(y for _, y in points)
    south, east = min(y for _, y in points), max(x for x, _ in points)
    # A degree of longitude is shorter the farther from the equator.
    narrow = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrow)

    def on_page(ring: Ring) -> list[tuple[float, float]]:
        return [((x - west) * narrow * scale, (north - y) * scale) for x, y in ring]

    most = max(many.values(), default=0)
    communes = []
    for cell in cells:
        rings = [on_page(ring) for ring in cell.rings]
        x, y = _middle(rings[0])
        count = many.get(cell.place, 0)
        shade = -(-count * SHADES // most) if most else 0
        path = "".join(_path(ring) for ring in rings)
        communes.append(Commune(path, f"{x:.0f}", f"{y:.0f}", cell.name, count, shade))
    return Sketch(WIDTH, round((north - south) * scale) + 1, tuple(communes))


def _path(ring: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)

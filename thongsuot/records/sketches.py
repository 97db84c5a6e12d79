"""Sketches of a province: where its communes lie to each other, and nothing about boundaries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A commune in a sketch, as rings of longitudes and latitudes."""

    place: str
    name: str
    rings: tuple[Ring, ...]


@cache
def sketch(province: str) -> tuple[Cell, ...]:
    """The communes of a province as sketched; nothing where no open sketch was found.

    Source: data/geo, ODbL; cells drawn around one point each.
    """
    file = settings.DATA_DIR / "geo" / f"{province}.geojson"
    if not province.isdigit() or not file.is_file():
        return ()
    return tuple(_cell(feature) for feature in json.loads(file.read_text())["features"])


def _cell(feature: dict[str, object]) -> Cell:
    told, shape = feature["properties"], feature["geometry"]
    if not isinstance(told, dict) or not isinstance(shape, dict):
        raise TypeError("a sketch is a collection of named shapes")
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = tuple(tuple((x, y) for x, y, *_ in ring) for part in parts for ring in part)
    return Cell(str(told["code"]), str(told["name"]), rings)

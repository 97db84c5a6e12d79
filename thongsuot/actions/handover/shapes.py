"""What partners take, as their specifications lie in the data folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from thongsuot.domain.exchange.shape import Shape, ShapeWrong, ValueType, Wanted
from thongsuot.domain.refusal import Kind, Refusal


class NoShape(Refusal):
    """Nobody has described what this partner takes, so nothing can be checked for it."""

    code = "no_shape"
    kind = Kind.UNKNOWN


def shape_for(partner: str, kind: str) -> Shape:
    """What a partner takes: its own specification, else that of its kind of system.

    Raises NoShape, ShapeWrong.
    """
    folder = Path(settings.DATA_DIR, "handover")
    for path in (folder / "partners" / f"{partner}.toml", folder / f"{kind}.toml"):
        if path.is_file():
            return read_shape(path)
    raise NoShape("partner", partner=partner, given=kind)


def read_shape(path: Path) -> Shape:
    """A specification from its file. Raises ShapeWrong."""
    try:
        data = tomllib.loads(path.read_text())
        wanted = tuple(_wanted(one) for one in data["value"])
        return Shape(path.stem, int(data["version"]), str(data["source"]), wanted)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ShapeWrong("shape", given=path.stem, why=str(wrong)[:80]) from None


def _wanted(told: Mapping[str, Any]) -> Wanted:
    return Wanted(
        path=str(told["path"]),
        name=str(told["name"]),
        type=ValueType(told.get("type", "text")),
        is_required=told.get("required") is True,
        longest=int(told.get("longest", 0)),
        pattern=str(told.get("pattern", "")),
        one_of=tuple(map(str, told.get("one_of", ()))),
    )

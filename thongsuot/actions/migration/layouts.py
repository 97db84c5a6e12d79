"""Layouts of old systems as they lie in the data folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from thongsuot.domain.migration import Column, Knowledge, Layout, LayoutWrong, Reader, Sheet
from thongsuot.domain.refusal import Kind, Refusal


class NoSuchLayout(Refusal):
    """No layout has this name."""

    code = "no_such_layout"
    kind = Kind.UNKNOWN


def folder() -> Path:
    """Where the layouts lie."""
    return Path(settings.DATA_DIR, "layouts")


def layouts() -> tuple[Layout, ...]:
    """Every layout, by its code. Raises LayoutWrong."""
    return tuple(read_layout(path) for path in sorted(folder().glob("*.toml")))


def layout(code: str) -> Layout:
    """The layout of this code. Raises NoSuchLayout, LayoutWrong."""
    known = {path.stem: path for path in sorted(folder().glob("*.toml"))}
    if code not in known:
        raise NoSuchLayout("layout", given=code, known=", ".join(known))
    return read_layout(known[code])


def read_layout(path: Path) -> Layout:
    """A layout from its file. Raises LayoutWrong."""
    try:
        data = tomllib.loads(path.read_text())
        return _layout(data)
    except (KeyError, TypeError, ValueError) as wrong:
        raise LayoutWrong("layout", layout=path.stem, given=str(wrong)) from None


def _layout(data: Mapping[str, Any]) -> Layout:
    """Raises KeyError, ValueError, LayoutWrong."""
    return Layout(
        code=data["code"],
        version=data["version"],
        name=data["name"],
        reader=Reader(data["reader"]),
        knowledge=Knowledge(data["knowledge"]),
        days=data["days"],
        source=data["source"],
        sheets=tuple(_sheet(table) for table in data["table"]),
        statuses=data.get("status", {}),
        channels={name.lower(): ours for name, ours in data.get("channel", {}).items()},
        unknown=tuple(data.get("unknown", ())),
    )


def _sheet(table: Mapping[str, Any]) -> Sheet:
    columns = tuple(
        Column(one["theirs"], one["ours"], one.get("required", False)) for one in table["columns"]
    )
    return Sheet(
        table["part"], columns, table.get("name", ""), table.get("key", ""), table.get("of", "")
    )

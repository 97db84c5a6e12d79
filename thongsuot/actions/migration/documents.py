"""Exports of documents: JSON one after the other, as an array or a line each, never all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from thongsuot.actions.migration.rows import ExportUnreadable, Row
from thongsuot.domain.migration import Column, Layout, LegacyDossier, Sheet

_CHUNK = 1 << 16
_LONGEST = 32 * 1024 * 1024
_PARENT = "^"


def documents_of(layout: Layout, file: Path) -> Iterator[Row]:
    """Each document of a file as a dossier. Raises ExportUnreadable."""
    try:
        with file.open(encoding="utf-8-sig") as opened:
            for number, document in enumerate(_each(opened, file), 1):
                if not isinstance(document, Mapping):
                    raise ExportUnreadable("file", given=file.name)
                yield Row(file.name, number, _legacy(layout, document))
    except UnicodeDecodeError:
        raise ExportUnreadable("file", given=file.name) from None


def _each(opened: IO[str], file: Path) -> Iterator[Any]:
    """The values of a file in their order: inside one array, or one after the other."""
    decoder, buffer, is_over = json.JSONDecoder(), "", False
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("["):
            buffer = buffer[1:]
            continue
        if is_over and buffer.strip(" \t\r\n,]") == "":
            return
        try:
            value, end = decoder.raw_decode(buffer)
        except ValueError:
            more = "" if is_over else opened.read(_CHUNK)
            if is_over or len(buffer) > _LONGEST:
                raise ExportUnreadable("file", given=file.name) from None
            buffer, is_over = buffer + more, not more
            continue
        # A number at the end of what was read may go on.
        yield value
        buffer = buffer[end:]


def _legacy(layout: Layout, document: Mapping[str, Any]) -> LegacyDossier:
    parts: dict[str, tuple[dict[str, str], ...]] = {
        sheet.part: tuple(_lines(sheet, document)) for sheet in layout.sheets
    }
    return LegacyDossier(
        _told(layout.dossier.columns, document, {}),
        parts.get("steps", ()),
        parts.get("files", ()),
        parts.get("fees", ()),
    )


def _lines(sheet: Sheet, document: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for node, parent in _below(document, sheet.name.split(".") if sheet.name else [], document):
        told = _told(sheet.columns, node, parent)
        if told:
            yield told


def _below(
    node: Mapping[str, Any], path: list[str], parent: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every item at the end of a path through lists, with what holds its list."""
    if not path:
        yield node, parent
        return
    items = node.get(path[0])
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            yield from _below(item, path[1:], node)


def _told(
    columns: tuple[Column, ...], node: Mapping[str, Any], parent: Mapping[str, Any]
) -> dict[str, str]:
    found = {}
    for column in columns:
        is_above = column.theirs.startswith(_PARENT)
        text = _text(_at(parent if is_above else node, column.theirs.removeprefix(_PARENT)))
        if text:
            found[column.ours] = text
    return found


def _at(node: object, path: str) -> object:
    for name in path.split("."):
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def _text(value: object) -> str:
    """A value as a sheet would hold it; what is no single value is none."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.replace("\x00", "")
        case int() | float():
            return repr(value)
        case _:
            return ""

"""An export is read and profiled: kept row by row, so that a cut run goes on where it was."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.db import transaction

from thongsuot.actions.migration.layouts import layout as layout_of
from thongsuot.actions.migration.reading import fingerprint, rows_of
from thongsuot.actions.migration.room import while_there_is_room
from thongsuot.actions.migration.rows import Row
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.migration import LegacyDossier, MapKind, asked, composed
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import migration as records
from thongsuot.records.codec import Json
from thongsuot.records.migration import READ, READING, MigrationRow

TOGETHER = 1000
Tell = Callable[[int], None]
_SYSTEM = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


class SystemNameMalformed(Refusal):
    """An old system is named by small letters, digits and hyphens."""

    code = "legacy_system_malformed"
    kind = Kind.MALFORMED


class ToldInTheFuture(Refusal):
    """An export cannot be of a moment that has not come."""

    code = "told_in_the_future"


def require_engineer(by: Person, at: datetime) -> None:
    """Only who keeps the registers of the whole province migrates. Raises NotYourRight."""
    on = at.astimezone(VIETNAM).date()
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=on)


@while_there_is_room()
def read(
    path: Path,
    *,
    layout: str,
    system: str,
    told_at: datetime,
    by: Person,
    at: datetime,
    tell: Tell = lambda _: None,
) -> MigrationRow:
    """Read an export to its end; one that was read before is found again, not read twice.

    Raises NotYourRight, SystemNameMalformed, ToldInTheFuture, NoSuchLayout, LayoutWrong,
    ExportMissing, ExportUnreadable, TitlesMissing, NoRoomLeft.
    """
    require_engineer(by, at)
    if not _SYSTEM.fullmatch(system):
        raise SystemNameMalformed("system", given=system)
    if told_at > at:
        raise ToldInTheFuture("told_at", given=told_at.isoformat())
    shape = layout_of(layout)
    run, _ = MigrationRow.objects.get_or_create(
        system=system,
        layout=shape.code,
        sha256=fingerprint(path),
        defaults={
            "layout_version": shape.version,
            "source": path.name,
            "told_at": told_at,
            "begun_at": at,
            "begun_by": by.account,
        },
    )
    if run.state == READING:
        _read_on(run, rows_of(shape, path), tell)
    return run


def read_upload(
    name: str,
    content: bytes,
    *,
    layout: str,
    system: str,
    told_at: datetime,
    by: Person,
    at: datetime,
) -> MigrationRow:
    """Read an export that somebody sent with a form, under the name by which it came.

    Raises as `read`.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder, PurePath(name.replace("\\", "/")).name or "tep.csv")
        file.write_bytes(content)
        return read(file, layout=layout, system=system, told_at=told_at, by=by, at=at)


def _read_on(run: MigrationRow, rows: Iterator[Row], tell: Tell) -> None:
    """Keep the rows that are not kept yet, then say what is in them."""
    rest = islice(rows, run.read, None)
    while batch := list(islice(rest, TOGETHER)):
        with transaction.atomic():
            run.refresh_from_db(from_queryset=MigrationRow.objects.select_for_update())
            records.stage(run, [_line(run.read + step, row) for step, row in enumerate(batch, 1)])
            run.read += len(batch)
            run.save(update_fields=["read"])
        tell(run.read)
    run.profile = _profile(run)
    run.state = READ
    run.save(update_fields=["profile", "state"])


def _line(number: int, row: Row) -> dict[str, object]:
    legacy = row.legacy
    content = json.dumps(legacy.as_json(), ensure_ascii=False).replace("\\u0000", "")
    return {
        "number": number,
        "file": row.file[:120],
        "line": row.line,
        "code": composed(legacy.code).text[:200],
        "digest": legacy.digest,
        "content": content,
    }


def _profile(run: MigrationRow) -> dict[str, Json]:
    """What is in an export: how full each column is, which codes it tells, what is odd."""
    filled: Counter[str] = Counter()
    values: Counter[tuple[MapKind, str]] = Counter()
    odd: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for line in records.each_line(run):
        legacy = LegacyDossier.of_json(line.content)
        files[line.file] += 1
        odd.update(legacy.marks)
        if not legacy.marks:
            filled.update(legacy.told.keys())
            values.update(asked(legacy))
            odd["not_composed"] += _has_other_form(legacy)
    codes = run.lines.exclude(code="").values_list("code").distinct().count()
    told = run.lines.exclude(code="").count()
    ordered: list[Json] = [
        {"kind": kind.value, "theirs": theirs, "many": many}
        for (kind, theirs), many in sorted(values.items(), key=lambda one: (one[0][0], -one[1]))
    ]
    return {
        "rows": run.read,
        "files": dict(sorted(files.items())),
        "filled": dict(sorted(filled.items())),
        "repeated_codes": told - codes,
        "odd": {name: many for name, many in sorted(odd.items()) if many},
        "values": ordered,
    }


def _has_other_form(legacy: LegacyDossier) -> bool:
    return any(composed(text).defects for text in legacy.told.values())

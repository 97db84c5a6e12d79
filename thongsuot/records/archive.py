"""Dossiers with all that is kept about them, as an archive tells them and takes them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from psycopg.types.range import DateRange

from thongsuot.domain.dossier import Entry
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.digests import Told
from thongsuot.records.dossier import SHOWN_COLUMNS, DossierRow, EventRow
from thongsuot.records.migration import (
    LOADED,
    CodeMapRow,
    LegacyDossierRow,
    MigrationRow,
    copy_rows,
)

LAYOUT = "thongsuot-archive"
_MOMENTS = ("occurred_at", "recorded_at")
_TEXTS = ("name", "by", "office", "source_system", "on_behalf_of")


def dossiers(system: str) -> Iterator[dict[str, Any]]:
    """Each dossier ("" all, else those an old system told) with its events, by code."""
    rows = DossierRow.objects.order_by("code").prefetch_related(
        models.Prefetch("events", EventRow.objects.order_by("version")),
        models.Prefetch("told_by", LegacyDossierRow.objects.order_by("system")),
    )
    if system:
        rows = rows.filter(told_by__system=system)
    for row in rows.iterator(chunk_size=500):
        events = list(row.events.all())
        yield {
            "code": row.code,
            "events": [_event(event) for event in events],
            "files": sorted({sha256 for event in events for sha256 in _digests(event.body)}),
            "told_by": [_told(one) for one in row.told_by.all()],
        }


def entry_of(told: dict[str, Any]) -> Entry:
    """The event that a line of an archive stands for. Raises KeyError, TypeError, ValueError."""
    row = EventRow(
        body=told["body"],
        body_version=told["body_version"],
        **{name: datetime.fromisoformat(told[name]) for name in _MOMENTS},
        **{name: str(told[name]) for name in _TEXTS},
    )
    return row.entry()


def told(line: dict[str, Any]) -> Told:
    """An event of an archive as it was kept. Raises KeyError, TypeError, ValueError."""
    return str(line["name"]), line["body"], datetime.fromisoformat(line["occurred_at"])


class ToldDossier(NamedTuple):
    """A dossier as it is kept: what happened (None where nobody can read it) and what is shown."""

    code: str
    entries: list[Entry] | None
    listed: dict[str, str]  # as lists show it
    told_by: list[dict[str, Any]]  # what old systems told of it


def histories(
    codes: Sequence[str], *, known_at: datetime | None = None, using: str = "default"
) -> Iterator[ToldDossier]:
    """Some dossiers with all that is kept about them, as known at a moment (None: now)."""
    events = EventRow.objects.using(using).order_by("version")
    if known_at is not None:
        events = events.filter(recorded_at__lte=known_at)
    rows = DossierRow.objects.using(using).filter(code__in=codes).order_by("code")
    for row in rows.prefetch_related(models.Prefetch("events", events), "told_by"):
        try:
            entries = [event.entry() for event in row.events.all()]
        except (KeyError, TypeError, ValueError):  # an event that nobody here can read
            entries = None
        listed = {name: str(getattr(row, name)) for name in SHOWN_COLUMNS}
        yield ToldDossier(row.code, entries, listed, [_told(one) for one in row.told_by.all()])


def histories_of(codes: Sequence[str]) -> dict[str, list[Entry]]:
    """The histories of those of these dossiers that are here."""
    events = EventRow.objects.filter(dossier__code__in=codes).order_by("version")
    found: dict[str, list[Entry]] = {}
    for event in events.select_related("dossier"):
        found.setdefault(event.dossier.code, []).append(event.entry())
    return found


def maps(system: str) -> Iterator[dict[str, Any]]:
    """The maps of old systems, line by line."""
    rows = CodeMapRow.objects.order_by("system", "kind", "theirs", "valid")
    for row in rows.filter(system=system) if system else rows:
        line = row.value()
        yield {
            "system": row.system,
            "kind": row.kind,
            "theirs": row.theirs,
            "ours": row.ours,
            "valid_from": line.valid.start.isoformat(),
            "valid_to": line.valid.end.isoformat() if line.valid.end else "",
            "rule": row.rule,
            "many": row.many,
            "by": row.by,
            "at": _local(row.at),
        }


def keep_maps(lines: Iterable[dict[str, Any]]) -> None:
    """Keep maps of codes that have none here."""
    known = set(CodeMapRow.objects.values_list("system", "kind", "theirs"))
    new = [one for one in lines if (one["system"], one["kind"], one["theirs"]) not in known]
    CodeMapRow.objects.bulk_create(
        (
            CodeMapRow(
                **{
                    name: one[name] for name in ("system", "kind", "theirs", "ours", "rule", "many")
                },
                valid=DateRange(one["valid_from"], one["valid_to"] or None),
                by=one["by"],
                at=datetime.fromisoformat(one["at"]),
            )
            for one in new
        ),
        batch_size=1000,
    )


def keep_told(
    told: Sequence[tuple[str, dict[str, Any]]], *, digest: str, by: str, at: datetime
) -> None:
    """Keep what old systems had told of dossiers that just came in."""
    ids = dict(
        DossierRow.objects.filter(code__in=[code for code, _ in told]).values_list("code", "pk")
    )
    runs = {one["system"]: _run(one["system"], digest=digest, by=by, at=at) for _, one in told}
    copy_rows(
        LegacyDossierRow,
        [
            {
                "system": one["system"],
                "code": one["code"],
                "dossier_id": ids[code],
                "digest": one["digest"],
                "content": json.dumps(one["content"], ensure_ascii=False),
                "mapped": json.dumps(one["mapped"], ensure_ascii=False),
                "version": one["version"],
                "told_at": datetime.fromisoformat(one["told_at"]),
                "run_id": runs[one["system"]],
                "number": one["number"],
            }
            for code, one in told
        ],
    )


def _run(system: str, *, digest: str, by: str, at: datetime) -> int:
    row, _ = MigrationRow.objects.get_or_create(
        system=system,
        layout=LAYOUT,
        sha256=digest,
        defaults={
            "layout_version": 1,
            "source": LAYOUT,
            "told_at": at,
            "begun_at": at,
            "begun_by": by,
            "state": LOADED,
            "loaded_at": at,
        },
    )
    return row.pk


def _event(row: EventRow) -> dict[str, Any]:
    return {
        "body": row.body,
        "body_version": row.body_version,
        **{name: _local(getattr(row, name)) for name in _MOMENTS},
        **{name: getattr(row, name) for name in _TEXTS},
    }


def _told(row: LegacyDossierRow) -> dict[str, Any]:
    return {
        "system": row.system,
        "code": row.code,
        "digest": row.digest,
        "content": row.content,
        "mapped": row.mapped,
        "version": row.version,
        "told_at": _local(row.told_at),
        "number": row.number,
    }


def _digests(body: object) -> Iterator[str]:
    """The contents that an event speaks of."""
    if isinstance(body, dict) and isinstance(file := body.get("file"), dict):
        yield str(file["sha256"])


def _local(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).isoformat()

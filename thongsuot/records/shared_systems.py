"""Shared systems, what is set up in them, and what was found in them, as PostgreSQL keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from thongsuot.domain import shared_systems as rules
from thongsuot.domain.shared_systems import FindingStep, NewWay, Remedy
from thongsuot.domain.spans import Span
from thongsuot.records.directory import OfficeRow, SuccessionRow
from thongsuot.records.spans import never_overlapping, to_range, to_span


class SharedSystemRow(models.Model):
    """A system that many bodies use."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    keeper = models.CharField(max_length=35)
    direct_from = models.DateField(null=True)
    direct_source = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=200)

    def value(self) -> rules.SharedSystem:
        """The system that this row stands for."""
        return rules.SharedSystem(
            self.code,
            self.name,
            rules.SystemKind(self.kind),
            self.keeper,
            self.direct_from,
            self.direct_source,
        )


class SystemRegulationRow(models.Model):
    """The rules of a shared system, while they are in force."""

    system = models.CharField(max_length=40, db_index=True)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("system_regulation_once", "system", "number")]

    def value(self) -> rules.Regulation:
        """The regulation that this row stands for."""
        return rules.Regulation(
            self.system, self.number, self.title, to_span(self.valid), self.source
        )


class SystemEntryRow(models.Model):
    """A unit, account, right, address, link or flow in a shared system, while it is set up."""

    system = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=35, db_index=True)
    other = models.CharField(max_length=35, blank=True)
    via = ArrayField(models.CharField(max_length=35), blank=True, default=list)
    valid = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [never_overlapping("system_entry_once", "system", "kind", "key")]

    def value(self) -> rules.SystemEntry:
        """The entry that this row stands for."""
        return rules.SystemEntry(
            self.system,
            rules.EntryKind(self.kind),
            self.key,
            self.name,
            self.office,
            self.other,
            tuple(self.via),
        )


class FindingRow(models.Model):
    """What was found with one entry, and how far it has been followed."""

    entry = models.OneToOneField(SystemEntryRow, on_delete=models.PROTECT, related_name="finding")
    state = models.CharField(max_length=10)
    remedy = models.CharField(max_length=10)
    ways = models.JSONField(default=list)
    changed_at = models.DateTimeField()


class FindingStepRow(models.Model):
    """One step taken with a finding; never changed, never removed (a trigger sees to it)."""

    finding = models.ForeignKey(FindingRow, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    body = models.JSONField(default=dict)
    at = models.DateTimeField()


def system(code: str) -> SharedSystemRow:
    """The shared system of this code. Raises NoSuchSystem."""
    row = SharedSystemRow.objects.filter(code=code).first()
    if row is None:
        raise rules.NoSuchSystem("system", given=code)
    return row


def finding(number: int, *, lock: bool = False) -> FindingRow:
    """The finding of this number with its entry. Raises NoSuchFinding."""
    rows = FindingRow.objects.select_related("entry")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise rules.NoSuchFinding("finding", given=number)
    return row


def directory(*, on: date) -> rules.Directory:
    """The bodies of every time, as they are on a day."""
    offices = (row.value() for row in OfficeRow.objects.all())
    lines = (row.value() for row in SuccessionRow.objects.filter(on__lte=on))
    return rules.Directory(offices, lines, on=on)


def passages(*, on: date) -> list[tuple[SystemEntryRow, rules.Passage]]:
    """Every entry of a day that passes through a body that is gone."""
    rows = list(SystemEntryRow.objects.filter(valid__contains=on).order_by("system", "kind", "key"))
    systems = {row.code: row.value() for row in SharedSystemRow.objects.all()}
    by_key = {(row.system, row.kind, row.key): row for row in rows}
    found = rules.passages((row.value() for row in rows), systems, directory(on=on))
    return [(by_key[p.entry.system, p.entry.kind.value, p.entry.key], p) for p in found]


def keep_step(row: FindingRow, step: FindingStep, *, by: str, reason: str, at: datetime) -> None:
    """Keep that a step was taken, and what is proposed since."""
    row.state = rules.LEADS_TO[step].value
    row.changed_at = at
    row.save()
    FindingStepRow.objects.create(
        finding=row,
        step=step.value,
        by=by,
        reason=reason,
        body={"remedy": row.remedy, "ways": row.ways},
        at=at,
    )


def propose(row: FindingRow, remedy: Remedy, ways: Iterable[NewWay]) -> None:
    """Put what is proposed into a finding; it is kept with the next step."""
    row.remedy = remedy.value
    row.ways = [{**asdict(way), "via": list(way.via)} for way in ways]


def ways_of(row: FindingRow) -> tuple[NewWay, ...]:
    """The entries that are proposed instead."""
    return tuple(NewWay(way["office"], way["other"], tuple(way["via"])) for way in row.ways)


def end_entry(row: SystemEntryRow, *, on: date) -> date:
    """The entry is set up no longer from a day, which is returned; it held for one at least."""
    held = to_span(row.valid)
    end = max(on, held.start + timedelta(days=1))
    row.valid = to_range(Span(held.start, end))
    row.save(update_fields=["valid"])
    return end


def set_up(row: SystemEntryRow, ways: tuple[NewWay, ...], *, since: date, source: str) -> None:
    """From a day on, what takes the place of an entry."""
    SystemEntryRow.objects.bulk_create(
        SystemEntryRow(
            system=row.system,
            kind=row.kind,
            key=row.key if len(ways) == 1 else f"{row.key} · {_short(way)}"[-120:],
            name=row.name,
            office=way.office,
            other=way.other,
            via=list(way.via),
            valid=to_range(Span(since)),
            source=source,
        )
        for way in ways
    )


def _short(way: NewWay) -> str:
    return f"{way.office}→{way.other}" if way.other else way.office

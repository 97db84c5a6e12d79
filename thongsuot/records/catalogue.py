"""Procedures and processes with the decision that put them in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from thongsuot.domain import catalogue as rules
from thongsuot.domain import workflow
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records.codec import decode, encode
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping, to_range


class ProcedureRow(models.Model):
    """One version of a procedure."""

    base = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.TextField()
    field = models.CharField(max_length=200)
    levels = ArrayField(models.CharField(max_length=10))
    origin = models.CharField(max_length=12)
    decision = models.CharField(max_length=100)
    valid = DateRangeField()
    body = models.JSONField()
    search = models.TextField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            never_overlapping("procedure_versions_do_not_overlap", "base"),
            models.UniqueConstraint(fields=["base", "version"], name="procedure_version_once"),
        ]
        indexes = [GinIndex(fields=["search"], name="procedure_search", opclasses=["gin_trgm_ops"])]

    def value(self) -> rules.Procedure:
        """The procedure that this row stands for."""
        return decode(rules.Procedure, self.body)


class ProcessRow(models.Model):
    """One version of an internal process; without a decision, a sample that is not approved."""

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    decision = models.CharField(max_length=100, blank=True)
    body = models.JSONField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="process_once")]

    def value(self) -> workflow.Process:
        """The process that this row stands for."""
        return decode(workflow.Process, self.body)


class ProcessUseRow(models.Model):
    """Which process resolves a procedure ("" for any) at a level, while it is valid."""

    procedure = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=10)
    process = models.ForeignKey(ProcessRow, on_delete=models.PROTECT)
    valid = DateRangeField()

    class Meta:
        constraints = [never_overlapping("process_uses_do_not_overlap", "procedure", "level")]


class LoadRow(models.Model):
    """A file of data that was loaded, and what became of its lines."""

    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    loaded = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()


class RefusedLineRow(models.Model):
    """A line that could not be loaded, kept with its reason."""

    load = models.ForeignKey(LoadRow, on_delete=models.CASCADE, related_name="refused_lines")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    message = models.TextField()
    content = models.JSONField()


def procedure(code: ProcedureCode, *, on: date) -> rules.Procedure:
    """The procedure in force on a day.

    Raises NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    return rules.in_force(_versions(code.base), code=str(code), on=on)


def versions(base: str) -> list[rules.Procedure]:
    """Every version of a procedure that was ever published here."""
    return list(_versions(base))


def versions_of(bases: Collection[str]) -> dict[str, list[rules.Procedure]]:
    """Every version of each of these procedures, in one look; of one that is not here, none."""
    found: dict[str, list[rules.Procedure]] = {base: [] for base in bases}
    for row in ProcedureRow.objects.filter(base__in=found).order_by("pk"):
        found[row.base].append(row.value())
    return found


@remembered
def _versions(base: str) -> tuple[rules.Procedure, ...]:
    return tuple(row.value() for row in ProcedureRow.objects.filter(base=base))


def field_of(base: str, version: int) -> str:
    """The field of the version to which a dossier is bound; "" for one that is not known here."""
    return next((one.field for one in _versions(base) if one.version == version), "")


def procedure_version(base: str, version: int) -> rules.Procedure:
    """The version to which a dossier is bound. Raises NoSuchProcedure."""
    row = ProcedureRow.objects.filter(base=base, version=version).first()
    if row is None:
        raise rules.NoSuchProcedure("procedure", given=f"{base} v{version}")
    return row.value()


def process_for(procedure: rules.Procedure, *, level: Level, on: date) -> workflow.Process:
    """The process of this procedure at a level on a day: its own, else the level's common one.

    Raises NoProcess.
    """
    key = _process_key(procedure.code.base, level, on)
    if not key:
        raise workflow.NoProcess("process", procedure=str(procedure.code), level=level.value)
    return process(key)


@remembered
def _process_key(base: str, level: Level, on: date) -> str:
    uses = ProcessUseRow.objects.select_related("process").filter(
        procedure__in=["", base], level=level.value, valid__contains=on
    )
    best = max(uses, key=lambda use: use.procedure, default=None)
    return f"{best.process.code}@{best.process.version}" if best else ""


def processes_on(day: date) -> dict[tuple[str, Level], workflow.Process]:
    """The process of each procedure ("" for all that have none of their own) at each level."""
    uses = ProcessUseRow.objects.filter(valid__contains=day).values_list(
        "procedure", "level", "process__code", "process__version"
    )
    known = _processes()
    return {
        (procedure, Level(level)): known[f"{code}@{version}"]
        for procedure, level, code, version in uses
    }


@remembered
def process(key: str) -> workflow.Process:
    """The process version that a running dossier keeps. Raises NoProcess."""
    code, _, version = key.rpartition("@")
    number = int(version) if version.isascii() and version.isdecimal() else 0
    row = ProcessRow.objects.filter(code=code, version=number).first()
    if row is None:
        raise workflow.NoProcess("process", procedure=key, level="")
    return row.value()


def processes(keys: Iterable[str]) -> list[workflow.Process]:
    """The process versions of these keys, in one look."""
    known = _processes()
    return [known[key] for key in keys if key in known]


@remembered
def _processes() -> Mapping[str, workflow.Process]:
    found = [row.value() for row in ProcessRow.objects.order_by("pk")]
    return MappingProxyType({process.key: process for process in found})


def procedure_row(value: rules.Procedure, *, search: str, source: str) -> ProcedureRow:
    """One version of a procedure as a row, not yet kept."""
    return ProcedureRow(
        base=value.code.base,
        code=str(value.code),
        version=value.version,
        name=value.name,
        field=value.field,
        levels=sorted(level.value for level in value.levels),
        origin=value.origin.value,
        decision=value.decision,
        valid=to_range(value.valid),
        body=encode(value),
        search=search,
        source=source,
    )


def save_procedure(value: rules.Procedure, *, search: str, source: str) -> ProcedureRow:
    """Keep one version of a procedure."""
    row = procedure_row(value, search=search, source=source)
    row.save()
    return row


def process_row(value: workflow.Process, *, source: str) -> ProcessRow:
    """One version of a process as a row, not yet kept."""
    return ProcessRow(
        code=value.code,
        version=value.version,
        name=value.name,
        decision=value.decision,
        body=encode(value),
        source=source,
    )


def save_process(value: workflow.Process, *, source: str) -> ProcessRow:
    """Keep one version of a process."""
    row = process_row(value, source=source)
    row.save()
    return row

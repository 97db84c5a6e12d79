"""What can be told about procedures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.deadline import Term
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.workflow import Fault, Process, check
from thongsuot.records import catalogue as records
from thongsuot.records.access import RoleRow
from thongsuot.records.catalogue import ProcedureRow, ProcessRow
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure as a line of a list."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some procedures in the order of their codes; `next` is empty at the end."""

    lines: tuple[ProcedureLine, ...]
    next: str


def listed(words: str, *, on: date, after: str = "", limit: int = 50) -> Page:
    """A page of the procedures in force on a day that contain these words."""
    wanted = Q(valid__contains=on, code__gt=after)
    for word in fold(words):
        wanted &= Q(search__contains=word)
    rows = list(ProcedureRow.objects.filter(wanted).order_by("code")[: limit + 1])
    lines = tuple(ProcedureLine(r.code, r.name, r.field, tuple(r.levels)) for r in rows[:limit])
    return Page(lines, lines[-1].code if len(rows) > limit else "")


def fields() -> tuple[str, ...]:
    """Every field that a procedure was ever published in."""
    found = ProcedureRow.objects.exclude(field="").values_list("field", flat=True)
    return tuple(found.distinct().order_by("field"))


def search(words: str, *, on: date, limit: int = 30) -> tuple[ProcedureLine, ...]:
    """Procedures in force that contain all these words, with or without accents, in any order.

    Those that begin with them come first, then those that contain them side by side.
    """
    wanted = Q(valid__contains=on)
    for word in fold(words):
        wanted &= Q(search__contains=word)
    phrase = " ".join(fold(words))
    first = ExpressionWrapper(Q(search__startswith=phrase), BooleanField())
    together = ExpressionWrapper(Q(search__contains=phrase), BooleanField())
    rows = ProcedureRow.objects.filter(wanted).annotate(first=first, together=together)
    lines = rows.order_by("-first", "-together", "name")[:limit]
    return tuple(ProcedureLine(r.code, r.name, r.field, tuple(r.levels)) for r in lines)


def get(code: str, *, on: date) -> Procedure:
    """A procedure in force on a day.

    Raises ProcedureCodeMalformed, NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    return records.procedure(reading.parsed("code", ProcedureCode.parse, code), on=on)


def show(code: str, *, on: date) -> dict[str, Json]:
    """A procedure in force on a day, as JSON. Raises what `get` raises."""
    told = encode(get(code, on=on))
    return told if isinstance(told, dict) else {}


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process with what keeps it from coming into force, and whether anyone approved it."""

    key: str
    name: str
    is_approved: bool
    faults: tuple[Fault, ...]


def processes() -> tuple[ProcessLine, ...]:
    """Every version of every process, checked: its ways, its roles, its stages' terms."""
    roles = frozenset(RoleRow.objects.values_list("code", flat=True))
    rows = ProcessRow.objects.order_by("code", "version").prefetch_related("processuserow_set")
    return tuple(_checked(row, roles) for row in rows)


@dataclass(frozen=True, slots=True)
class ProcessKey:
    """A version of a process as a line of a list."""

    key: str
    name: str
    decision: str


@dataclass(frozen=True, slots=True)
class Processes:
    """Some versions of processes in the order of their keys; `next` is empty at the end."""

    lines: tuple[ProcessKey, ...]
    next: str


def listed_processes(*, after: str = "", limit: int = 50) -> Processes:
    """A page of every version of every process."""
    key = Concat("code", Value("@"), Cast("version", TextField()), output_field=TextField())
    rows = ProcessRow.objects.annotate(key=key).filter(key__gt=after).order_by("key")
    found = list(rows.values_list("key", "name", "decision")[: limit + 1])
    lines = tuple(ProcessKey(*told) for told in found[:limit])
    return Processes(lines, lines[-1].key if len(found) > limit else "")


def process(key: str) -> Process:
    """One version of a process. Raises NoProcess, FieldTooLong, BadField."""
    return records.process(reading.text("key", key, longest=80))


def _checked(row: ProcessRow, roles: frozenset[str]) -> ProcessLine:
    process = row.value()
    faults = list(check(process, roles=roles))
    for use in row.processuserow_set.exclude(procedure=""):
        terms = {term for term in _terms(use.procedure) if term is not None}
        for term in sorted(terms, key=str):
            faults.extend(check(process, legal_term=term))
    found = tuple(dict.fromkeys(faults))
    return ProcessLine(process.key, process.name, bool(process.decision), found)


def _terms(base: str) -> list[Term | None]:
    """The terms that the law gives a procedure now: of its newest version."""
    versions = sorted(records.versions(base), key=lambda version: version.version)
    return [rule.term for rule in versions[-1].terms] if versions else []

"""A layout says how an old system's export is written: data, so that a new one needs no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from thongsuot.domain.migration.cleaning import Days
from thongsuot.domain.refusal import Kind, Refusal


class LayoutWrong(Refusal):
    """A layout's file names something that no layout has, or lacks what each one needs."""

    code = "layout_wrong"
    kind = Kind.MALFORMED


class Reader(StrEnum):
    """In what form an export comes."""

    SHEET = "sheet"  # one table: a workbook or CSV
    DOCUMENTS = "documents"  # JSON, one document a dossier
    TABLES = "tables"  # several tables that name each other by keys


class Knowledge(StrEnum):
    """How well an old system's layout is known to us."""

    WHOLE = "whole"
    PARTLY = "partly"
    LARGELY_UNKNOWN = "largely_unknown"


# What can be told of a dossier, of its progress, its files, its fees and its supplements.
DOSSIER = (
    "code",
    "procedure",
    "procedure_name",
    "field",
    "office",
    "office_name",
    "channel",
    "applicant",
    "applicant_kind",
    "applicant_number",
    "phone",
    "email",
    "address",
    "place",
    "proxy",
    "received_at",
    "due_at",
    "ended_at",
    "returned_at",
    "status",
    "holder",
    "result_number",
    "reason",
    "note",
    "supplement_asked_at",
    "supplement_reason",
    "supplement_received_at",
    "supplement_due_at",
    "fee_name",
    "fee_amount",
    "fee_how",
    "national_code",
)
STEP = ("at", "status", "did", "by", "to", "note")
FILE = ("path", "name", "sha256", "paper", "role")
FEE = ("name", "amount", "how", "reference")
PARTS: Mapping[str, tuple[str, ...]] = {
    "dossier": DOSSIER,
    "steps": STEP,
    "files": FILE,
    "fees": FEE,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or path inside a document): what they call it, and what it tells us."""

    theirs: str
    ours: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an export: which part of a dossier its rows tell, and by which key."""

    part: str
    columns: tuple[Column, ...]
    name: str = ""  # of the table, or the path of the list inside a document
    key: str = ""  # the column that names the dossier's row
    of: str = ""  # the dossier's own column that this key repeats


@dataclass(frozen=True, slots=True)
class Layout:
    """How one old system writes its dossiers.

    Raises LayoutWrong.
    """

    code: str
    version: int
    name: str
    reader: Reader
    knowledge: Knowledge
    days: str
    source: str
    sheets: tuple[Sheet, ...]
    statuses: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()  # what is not known of it, in words

    def __post_init__(self) -> None:
        if self.days not in Days.STYLES:
            raise LayoutWrong("days", layout=self.code, given=self.days)
        for sheet in self.sheets:
            known = PARTS.get(sheet.part)
            if known is None:
                raise LayoutWrong("part", layout=self.code, given=sheet.part)
            for column in sheet.columns:
                if column.ours not in known:
                    raise LayoutWrong("ours", layout=self.code, given=column.ours)
        if not any(column.ours == "code" for column in self.dossier.columns):
            raise LayoutWrong("column", layout=self.code, given="code")

    @property
    def dossier(self) -> Sheet:
        """The table whose rows are dossiers. Raises LayoutWrong."""
        for sheet in self.sheets:
            if sheet.part == "dossier":
                return sheet
        raise LayoutWrong("table", layout=self.code, given="dossier")

    @property
    def required(self) -> frozenset[str]:
        """What no row lacks unless it was cut short."""
        return frozenset(column.ours for column in self.dossier.columns if column.is_required)

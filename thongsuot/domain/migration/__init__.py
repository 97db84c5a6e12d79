"""Dossiers of an old system become ours: nothing invented, nothing lost, each row accounted for."""

from thongsuot.domain.migration.books import SIGNERS, Balance, Books, RowOutcome
from thongsuot.domain.migration.cleaning import Cleaned, Days, composed, day_or_moment, plain_number
from thongsuot.domain.migration.findings import Defect, Finding, outcome_of
from thongsuot.domain.migration.judging import Around, Judged, judge, news
from thongsuot.domain.migration.layout import Column, Knowledge, Layout, LayoutWrong, Reader, Sheet
from thongsuot.domain.migration.legacy import FoundFile, LegacyDossier
from thongsuot.domain.migration.mapping import (
    CodeMap,
    CodeMaps,
    MapKind,
    MappedValue,
    NotMapped,
    asked,
)

__all__ = [
    "SIGNERS",
    "Around",
    "Balance",
    "Books",
    "Cleaned",
    "CodeMap",
    "CodeMaps",
    "Column",
    "Days",
    "Defect",
    "Finding",
    "FoundFile",
    "Judged",
    "Knowledge",
    "Layout",
    "LayoutWrong",
    "LegacyDossier",
    "MapKind",
    "MappedValue",
    "NotMapped",
    "Reader",
    "RowOutcome",
    "Sheet",
    "asked",
    "composed",
    "day_or_moment",
    "judge",
    "news",
    "outcome_of",
    "plain_number",
]

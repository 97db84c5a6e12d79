"""What every reader of exports makes: rows, and the refusals of files that are none."""

from __future__ import annotations

from dataclasses import dataclass

from thongsuot.domain.migration import LegacyDossier
from thongsuot.domain.refusal import Kind, Refusal


class ExportUnreadable(Refusal):
    """A file of an export is cut off, locked or of another kind than its name says."""

    code = "export_unreadable"
    kind = Kind.MALFORMED


class TitlesMissing(Refusal):
    """No row of a sheet names the columns that its layout needs."""

    code = "export_titles_missing"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier of an export, and where it stood."""

    file: str
    line: int
    legacy: LegacyDossier

"""Which body resolves what: by field, by procedure or by a case of it, dated."""

from __future__ import annotations

from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.directory import OfficeUnknown
from thongsuot.actions.load.merging import Kept, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.identifiers import OfficeCode, ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.directory import OfficeRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_range
from thongsuot.words import reading

COMPETENCE = Shape(
    "agency/competence.csv",
    ("procedure", "case", "field", "office", "valid_from", "valid_to", "source"),
)

_COMPETENCE = Kept(CompetenceRow, ("procedure", "case", "field", "office"), columns("source"))


class CompetenceOfNothing(Refusal):
    """A body is named for a procedure or for a field: one of them, not both."""

    code = "competence_of_nothing"
    kind = Kind.MALFORMED


def load_competence(sheet: Sheet, *, as_of: date | None) -> None:
    """Load who resolves what, of bodies that are there."""
    codes = set(OfficeRow.objects.values_list("code", flat=True))

    def parse(line: Line) -> CompetenceRow:
        if bool(line["procedure"]) == bool(line["field"]):
            raise CompetenceOfNothing("procedure")
        office = reading.parsed("office", OfficeCode.parse, line["office"]).canonical
        if office not in codes:
            raise OfficeUnknown("office", given=line["office"])
        return CompetenceRow(
            procedure=_base(line["procedure"]),
            case=cells.text_if_any(line, "case", longest=300),
            field=cells.text_if_any(line, "field", longest=200),
            office=office,
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_versions(sheet, sheet.read(parse), _COMPETENCE, as_of=as_of)


def _base(code: str) -> str:
    return reading.parsed("procedure", ProcedureCode.parse, code).base if code else ""

"""The register of official signing certificates, from a table."""

from __future__ import annotations

from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.directory import OfficeUnknown
from thongsuot.actions.load.merging import Kept, add_rows, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.certificates import CertificateHolder
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.spans import to_range
from thongsuot.words import reading

CERTIFICATES = Shape(
    "systems/certificates.csv",
    ("serial", "holder", "name", "office", "valid_from", "valid_to", "source"),
)

_CERTIFICATES = Kept(CertificateRow, ("serial",), columns("holder", "name", "office", "source"))


def load_certificates(sheet: Sheet, *, as_of: date | None) -> None:
    """Load certificates of bodies that are or were there; a serial number names one."""
    codes = set(OfficeRow.objects.values_list("code", flat=True))

    def parse(line: Line) -> CertificateRow:
        office = reading.parsed("office", OfficeCode.parse, line["office"]).canonical
        if office not in codes:
            raise OfficeUnknown("office", given=line["office"])
        return CertificateRow(
            serial=cells.text(line, "serial", longest=80),
            holder=cells.choice(line, "holder", CertificateHolder).value,
            name=cells.text(line, "name", longest=200),
            office=office,
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_rows(sheet, sheet.read(parse), _CERTIFICATES, as_of=as_of)

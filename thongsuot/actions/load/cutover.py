"""Systems of reception and the rules by which dossiers go to them, from an instant on."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, VersionOverlaps, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.cutover import SystemState
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records.cutover import CutoverRuleRow, NoSuchReceptionSystem, ReceptionSystemRow
from thongsuot.records.links import ClosedPortalRow
from thongsuot.records.spans import to_range
from thongsuot.words import reading

SYSTEMS = Shape(
    "cutover/systems.csv",
    (
        "code",
        "name",
        "body",
        "contact",
        "protocol",
        "state",
        "certificate",
        "certificate_until",
        "test_address",
        "live_address",
        "partner",
        "valid_from",
        "valid_to",
        "source",
    ),
)
RULES = Shape(
    "cutover/rules.csv",
    ("field", "procedure", "system", "since", "until", "decision", "source"),
)

PORTALS = Shape(
    "cutover/portals.csv", ("host", "name", "closed_on", "instead", "decision", "source")
)

_PORTALS = Kept(
    ClosedPortalRow, ("host",), columns("name", "closed_on", "instead", "decision", "source")
)
_SYSTEMS = Kept(
    ReceptionSystemRow,
    ("code",),
    columns(
        "name",
        "body",
        "contact",
        "protocol",
        "state",
        "certificate",
        "certificate_until",
        "test_address",
        "live_address",
        "partner",
        "source",
    ),
)
_RULES = Kept(
    CutoverRuleRow,
    ("field", "procedure", "since"),
    columns("system", "until", "decision", "source"),
)


def load_systems(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the systems that receive dossiers."""

    def parse(line: Line) -> ReceptionSystemRow:
        until = line["certificate_until"]
        return ReceptionSystemRow(
            code=cells.text(line, "code", longest=40),
            name=cells.text(line, "name", longest=200),
            body=cells.text(line, "body", longest=200),
            contact=cells.text_if_any(line, "contact", longest=200),
            protocol=cells.text(line, "protocol", longest=60),
            state=cells.choice(line, "state", SystemState).value,
            certificate=cells.text_if_any(line, "certificate", longest=120),
            certificate_until=cells.day(line, "certificate_until") if until else None,
            test_address=cells.text_if_any(line, "test_address", longest=300),
            live_address=cells.text_if_any(line, "live_address", longest=300),
            partner=cells.text_if_any(line, "partner", longest=40),
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=300),
        )

    add_versions(sheet, sheet.read(parse), _SYSTEMS, as_of=as_of)


def load_portals(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the portals whose own interface closes on a day."""

    def parse(line: Line) -> ClosedPortalRow:
        return ClosedPortalRow(
            host=cells.text(line, "host", longest=200).lower(),
            name=cells.text(line, "name", longest=200),
            closed_on=cells.day(line, "closed_on"),
            instead=cells.text(line, "instead", longest=300),
            decision=cells.text(line, "decision", longest=200),
            source=cells.text(line, "source", longest=300),
        )

    add_rows(sheet, sheet.read(parse), _PORTALS, as_of=as_of)


def load_rules(sheet: Sheet, *, as_of: date | None) -> None:
    """Load by which system a field or a procedure is received, of systems that are there."""
    codes = {settings.HOME_SYSTEM, *ReceptionSystemRow.objects.values_list("code", flat=True)}
    given: list[CutoverRuleRow] = []

    def parse(line: Line) -> CutoverRuleRow:
        if line["system"] not in codes:
            raise NoSuchReceptionSystem("system", given=line["system"])
        row = CutoverRuleRow(
            field=cells.text_if_any(line, "field", longest=200),
            procedure=_base(line["procedure"]),
            system=line["system"],
            since=_moment(line, "since"),
            until=_moment(line, "until") if line["until"] else None,
            decision=cells.text(line, "decision", longest=200),
            source=cells.text(line, "source", longest=300),
        )
        row.value()
        _require_alone(row, given)
        given.append(row)
        return row

    add_rows(sheet, sheet.read(parse), _RULES, as_of=as_of)


def _require_alone(row: CutoverRuleRow, given: list[CutoverRuleRow]) -> None:
    """One system at an instant: no second rule of the same thing while one holds."""
    alike = CutoverRuleRow.objects.filter(field=row.field, procedure=row.procedure)
    alike = alike.exclude(since=row.since).filter(Q(until=None) | Q(until__gt=row.since))
    if row.until is not None:
        alike = alike.filter(since__lt=row.until)
    if alike.exists() or any(_overlap(row, other) for other in given):
        raise VersionOverlaps("since", given=row.field or row.procedure)


def _overlap(one: CutoverRuleRow, other: CutoverRuleRow) -> bool:
    is_same = (one.field, one.procedure) == (other.field, other.procedure)
    ends_before = one.until is not None and one.until <= other.since
    begins_after = other.until is not None and other.until <= one.since
    return is_same and one.since != other.since and not (ends_before or begins_after)


def _moment(line: Line, column: str) -> datetime:
    return reading.moment(column, line[column])


def _base(code: str) -> str:
    return reading.parsed("procedure", ProcedureCode.parse, code).base if code else ""

"""Roles with the acts they may make, and the partners that are owed messages."""

from __future__ import annotations

from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import Kept, add_rows, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.dossier.events import EVENTS
from thongsuot.domain.duties import Right
from thongsuot.domain.messages import MessageKind
from thongsuot.domain.workflow import Act
from thongsuot.records.access import RoleRow
from thongsuot.records.messages import PartnerRow
from thongsuot.records.spans import to_range

ROLES = Shape("access/roles.csv", ("code", "name", "acts", "rights", "source"))
PARTNERS = Shape(
    "partners/partners.csv",
    ("code", "name", "kinds", "events", "fields", "valid_from", "valid_to", "source"),
)

_ROLES = Kept(RoleRow, ("code",), columns("name", "acts", "rights", "source"))
_PARTNERS = Kept(PartnerRow, ("code",), columns("name", "kinds", "events", "fields", "source"))


def load_roles(sheet: Sheet, *, as_of: date | None) -> None:
    """Load roles; what a role may do changes only when a day is given."""

    def parse(line: Line) -> RoleRow:
        return RoleRow(
            code=cells.text(line, "code", longest=40),
            name=cells.text(line, "name", longest=120),
            acts=[act.value for act in cells.choices(line, "acts", Act, " ")],
            rights=[right.value for right in cells.choices(line, "rights", Right, " ")],
            source=cells.text(line, "source", longest=200),
        )

    add_rows(sheet, sheet.read(parse), _ROLES, as_of=as_of)


def load_partners(sheet: Sheet, *, as_of: date | None) -> None:
    """Load the systems that are owed messages, and which kinds."""

    def parse(line: Line) -> PartnerRow:
        return PartnerRow(
            code=cells.text(line, "code", longest=40),
            name=cells.text(line, "name", longest=200),
            kinds=[kind.value for kind in cells.choices(line, "kinds", MessageKind, " ")],
            events=[_event(name) for name in cells.parts(line, "events", " ")],
            fields=cells.parts(line, "fields", ";"),
            valid=to_range(cells.span(line)),
            source=cells.text(line, "source", longest=200),
        )

    add_versions(sheet, sheet.read(parse), _PARTNERS, as_of=as_of)


def _event(name: str) -> str:
    if name not in EVENTS:
        raise cells.ChoiceUnknown("events", column="events", given=name, known=", ".join(EVENTS))
    return name

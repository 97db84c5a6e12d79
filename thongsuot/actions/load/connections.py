"""How partners are spoken to, as an operator lays it down in a file: versions are only added."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, time

from thongsuot.actions.load import cells
from thongsuot.actions.load.merging import ContentDiffers
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.exchange import ConnectionState, Setup, follows
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.exchange import ConnectionRow, connection_row
from thongsuot.records.messages import PartnerRow
from thongsuot.words import reading

CONNECTIONS = Shape(
    "partners/connections.toml",
    ("partner", "version", "kind", "address", "state", "since", "decided_by"),
    each="connection",
)
KNOWN = (*CONNECTIONS.columns, "hosts", "settings", "secrets", "note")


class PartnerUnknown(Refusal):
    """A line speaks of a partner that is not among the partners."""

    code = "partner_unknown"
    kind = Kind.UNKNOWN


def load_connections(sheet: Sheet, *, as_of: date | None) -> None:
    """Load versions of connections; one that is there never changes, a new one follows it."""
    del as_of  # a version says itself since when it holds
    partners = frozenset(PartnerRow.objects.values_list("code", flat=True))
    kept: dict[str, list[Setup]] = defaultdict(list)
    for row in ConnectionRow.objects.order_by("partner", "version"):
        kept[row.partner].append(row.value())
    for line, setup in sheet.read(lambda line: setup_of(line, partners)):
        try:
            is_new = _take(kept[setup.partner], setup)
        except Refusal as refusal:
            sheet.refuse(line, refusal)
            continue
        sheet.loaded += is_new
        sheet.unchanged += not is_new


def setup_of(line: Line, partners: frozenset[str]) -> Setup:
    """A connection as a file says it.

    Raises FieldNeeded, FieldUnknown, BadField, ChoiceUnknown, PartnerUnknown and what Setup does.
    """
    given = reading.fields(line.cells, known=KNOWN, name="connection")
    partner = reading.text("partner", given.get("partner"), longest=40)
    if partner not in partners:
        raise PartnerUnknown("partner", given=partner)
    settings = _table("settings", given.get("settings"))
    secrets = _table("secrets", given.get("secrets"))
    return Setup(
        partner=partner,
        version=reading.number("version", given.get("version")),
        kind=reading.text("kind", given.get("kind"), longest=40),
        address=reading.if_given(_address, given, "address", ""),
        state=cells.one_of(
            "state", reading.text("state", given.get("state"), longest=20), ConnectionState
        ),
        since=_moment("since", given.get("since")),
        decided_by=reading.text("decided_by", given.get("decided_by"), longest=80),
        hosts=reading.if_given(reading.lines, given, "hosts", ()),
        settings=settings,
        secrets={n: reading.text(f"secrets.{n}", name) for n, name in secrets.items()},
        note=reading.if_given(_note, given, "note", ""),
    )


def _take(versions: list[Setup], setup: Setup) -> bool:
    """Whether a version is new. Raises ContentDiffers, VersionWrong."""
    same = [one for one in versions if one.version == setup.version]
    if same and same[0] == setup:
        return False
    if same:
        raise ContentDiffers("line", given=f"{setup.partner} · {setup.version}")
    follows(setup, versions[-1] if versions else None)
    connection_row(setup).save()
    versions.append(setup)
    return True


def _table(name: str, raw: object) -> dict[str, object]:
    """A table of texts, numbers, switches and lists of them."""
    found = reading.named(name, raw or {})
    try:
        json.dumps(found, allow_nan=False)
    except (TypeError, ValueError):
        raise reading.BadField.holding(name, raw, reading.Expected.FIELDS) from None
    return found


def _address(name: str, raw: object) -> str:
    return reading.text(name, raw, longest=300)


def _note(name: str, raw: object) -> str:
    return reading.text(name, raw, longest=300)


def _moment(name: str, raw: object) -> datetime:
    """A moment of TOML, one written as a text, or the beginning of a day."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return datetime.combine(raw, time(), VIETNAM)
    return reading.moment(name, raw)

"""What our values are called at partners, from a file: one name for one value on each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.actions.load import cells
from thongsuot.actions.load.connections import PartnerUnknown
from thongsuot.actions.load.merging import Kept, Key, add_versions, columns
from thongsuot.actions.load.reading import Line, Shape
from thongsuot.actions.load.report import Sheet
from thongsuot.domain.exchange import MapWrong, Way
from thongsuot.domain.spans import Span
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.messages import PartnerRow
from thongsuot.records.spans import to_range, to_span

VALUE_MAPS = Shape(
    "partners/value_maps.csv",
    ("partner", "map", "ours", "theirs", "goes", "valid_from", "valid_to", "source"),
)


@dataclass(frozen=True, slots=True)
class _Names(Kept[ValueMapRow]):
    """What comes in may fold several names into one value, so these are told apart by name."""

    def key_of(self, row: ValueMapRow) -> Key:
        """What tells a row apart: our value where it goes out, else theirs."""
        if row.goes == Way.IN:
            return (row.partner, row.map, "in", row.theirs)
        return (row.partner, row.map, "out", row.ours)


_VALUE_MAPS = _Names(ValueMapRow, ("partner",), columns("ours", "theirs", "goes", "source"))


def load_value_maps(sheet: Sheet, *, as_of: date | None) -> None:
    """Load names of values; with a day given, another name follows from that day."""
    partners = frozenset(PartnerRow.objects.values_list("code", flat=True))
    taken = _Taken(list(ValueMapRow.objects.all()), as_of)

    def parse(line: Line) -> ValueMapRow:
        row = row_of(line)
        if row.partner not in partners:
            raise PartnerUnknown("partner", given=row.partner)
        taken.take(row)
        return row

    add_versions(sheet, sheet.read(parse), _VALUE_MAPS, as_of=as_of)


def row_of(line: Line) -> ValueMapRow:
    """A line as it is kept. Raises FieldNeeded, FieldTooLong, BadField, ChoiceUnknown."""
    return ValueMapRow(
        partner=cells.text(line, "partner", longest=40),
        map=cells.text(line, "map", longest=40),
        ours=cells.text(line, "ours", longest=120),
        theirs=cells.text(line, "theirs", longest=120),
        goes=cells.choice(line, "goes", Way).value if line["goes"] else Way.BOTH.value,
        valid=to_range(cells.span(line)),
        source=cells.text(line, "source", longest=200),
    )


class _Taken:
    """Which of a partner's names already mean something, and when."""

    def __init__(self, rows: Sequence[ValueMapRow], as_of: date | None) -> None:
        self._as_of = as_of
        self._meant: dict[Key, list[tuple[str, Span]]] = {}
        for row in rows:
            self._note(row)

    def take(self, row: ValueMapRow) -> None:
        """Note a line. Raises MapWrong: their name means two of our values on one day."""
        known = self._meant.get((row.partner, row.map, row.theirs), [])
        span = to_span(row.valid)
        since = max(span.start, self._as_of) if self._as_of else span.start
        now = Span(since, span.end) if span.end is None or since < span.end else span
        if row.goes != Way.OUT and any(o != row.ours and s.overlaps(now) for o, s in known):
            raise MapWrong(row.map, partner=row.partner, ours=row.ours)
        self._note(row)

    def _note(self, row: ValueMapRow) -> None:
        if row.goes != Way.OUT:
            key = (row.partner, row.map, row.theirs)
            self._meant.setdefault(key, []).append((row.ours, to_span(row.valid)))

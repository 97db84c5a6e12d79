"""A paper's value as the plain fields that a template may read."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import MomentWithoutZone
from thongsuot.paper import characters, qr, values
from thongsuot.words import moments

Field = str | int | bool | None | list["Field"] | dict[str, "Field"]
Fields = dict[str, Field]

FORM_OF: dict[type[values.Paper], str] = {
    values.ReceiptPaper: "receipt",
    values.SupplementPaper: "supplement",
    values.DeclinePaper: "decline",
    values.ApologyPaper: "apology",
    values.StopPaper: "stop",
    values.ControlPaper: "control",
    values.RegisterPaper: "register",
    values.BatchReceiptPaper: "batch_receipt",
    values.ResultHandoverPaper: "result_handover",
    values.CustodyMinutesPaper: "custody_minutes",
    values.NoticePaper: "notice",
    values.ReportPaper: "report",
}


class TextNotPrintable(Refusal):
    """A text holds characters that our typeface cannot draw; a paper never drops them silently."""

    code = "text_not_printable"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper, ready for the press."""

    form: str
    fields: Fields

    @property
    def subject(self) -> str:
        """The code of the dossier that the paper is about; nothing for papers about many."""
        dossier = self.fields.get("dossier")
        return str(dossier["code"]) if isinstance(dossier, dict) else ""

    @property
    def lines(self) -> int:
        """How many lines the paper lists."""
        lines = self.fields.get("lines")
        return len(lines) if isinstance(lines, list) else 0

    def read(self, path: str) -> Field:
        """What stands in the field (`addressee.name`); KeyError when there is no such field."""
        found: Field = self.fields
        for step in path.split("."):
            if not isinstance(found, dict):
                raise KeyError(step)
            found = found[step]
        return found


def sheet(paper: values.Paper) -> Sheet:
    """The fields of a paper: clean text, moments in the words of the forms, squares drawn.

    Refuses: TextNotPrintable, MomentWithoutZone.
    """
    return Sheet(FORM_OF[type(paper)], _fields(paper))


def _fields(value: object) -> Fields:
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"nothing that stands on a paper: {value!r}")
    return {one.name: _field(getattr(value, one.name)) for one in dataclasses.fields(value)}


def _field(value: object) -> Field:
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(str(value))
        case date() | Span():
            return _time(value)
        case values.Lookup(url):
            return {"url": _clean(url), "qr": qr.svg(url)}
        case tuple():
            return [_field(one) for one in value]
        case _:
            return _fields(value)


def _text(value: str) -> str:
    return characters.breakable(_clean(value))


def _clean(value: str) -> str:
    text = characters.plain(value)
    strange = characters.unprintable(text)
    if strange:
        raise TextNotPrintable(text=text[:60], characters=", ".join(strange))
    return text


def _time(value: date | Span) -> Fields:
    match value:
        case datetime():
            return _moment(value)
        case Span(start, end):
            return {"first": _day(start), "last": _day(end - timedelta(1)) if end else None}
        case _:
            return _day(value)


def _moment(value: datetime) -> Fields:
    if value.utcoffset() is None:
        raise MomentWithoutZone(given=value.isoformat())
    return {"full": moments.in_full(value), "short": moments.short(value)}


def _day(value: date) -> Fields:
    return {"full": moments.day_in_full(value), "short": f"{value:%d/%m/%Y}"}

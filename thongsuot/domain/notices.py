"""Notices to the applicant by e-mail: which facts are told, and by which words of which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter

from thongsuot.domain.dossier import Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.exchange import Patience
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span

FIELDS = frozenset(
    {"code", "procedure", "office", "place", "due", "missing", "reason", "basis", "lookup"}
)
# A mailbox that puts letters off wants minutes to hours; a post office that is away is waited for.
PATIENCE = Patience(first=timedelta(minutes=1), longest=timedelta(minutes=30), most=12)
_CALLED_FOR: dict[type[e.Event], str] = {
    e.Received: "received",
    e.Declined: "declined",
    e.SupplementAsked: "supplement_asked",
    e.Apologised: "apologised",
    e.ResultIssued: "result_issued",
    e.Refused: "refused",
    e.Stopped: "stopped",
}


class NoticeFieldUnknown(Refusal):
    """A template of a notice asks for a field that no notice has."""

    code = "notice_field_unknown"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """The words of one notice while they are valid."""

    key: str
    subject: str
    body: str
    valid: Span
    source: str

    def __post_init__(self) -> None:
        """Raises NoticeFieldUnknown, at the door and never when a dossier waits."""
        for text in (self.subject, self.body):
            for _, field, _, _ in Formatter().parse(text):
                if field is not None and field not in FIELDS:
                    raise NoticeFieldUnknown("field", given=field, key=self.key)

    def filled(self, fields: Mapping[str, str]) -> tuple[str, str]:
        """The subject, on one line, and the body."""
        return " ".join(self.subject.format_map(fields).split()), self.body.format_map(fields)


def key_of(entry: Entry) -> str:
    """The notice that a fact calls for; "" when the applicant is not written to."""
    return _CALLED_FOR.get(type(entry.event), "")


def in_force(templates: Iterable[NoticeTemplate], key: str, on: date) -> NoticeTemplate | None:
    """The words of a notice on a day; None when nobody has laid them down."""
    return next((t for t in templates if t.key == key and t.valid.contains(on)), None)

"""What a fact tells the applicant by e-mail: fixed when it happens, sent later by a worker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings

from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.messages import Message, MessageKind
from thongsuot.domain.notices import in_force, key_of
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.census import ToTell
from thongsuot.records.directory import OfficeRow, ReceptionPointRow
from thongsuot.records.messages import owe_many
from thongsuot.records.notices import PARTNER, templates
from thongsuot.words.moments import moment

OWED_AT_ONCE = 1000
GivesReason = e.SupplementAsked | e.Apologised | e.Refused | e.Stopped | e.Declined


def notices_of(dossier: Dossier, entry: Entry) -> tuple[Message, ...]:
    """The notice that one event of a dossier calls for, if its applicant has an address."""
    key = key_of(entry)
    if not key or not dossier.applicant.email:
        return ()
    template = in_force(templates(), key, entry.recorded_at.astimezone(VIETNAM).date())
    if template is None:
        return ()
    subject, body = template.filled(_fields(dossier, entry.event))
    payload: dict[str, str | int | None] = {
        "notice": key,
        "to": dossier.applicant.email,
        "subject": subject,
        "body": body,
    }
    return (Message(PARTNER, MessageKind.NOTICE, payload),)


def owe_all(
    key: str, told: Sequence[ToTell], *, reason: str, basis: str = "", on: date, at: datetime
) -> int:
    """Owe many applicants the same letter, each once however often it is asked; how many.

    Without a template of that day nobody is written to.
    """
    template = in_force(templates(), key, on)
    if template is None:
        return 0
    points = _names(ReceptionPointRow.objects.order_by("valid").values_list("key", "name"))
    offices = _names(OfficeRow.objects.order_by("valid").values_list("code", "name"))
    owed = 0
    for start in range(0, len(told), OWED_AT_ONCE):
        letters: list[tuple[int, int, Message]] = []
        for one in told[start : start + OWED_AT_ONCE]:
            subject, body = template.filled(
                {
                    "code": one.code,
                    "procedure": one.procedure,
                    "office": offices.get(one.office, one.office),
                    "place": points.get(one.point, one.point),
                    "due": moment(one.due_at) if one.due_at else "",
                    "missing": "",
                    "reason": reason,
                    "basis": basis,
                    "lookup": _lookup(one.code),
                }
            )
            payload: dict[str, str | int | None] = {
                "notice": key,
                "to": one.email,
                "subject": subject,
                "body": body,
            }
            letters.append((one.row, one.seq, Message(PARTNER, MessageKind.NOTICE, payload)))
        owed += owe_many(letters, at=at)
    return owed


def _names(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The newest name of each code."""
    return dict(rows)


def _lookup(code: str) -> str:
    return f"{settings.PUBLIC_URL}/tra-cuu?{urlencode({'ma': code})}"


def _fields(dossier: Dossier, event: e.Event) -> dict[str, str]:
    point = ReceptionPointRow.objects.filter(key=dossier.return_point).order_by("-valid").first()
    office = OfficeRow.objects.filter(code=dossier.competent_office).order_by("-valid").first()
    new_day = event.new_day if isinstance(event, e.Apologised) else None
    due = new_day or dossier.due_at
    return {
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "office": office.name if office else dossier.competent_office,
        "place": point.name if point else dossier.return_point,
        "due": moment(due) if due else "",
        "missing": "; ".join(event.missing) if isinstance(event, e.SupplementAsked) else "",
        "reason": event.reason if isinstance(event, GivesReason) else "",
        "basis": "",
        "lookup": _lookup(dossier.code),
    }

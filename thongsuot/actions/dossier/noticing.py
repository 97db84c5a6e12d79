"""What a fact tells the applicant by e-mail: fixed when it happens, sent later by a worker."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings

from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.messages import Message, MessageKind
from thongsuot.domain.notices import in_force, key_of
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.directory import OfficeRow, ReceptionPointRow
from thongsuot.records.notices import PARTNER, templates
from thongsuot.words.moments import moment

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
        "lookup": f"{settings.PUBLIC_URL}/tra-cuu?{urlencode({'ma': dossier.code})}",
    }

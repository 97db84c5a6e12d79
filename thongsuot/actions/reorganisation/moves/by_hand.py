"""What no switch can do: certificates, addresses and shared systems, each named for people."""

from __future__ import annotations

from django.db.models import Q

from thongsuot.actions.reorganisation.ground import Ground
from thongsuot.actions.reorganisation.moves.move import (
    Found,
    open_on_eve,
    to_do,
    to_issue,
)
from thongsuot.domain.certificates import CertificateHolder
from thongsuot.domain.reorganisation import (
    Becomes,
    Subject,
)
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.codec import Json
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.shared_systems import SystemEntryRow


def certificates(ground: Ground) -> Found:
    """Certificates to issue, change and revoke: work for people, by name."""
    found, held = Found(), ground.held(Subject.CERTIFICATES)
    rows = CertificateRow.objects.filter(office__in=held).order_by("serial")
    for row in rows:
        one = held[row.office]
        if one.answer.becomes is Becomes.STAYS or not row.value().is_in_force(ground.day):
            continue
        is_person = row.holder == CertificateHolder.PERSON.value
        revokes = one.answer.becomes is Becomes.TO_REVOKE
        becomes = Becomes.TO_CHANGE if is_person and revokes else one.answer.becomes
        found.moves.append(to_do(one, row.serial, {"name": row.name}, becomes))
    found.moves += to_issue(ground, Subject.CERTIFICATES)
    return found


def addresses(ground: Ground) -> Found:
    """Shared e-mail addresses: issued, changed or closed by people."""
    found, held = Found(), ground.held(Subject.EMAIL_ADDRESSES)
    rows = OfficeContactRow.objects.filter(office__in=held).exclude(email="")
    for row in open_on_eve(rows, ground.day):
        one = held[row.office]
        if one.answer.becomes is not Becomes.STAYS:
            found.moves.append(to_do(one, row.email[:80], {"email": row.email}))
    found.moves += to_issue(ground, Subject.EMAIL_ADDRESSES)
    return found


def systems(ground: Ground) -> Found:
    """Entries of shared systems and network links that name a body of the plan."""
    found = Found()
    of_systems = ground.held(Subject.SHARED_SYSTEMS)
    of_links = ground.held(Subject.NETWORK_LINKS)
    touched = list(ground.touched)
    named = Q(office__in=touched) | Q(other__in=touched) | Q(via__overlap=touched)
    for row in open_on_eve(SystemEntryRow.objects.filter(named), ground.day):
        is_link = row.kind == "link"
        held = of_links if is_link else of_systems
        subject = Subject.NETWORK_LINKS if is_link else Subject.SHARED_SYSTEMS
        for code in dict.fromkeys((row.office, row.other, *row.via)):
            one = held.get(code)
            if one is None or one.answer.becomes is Becomes.STAYS:
                continue
            before: dict[str, Json] = {"office": row.office, "other": row.other, "via": row.via}
            key = f"{row.system}:{row.kind}:{row.key}"[:80]
            found.moves.append(to_do(one, key, before, subject=subject))
            break
    found.moves += to_issue(ground, Subject.SHARED_SYSTEMS)
    found.moves += to_issue(ground, Subject.NETWORK_LINKS)
    return found

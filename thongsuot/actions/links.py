"""Files are handed out to partners by addresses that are signed, logged, checked and renewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from thongsuot.domain.cutover.links import (
    RENEWED_BEFORE,
    LinkRevoked,
    parse,
    require_open,
    require_signed,
    sign,
)
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import Parcel
from thongsuot.domain.looks import Purpose
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, files, looks
from thongsuot.records import links as records
from thongsuot.records.links import FileLinkRow, FileLinkUseRow
from thongsuot.words import reading

DOOR = "link"
GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that an address handed out."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """What a round over the addresses found."""

    whole: int = 0
    renewed: int = 0
    broken: int = 0


def addressed(parcels: Iterable[Parcel], *, at: datetime) -> tuple[Parcel, ...]:
    """The same messages, each file in them with the address under which the partner gets it.

    The address is made when it is sent: what the message holds is fixed at the fact.
    """
    return tuple(
        replace(parcel, payload=_addressed(parcel.payload, parcel, at)) for parcel in parcels
    )


def address_of(*, partner: str, dossier: str, file: Mapping[str, Any], at: datetime) -> str:
    """The address of a file of a dossier for a partner; the same until it is revoked.

    One that is over, or ends soon, is renewed: who is told an address now can fetch the file.
    """
    until = at + timedelta(days=settings.FILE_LINK_DAYS)
    row, _ = FileLinkRow.objects.get_or_create(
        partner=partner,
        dossier=dossier,
        sha256=str(file["sha256"]),
        revoked_at=None,
        defaults={
            "name": str(file["name"])[:300],
            "media_type": str(file["type"]),
            "until": until,
            "made_at": at,
        },
    )
    if row.holds_until - at < RENEWED_BEFORE:
        row.renewed_until = until
        row.save(update_fields=["renewed_until"])
    token = sign(row.value(), until=row.until, key=_key())
    return f"{settings.PUBLIC_URL}/lien-ket-tep/{token}"


def hand_out(*, token: str, address: str, at: datetime) -> Handed:
    """The file of an address; every use is kept, also one that gets nothing.

    Raises NoSuchLink, LinkExpired, LinkRevoked, NoSuchFile.
    """
    read = parse(token)
    row = records.link(read.number)
    require_signed(read, row.value(), key=_key())
    outcome = GIVEN
    try:
        is_revoked = row.revoked_at is not None
        require_open(read, renewed_until=row.renewed_until, is_revoked=is_revoked, at=at)
        content = files.content_of(row.sha256)
    except Refusal as refusal:
        outcome = refusal.code
        raise
    finally:
        FileLinkUseRow.objects.create(link=row, at=at, address=address[:60], outcome=outcome[:20])
    looks.save_look(
        f"partner:{row.partner}",
        about=row.dossier,
        purpose=Purpose.MACHINE.value,
        door=DOOR,
        at=at,
    )
    return Handed(row.name, row.media_type, content)


@transaction.atomic
def renew(*, number: int, reason: object, by: Person, at: datetime) -> datetime:
    """Let an address hold for another term from now; until when. Raises NoSuchLink, NotYourRight,
    LinkRevoked, FieldNeeded, FieldTooLong.
    """
    row = _kept(number, by, at)
    row.reason = reading.text("reason", reason, longest=300)
    row.renewed_until = at + timedelta(days=settings.FILE_LINK_DAYS)
    row.save(update_fields=["reason", "renewed_until"])
    return row.renewed_until


@transaction.atomic
def revoke(*, number: int, reason: object, by: Person, at: datetime) -> None:
    """Take an address back for good, by name and with a reason.

    Raises NoSuchLink, NotYourRight, LinkRevoked, FieldNeeded, FieldTooLong.
    """
    row = _kept(number, by, at)
    row.reason = reading.text("reason", reason, longest=300)
    row.revoked_at, row.revoked_by = at, by.account
    row.save(update_fields=["reason", "revoked_at", "revoked_by"])


def check(*, at: datetime) -> Checked:
    """Look whether the file of every address is whole, and renew those that end soon.

    A file that is broken is not renewed; it stands out until it is there again.
    """
    found = Checked()
    for row in FileLinkRow.objects.filter(revoked_at=None).order_by("pk").iterator(500):
        row.is_whole, row.checked_at = _is_whole(row.sha256), at
        is_due = row.is_whole and row.holds_until - at < RENEWED_BEFORE
        if is_due:
            row.renewed_until = at + timedelta(days=settings.FILE_LINK_DAYS)
        row.save(update_fields=["is_whole", "checked_at", "renewed_until"])
        found = Checked(
            found.whole + row.is_whole, found.renewed + is_due, found.broken + (not row.is_whole)
        )
    return found


def _kept(number: int, by: Person, at: datetime) -> FileLinkRow:
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=_day(at))
    row = records.link(number, lock=True)
    if row.revoked_at is not None:
        raise LinkRevoked("link")
    return row


def _is_whole(sha256: str) -> bool:
    try:
        files.content_of(sha256)
    except Refusal:
        return False
    return True


def _addressed(payload: Mapping[str, Any], parcel: Parcel, at: datetime) -> Mapping[str, Any]:
    papers, result = payload.get("papers"), payload.get("result")
    told = dict(payload)
    if isinstance(papers, list):
        told["papers"] = [_with_address(paper, parcel, at) for paper in papers]
    if isinstance(result, dict):
        told["result"] = _with_address(result, parcel, at)
    return told


def _with_address(holder: Mapping[str, Any], parcel: Parcel, at: datetime) -> dict[str, Any]:
    """A paper or a result whose file, if it has one, says where it is."""
    file = holder.get("file")
    if not isinstance(file, dict) or not file.get("sha256"):
        return dict(holder)
    url = address_of(partner=parcel.partner, dossier=parcel.dossier, file=file, at=at)
    return {**holder, "url": url, "file": {**file, "url": url}}


def _key() -> bytes:
    return salted_hmac("thongsuot.links", "file", algorithm="sha256").digest()


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

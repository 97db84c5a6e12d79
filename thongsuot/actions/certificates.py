"""Official signing certificates are registered when issued, and revoked by name and reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from thongsuot.domain.certificates import (
    CertificateHolder,
    CertificateRevoked,
    CertificateTaken,
)
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records import certificates as records
from thongsuot.records import directory as offices
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.spans import to_range
from thongsuot.words.systems import REGISTERED_BY


def register(
    *,
    serial: str,
    holder: CertificateHolder,
    name: str,
    office: str,
    valid: Span,
    by: Person,
    at: datetime,
) -> None:
    """Put a certificate that was issued on the register.

    Raises NotYourRight, NoSuchOffice, OfficeClosed, OfficeNotYetOpen, CertificateTaken.
    """
    body = offices.canonical(office)
    access.duties(by.account).require_right(by, Right.SYSTEMS, office=body, on=_day(at))
    offices.office(body, on=valid.start)
    try:
        with transaction.atomic():
            CertificateRow.objects.create(
                serial=serial,
                holder=holder.value,
                name=name,
                office=body,
                valid=to_range(valid),
                source=REGISTERED_BY.format(name=by.name),
            )
    except IntegrityError as clash:
        raise CertificateTaken("serial", given=serial) from clash


@transaction.atomic
def revoke(*, serial: str, reason: str, by: Person, at: datetime) -> None:
    """From today nobody signs with a certificate any more.

    Raises NoSuchCertificate, NotYourRight, CertificateRevoked.
    """
    row = records.certificate(serial)
    access.duties(by.account).require_right(by, Right.SYSTEMS, office=row.office, on=_day(at))
    if row.revoked_on is not None:
        raise CertificateRevoked("serial", given=serial, since=row.revoked_on.isoformat())
    row.revoked_on, row.revoked_by, row.reason = _day(at), by.account, reason
    row.save(update_fields=["revoked_on", "revoked_by", "reason"])


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

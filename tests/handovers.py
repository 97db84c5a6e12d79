"""A field that goes to a ministry whose system takes whole dossiers, as hand-overs need it."""

from __future__ import annotations

from datetime import datetime

from tests import builders, cast, rows
from tests.exchange.contract.cases import IGATE, Case
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import ConnectionRow, ValueMapRow
from thongsuot.records.messages import OutboxRow, PartnerRow
from thongsuot.records.spans import to_range

FIELD = "Hộ tịch"
SECRET = "SECRET_OF_THE_MINISTRY"
NOBODY = "http://127.0.0.1:9"


def ministry(address: str = NOBODY, case: Case = IGATE) -> None:
    """Two people keep the systems; the field goes to the ministry, which is connected."""
    PartnerRow.objects.all().delete()
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])
    rows.reception_system(partner=IGATE.partner)
    rows.moved("2025-10-01 00:00")
    connect(address, case)


def connect(address: str, case: Case, *, kind: str = "", partner: str = IGATE.partner) -> None:
    """The partner of the field, spoken to as a case says from now on."""
    ConnectionRow.objects.create(
        partner=partner,
        version=ConnectionRow.objects.filter(partner=partner).count() + 1,
        kind=kind or case.partner,
        address=address,
        settings={"read_seconds": 0.25, **case.settings},
        secrets={"client_secret": SECRET, "consumer_secret": SECRET},
        state="live",
        since=cast.moment("2025-01-01 00:00"),
        decided_by=rows.SOURCE,
    )
    ValueMapRow.objects.filter(partner=partner).delete()
    for name, values in case.maps.items():
        for ours, theirs in values.items():
            ValueMapRow.objects.create(
                partner=partner,
                map=name,
                ours=ours,
                theirs=theirs,
                valid=to_range(builders.ALWAYS),
                goes="out" if [*values.values()].count(theirs) > 1 else "both",
                source=rows.SOURCE,
            )


def acknowledged(*, at: datetime) -> None:
    """The ministry took everything that is owed to it, as the exchange would note it."""
    for number, row in enumerate(OutboxRow.objects.filter(sent_at=None).order_by("pk"), 1):
        row.sent_at, row.reference = at, f"64f0{number:04}"
        row.save(update_fields=["sent_at", "reference"])

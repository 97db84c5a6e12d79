"""The fees of a dossier at the payment platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from thongsuot.domain.dossier.payments import PaymentState
from thongsuot.domain.looks import ReadingToken
from thongsuot.records.payments import PaymentRow


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One fee at the platform; `url` is the page to pay on, while it may be used."""

    reference: str
    what: str
    amount: int
    state: PaymentState
    url: str
    reason: str
    begun_at: datetime
    settled_at: datetime | None

    @property
    def may_be_asked(self) -> bool:
        """Whether the platform can still say something new."""
        return self.state.is_open


def payments(code: str, *, reading: ReadingToken) -> tuple[PaymentLine, ...]:
    """The payments of a dossier that was read with this token, the newest first."""
    reading.require(code)
    rows = PaymentRow.objects.filter(dossier__code=code).order_by("-id")
    return tuple(map(_line, rows))


def _line(row: PaymentRow) -> PaymentLine:
    state = PaymentState(row.state)
    return PaymentLine(
        reference=row.reference,
        what=row.what,
        amount=row.amount,
        state=state,
        url=row.url if state is PaymentState.OFFERED else "",
        reason=row.reason,
        begun_at=row.begun_at,
        settled_at=row.settled_at,
    )

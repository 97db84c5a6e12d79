"""A fee that is paid on the payment platform: asked for once, confirmed or asked about, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from thongsuot.domain.dossier.refusals import AlreadyHandedOver, AmountNotPositive, FeeNameNeeded
from thongsuot.domain.dossier.standing import require_here
from thongsuot.domain.dossier.state import Dossier
from thongsuot.domain.refusal import Kind, Refusal

# An applicant who has not paid by then pays at the counter; a later confirmation still counts.
LAPSES_AFTER = timedelta(hours=48)
FIRST_ASKED, LAST_ASKED = timedelta(minutes=1), timedelta(minutes=30)


class PaymentWaits(Refusal):
    """This fee is on its way on the platform: two pages for one fee are paid twice."""

    code = "payment_waits"
    kind = Kind.CONFLICT


class PaymentUnknown(Refusal):
    """The platform speaks of a reference that we never gave."""

    code = "payment_unknown"
    kind = Kind.UNKNOWN


class PaymentDiffers(Refusal):
    """The platform speaks of another amount than was asked for: people look at it."""

    code = "payment_differs"


class PaymentState(StrEnum):
    """How a payment stands."""

    BEGUN = "begun"  # asked for at the platform, no word yet
    OFFERED = "offered"  # the applicant can pay
    UNCLEAR = "unclear"  # no word came back: nobody has the page, and the platform is asked
    PAID = "paid"
    FAILED = "failed"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether the platform is still asked about it."""
        return self in (PaymentState.BEGUN, PaymentState.OFFERED, PaymentState.UNCLEAR)


@dataclass(frozen=True, slots=True)
class PaymentWord:
    """What the platform says of one payment; `amount` is 0 where it says none."""

    reference: str
    state: PaymentState
    amount: int = 0
    transaction: str = ""
    bank: str = ""
    reason: str = ""


def require_payable(d: Dossier, *, what: str, amount: int) -> None:
    """Raises OnItsWay, HeldByAnotherSystem, AlreadyHandedOver, FeeNameNeeded, AmountNotPositive."""
    require_here(d)
    if d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)
    if not what.strip():
        raise FeeNameNeeded("what")
    if amount <= 0:
        raise AmountNotPositive("amount", given=amount)


def require_same(word: PaymentWord, *, amount: int) -> None:
    """Raises PaymentDiffers when the platform took another amount than was asked for."""
    if word.state is PaymentState.PAID and word.amount != amount:
        raise PaymentDiffers("payment", reference=word.reference, asked=amount, given=word.amount)


def next_asked(begun_at: datetime, at: datetime) -> datetime | None:
    """When the platform is asked again; None when it is not waited for any more.

    The longer it lasts the seldomer: as long again as it has lasted, within bounds.
    """
    if at >= begun_at + LAPSES_AFTER:
        return None
    return at + min(max(at - begun_at, FIRST_ASKED), LAST_ASKED)

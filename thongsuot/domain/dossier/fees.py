"""What an applicant pays: fees and charges, each with its receipt or the basis of its exemption."""

from __future__ import annotations

from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    AmountNotPositive,
    BasisNeeded,
    FeeNameNeeded,
    ReceiptNeeded,
    ReferenceNeeded,
)
from thongsuot.domain.dossier.standing import require_here
from thongsuot.domain.dossier.state import Dossier


def collect(
    d: Dossier,
    *,
    name: str,
    amount: int,
    how: e.Payment,
    reference: str = "",
    receipt_series: str = "",
    receipt_number: str = "",
    basis: str = "",
) -> e.FeeCollected:
    """Note that a fee was paid, or that the applicant is exempt from it.

    Raises OnItsWay, HeldByAnotherSystem, AlreadyHandedOver, FeeNameNeeded, AmountNotPositive, BasisNeeded, ReferenceNeeded,
    ReceiptNeeded. Source: NĐ 118/2025 Đ.24.
    """
    require_here(d)
    if d.is_handed_over:
        raise AlreadyHandedOver("dossier", code=d.code)
    if not name.strip():
        raise FeeNameNeeded("what")
    fee = e.FeeCollected(name, amount, how, reference, receipt_series, receipt_number, basis)
    if how is e.Payment.EXEMPT:
        return _exempt(fee)
    if amount <= 0:
        raise AmountNotPositive("amount", given=amount)
    if how is not e.Payment.CASH and not reference.strip():
        raise ReferenceNeeded("reference")
    if how is not e.Payment.PLATFORM and not receipt_number.strip():
        raise ReceiptNeeded("receipt_number")
    return fee


def collected(d: Dossier) -> int:
    """What was paid altogether; exemptions are no payment."""
    return sum(fee.amount for fee in d.fees if fee.how is not e.Payment.EXEMPT)


def _exempt(fee: e.FeeCollected) -> e.FeeCollected:
    if not fee.basis.strip():
        raise BasisNeeded("basis")
    return fee

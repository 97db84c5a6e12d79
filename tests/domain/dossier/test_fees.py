"""A fee is paid with a receipt, or left to the applicant by a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier import fees
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    AmountNotPositive,
    BasisNeeded,
    FeeNameNeeded,
    ReceiptNeeded,
    ReferenceNeeded,
)
from thongsuot.domain.refusal import Refusal

CASH = e.FeeCollected("Lệ phí", 50_000, e.Payment.CASH, receipt_number="0000123")
BANK = replace(CASH, how=e.Payment.TRANSFER, reference="FT2501")
ONLINE = e.FeeCollected("Lệ phí", 50_000, e.Payment.PLATFORM, reference="PP-9")
EXEMPT = e.FeeCollected("Lệ phí", 0, e.Payment.EXEMPT, basis="NQ 05/2025/NQ-HĐND Đ.2")


def collect(fee: e.FeeCollected) -> e.FeeCollected:
    return fees.collect(
        builders.received(),
        name=fee.name,
        amount=fee.amount,
        how=fee.how,
        reference=fee.reference,
        receipt_series=fee.receipt_series,
        receipt_number=fee.receipt_number,
        basis=fee.basis,
    )


@pytest.mark.parametrize("fee", [CASH, BANK, ONLINE, EXEMPT], ids=lambda fee: fee.how)
def test_a_fee_is_noted_in_each_way_of_paying(fee: e.FeeCollected) -> None:
    assert collect(fee) == fee


@pytest.mark.parametrize(
    ("fee", "refusal"),
    [
        (replace(CASH, name=" "), FeeNameNeeded),
        (replace(CASH, amount=0), AmountNotPositive),
        (replace(CASH, receipt_number=""), ReceiptNeeded),
        (replace(BANK, receipt_number=""), ReceiptNeeded),
        (replace(BANK, reference=""), ReferenceNeeded),
        (replace(ONLINE, reference=" "), ReferenceNeeded),
        (replace(EXEMPT, basis=""), BasisNeeded),
    ],
)
def test_a_fee_without_its_proof_is_refused(fee: e.FeeCollected, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        collect(fee)


def test_what_was_paid_is_added_up_without_what_was_exempt() -> None:
    d = builders.received()
    for fee in (CASH, ONLINE, replace(EXEMPT, amount=20_000)):
        d = builders.after(d, fee)

    assert fees.collected(d) == 100_000


def test_nothing_is_collected_once_all_was_handed_over() -> None:
    with pytest.raises(AlreadyHandedOver):
        fees.collect(
            replace(builders.received(), is_handed_over=True),
            name="Lệ phí",
            amount=1,
            how=e.Payment.CASH,
        )

"""A fee is paid on the platform: the page is asked for, the word about it comes or is fetched."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from thongsuot.actions.dossier.keeping import Authority, keep, require_duty
from thongsuot.actions.enquiries.putting import put
from thongsuot.domain.dossier import Dossier, fees
from thongsuot.domain.dossier import payments as rules
from thongsuot.domain.dossier.events import Payment
from thongsuot.domain.dossier.payments import (
    PaymentDiffers,
    PaymentState,
    PaymentWaits,
    PaymentWord,
)
from thongsuot.domain.dossier.refusals import AlreadyHandedOver
from thongsuot.domain.dossier.standing import offices_for
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival, EnquiryKind, Refused, Reply, Told
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as dossiers
from thongsuot.records import enquiries
from thongsuot.records import payments as records
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.payments import PaymentRow
from thongsuot.words import reading
from thongsuot.words.refusals import sentence

logger = logging.getLogger(__name__)


@transaction.atomic
def begin_payment(
    *, code: str, what: object, amount: object, key: str, by: Person, at: datetime
) -> int:
    """Ask the platform for a page on which this fee is paid; the enquiry.

    One fee has one page at a time; a form sent twice asks once. Raises NoSuchDossier, NotYourDuty, FieldNeeded, BadField,
    AlreadyHandedOver, AmountNotPositive, PaymentWaits.
    Source: NĐ 118/2025 Đ.24.
    """
    row, dossier, _ = dossiers.load(code)
    held = _require(dossier, by, at)
    once = f"pay:{dossier.code}:{key}"[:120]
    if before := enquiries.of_key(by.account, once):
        return before
    named, due = reading.text("what", what, longest=300), reading.number("amount", amount)
    rules.require_payable(dossier, what=named, amount=due)
    if records.is_waiting(row, named):
        raise PaymentWaits("what", given=named)
    payment = records.begin(
        row, what=named, amount=due, account=by.account, office=held.office, at=at
    )
    asked = _asked(payment) | {
        "what": named,
        "code": dossier.code,
        "procedure": dossier.procedure,
        "procedure_name": dossier.procedure_name,
        "office": dossier.competent_office,
        "payer": dossier.applicant.name,
        "payer_number": dossier.applicant.number,
        "payer_address": dossier.applicant.address,
    }
    enquiry, _ = put(
        EnquiryKind.PAYMENT,
        about=dossier.code,
        asked=asked,
        account=by.account,
        office=held.office,
        key=once,
        at=at,
    )
    return enquiry


@transaction.atomic
def ask_about_payment(*, reference: str, by: Person, at: datetime) -> int:
    """Ask the platform now how a payment stands; the enquiry.

    Raises PaymentUnknown, NotYourDuty.
    """
    payment = records.of_reference(reference)
    _, dossier, _ = dossiers.load(payment.dossier.code)
    _require(dossier, by, at)
    return _ask(payment, account=by.account, at=at, is_waited_for=True)


@transaction.atomic
def ask_about_payments(*, at: datetime) -> int:
    """Have the platform asked about payments of which no word came; how many.

    One that nobody paid in two days is waited for no longer.
    """
    due = list(records.to_ask(at=at))
    for payment in due:
        payment.ask_at = rules.next_asked(payment.begun_at, at)
        if payment.ask_at is None:
            payment.state, payment.settled_at = PaymentState.LAPSED.value, at
        _ask(payment, account=settings.HOME_SYSTEM, at=at, is_waited_for=False)
        payment.save(update_fields=["ask_at", "state", "settled_at"])
    return len(due)


def page_kept(row: EnquiryRow, reply: Reply, at: datetime) -> Mapping[str, Any]:
    """The page that the platform gave, or that none came; the counter goes on either way."""
    payment = records.of_reference(row.asked["reference"])
    if payment.state != PaymentState.BEGUN.value:
        return {"reference": payment.reference}
    match reply:
        case Told(answer):
            payment.state, payment.url = PaymentState.OFFERED.value, str(answer["url"])
        case Refused(code, reason):
            payment.state, payment.reason = PaymentState.FAILED.value, f"{code} {reason}"[:300]
            payment.settled_at = at
        case _:
            payment.state = PaymentState.UNCLEAR.value
    if payment.settled_at is None:
        payment.ask_at = rules.next_asked(payment.begun_at, at)
    payment.save(update_fields=["state", "url", "reason", "settled_at", "ask_at"])
    return {"reference": payment.reference, "url": payment.url}


def word_kept(row: EnquiryRow, reply: Reply, at: datetime) -> Mapping[str, Any]:
    """What the platform said of a payment when it was asked."""
    if not isinstance(reply, Told):
        return {"reference": row.asked["reference"]}
    word = word_of(reply.answer)
    try:
        _settle(word, at)
    except PaymentDiffers as refusal:
        _leave_to_people(word, sentence(refusal))
    return {"reference": word.reference, "state": word.state.value}


def _leave_to_people(word: PaymentWord, why: str) -> None:
    payment = records.of_reference(word.reference)
    payment.reason, payment.ask_at = why[:300], None
    payment.save(update_fields=["reason", "ask_at"])


def take_payment(arrival: Arrival, at: datetime) -> str:
    """What the platform said of a payment by itself; the dossier.

    Raises PaymentUnknown, PaymentDiffers.
    """
    return _settle(word_of(arrival.body), at)


def word_of(told: Mapping[str, Any]) -> PaymentWord:
    """A word in neutral form."""
    return PaymentWord(
        reference=str(told["reference"]),
        state=PaymentState(told["state"]),
        amount=int(told.get("amount") or 0),
        transaction=str(told.get("transaction", ""))[:120],
        bank=str(told.get("bank", ""))[:60],
        reason=str(told.get("reason", ""))[:300],
    )


def _settle(word: PaymentWord, at: datetime) -> str:
    """What is paid is paid once, however often and however late it is said."""
    payment = records.of_reference(word.reference)
    rules.require_same(word, amount=payment.amount)
    if payment.state == PaymentState.PAID.value or word.state.is_open:
        return payment.dossier.code
    payment.state, payment.reason = word.state.value, word.reason
    payment.transaction, payment.bank = word.transaction, word.bank
    payment.settled_at, payment.ask_at = at, None
    if word.state is PaymentState.PAID:
        payment.reason = _collected(payment, at)
    payment.save()
    return payment.dossier.code


def _collected(payment: PaymentRow, at: datetime) -> str:
    """The fee enters the dossier; what came too late for that, with why it did not."""
    row, dossier, _ = dossiers.load(payment.dossier.code)
    try:
        fee = fees.collect(
            dossier,
            name=payment.what,
            amount=payment.amount,
            how=Payment.PLATFORM,
            reference=payment.transaction or payment.reference,
        )
    except AlreadyHandedOver:
        logger.warning("payment %s came after its dossier was closed", payment.pk)
        return "handed_over"
    system = Person(settings.HOME_SYSTEM, "")
    keep(row, dossier, fee, office=dossier.office, by=system, occurred_at=at, at=at)
    return ""


def _require(dossier: Dossier, by: Person, at: datetime) -> Authority:
    offices = offices_for(dossier, Act.COLLECT_FEE)
    return require_duty(by, Act.COLLECT_FEE, offices=offices, procedure=dossier.procedure, at=at)


def _ask(payment: PaymentRow, *, account: str, at: datetime, is_waited_for: bool) -> int:
    enquiry, _ = put(
        EnquiryKind.PAYMENT_STATE,
        about=payment.dossier.code,
        asked=_asked(payment),
        account=account,
        office=payment.office,
        key=f"paid:{payment.reference}:{at:%Y%m%d%H%M%S}",
        at=at,
        is_waited_for=is_waited_for,
    )
    return enquiry


def _asked(payment: PaymentRow) -> dict[str, Any]:
    return {"reference": payment.reference, "amount": payment.amount}

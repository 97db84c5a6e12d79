"""Errands and questions stand under the same contract: each connector under every fault mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests import cast, rows, scans
from tests.exchange.connecting import SETTINGS
from tests.exchange.contract.cases import READ_SECONDS
from tests.exchange.contract.test_contract import MODES
from tests.exchange.partners import SECRET, Partners
from thongsuot.actions import messages
from thongsuot.domain.exchange import Enquiry, EnquiryKind, Told, ValueMaps
from thongsuot.exchange.connector import Answering, Connection, Connector
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.records import errands
from thongsuot.records.access import RoleRow
from thongsuot.records.errands import ErrandRow

pytestmark = pytest.mark.django_db
AT = cast.MONDAY


@dataclass(frozen=True, slots=True)
class ErrandCase:
    """One kind of errand; `there` is how often it is at the partner."""

    partner: str
    kind: str
    payload: Mapping[str, Any]
    there: Callable[[Partners], int]


@dataclass(frozen=True, slots=True)
class EnquiryCase:
    """One kind of question, and whether an answer is the right one."""

    partner: str
    kind: EnquiryKind
    asked: Mapping[str, Any]
    is_right: Callable[[Mapping[str, Any]], bool]


DOCUMENT = {
    "name": "000.00.01.H35,2025/09/08,1/QĐ",
    "sender": "000.00.01.H35",
    "receivers": ["000.00.00.G15"],
    "to": "000.00.00.G15",
    "number": "1",
    "notation": "QĐ",
    "subject": "bịa",
    "issued_on": "2025-09-08",
    "answers": "",
    "files": [{"sha256": "x", "name": "a.pdf", "type": "application/pdf"}],
}
BODY = {"code": "000.09.09.H35", "name": "Cơ quan bịa"}
ORDER = {
    "order": "O1",
    "what": "x",
    "name": "A",
    "address": "B",
    "phone": "1",
    "province": "12",
} | {
    "sender_name": "C",
    "sender_address": "D",
}
REPORT = {"system": "tinh", "sha256": "x", "name": "a.pdf", "type": "application/pdf"}
SERVICE = {"codeNotation": "9.900009", "name": "Thủ tục bịa", "isOnline": True}
OWN = {"codeNotation": "9.900009", "name": "Thủ tục bịa", "state": "ACTIVE"}
ERRANDS = (
    ErrandCase(
        "document_axis", "document", DOCUMENT, lambda p: len(p.book("document_axis", "sent"))
    ),
    ErrandCase(
        "document_axis",
        "register_body",
        BODY,
        lambda p: len(p.book("document_axis", "agencies").get(BODY["code"], [])),
    ),
    ErrandCase(
        "postal", "postal_order", ORDER, lambda p: len(p.book("postal", "orders").get("O1", []))
    ),
    ErrandCase("reports", "report_file", REPORT, lambda p: min(len(p.book("reports", "files")), 1)),
    ErrandCase(
        "procedure_database",
        "publish_formality",
        OWN,
        lambda p: len(p.book("procedure_database", "published_formality")),
    ),
    ErrandCase(
        "procedure_database",
        "publish_service",
        SERVICE,
        lambda p: len(p.book("procedure_database", "published_service")),
    ),
)
PERSON = {"name": "Nguyễn Văn Bịa", "number": "012090000001", "birth_year": 1990}
PAY = {"reference": "R1", "amount": 1000, "what": "phí", "code": "C", "procedure": "1.000001"} | {
    "procedure_name": "x",
    "payer": "A",
    "payer_number": "",
    "payer_address": "",
}
ENQUIRIES = (
    EnquiryCase(
        "population", EnquiryKind.PERSON, PERSON, lambda a: a == {"name": "NGUYỄN VĂN BỊA"}
    ),
    EnquiryCase(
        "document_store",
        EnquiryKind.PAPERS,
        PERSON | {"procedure": "1.000001"},
        lambda a: [one["title"] for one in a["offers"]] in (["Giấy tờ bịa"], ["Giấy tờ bịa"] * 2),
    ),
    EnquiryCase("payment", EnquiryKind.PAYMENT, PAY, lambda a: str(a["url"]).endswith("/pay/R1")),
)


def speaking(partner: str, address: str) -> Connector:
    return connector(
        Connection(
            partner=partner,
            version=1,
            kind=partner,
            address=address,
            maps=ValueMaps(partner, ()),
            secret=lambda _: SECRET,
            settings={**SETTINGS[partner], "read_seconds": READ_SECONDS},
            content=lambda _: scans.pdf(),
        )
    )


@pytest.fixture(autouse=True)
def province(town: Partners) -> None:
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    town.well()
    for partner in SETTINGS:
        town.forget(partner)


@pytest.mark.parametrize("case", ERRANDS, ids=lambda case: case.kind)
@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_an_errand_is_done_once_whatever_the_partner_does(
    case: ErrandCase, mode: str, how: dict[str, float], town: Partners
) -> None:
    errands.owe(
        partner=case.partner,
        kind=case.kind,
        about="x",
        key="x",
        payload=case.payload,
        by="x",
        at=AT,
    )
    speaks = speaking(case.partner, town.address(case.partner))

    def drain(since: timedelta, rounds: int) -> None:
        for number in range(rounds):
            at = AT + since + timedelta(hours=number)
            if not send_due(case.partner, speaks, at=at).tried:
                return

    town.fail(case.partner, mode, **how)
    drain(timedelta(), 3)
    town.well()
    drain(timedelta(days=1), 6)
    for row in ErrandRow.objects.filter(sent_at=None):
        assert row.set_aside_at is not None
        if case.there(town):
            messages.skip(number=-row.pk, reason="đã có", by=cast.MINH, at=AT)
        else:
            messages.replay([-row.pk], reason="chưa có", by=cast.MINH, at=AT)
    drain(timedelta(days=2), 6)

    assert not ErrandRow.objects.filter(sent_at=None).exists()
    assert case.there(town) == 1
    assert queries.verify() == ()


@pytest.mark.parametrize("case", ENQUIRIES, ids=lambda case: case.kind.value)
@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_a_question_is_answered_rightly_or_not_at_all(
    case: EnquiryCase, mode: str, how: dict[str, float], town: Partners
) -> None:
    speaks = speaking(case.partner, town.address(case.partner))
    assert isinstance(speaks, Answering)
    enquiry = Enquiry(1, case.partner, case.kind, case.asked, "hoa", "H99.101", AT)

    town.fail(case.partner, mode, **how)
    struck = speaks.answer(enquiry).reply
    town.well()

    # A key with another name may be one that nobody reads: then the answer is still the right one.
    assert not isinstance(struck, Told) or mode == "schema_drift" or case.is_right(struck.answer)
    if case.kind is not EnquiryKind.PAYMENT:
        again = speaks.answer(enquiry).reply
        assert isinstance(again, Told)
        assert case.is_right(again.answer)

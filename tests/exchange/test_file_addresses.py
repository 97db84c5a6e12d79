"""The portal is told where each file lies; the address is made when it is sent, and works."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests import cast, life, rows, scans
from tests.cast import MONDAY
from tests.exchange.contract.cases import PORTAL
from thongsuot.actions import links, messages
from thongsuot.actions.messages import Attempt
from thongsuot.domain.cutover.links import LinkExpired
from thongsuot.domain.exchange import Parcel, Patience, Refused
from thongsuot.domain.files import MediaType
from thongsuot.domain.messages import hash_of
from thongsuot.exchange.dialects import portal_words
from thongsuot.records import files
from thongsuot.records.access import RoleRow
from thongsuot.records.messages import OutboxRow

pytestmark = pytest.mark.django_db
PARTNER = "national_portal"
LEASE = timedelta(minutes=1)
LATER = MONDAY + timedelta(days=400)  # longer than an address holds by itself


@pytest.fixture(autouse=True)
def owed(store: object) -> None:
    """A dossier with a scanned paper and a decided result is owed to the portal."""
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    life.received()
    row = OutboxRow.objects.get(partner=PARTNER)
    paper = next(iter(row.payload["papers"]))
    payload: dict[str, Any] = {
        **row.payload,
        "papers": [{**paper, "file": kept("to-khai.pdf")}, {**paper, "file": None}],
        "result": {"number": "12/GP", "file": kept("ket-qua.pdf")},
    }
    OutboxRow.objects.update(payload=payload, payload_hash=hash_of(payload))


def kept(name: str) -> dict[str, str]:
    content = scans.pdf() + name.encode()
    file = files.save(content, name=name, media_type=MediaType.PDF, pages=1, by="x", at=MONDAY)
    return {"sha256": file.sha256, "name": file.name, "type": file.media_type.value}


def taken(at: datetime = MONDAY) -> Parcel:
    (parcel,) = messages.take(PARTNER, at=at, lease=LEASE, limit=9)
    return parcel


def told(parcel: Parcel) -> dict[str, Any]:
    return portal_words.dossier(parcel, PORTAL.connection("http://127.0.0.1:9"))


def fetch(address: str) -> tuple[int, bytes]:
    answer = Client().get(urlsplit(address).path)
    return answer.status_code, answer.content


def test_papers_and_result_carry_an_address_at_our_door_that_only_its_signature_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("thongsuot.web.door.now", lambda: MONDAY)
    words = told(taken())

    paper, without = words["TaiLieuNop"]
    (result,) = words["DanhSachGiayToKetQua"]
    assert "DuongDanTaiTepTin" not in without
    assert fetch(paper["DuongDanTaiTepTin"]) == (200, scans.pdf() + b"to-khai.pdf")
    assert fetch(result["DuongDanTepTinKetQua"]) == (200, scans.pdf() + b"ket-qua.pdf")
    forged = result["DuongDanTepTinKetQua"][:-8] + "AAAAAAAA"
    assert fetch(forged)[0] == 404


def test_a_message_replayed_after_its_addresses_ended_tells_renewed_ones_and_is_the_same() -> None:
    first = taken()
    token = told(first)["DanhSachGiayToKetQua"][0]["DuongDanTepTinKetQua"].rpartition("/")[2]
    messages.note([Attempt(first, Refused("9", "bia"), MONDAY)], patience=Patience(), at=MONDAY)
    with pytest.raises(LinkExpired):
        links.hand_out(token=token, address="10.0.0.1", at=LATER)

    messages.replay([first.number], reason="da sua", by=cast.MINH, at=LATER)
    again = taken(LATER)

    renewed = told(again)["DanhSachGiayToKetQua"][0]["DuongDanTepTinKetQua"].rpartition("/")[2]
    handed = links.hand_out(token=renewed, address="10.0.0.1", at=LATER)
    assert handed.name == "ket-qua.pdf"
    assert again.payload_hash == first.payload_hash == OutboxRow.objects.get().payload_hash
    assert "url" not in str(OutboxRow.objects.get().payload)

"""Files leave by signed addresses: every use is kept, whole files are renewed, broken ones stand out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import cast, life
from tests.cast import MONDAY
from thongsuot.actions import links as actions
from thongsuot.actions import messages
from thongsuot.domain.cutover.links import LinkExpired, LinkRevoked, NoSuchLink
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Parcel
from thongsuot.domain.files import MediaType
from thongsuot.domain.messages import hash_of
from thongsuot.queries import links as queries
from thongsuot.records import files
from thongsuot.records.access import RoleRow
from thongsuot.records.files import NoSuchFile
from thongsuot.records.links import FileLinkRow, FileLinkUseRow
from thongsuot.records.looks import LookRow
from thongsuot.records.messages import OutboxRow
from thongsuot.words.reading import FieldNeeded

PORTAL = "national_portal"
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def keeper(province: None, store: Path) -> Path:
    """Minh keeps the systems of the province; the files' store is empty."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    return store


def stored() -> dict[str, str]:
    kept = files.save(
        b"%PDF-1.4 ket qua",
        name="ket-qua.pdf",
        media_type=MediaType.PDF,
        pages=1,
        by="x",
        at=MONDAY,
    )
    return {"sha256": kept.sha256, "name": kept.name, "type": kept.media_type.value}


def address(at: datetime = MONDAY) -> str:
    url = actions.address_of(partner=PORTAL, dossier="H99.101-250908-0001", file=stored(), at=at)
    return url.rpartition("/")[2]


def hand_out(token: str, at: datetime = MONDAY) -> actions.Handed:
    return actions.hand_out(token=token, address="10.0.0.1", at=at)


def test_a_message_leaves_with_addresses_and_what_was_fixed_at_the_fact_stays() -> None:
    life.received()
    row = OutboxRow.objects.get(partner=PORTAL)
    payload: dict[str, Any] = {
        **row.payload,
        "papers": [{"name": "Tờ khai", "file": stored()}, {"name": "Ảnh", "file": None}],
        "result": {"number": "1", "file": stored()},
    }
    OutboxRow.objects.update(payload=payload, payload_hash=hash_of(payload))

    (parcel,) = messages.take(PORTAL, at=MONDAY, lease=timedelta(minutes=1), limit=9)

    first, second = parcel.payload["papers"]
    assert first["url"] == first["file"]["url"] == parcel.payload["result"]["url"]
    assert "url" not in second
    assert hand_out(first["url"].rpartition("/")[2]).content == b"%PDF-1.4 ket qua"
    assert OutboxRow.objects.get().payload == payload
    assert parcel.payload_hash == hash_of(payload)


def test_a_message_without_files_is_sent_as_it_is() -> None:
    parcel = Parcel(1, PORTAL, "x", 1, "dossier", {"papers": [], "result": None}, "h", MONDAY)

    assert actions.addressed([parcel], at=MONDAY) == (parcel,)
    assert not FileLinkRow.objects.exists()


def test_every_use_is_kept_with_its_outcome_and_can_never_be_changed() -> None:
    token = address()
    hand_out(token)
    with pytest.raises(LinkExpired):
        hand_out(token, MONDAY + YEAR)
    with pytest.raises(NoSuchLink):
        hand_out(token[:-1] + ("A" if token[-1] != "A" else "B"))

    assert list(FileLinkUseRow.objects.values_list("outcome", flat=True).order_by("id")) == [
        "given",
        "link_expired",
    ]
    assert LookRow.objects.get().account == "partner:national_portal"
    with pytest.raises(IntegrityError), transaction.atomic():
        FileLinkUseRow.objects.update(outcome="given")


def test_the_same_file_keeps_its_address_and_a_renewed_one_holds_on() -> None:
    token = address()
    assert address(MONDAY + timedelta(days=9)) == token
    number = FileLinkRow.objects.get().pk

    with pytest.raises(NotYourRight):
        actions.renew(number=number, reason="x", by=cast.HOA, at=MONDAY)
    with pytest.raises(FieldNeeded):
        actions.renew(number=number, reason="", by=cast.MINH, at=MONDAY)
    until = actions.renew(number=number, reason="cổng cần", by=cast.MINH, at=MONDAY + YEAR)

    assert until == MONDAY + 2 * YEAR
    assert hand_out(token, MONDAY + YEAR).name == "ket-qua.pdf"


def test_a_revoked_address_is_gone_and_the_next_message_has_another() -> None:
    token = address()
    number = FileLinkRow.objects.get().pk
    actions.revoke(number=number, reason="gửi nhầm", by=cast.MINH, at=MONDAY)

    with pytest.raises(LinkRevoked):
        hand_out(token)
    with pytest.raises(LinkRevoked):
        actions.renew(number=number, reason="x", by=cast.MINH, at=MONDAY)
    assert address() != token


def test_whole_files_are_renewed_before_they_end_and_broken_ones_are_not(keeper: Path) -> None:
    token = address()
    assert actions.check(at=MONDAY).renewed == 0
    near = MONDAY + YEAR - timedelta(days=10)

    assert actions.check(at=near) == actions.Checked(whole=1, renewed=1, broken=0)
    assert hand_out(token, MONDAY + YEAR).name == "ket-qua.pdf"

    for file in keeper.rglob("*"):
        if file.is_file():
            file.write_bytes(b"hong")
    assert actions.check(at=near + YEAR) == actions.Checked(whole=0, renewed=0, broken=1)
    assert queries.links(at=near).broken == 1
    with pytest.raises(NoSuchFile):
        hand_out(token, near)

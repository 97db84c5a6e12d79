"""What a known system falsified on its way to the national portal; none of it can be said here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests import builders, cast
from tests.exchange.contract.cases import PORTAL
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier, Status
from thongsuot.domain.dossier import events as e
from thongsuot.domain.exchange import Acknowledged, Parcel, ValueMissing
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.messages import Names, hash_of, told
from thongsuot.exchange.connector import Connection
from thongsuot.exchange.dialects import portal_words
from thongsuot.exchange.dialects.portal import Portal, Service, Told

SCAN = StoredFile("a" * 64, "to-khai.pdf", MediaType.PDF, 900, 1)
DECISION = StoredFile("b" * 64, "ket-qua.pdf", MediaType.PDF, 900, 1)
NAMES = Names(field="Hộ tịch", office="UBND xã Bản Mây", competent_office="UBND xã Bản Mây", by="T")
STEP = e.Proposed("approval", "Đủ")


def to() -> Connection:
    return PORTAL.connection("http://127.0.0.1:1")


def parcel(dossier: Dossier, event: e.Event = STEP, kind: str = "progress") -> Parcel:
    payload = told(dossier, builders.entry(event), NAMES)
    return Parcel(
        number=1,
        partner="national_portal",
        dossier=dossier.code,
        seq=dossier.version,
        kind=kind,
        payload=payload,
        payload_hash=hash_of(payload),
        owed_at=cast.MONDAY,
    )


def words(dossier: Dossier) -> dict[str, Any]:
    return portal_words.dossier(parcel(dossier), to())


def test_a_code_is_the_dossiers_own_and_the_same_each_time() -> None:
    dossier = builders.received()

    assert words(dossier)["MaHoSo"] == dossier.code == words(dossier)["MaHoSo"]


def test_no_paper_that_was_handed_in_is_ever_told_as_the_result() -> None:
    dossier = builders.after(builders.received(), e.Digitised("Tờ khai", file=SCAN))
    ended = builders.after(dossier, e.ResultIssued("handover", "12/GCN"))

    assert "DanhSachGiayToKetQua" not in words(ended)
    assert SCAN.sha256 not in str(words(ended).get("DanhSachGiayToKetQua"))


def test_the_result_is_the_version_that_was_decided_on() -> None:
    dossier = builders.after(builders.received(), e.Digitised("Tờ khai", file=SCAN))
    for event in (e.DraftKept(DECISION), e.Approved("issue", draft=DECISION.sha256)):
        dossier = builders.after(dossier, event)
    ended = builders.after(dossier, e.ResultIssued("handover", "12/GCN"))

    (result,) = words(ended)["DanhSachGiayToKetQua"]
    assert (result["GiayToId"], result["MaGiayToKetQua"]) == (DECISION.sha256, "12/GCN")


def test_a_number_that_nobody_gave_is_asked_for_and_never_made_up() -> None:
    nobody = replace(builders.received(), applicant=replace(cast.MY, number=""))

    with pytest.raises(ValueMissing) as refused:
        words(nobody)
    assert refused.value.where == "applicant.number"


@pytest.mark.parametrize("status", Status, ids=lambda one: one.name.lower())
def test_a_status_is_told_as_it_is_and_none_becomes_finished_to_stop_a_clock(
    status: Status,
) -> None:
    dossier = replace(builders.received(), status=status)

    assert words(dossier)["TrangThaiHoSo"] == status.value
    assert portal_words.step(parcel(dossier), to())["TrangThai"] == status.value


def test_an_unended_dossier_has_no_end_and_one_that_ended_late_has_its_real_one() -> None:
    late = replace(builders.received(), ended_at=cast.moment("2025-12-01 10:00"))

    assert "NgayKetThucXuLy" not in words(builders.received())
    assert words(late)["NgayKetThucXuLy"] == "20251201100000"


def test_fees_are_what_was_paid_and_supplements_are_told() -> None:
    dossier = builders.received()
    for event in (
        e.FeeCollected("Lệ phí", 37_000, e.Payment.CASH),
        e.SupplementAsked(("Giấy khai sinh",), "Thiếu giấy tờ"),
        e.SupplementReceived((e.PaperGiven("Giấy khai sinh"),), cast.MONDAY),
    ):
        dossier = builders.after(dossier, event)

    said = words(dossier)
    assert [(one["TenPhiLePhi"], one["Gia"]) for one in said["DanhSachLePhi"]] == [
        ("Lệ phí", "37000")
    ]
    (asked,) = said["DanhSachHoSoBoSung"]
    assert asked["NoiDungBoSung"] == "Thiếu giấy tờ; Giấy khai sinh"
    assert said["DuocThanhToanTrucTuyen"] == "0"


def test_the_channel_is_the_one_by_which_it_came() -> None:
    channels = {one: words(replace(builders.received(), channel=one)) for one in Channel}

    assert {one: said["KenhThucHien"] for one, said in channels.items()} == {
        Channel.IN_PERSON: "1",
        Channel.ONLINE: "2",
        Channel.POST: "3",
    }


class Way:
    """A way to a portal that always answers the same."""

    def __init__(self, told: Told) -> None:
        self.told = told

    def say(self, _: Service, __: object, *, is_update: bool | None = None) -> Told:
        del is_update
        return self.told

    def ask_for(self, _: str) -> Told:
        return self.told


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("-1", "Lỗi"),
        ("-1", "Cập nhật thành công"),  # success is the code, never the sentence
        ("1", "thành công"),
        ("", "thành công"),
        ("000", "thành công"),
        ("None", ""),
        ("3", "Hồ sơ đã tồn tại"),
    ],
)
def test_only_the_code_of_success_is_success_whatever_the_sentence_says(
    code: str, message: str
) -> None:
    portal = Portal(to(), Way(Told(b"", b"", code, message)))

    outcome = portal.send(parcel(builders.received(), kind="dossier")).outcome

    assert not isinstance(outcome, Acknowledged)

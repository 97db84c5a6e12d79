"""What partners push: kept as it came before they hear so, read afterwards, once."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests import cast, rows
from tests.exchange.contract.cases import PORTAL
from thongsuot.actions import inbox
from thongsuot.domain.exchange import Arrival
from thongsuot.exchange.connectors.land import Land
from thongsuot.exchange.connectors.national_portal import NationalPortal
from thongsuot.exchange.inbox import Fetched, understand
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import ConnectionRow, LedgerRow
from thongsuot.records.messages import InboxRow

pytestmark = pytest.mark.django_db
WHAT = "nps/createdossierfromdvcqg"
SECRET = "mot-bi-mat-bia"


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Arrival]:
    """A portal that proves itself by a header; what is made of its applications."""
    rows.province()
    monkeypatch.setenv("PUSH_SECRET", SECRET)
    _connect("national_portal")
    taken: list[Arrival] = []

    def take(arrival: Arrival, _: object) -> str:
        taken.append(arrival)
        return ""

    monkeypatch.setitem(inbox.TAKERS, "application", take)
    return taken


def _connect(partner: str, **settings: object) -> None:
    ConnectionRow.objects.create(
        partner=partner,
        version=1,
        kind=partner,
        address="http://127.0.0.1:1",
        settings=settings,
        secrets={"inbound": "PUSH_SECRET"},
        state="live",
        since=rows.KNOWN_AT,
        decided_by=rows.SOURCE,
    )


def application(**data: object) -> dict[str, object]:
    told = {
        "MaHoSo": "G22.99.99-250908-000001",
        "MaTTHC": rows.FIVE_DAYS,
        "TenTTHC": "Thủ tục bịa",
        "MaDonVi": cast.BAN_MAY,
        "NgayNopHoSo": "20250908080000",
        "LoaiDoiTuong": "1",
        "ChuHoSo": cast.MY.name,
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": cast.MY.number}],
        "TaiLieuNop": [{"TenTepDinhKem": "don.pdf", "Base64": "JVBERg=="}],
    }
    return {"service": "NopHoSoTrucTuyen", "isUpdating": False, "data": told | data}


def push(
    content: bytes, *, partner: str = "national_portal", what: str = WHAT, proof: str = SECRET
) -> tuple[int, dict[str, object]]:
    answer = Client().post(
        f"/api/doi-tac/{partner}/{what}",
        content,
        content_type="application/json",
        headers={"Authorization": f"Bearer {proof}"},
    )
    return answer.status_code, answer.json()


def portal() -> NationalPortal:
    case = PORTAL.connection("http://127.0.0.1:1")
    return NationalPortal(case)


def read() -> Fetched:
    return understand("national_portal", portal(), at=cast.MONDAY)


def written(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def test_who_cannot_prove_who_they_are_leaves_nothing_behind() -> None:
    told = [push(written(application()), proof=wrong) for wrong in ("", "khác", SECRET + "x")]
    told.append(push(written(application()), partner="nobody"))

    assert {status for status, _ in told} == {403}
    assert not InboxRow.objects.exists()
    assert not LedgerRow.objects.exists()


def test_a_push_is_kept_before_it_is_read_and_the_same_again_is_answered_as_known(
    connected: list[Arrival],
) -> None:
    first, second = push(written(application())), push(written(application()))

    assert (first[1]["error_code"], second[1]["error_code"]) == (0, 1)
    assert InboxRow.objects.get().state == "came"
    assert connected == []

    assert (read(), read()) == (Fetched(taken_in=1), Fetched())
    assert [one.body["code"] for one in connected] == ["G22.99.99-250908-000001"]
    assert InboxRow.objects.get().body["data"]["ChuHoSo"] == cast.MY.name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"service": "x\\u0000"}',
        b'{"service": "\\ud800"}',
        written({"service": "KhacHan", "data": {}}),
        written(application(MaHoSo="")),
        written(application(ChuHoSo=None)),
        written(application(NgayNopHoSo="hôm qua")),
        written(application(LoaiDoiTuong="9")),
        written(application(TaiLieuNop="x")),
    ],
)
def test_what_cannot_be_understood_waits_with_its_reason_and_loses_no_byte(
    content: bytes, connected: list[Arrival]
) -> None:
    status, told = push(content)
    read()

    kept = InboxRow.objects.get()
    assert (status, told["error_code"]) == (200, 0)
    assert (kept.state, bool(kept.reason)) == ("quarantined", True)
    assert connected == []


def test_what_waited_is_read_anew_after_its_cause_was_mended(connected: list[Arrival]) -> None:
    push(written(application(LoaiDoiTuong="9")))
    read()
    rows.grant(cast.PAO, "operator", "")
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    InboxRow.objects.update(body=application())

    number = InboxRow.objects.get().pk
    assert inbox.try_again(number=number, by=cast.PAO, at=cast.MONDAY) == "came"
    assert read() == Fetched(taken_in=1)
    assert len(connected) == 1


def test_a_callback_proves_itself_by_its_code_which_is_not_kept() -> None:
    _connect("land", proof="body")
    words = {"SoBienNhan": "H1", "NgayKetThuc": "2025-09-08", "SecurityCode": SECRET}
    what = "DongBoTrangThaiKetThuc"

    good = push(written(words), partner="land", what=what, proof="")
    bad = push(written({**words, "SecurityCode": "x"}), partner="land", what=what, proof="")

    assert (good[0], bad[0]) == (200, 403)
    kept = InboxRow.objects.get(partner="land")
    assert SECRET not in json.dumps(kept.body)
    step = Land(PORTAL.connection("http://127.0.0.1:1")).read(
        Arrival("land", kept.key, kept.kind, kept.body)
    )
    assert (step.kind, step.body["dossier"], step.body["step"]) == ("land_step", "H1", "ended")

"""Whatever the fault and whatever is sent: each partner answers or goes dead, and recovers."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from typing import Any

import pytest

from tests.exchange.partners import SECRET, Partners, Reply, bearer, signed, simulated

MODES = (
    *("down", "slow", "times_out_after", "duplicate", "error_200", "already_exists", "throttled"),
    *("reordering", "partial_file", "schema_drift", "wrong_encoding", "clock_skew"),
    *("expired_session", "changed_certificate", "silent_loss"),
)
KEYCLOAK = "/auth/realms/digo/protocol/openid-connect/token"
PASS = {"Authorization": f"Bearer {SECRET}"}
CLIENT = {"X-Road-Client": "VN-GIALAP/GOV/H35/THONGSUOT"}
PUBLIC = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
# One call of each: method, path, headers, body.
CALLS: dict[str, tuple[str, str, dict[str, str], Any]] = {
    "national_portal": ("POST", "/integration", {"dstcode": "x"}, {"service": "TraCuuHoSo"}),
    "portal_facade": ("GET", "/KetNoiMotCuaQuocGia/LayDanhMucLinhVuc", {}, None),
    "ministry_igate": ("GET", "/pa/dossier/search", {}, None),
    "ministry_lgsp": ("POST", "/SyncDocument", {}, {"docCode": "x"}),
    "ministry_polled": ("GET", "/apiGTVT/danhsachhoso", {}, None),
    "land": ("POST", "/api/TiepNhanHoSo", {}, {}),
    "document_store": ("POST", "/GetKetQuaGiayTo", {}, {}),
    "document_axis": ("POST", "/getAgenciesList", signed(), b""),
    "procedure_database": ("POST", PUBLIC, {}, {"limit": 2}),
    "payment": ("POST", "/payment", {}, {"LoaiBanTin": "INIT", "MaThamChieu": "R"}),
    "population": ("POST", "/TraCuuThongTinCongDan", {}, {}),
    "postal": ("POST", "/track", PASS, {}),
    "reports": ("POST", "/upload/tinh", PASS, b""),
    "security_server": ("GET", "/r1/VN-GIALAP/GOV/M/S/postal/x", CLIENT, None),
}
TOKENS = {"portal_facade": "/token", "ministry_igate": KEYCLOAK, "ministry_lgsp": "/token"} | {
    "ministry_polled": "/token",
    "document_store": "/token",
    "population": "/token",
}


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """All of them, for this file."""
    with simulated() as found:
        yield found


def call(partners: Partners, name: str, body: Any = ...) -> Reply:
    """The partner's one call, in a session where it asks for one."""
    method, path, headers, usual = CALLS[name]
    if name in TOKENS:
        headers = bearer(partners, name, TOKENS[name]) | headers
    given = usual if body is ... else body
    return partners.call(name, method, path, given, headers=headers)


@pytest.mark.parametrize("name", CALLS)
def test_it_answers_or_goes_dead_under_every_fault_and_is_well_again(
    partners: Partners, name: str
) -> None:
    well = call(partners, name)
    struck = 0
    for mode in MODES:
        how = {} if mode == "clock_skew" else {"seconds": 0}
        partners.fail(name, mode, share=0.99, seed=2, **how)
        try:
            assert call(partners, name).status in range(200, 600)
        except (http.client.HTTPException, ConnectionError, KeyError):
            struck += 1
        partners.well(name)

    again = call(partners, name)

    assert struck >= 1
    assert again.status == well.status


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1, 2]", b'{"limit": "x", "pageSize": "x"}', b"\xff"]
)
def test_what_cannot_be_read_is_answered_and_not_kept(
    partners: Partners, name: str, body: bytes
) -> None:
    before = partners.book(name)

    assert call(partners, name, body).status in range(200, 500)
    if name != "security_server":  # it logs all that it carries
        assert partners.book(name) == before


def test_a_partner_that_sends_repeats_itself_or_loses_it(partners: Partners) -> None:
    lost = {"is_sent": False, "reason": "thất lạc (giả lập)"}
    partners.fail("national_portal", "silent_loss")

    (told,) = partners.push("national_portal")
    partners.well("national_portal")
    (nowhere,) = partners.push("national_portal", again=told["MaHoSo"])

    assert told == {"MaHoSo": told["MaHoSo"], **lost}
    assert nowhere["reason"] == "chưa có địa chỉ nhận"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nobody/book"),
        ("GET", "postal/flights"),
        ("POST", "postal/place"),
        ("POST", "payment/push"),
        ("POST", "reports/push"),
        ("POST", "mail/place"),
        ("POST", "postal/faults"),
    ],
)
def test_the_control_address_refuses_what_it_does_not_know(
    partners: Partners, method: str, path: str
) -> None:
    reply = partners.ask(method, path, {} if method == "POST" else None)

    assert reply.status in {400, 404}
    assert reply.json["message"]

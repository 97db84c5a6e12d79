"""Every fault mode, switched on while the partners run, over real HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.exchange import certificates
from tests.exchange.partners import SECRET, Partners, Reply, bearer, simulated

NAME = "ministry_lgsp"
DOCUMENT = {"docCode": "H1", "docTypeCode": "x", "citizenName": "Người bịa", "dateReceived": "x"}


@pytest.fixture(scope="module")
def running() -> Iterator[Partners]:
    """All of them, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture
def partners(running: Partners) -> Partners:
    """Empty and well."""
    running.well()
    running.forget(NAME)
    return running


@pytest.fixture
def token(partners: Partners) -> dict[str, str]:
    """A session that was opened while all was well."""
    return bearer(partners, NAME)


def send(partners: Partners, token: dict[str, str], code: str = "H1", **how: Any) -> Reply:
    """One document."""
    data = {**DOCUMENT, "docCode": code}
    return partners.call(NAME, "POST", "/SyncDocument", data, headers=token, **how)


def has(partners: Partners) -> list[str]:
    """Which documents the partner has."""
    return [*partners.book(NAME, "documents")]


def test_down_refuses_the_connection_and_up_again_takes_it(
    partners: Partners, token: dict[str, str]
) -> None:
    partners.fail(NAME, "down")

    with pytest.raises(ConnectionRefusedError):
        send(partners, token)

    partners.well(NAME)
    assert send(partners, token).json["status"] == 200


def test_down_for_some_calls_ends_by_itself(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "down", count=1)

    with pytest.raises(http.client.RemoteDisconnected):
        send(partners, token)

    assert has(partners) == []
    assert send(partners, token).json["status"] == 200


def test_slow_answers_late(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "slow", seconds=0.3)
    began = time.monotonic()

    assert send(partners, token).json["status"] == 200
    assert time.monotonic() - began >= 0.3


def test_it_times_out_after_having_done_it(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "times_out_after", seconds=0.5)

    with pytest.raises(TimeoutError):
        send(partners, token, seconds=0.2)

    assert has(partners) == ["H1"]


def test_an_answer_comes_twice_on_the_line(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "duplicate")
    where = urlsplit(partners.address(NAME))
    body = json.dumps(DOCUMENT)
    head = f"POST /SyncDocument HTTP/1.1\r\nHost: x\r\nAuthorization: {token['Authorization']}\r\n"
    said = b""

    with socket.create_connection((where.hostname, where.port), timeout=5) as line:
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        while piece := line.recv(65536):
            said += piece

    assert said.count(b"HTTP/1.1 200 OK") == 2
    assert len(partners.book(NAME, "documents")["H1"]) == 1


def test_rows_of_a_list_come_twice_and_out_of_order(partners: Partners) -> None:
    partners.well("national_portal")
    codes = ["G17-1", "G17-2", "G17-3"]
    for code in codes:
        partners.place("ministry_polled", MaHoSo=code)
    headers = bearer(partners, "ministry_polled") | {"MaDonVi": "G17", "ApiKey": SECRET}
    partners.fail("ministry_polled", "duplicate")
    partners.fail("ministry_polled", "reordering", seconds=0, seed=3)
    path = f"/apiGTVT/danhsachhoso?APIKey={SECRET}"

    told = partners.call("ministry_polled", "GET", path, headers=headers).json["data"]

    came = [row["MaHoSo"] for row in told]
    assert sorted(came) == sorted(codes * 2)
    assert came != [code for code in codes for _ in range(2)]


@pytest.mark.parametrize(
    ("mode", "status", "said"),
    [
        ("error_200", 200, "500"),
        ("already_exists", 200, "đã tồn tại"),
        ("throttled", 429, "Quá nhiều"),
    ],
)
def test_it_says_no_in_its_own_words_and_does_nothing(
    partners: Partners, token: dict[str, str], mode: str, status: int, said: str
) -> None:
    partners.fail(NAME, mode)

    reply = send(partners, token)

    assert (reply.status, has(partners)) == (status, [])
    assert said in reply.body.decode()
    assert (mode == "throttled") == ("Retry-After" in reply.headers)


def test_half_a_file_comes(partners: Partners) -> None:
    path = "/api/v1/submitting/preview-attachment"
    whole = partners.call("procedure_database", "POST", path, {"fileId": "1"}).body
    partners.fail("procedure_database", "partial_file")

    half = partners.call("procedure_database", "POST", path, {"fileId": "1"}).body

    assert half == whole[: len(whole) // 2]


def test_a_new_version_of_the_format_has_other_keys(
    partners: Partners, token: dict[str, str]
) -> None:
    partners.fail(NAME, "schema_drift")

    told = send(partners, token).json

    assert {*told} not in ({"status", "message"},)
    assert "phienBanMoi" in told


def test_letters_come_in_another_encoding(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "wrong_encoding")

    with pytest.raises(UnicodeDecodeError):
        send(partners, token).body.decode()


def test_its_clock_is_wrong(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "clock_skew", seconds=-86_400)

    told = parsedate_to_datetime(send(partners, token).headers["Date"])

    assert (
        timedelta(hours=23) < datetime.fromtimestamp(time.time(), UTC) - told < timedelta(hours=25)
    )


def test_a_session_ends_early_and_a_new_one_helps(
    partners: Partners, token: dict[str, str]
) -> None:
    partners.fail(NAME, "expired_session", count=1)

    assert send(partners, token).status == 401
    assert send(partners, bearer(partners, NAME)).status == 200


def test_a_word_is_lost_without_a_sound(partners: Partners, token: dict[str, str]) -> None:
    partners.fail(NAME, "silent_loss", count=1)

    assert [send(partners, token, code).json["status"] for code in ("H1", "H2")] == [200, 200]
    assert has(partners) == ["H2"]


def test_the_same_seed_fails_the_same_calls(partners: Partners, token: dict[str, str]) -> None:
    def played(seed: int) -> list[int]:
        partners.fail(NAME, "throttled", share=0.5, seed=seed)
        return [send(partners, token, str(number)).status for number in range(12)]

    first, again, other = played(7), played(7), played(8)

    assert first == again != other
    assert {*first} == {200, 429}


@pytest.mark.parametrize(
    "asked",
    [
        {"mode": "flying"},
        {"mode": "slow", "share": 2},
        {"mode": "slow", "seconds": "x"},
        {"mode": "slow", "how": "much"},
        {},
    ],
)
def test_a_fault_that_cannot_be_read_is_refused(partners: Partners, asked: dict[str, Any]) -> None:
    reply = partners.ask("POST", f"{NAME}/faults", asked)

    assert (reply.status, bool(reply.json["message"])) == (400, True)
    assert partners.ask("GET", f"{NAME}/faults").json == {"faults": []}


def test_a_partner_that_comes_back_still_has_its_book(tmp_path: Path) -> None:
    with simulated("--book", tmp_path) as before:
        send(before, bearer(before, NAME))
        before.fail(NAME, "silent_loss")
        send(before, bearer(before, NAME), "H2")

    with simulated("--book", tmp_path) as after:
        assert has(after) == ["H1"]


def test_only_who_shows_a_certificate_is_let_in_and_theirs_may_change(tmp_path: Path) -> None:
    for name in ("server", "other", "client"):
        certificates.make(tmp_path, name)
    (tmp_path / "clients.pem").write_bytes((tmp_path / "client.crt").read_bytes())
    ours = ssl.create_default_context(cafile=str(tmp_path / "server.crt"))
    stranger = ssl.create_default_context(cafile=str(tmp_path / "server.crt"))
    ours.load_cert_chain(tmp_path / "client.pem")

    with simulated("--tls", tmp_path) as partners:
        known = _status(partners, ours)
        with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
            _status(partners, stranger)
        partners.fail(NAME, "changed_certificate")
        with pytest.raises(ssl.SSLCertVerificationError):
            _status(partners, ours)

    assert known == 401


def _status(partners: Partners, context: ssl.SSLContext) -> int:
    where = urlsplit(partners.address(NAME))
    line = http.client.HTTPSConnection("127.0.0.1", where.port, timeout=5, context=context)
    try:
        line.request("POST", "/SyncDocument", b"{}")
        return line.getresponse().status
    finally:
        line.close()

"""Whatever goes wrong is told as problem+json, and never by a fault of ours."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast, life, rows
from tests.api.machines import Answer, Machine, machine, request
from thongsuot.actions.access import revoke_token
from thongsuot.queries import register
from thongsuot.records.access import AccountRow


@pytest.mark.parametrize("token", ["", "ts_wrong", "Mỷ", "x" * 5000])
def test_without_a_token_that_works_nobody_comes_in(province: None, token: str) -> None:
    answer = Machine(token).get("/dossiers")

    assert (answer.status, answer.refusal) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_and_a_closed_account_do_not_come_in(hoa: Machine) -> None:
    pao = machine(cast.PAO)
    revoke_token(account="hoa", name="thử", at=rows.KNOWN_AT)
    AccountRow.objects.filter(username="pao").update(is_active=False)

    assert hoa.get("/dossiers").status == pao.get("/dossiers").status == 401


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nowhere", "/api/v2/dossiers"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_not_there_is_told_as_a_problem(
    hoa: Machine, path: str, method: str
) -> None:
    answer = hoa.request(method, path)

    assert (answer.status, answer.refusal) == (404, "no_such_route")
    assert answer.json["instance"] == path


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_a_wrong_method_is_told_with_the_right_ones(hoa: Machine, method: str) -> None:
    answer = hoa.request(method, "/api/v1/dossiers")

    assert (answer.status, answer.refusal) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[" * 100_000,
        b"[" * 400 + b"]" * 400,
        b'{"move": ' + b"1" * 5000 + b"}",
        b'{"move": "forward", "move": "assign"}',
    ],
)
def test_what_is_no_json_is_refused(hoa: Machine, body: bytes) -> None:
    answer = hoa.send("/dossiers", body)

    assert (answer.status, answer.refusal) == (400, "json_malformed")


def test_what_is_not_meant_as_json_is_refused(hoa: Machine) -> None:
    answer = hoa.send("/dossiers", b"procedure=1", kind="application/x-www-form-urlencoded")

    assert (answer.status, answer.refusal) == (415, "media_type_unsupported")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_what_is_too_large_is_refused(hoa: Machine) -> None:
    answer = hoa.post("/dossiers", request(case="x" * 1000))

    assert (answer.status, answer.refusal) == (413, "body_too_large")
    assert answer.json["refusal"]["facts"]["longest"] == 1000


def test_a_fault_of_ours_is_told_without_its_inside_and_logged_once(
    hoa: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("/etc/secret")

    monkeypatch.setattr(register, "listed_for", fail)

    answer = hoa.get("/dossiers")

    assert answer.status == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.body
    assert [record.name for record in caplog.records if record.exc_info] == [
        "thongsuot.api.problems"
    ]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(["\x00", "\ud800", "2025-09-08T08:00", "1.000101", cast.AT_BAN_MAY, "😀"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)
fields = st.sampled_from([*request(), *["case", "channel", "place", "identifiers", "parent"]])
odd = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@odd
@given(changes=st.dictionaries(fields, anything, min_size=1, max_size=3))
def test_a_reception_of_anything_is_taken_in_or_refused(
    hoa: Machine, changes: dict[str, object]
) -> None:
    _sane(hoa.post("/dossiers", request(**changes)))


@odd
@given(
    body=anything,
    key=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=5),
)
def test_a_body_of_anything_is_refused(hoa: Machine, body: object, key: str) -> None:
    answer = hoa.post("/dossiers", body, key=key)

    assert answer.status in (400, 422)
    _sane(answer)


@odd
@given(body=st.binary(max_size=50))
def test_bytes_of_anything_are_refused(hoa: Machine, body: bytes) -> None:
    answer = hoa.send("/dossiers/declined", body)

    assert answer.status in (400, 422)
    _sane(answer)


@odd
@given(
    move=st.sampled_from(["forward", "assign", "ask_supplement", "apologise", "stop"]) | anything,
    given_fields=st.dictionaries(
        st.sampled_from(["official", "missing", "reason", "new_day", "channel", "x"]), anything
    )
    | anything,
    seen=anything,
)
def test_a_move_of_anything_is_made_or_refused(
    hoa: Machine, move: object, given_fields: object, seen: object
) -> None:
    code = life.received().code

    body = {"move": move, "fields": given_fields, "seen_version": seen}
    _sane(hoa.post(f"/dossiers/{code}/moves", body))


@odd
@given(
    query=st.dictionaries(
        st.sampled_from(["tab", "office", "status", "search", "after", "limit", "x"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    )
)
def test_a_list_asked_for_in_any_way_is_told_or_refused(
    hoa: Machine, query: dict[str, str]
) -> None:
    _sane(hoa.get("/dossiers", **query))


@odd
@given(
    query=st.dictionaries(
        st.sampled_from(["received", "term", "procedure", "pause", "office", "channel", "case"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
        | st.sampled_from(["2025-09-08T08:00", "5 ngày làm việc", "9999 tháng", "1.000101"]),
    )
)
def test_a_clock_asked_in_any_way_is_told_or_refused(hoa: Machine, query: dict[str, str]) -> None:
    _sane(hoa.get("/calendar/due", **query))


@odd
@given(code=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_a_code_of_anything_is_found_or_not(hoa: Machine, code: str) -> None:
    quoted = urllib.parse.quote(code, safe="")

    for path in (f"/dossiers/{quoted}", f"/catalogue/procedures/{quoted}"):
        _sane(hoa.get(path))


def _sane(answer: Answer) -> None:
    assert answer.status < 500, answer.body
    told: Any = json.loads(answer.body)
    if answer.status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert told["refusal"]["message"]

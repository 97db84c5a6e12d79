"""The same request with the same key is answered once, however often and however fast it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from tests import cast, life, rows
from tests.api.conftest import Clock
from tests.api.machines import Answer, Machine, machine, request
from thongsuot.actions.access import ANSWERS_ARE_KEPT_FOR, forget_answers
from thongsuot.api import door
from thongsuot.queries import dossier as queries

KEY = "0b5a7c1e-may-quet-1"


def test_the_same_key_and_body_get_the_same_answer(hoa: Machine, clock: Clock) -> None:
    first = hoa.post("/dossiers", request(), key=KEY)
    clock.later(60)

    again = hoa.post("/dossiers", request(), key=KEY)

    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert first.headers["Location"] == again.headers["Location"]
    assert door.REPLAYED not in first.headers
    assert again.headers[door.REPLAYED] == "true"
    assert rows.count("records_dossierrow") == 1


def test_a_body_is_the_same_however_it_is_spaced_and_ordered(hoa: Machine) -> None:
    plain = json.dumps(request()).encode()
    other = json.dumps(request(), indent=2, sort_keys=True).encode()

    first = hoa.send("/dossiers", plain, key=KEY)
    again = hoa.send("/dossiers", other, key=KEY)

    assert first.body == again.body


def test_the_same_key_with_another_body_is_refused(hoa: Machine) -> None:
    hoa.post("/dossiers", request(), key=KEY)

    other = hoa.post("/dossiers", request(papers=["Đơn"]), key=KEY)

    assert (other.status, other.refusal) == (422, "idempotency_key_reused")
    assert rows.count("records_dossierrow") == 1


def test_the_same_key_for_another_act_is_refused(hoa: Machine) -> None:
    body = request(reason="Thiếu tờ khai")
    hoa.post("/dossiers/declined", body, key=KEY)

    other = hoa.post("/dossiers", body, key=KEY)

    assert other.refusal == "idempotency_key_reused"


def test_a_refusal_is_an_answer_too(hoa: Machine) -> None:
    life.received()
    asked = request(receiving_point=cast.AT_NAM_SUONG)

    first = hoa.post("/dossiers", asked, key=KEY)
    rows.grant(cast.HOA, "counter", cast.NAM_SUONG)
    again = hoa.post("/dossiers", asked, key=KEY)

    assert first.refusal == again.refusal == "not_your_duty"
    assert first.body == again.body


def test_a_move_is_made_once(hoa: Machine) -> None:
    code = life.received().code

    answers = [
        hoa.post(f"/dossiers/{code}/moves", {"move": "forward", "seen_version": 1}, key=KEY)
        for _ in range(2)
    ]

    assert [answer.status for answer in answers] == [200, 200]
    assert rows.count("records_eventrow") == 2


def test_without_a_key_every_request_is_a_new_one(hoa: Machine) -> None:
    codes = {hoa.post("/dossiers", request()).json["code"] for _ in range(2)}

    assert len(codes) == 2


def test_keys_of_different_accounts_have_nothing_to_do_with_each_other(hoa: Machine) -> None:
    mine = hoa.post("/dossiers", request(), key=KEY)

    theirs = machine(cast.SUNG).post(
        "/dossiers", request(receiving_point=cast.AT_NAM_SUONG), key=KEY
    )

    assert (mine.status, theirs.status) == (201, 201)


@pytest.mark.parametrize("key", ["x" * 121, "khóa", "a\tb"])
def test_a_key_that_is_none_is_refused(hoa: Machine, key: str) -> None:
    answer = hoa.post("/dossiers", request(), key=key)

    assert answer.status in (400, 422)
    assert answer.refusal == "idempotency_key_malformed"
    assert rows.count("records_dossierrow") == 0


def test_a_request_on_which_we_failed_may_be_sent_again(
    hoa: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(queries, "show", _break)
        failed = hoa.post("/dossiers", request(), key=KEY)

    again = hoa.post("/dossiers", request(), key=KEY)

    assert failed.status == 500
    assert again.status == 201
    assert rows.count("records_dossierrow") == 1


def test_a_body_that_could_not_be_read_leaves_its_key_free(hoa: Machine) -> None:
    hoa.send("/dossiers", b"{", key=KEY)

    assert hoa.post("/dossiers", request(), key=KEY).status == 201


def test_old_answers_are_forgotten(hoa: Machine) -> None:
    hoa.post("/dossiers", request(), key=KEY)

    kept = forget_answers(at=cast.MONDAY + ANSWERS_ARE_KEPT_FOR)
    gone = forget_answers(at=cast.MONDAY + ANSWERS_ARE_KEPT_FOR + timedelta(seconds=1))

    assert (kept, gone) == (0, 1)


@pytest.fixture
def crowd(transactional_db: None) -> Iterator[Machine]:
    """Hoa's software in a database where every request has a connection of its own."""
    rows.province()
    yield machine(cast.HOA)
    connections.close_all()


def test_the_same_request_sent_many_times_at_once_makes_one_dossier(crowd: Machine) -> None:
    def send(_: int) -> Answer:
        try:
            return crowd.post("/dossiers", request(), key=KEY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(send, range(16)))

    assert {answer.status for answer in answers} == {201}
    assert len({answer.body for answer in answers}) == 1
    assert sum(door.REPLAYED not in answer.headers for answer in answers) == 1
    assert rows.count("records_dossierrow") == 1


def _break(*_: object, **__: object) -> None:
    raise OSError("the disk is gone")

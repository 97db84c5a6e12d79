"""Dossiers through the API: the same acts and the same refusals as at every door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders, cast, life, rows, scans
from tests.api.conftest import Clock
from tests.api.machines import Machine, machine, request
from tests.cli.terminal import ask
from thongsuot.actions.dossier import papers
from thongsuot.actions.files import Upload
from thongsuot.domain.catalogue import Paper
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.records.calendar import PolicyRow
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.cutover import SentElsewhereRow
from thongsuot.records.looks import LookRow
from thongsuot.records.spans import to_range

BIRTH = "Bản sao Giấy khai sinh"


def test_a_dossier_is_taken_in_and_read_where_the_answer_points(hoa: Machine) -> None:
    made = hoa.post("/dossiers", request())

    read = hoa.get(made.headers["Location"].removeprefix("/api/v1"))

    assert made.status == 201
    assert made.json["code"] == "H99.101-250908-0001"
    assert made.json["promised_at"] == "2025-09-15T08:00:00+07:00"
    assert read.status == 200
    assert read.json["events"] == made.json["events"]
    assert sum(day["counted"] for day in read.json["ledger"]) == 5
    assert read.json["acts"] == ["digitise", "forward", "ask_supplement", "stop"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"procedure": "x"}, 422, "procedure_code_malformed"),
        ({"procedure": None}, 422, "field_needed"),
        ({"procedure": 1}, 422, "bad_field"),
        ({"procedure": "9.999999"}, 404, "no_such_procedure"),
        ({"procedure": rows.REPEALED}, 422, "procedure_repealed"),
        ({"receiving_point": "MC-X"}, 404, "no_such_reception_point"),
        ({"receiving_point": cast.AT_NAM_SUONG}, 403, "not_your_duty"),
        ({"receiving_point": "MC-H99.091"}, 422, "office_closed"),
        ({"applicant": {"name": "\x00"}}, 422, "bad_field"),
        ({"applicant": {"name": "Mỷ", "number": "123"}}, 422, "person_number_malformed"),
        ({"applicant": {"name": "Mỷ", "number": "12 34 x"}}, 422, "passport_number_malformed"),
        ({"received_at": "2025-09-08T08:00:01"}, 422, "received_in_the_future"),
        ({"appointment": "2025-09-30T08:00"}, 422, "appointment_not_allowed"),
        ({"surprise": True}, 422, "field_unknown"),
    ],
)
def test_what_may_not_be_taken_in_is_a_problem_and_leaves_nothing(
    hoa: Machine, changes: dict[str, object], status: int, code: str
) -> None:
    answer = hoa.post("/dossiers", request(**changes))

    assert (answer.status, answer.refusal) == (status, code)
    assert answer.json["detail"] == answer.json["refusal"]["message"]
    assert rows.count("records_dossierrow") == rows.count("records_eventrow") == 0


def test_a_like_dossier_brought_lately_is_told_before_another_is_taken_in(hoa: Machine) -> None:
    PolicyRow.objects.create(
        key="duplicate_days", value="30", valid=to_range(rows.ALWAYS), source="bịa", certainty="bịa"
    )
    first = hoa.post("/dossiers", request()).json["code"]

    told = hoa.post("/dossiers", request())
    knowing = hoa.post("/dossiers", request(aware_of=[first]))

    assert (told.status, told.refusal) == (422, "submitted_before")
    assert told.json["refusal"]["where"] == "aware_of"
    assert told.json["refusal"]["facts"] == {"code": first}
    assert knowing.status == 201
    assert knowing.json["events"][0]["body"]["aware_of"] == [first]


@pytest.mark.parametrize(
    "shown", [{"held_shown": True}, {"reused": [BIRTH], "papers": []}, {"papers": [BIRTH]}]
)
def test_what_the_province_holds_is_told_before_a_dossier_without_it_is_taken_in(
    hoa: Machine, store: Path, shown: dict[str, object]
) -> None:
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).delete()
    asking = replace(builders.procedure(), papers=(Paper(BIRTH),))
    save_procedure(asking, source="bịa", search="")
    first = hoa.post("/dossiers", request(papers=[BIRTH])).json["code"]
    papers.add_scans(
        code=first,
        paper=BIRTH,
        uploads=[Upload("khai sinh.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )

    told = hoa.post("/dossiers", request(papers=[]))
    knowing = hoa.post("/dossiers", request(papers=[]) | shown)

    assert (told.status, told.refusal) == (422, "held_not_shown")
    assert told.json["refusal"]["facts"] == {"paper": BIRTH, "dossier": first}
    assert knowing.status == 201


@pytest.mark.parametrize(
    "changes",
    [
        {"procedure": "x"},
        {"applicant": {}},
        {"papers": [{"name": "a", "copies": "nhiều"}]},
        {"procedure": rows.FUTURE},
        {"place": "00000"},
    ],
)
def test_every_door_tells_the_same_refusal(hoa: Machine, changes: dict[str, object]) -> None:
    body = json.dumps(request(**changes)).encode()

    by_api = hoa.send("/dossiers", body)
    by_cli = ask(
        *["dossier", "receive", "--file", "-", "--by", "hoa", "--json"],
        *["--at", cast.MONDAY.isoformat()],
        piped=body,
    )

    assert by_api.json["refusal"] == by_cli.json["refusal"]


def test_a_dossier_not_taken_in_keeps_its_reason(hoa: Machine) -> None:
    declined = hoa.post("/dossiers/declined", request(reason="Thiếu tờ khai"))
    forbidden = hoa.post("/dossiers/declined", request(reason="Đang sáp nhập xã"))
    silent = hoa.post("/dossiers/declined", request())

    assert (declined.status, declined.json["status"]) == (201, "3")
    assert forbidden.refusal == "reorganisation_is_no_reason"
    assert (silent.refusal, silent.json["refusal"]["where"]) == ("field_needed", "reason")


def test_a_child_is_opened_under_its_parent(hoa: Machine, clock: Clock) -> None:
    parent = life.assigned(life.received(rows.LINKED))
    clock.later(60)

    child = hoa.post("/dossiers", request(parent=parent.code))
    opened = hoa.get(f"/dossiers/{parent.code}").json

    assert (child.status, child.json["parent"]) == (201, parent.code)
    assert opened["children"] == [child.json["code"]]


def test_a_dossier_goes_from_the_counter_to_the_hand_over(hoa: Machine, clock: Clock) -> None:
    code = hoa.post("/dossiers", request()).json["code"]
    steps = [
        (cast.HOA, Act.FORWARD, {}),
        (cast.PAO, Act.ASSIGN, {"official": cast.TAM.account}),
        (cast.TAM, Act.PROPOSE, {"proposal": "Đủ điều kiện"}),
        (cast.SON, Act.APPROVE, {}),
        (cast.LAI, Act.ISSUE_RESULT, {"number": "12/GCN"}),
        (cast.HOA, Act.HAND_OVER, {"to": cast.MY.name}),
    ]

    for version, (person, act, fields) in enumerate(steps, 1):
        clock.later()
        body = {"move": act.value, "fields": fields, "seen_version": version}
        answer = machine(person).post(f"/dossiers/{code}/moves", body)
        assert (answer.status, answer.json["version"]) == (200, version + 1)

    assert hoa.get(f"/dossiers/{code}").json["status"] == "10"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "field_needed"),
        ([], 422, "bad_field"),
        ({"move": "fly"}, 404, "unknown_move"),
        ({"move": 1}, 422, "bad_field"),
        ({"move": "forward", "fields": []}, 422, "bad_field"),
        ({"move": "forward", "fields": {"x": 1}}, 422, "field_unknown"),
        ({"move": "forward", "surprise": 1}, 422, "field_unknown"),
        ({"move": "forward", "seen_version": 2}, 409, "conflict"),
        ({"move": "forward", "seen_version": -1}, 422, "bad_field"),
        ({"move": "assign", "fields": {"official": "tam"}}, 403, "not_your_duty"),
        ({"move": "hand_over", "fields": {"to": "Mỷ"}}, 422, "not_ended_yet"),
    ],
)
def test_a_move_against_the_rules_is_a_problem(
    hoa: Machine, body: object, status: int, code: str
) -> None:
    dossier = life.received()

    answer = hoa.post(f"/dossiers/{dossier.code}/moves", body)

    assert (answer.status, answer.refusal) == (status, code)
    assert rows.count("records_eventrow") == 1


@pytest.mark.parametrize("path", ["", "/moves"])
@pytest.mark.parametrize("code", ["H99.101-250908-0009", "x", "%00", "person:x", "a" * 500])
def test_an_unknown_dossier_is_not_found(hoa: Machine, code: str, path: str) -> None:
    address = f"/dossiers/{code}{path}"

    answer = hoa.post(address, {"move": "forward"}) if path else hoa.get(address)

    assert (answer.status, answer.refusal) == (404, "no_such_dossier")


def test_only_those_with_a_duty_in_its_offices_see_a_dossier(province: None) -> None:
    code = life.received().code

    answers = {
        person.account: machine(person).get(f"/dossiers/{code}").status
        for person in (cast.HOA, cast.SON, cast.SUNG, cast.KHACH, cast.NHUNG)
    }

    assert answers == {"hoa": 200, "son": 200, "sung": 403, "khach": 403, "nhung": 200}


def test_who_stands_in_sees_what_the_absent_one_sees_and_only_then(
    province: None, clock: Clock
) -> None:
    code = life.received().code
    day = cast.MONDAY.date()
    rows.substitution(cast.SON, cast.LAN, Span(day, day.replace(day=day.day + 1)))
    lan = machine(cast.LAN)

    today = lan.get(f"/dossiers/{code}")
    clock.later(24 * 60)
    tomorrow = lan.get(f"/dossiers/{code}")

    assert (today.status, tomorrow.status) == (200, 403)


def test_the_list_shows_the_callers_dossiers_page_by_page(hoa: Machine) -> None:
    codes = [life.received().code for _ in range(5)]
    life.received(by=cast.SUNG, point=cast.AT_NAM_SUONG)

    seen: list[str] = []
    after = ""
    while True:
        page = hoa.get("/dossiers", limit=2, after=after).json
        seen += [line["code"] for line in page["dossiers"]]
        after = page["next"]
        if not after:
            break

    assert seen == codes
    assert machine(cast.KHACH).get("/dossiers").json == {"dossiers": [], "next": ""}


def test_the_list_is_narrowed_by_tab_status_and_words(hoa: Machine) -> None:
    first, second = life.received(), life.assigned(life.received())

    def found(**query: str) -> list[str]:
        return [line["code"] for line in hoa.get("/dossiers", **query).json["dossiers"]]

    assert found(status="2") == [first.code]
    assert found(status="4") == [second.code]
    assert found(tab="office") == [first.code, second.code]
    assert found(tab="to_return") == []
    assert found(search="giàng thị") == [first.code, second.code]
    assert found(search="Nobody") == []
    assert found(procedure=rows.NO_TERM) == []
    assert found(office=cast.BAN_MAY, standing="on_time") == [first.code, second.code]


def test_each_page_of_the_list_leaves_a_look_in_the_log(hoa: Machine) -> None:
    life.received()

    hoa.get("/dossiers")

    look = LookRow.objects.get(about="list:dossiers")
    assert (look.account, look.purpose, look.door) == (cast.HOA.account, "machine", "api")


def test_lists_never_show_a_personal_number(hoa: Machine) -> None:
    life.received()

    assert cast.MY.number.encode() not in hoa.get("/dossiers").body


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"status": "11"}, "no_such_choice"),
        ({"tab": "mein"}, "no_such_choice"),
        ({"standing": "slow"}, "no_such_choice"),
        ({"office": "x"}, "office_code_malformed"),
        ({"after": "x"}, "cursor_unknown"),
        ({"limit": "-1"}, "bad_field"),
        ({"limit": "9" * 400}, "bad_field"),
        ({"search": "\x00"}, "bad_field"),
        ({"satus": "2"}, "field_unknown"),
    ],
)
def test_a_wrong_question_to_the_list_is_a_problem(
    hoa: Machine, query: dict[str, str], code: str
) -> None:
    answer = hoa.get("/dossiers", **query)

    assert (answer.status, answer.refusal) == (422, code)


def test_listing_asks_no_more_of_the_database_for_more_dossiers(
    hoa: Machine, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        life.received()

    for limit in (1, 12):
        with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture without a type
            assert len(hoa.get("/dossiers", limit=limit).json["dossiers"]) == limit


def test_a_term_of_law_is_read_from_the_bound_version(hoa: Machine) -> None:
    assert builders.procedure().code.base == rows.FIVE_DAYS

    answer = hoa.get(f"/catalogue/procedures/{rows.FIVE_DAYS}", on="2025-08-01")

    assert answer.json["terms"][0]["term"] == "5 ngày làm việc"


def test_what_another_system_receives_is_refused_with_its_link_and_counted(hoa: Machine) -> None:
    rows.reception_system()
    rows.moved("2025-09-08 00:00")

    refused = hoa.post("/dossiers", request())

    assert (refused.status, refused.refusal) == (422, "belongs_elsewhere")
    assert refused.json["refusal"]["facts"]["link"] == "https://motcua.bo-x.example"
    assert SentElsewhereRow.objects.using("codes").count() == 1

"""Dossiers from the command line: taken in, moved, looked at, and all of them checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import cast, life, rows
from tests.cli.terminal import ask
from thongsuot.domain.workflow import Act
from thongsuot.records.dossier import DossierRow

pytestmark = pytest.mark.usefixtures("province")

AT = "2025-09-08T08:00"
REQUEST = {
    "procedure": rows.FIVE_DAYS,
    "receiving_point": cast.AT_BAN_MAY,
    "applicant": {"name": "Giàng Thị Mỷ", "number": "012190000017"},
    "place": cast.OLD_PLACE,
    "papers": ["Tờ khai", {"name": "Bản sao căn cước", "copies": 1}],
    "identifiers": [{"system": "cong-quoc-gia", "code": "G99-1"}],
}


@pytest.fixture
def request_file(tmp_path: Path) -> str:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(REQUEST))
    return str(file)


def test_a_dossier_is_taken_in_from_a_file(request_file: str) -> None:
    said = ask("dossier", "receive", "--file", request_file, "--by", "hoa", "--at", AT, "--json")

    assert said.code == 0
    assert said.json["code"] == "H99.101-250908-0001"
    assert said.json["promised_at"] == "2025-09-15T08:00:00+07:00"
    assert said.json["place"] == {"given": cast.OLD_PLACE, "today": cast.PLACE}


def test_taking_in_says_what_was_done_and_what_to_do_next(request_file: str) -> None:
    said = ask("dossier", "receive", "--file", request_file, "--by", "hoa", "--at", AT)

    assert "Hẹn trả: 08 giờ 00, thứ Hai ngày 15/09/2025" in said.out
    assert "thongsuot dossier show H99.101-250908-0001" in said.out


def test_a_rehearsal_shows_the_appointment_and_leaves_nothing(request_file: str) -> None:
    words = ["dossier", "receive", "--file", request_file, "--by", "hoa", "--at", AT]

    said = ask(*words, "--dry-run", "--json")

    assert said.json["promised_at"] == "2025-09-15T08:00:00+07:00"
    assert rows.count("records_dossierrow") == 0
    assert ask(*words, "--json").json["code"].endswith("-0001")


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"procedure": None}, "field_needed", "procedure"),
        ({"procedure": "abc"}, "procedure_code_malformed", "procedure"),
        ({"procedure": "9.999999"}, "no_such_procedure", "procedure"),
        ({"procedure": rows.REPEALED}, "procedure_repealed", "procedure"),
        ({"procedure": rows.FUTURE}, "procedure_not_yet_in_force", "procedure"),
        ({"applicant": None}, "field_needed", "applicant"),
        ({"applicant": "Mỷ"}, "bad_field", "applicant"),
        ({"applicant": {"name": " "}}, "field_needed", "applicant.name"),
        ({"applicant": {"name": "x" * 201}}, "field_too_long", "applicant.name"),
        ({"applicant": {"name": "Mỷ", "age": 30}}, "field_unknown", "age"),
        (
            {"applicant": {"name": "Mỷ", "number": "01219000001"}},
            "person_number_malformed",
            "applicant.number",
        ),
        ({"receiving_point": "MC-X"}, "no_such_reception_point", "receiving_point"),
        ({"receiving_point": "MC-H99.091"}, "office_closed", "office"),
        ({"competent_office": cast.DEPARTMENT}, "level_not_competent", "competent_office"),
        ({"channel": "fax"}, "bad_field", "channel"),
        ({"place": "00000"}, "no_such_place", "place"),
        ({"papers": "Tờ khai"}, "bad_field", "papers"),
        ({"papers": [{"copies": 1}]}, "field_needed", "papers.0.name"),
        ({"papers": ["a", {"name": "b", "copies": -1}]}, "bad_field", "papers.1.copies"),
        ({"identifiers": [{"system": "x"}]}, "field_needed", "identifiers.0.code"),
        ({"received_at": "2025-09-08T08:01"}, "received_in_the_future", "received_at"),
        ({"received_at": "2025-09-08T07:59"}, "late_entry_needs_reason", "late_entry_reason"),
        ({"received_at": "hôm nay"}, "bad_field", "received_at"),
        ({"appointment": "2025-09-30T08:00"}, "appointment_not_allowed", "appointment"),
        ({"procedure": rows.NO_TERM}, "appointment_needed", "appointment"),
        ({"parent": "H99.101-250101-0001"}, "no_such_dossier", "code"),
        ({"nguoi_nop": "Mỷ"}, "field_unknown", "nguoi_nop"),
    ],
)
def test_what_may_not_be_taken_in_is_refused_and_leaves_nothing(
    tmp_path: Path, change: dict[str, object], code: str, where: str
) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(REQUEST | change))

    said = ask("dossier", "receive", "--file", str(file), "--by", "hoa", "--at", AT, "--json")

    assert said.code == 1
    assert (said.refusal, said.json["refusal"]["where"]) == (code, where)
    assert rows.count("records_dossierrow") == rows.count("records_eventrow") == 0
    assert rows.count("records_outboxrow") == rows.count("records_identifierrow") == 0


def test_who_has_no_counter_of_their_own_names_one(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(REQUEST | {"receiving_point": ""}))

    said = ask("dossier", "receive", "--file", str(file), "--by", "khach", "--at", AT, "--json")

    assert (said.refusal, said.json["refusal"]["where"]) == ("field_needed", "receiving_point")


def test_a_code_of_another_system_names_one_dossier_only(request_file: str) -> None:
    words = ["dossier", "receive", "--file", request_file, "--by", "hoa", "--at", AT, "--json"]
    ask(*words)

    again = ask(*words)
    found = ask("dossier", "show", "G99-1", "--json")

    assert (again.code, again.refusal) == (1, "identifier_taken")
    assert rows.count("records_dossierrow") == 1
    assert found.json["code"] == "H99.101-250908-0001"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"{", "json_malformed"), (b"[]", "bad_field"), (b"", "json_malformed")],
)
def test_a_file_that_is_no_request_is_refused(content: bytes, code: str) -> None:
    said = ask("dossier", "receive", "--file", "-", "--by", "hoa", "--json", piped=content)

    assert (said.code, said.refusal) == (1, code)


@pytest.mark.parametrize(("by", "code"), [("nobody", "no_such_account"), ("tam", "not_your_duty")])
def test_only_who_has_the_duty_may_take_in(request_file: str, by: str, code: str) -> None:
    said = ask("dossier", "receive", "--file", request_file, "--by", by, "--at", AT, "--json")

    assert (said.code, said.refusal) == (1, code)


def test_a_dossier_is_moved_with_its_fields() -> None:
    dossier = life.received()
    at = ["--at", "2025-09-08T09:00", "--json"]

    ask("dossier", "move", dossier.code, "forward", "--by", "hoa", *at)
    moved = ask(
        "dossier", "move", dossier.code, "assign", "--by", "pao", "--set", "official=tam", *at
    )
    asked = ask(
        *["dossier", "move", dossier.code, "ask_supplement", "--by", "tam", *at],
        *["--set", "missing=Giấy ra viện", "--set", "missing=Ảnh", "--set", "reason=Thiếu"],
    )

    assert (moved.json["assignee"], moved.json["stage"]) == ("tam", "work")
    events = ask("dossier", "show", dossier.code, "--json").json["events"]
    assert asked.json["status"] == "5"
    assert events[-1]["body"]["missing"] == ["Giấy ra viện", "Ảnh"]


def test_a_rehearsed_move_changes_nothing() -> None:
    dossier = life.received()

    said = ask(
        *["dossier", "move", dossier.code, "forward", "--by", "hoa"],
        *["--at", "2025-09-08T09:00", "--dry-run", "--json"],
    )

    assert said.json["stage"] == "intake"
    assert DossierRow.objects.get().stage == "reception"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["fly", "--by", "hoa"], "unknown_move"),
        (["assign", "--by", "pao"], "field_needed"),
        (["forward", "--by", "hoa", "--set", "x"], "bad_field"),
        (["forward", "--by", "hoa", "--set", "x=1"], "field_unknown"),
        (["forward", "--by", "khach"], "not_your_duty"),
        (["forward", "--by", "hoa", "--seen", "7"], "conflict"),
        (["forward", "--by", "hoa", "--seen", "x"], "bad_field"),
        (["propose", "--by", "tam", "--set", "proposal=xong"], "not_your_duty"),
    ],
)
def test_a_move_against_the_rules_is_refused(words: list[str], code: str) -> None:
    dossier = life.received()
    at = ["--at", "2025-09-08T09:00", "--json"]

    said = ask("dossier", "move", dossier.code, *words, *at)

    assert (said.code, said.refusal) == (1, code)
    assert rows.count("records_eventrow") == 1


def test_a_dossier_is_told_with_its_story_and_its_ledger() -> None:
    dossier = life.handed_over(life.received())

    as_json = ask("dossier", "show", dossier.code, "--json").json
    as_text = ask("dossier", "show", dossier.code).out

    assert as_json["status"] == "10"
    assert [event["name"] for event in as_json["events"]][-1] == "handed_over"
    assert sum(day["counted"] for day in as_json["ledger"]) == 5
    assert "Đã trả kết quả" in as_text
    assert "Tiếp nhận hồ sơ" in as_text


def test_an_unknown_dossier_is_refused() -> None:
    assert ask("dossier", "show", "H99.101-250908-0009", "--json").refusal == "no_such_dossier"


def test_the_register_is_listed_page_by_page_and_narrowed() -> None:
    codes = [life.received().code for _ in range(3)]
    there = life.received(
        rows.AT_PROVINCE, by=cast.HA, point=cast.AT_CENTRE, competent=cast.DEPARTMENT
    )
    life.do(there, Act.FORWARD, cast.HA)

    first = ask("dossier", "list", "--limit", "2", "--json").json
    rest = ask("dossier", "list", "--after", first["next"], "--json").json
    here = ask("dossier", "list", "--office", cast.BAN_MAY, "--json").json
    late = ask("dossier", "list", "--standing", "late", "--json").json

    assert [line["code"] for line in first["dossiers"]] == codes[:2]
    assert [line["code"] for line in rest["dossiers"]][:1] == codes[2:]
    assert rest["next"] == ""
    assert [line["code"] for line in here["dossiers"]] == codes
    assert len(late["dossiers"]) == 4  # asked at the real moment, long after


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--status", "11"], "no_such_choice"),
        (["--standing", "slow"], "no_such_choice"),
        (["--office", "x"], "office_code_malformed"),
        (["--procedure", "x"], "procedure_code_malformed"),
        (["--after", "x"], "cursor_unknown"),
        (["--limit", "x"], "bad_field"),
    ],
)
def test_a_wrong_question_to_the_register_is_refused(words: list[str], code: str) -> None:
    assert ask("dossier", "list", *words, "--json").refusal == code


def test_verifying_finds_every_dossier_whose_row_is_not_what_its_events_say() -> None:
    life.handed_over(life.received())
    wrong = life.received()
    sound = ask("dossier", "verify", "--json")

    DossierRow.objects.filter(code=wrong.code).update(stage="end", due_at=cast.MONDAY)
    as_json = ask("dossier", "verify", "--json")
    as_text = ask("dossier", "verify")

    assert (sound.code, sound.json) == (0, {"looked_at": 2, "different": []})
    assert as_json.code == as_text.code == 1
    assert as_json.json["different"] == [{"code": wrong.code, "columns": ["due_at", "stage"]}]
    assert wrong.code in as_text.out
    assert "2/2 hồ sơ" in as_text.err


def test_a_running_dossier_is_moved_to_another_version_of_its_process_on_purpose() -> None:
    dossier = life.assigned(life.received())
    words = ["dossier", "process", dossier.code, "--to", "hai-nhanh@1", "--reason", "QĐ mới"]
    at = ["--by", "nhung", "--at", "2025-09-08T10:00", "--json"]

    nowhere = ask(*words, "--stage", "nowhere", *at)
    done = ask(*words, "--stage", "field_work", *at)

    assert nowhere.refusal == "stage_not_in_process"
    assert (done.json["process_version"], done.json["stage"]) == ("hai-nhanh@1", "field_work")


def test_a_process_that_does_not_exist_is_refused() -> None:
    dossier = life.received()

    for key in ("x", "x@", "x@y", "hai-nhanh@99999999999"):
        said = ask(
            *["dossier", "process", dossier.code, "--to", key, "--stage", "work"],
            *["--reason", "r", "--by", "nhung", "--at", "2025-09-08T10:00", "--json"],
        )
        assert (said.code, said.refusal) == (1, "no_process")


@pytest.mark.django_db(transaction=True)
def test_a_number_taken_for_nothing_is_listed_as_a_gap(request_file: str) -> None:
    words = ["dossier", "receive", "--file", request_file, "--by", "hoa", "--at", AT, "--json"]
    ask(*words, "--dry-run")
    ask(*words)
    assert ask("dossier", "gaps", "--json").json == []

    refused = ask(*words)

    assert refused.refusal == "identifier_taken"
    assert ask("dossier", "gaps", "--json").json == [
        {"office": cast.BAN_MAY, "day": "2025-09-08", "number": 2}
    ]
    assert "số 2" in ask("dossier", "gaps").out

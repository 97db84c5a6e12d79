"""Offices, procedures, processes and the doctor, asked from the command line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders, cast, rows
from tests.cli.terminal import ask
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Level
from thongsuot.domain.workflow import Act, Move
from thongsuot.records.directory import OfficeRow

pytestmark = pytest.mark.usefixtures("province")


@pytest.mark.parametrize("code", [cast.BAN_MAY, "000.01.01.H99"])
def test_an_office_is_known_by_its_codes_old_and_new(code: str) -> None:
    said = ask("directory", "show", code, "--on", "2025-08-01", "--json")

    assert said.json["code"] == cast.BAN_MAY
    assert said.json["name"] == "UBND xã Bản Mây"
    assert said.json["follows"][0]["old"] == cast.BAN_CU


def test_a_closed_office_is_refused_with_its_heirs_by_name() -> None:
    before = ask("directory", "show", cast.BAN_CU, "--on", "2025-06-30")
    after = ask("directory", "show", cast.BAN_CU, "--on", "2025-07-01")
    heirs = ask("directory", "heirs", cast.BAN_CU, "--on", "2025-07-01", "--json")

    assert "UBND xã Bản Cũ" in before.out
    assert after.code == 1
    assert "01/07/2025" in after.err
    assert cast.BAN_MAY in after.err
    assert heirs.json["heirs"] == [cast.BAN_MAY]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "x"], "office_code_malformed"),
        (["show", "H99.999"], "no_such_office"),
        (["show", cast.BAN_MAY, "--on", "2025-06-30"], "office_not_yet_open"),
        (["show", cast.BAN_MAY, "--on", "30/06/2025"], "bad_field"),
        (["heirs", "x"], "office_code_malformed"),
        (["heirs", "H99.999"], "no_such_office"),
    ],
)
def test_a_wrong_question_about_offices_is_refused(words: list[str], code: str) -> None:
    assert ask("directory", *words, "--json").refusal == code


@pytest.mark.parametrize("code", ["1.000101", "1.000101.H99", "1.000101.000.00.00.H99"])
def test_a_procedure_is_known_by_each_printed_form_of_its_code(code: str) -> None:
    as_json = ask("catalogue", "show", code, "--on", "2025-08-01", "--json")
    as_text = ask("catalogue", "show", code, "--on", "2025-08-01")

    assert as_json.json["terms"][0]["term"] == "5 ngày làm việc"
    assert "Thời hạn, Trực tiếp: 5 ngày làm việc" in as_text.out


def test_procedures_are_found_by_any_of_their_words() -> None:
    found = ask("catalogue", "search", "1.000101", "--on", "2025-08-01", "--json")
    nothing = ask("catalogue", "search", "không", "có")

    assert [line["code"] for line in found.json] == ["1.000101"]
    assert "Không tìm thấy" in nothing.out


def test_processes_are_checked_and_an_unsound_one_is_named() -> None:
    sound = ask("catalogue", "check", "--json")

    circle = Move(Act.FORWARD, "handover", "intake")
    broken = builders.process("hong", moves=[*builders.MOVES, circle])
    rows.process(broken, procedure="1.999999", level=Level.COMMUNE)
    unsound = ask("catalogue", "check")

    assert sound.code == 0
    assert all(line["faults"] == [] for line in sound.json)
    assert unsound.code == 1
    assert "hong@1" in unsound.out
    assert "quay lại chính nó" in unsound.out


def test_a_process_slower_than_the_law_is_unsound() -> None:
    slow = builders.process(
        "cham",
        stages=[
            *builders.STAGES[:2],
            replace(builders.STAGES[2], term=Term.parse("6 ngày làm việc")),
            *builders.STAGES[3:],
        ],
    )
    rows.process(slow, procedure=rows.FIVE_DAYS, level=Level.COMMUNE)

    said = ask("catalogue", "check")

    assert said.code == 1
    assert "vượt thời hạn pháp luật (5 ngày làm việc)" in said.out


def test_the_doctor_names_what_is_not_sound() -> None:
    well = ask("doctor", "--json")
    OfficeRow.objects.all().delete()
    ill = ask("doctor")

    assert {finding["key"]: finding["is_sound"] for finding in well.json}["offices"]
    assert ill.code == 1
    assert "✗ Không có cơ quan nào đang hoạt động" in ill.out


def test_every_finding_of_the_doctor_can_be_said() -> None:
    said = ask("doctor")

    assert len(said.out.splitlines()) == len(ask("doctor", "--json").json)
    assert "{" not in said.out

"""`thongsuot load` tells of every file what became of its lines."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.actions.files import OFFICE, table
from thongsuot.actions.load.directory import OFFICES
from thongsuot.records.directory import OfficeRow

pytestmark = pytest.mark.django_db


def _asked(*words: str) -> str:
    out = StringIO()
    call_command("load", *words, stdout=out)
    return out.getvalue()


def test_a_file_is_loaded_and_its_refused_lines_are_told_as_json(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE, {**OFFICE, "code": "?"})

    told = json.loads(_asked("directory", str(file), "--json"))

    (report,) = told["files"]
    assert (report["read"], report["loaded"], report["refused"]) == (2, 1, 1)
    assert report["refused_lines"][0]["line"] == 3
    assert report["refused_lines"][0]["code"] == "office_code_malformed"
    assert report["refused_lines"][0]["content"]["code"] == "?"


def test_people_read_the_line_and_the_reason(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, {**OFFICE, "code": "?"})

    said = _asked("directory", str(file))

    assert "từ chối 1" in said
    assert "dòng 2: “?” không phải mã cơ quan" in said


def test_a_rehearsal_keeps_nothing(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE)

    told = json.loads(_asked("directory", str(file), "--dry-run", "--json"))

    assert told["files"][0]["loaded"] == 1
    assert not OfficeRow.objects.exists()


def test_a_cut_file_is_one_refusal(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE)
    file.write_bytes(file.read_bytes()[:-40])
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("load", "directory", str(file), "--json", stdout=out)

    assert ended.value.code == 1
    assert json.loads(out.getvalue())["refusal"]["code"] == "file_cut"


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    file = table(tmp_path, OFFICES, OFFICE)
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("load", "directory", str(file), "--as-of", "mai", "--json", stdout=out)

    assert json.loads(out.getvalue())["refusal"]["code"] == "bad_field"

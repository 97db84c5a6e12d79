"""`thongsuot reorganisation` builds plans and says what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast
from tests.cli.terminal import ask
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped

pytestmark = pytest.mark.django_db

WRONG = """phương án: sai
tên: Sai
tỉnh: 12
hiệu lực: 2025-07-01
căn cứ: NQ 203/2025/QH15
thao tác:
- việc: nhập
  cơ quan: [H35.20.31]
  vào: H35.20.32
- việc: nhập
  cơ quan: [H35.20.32]
  vào: H35.20.31
"""


@pytest.fixture
def country(db: None) -> None:
    load_shipped(env.ROOT / "data", at=cast.MONDAY, subjects=frozenset({Subject.DIRECTORY}))


def check(path: Path, text: str, *more: str) -> list[str]:
    path.write_text(text)
    return ["reorganisation", "check", str(path), *more]


def test_what_is_built_is_checked_and_whole(country: None, tmp_path: Path) -> None:
    built = ask("reorganisation", "build", "--province", "lai-chau", "--on", "2025-07-01")
    assert (built.code, built.err) == (0, "")

    file = tmp_path / "plan.yaml"
    lines = ask(*check(file, built.out))
    told = ask(*check(file, built.out, "--json")).json
    wrong = ask(*check(file, WRONG))
    wrong_told = ask(*check(file, WRONG, "--json"))

    assert lines.code == 0
    assert "không có lỗi" in lines.out
    assert (told["is_whole"], told["counts"]["operations:abolish"]) == (True, 8)
    assert wrong.code == 1
    assert wrong.out.startswith("Dòng 7: Các cơ quan giao việc vòng tròn: ")
    assert (wrong_told.code, wrong_told.json["is_whole"]) == (1, False)
    assert [one["code"] for one in wrong_told.json["faults"]] == ["circle_of_heirs"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["build", "--province", "may-trang", "--on", "2025-07-01"], "no_such_province"),
        (["build", "--province", "lai-chau", "--on", "mai"], "bad_field"),
        (["build", "--province", "lai-chau"], "argument_needed"),
        (["check", "không-có.yaml"], "file_unreadable"),
    ],
)
def test_a_wrong_question_is_refused(words: list[str], code: str) -> None:
    said = ask("reorganisation", *words, "--json")

    assert (said.code, said.refusal) == (1, code)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes(b"\xff\xfe\x00")

    assert ask("reorganisation", "check", str(file), "--json").refusal == "plan_not_text"

"""`thongsuot reorganisation` builds plans and says what is wrong with them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests import cast, life, rows, switches
from tests.cli.terminal import ask
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.actions.reorganisation import switching
from thongsuot.records.access import GrantRow, RoleRow

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
PLAN = f"""phương án: thu
tên: Hai xã thành một (bịa ra để thử)
tỉnh: "90"
hiệu lực: 2025-10-01
căn cứ: [QĐ thử số 1]
thao tác:
- việc: nhập
  cơ quan: [{cast.BAN_MAY}]
  vào: {cast.NAM_SUONG}
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


def test_a_plan_is_rehearsed_from_its_file_and_approved_by_another(
    province: None, tmp_path: Path
) -> None:
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])
    dossier = life.assigned(life.received())
    file, sheet = tmp_path / "plan.yaml", tmp_path / "plan.xlsx"
    file.write_text(PLAN)
    at = ("--at", "2025-09-10T09:00")
    by_nhung = ("--by", cast.NHUNG.account, *at)

    told = ask("reorganisation", "rehearse", str(file), *by_nhung, "--json").json
    lines = ask("reorganisation", "rehearse", "thu", *by_nhung, "--xlsx", str(sheet))
    refused = ask("reorganisation", "approve", "thu", *by_nhung)
    red = ask("reorganisation", "approve", "thu", "--by", cast.MINH.account, *at)
    waived = ("--waive", "Sẽ xong trước ngày chuyển")
    done = ask("reorganisation", "approve", "thu", "--by", cast.MINH.account, *at, *waived)

    assert told["is_whole"]
    assert [one["code"] for one in told["dossiers"]] == [dossier.code]
    assert told["totals"]["dossiers"] == 1
    assert "không có chỗ hổng" in lines.out
    assert dossier.code in zipfile.ZipFile(sheet).read("xl/worksheets/sheet1.xml").decode()
    assert refused.code == 1
    assert "người khác phải phê duyệt" in refused.err
    assert "chưa sẵn sàng" in red.err
    assert (done.code, done.out.strip()) == (0, "Phương án thu đã được phê duyệt.")


def test_a_rehearsal_with_a_gap_ends_with_one(province: None, tmp_path: Path) -> None:
    RoleRow.objects.filter(code="office").update(rights=["systems"])
    life.assigned(life.received())
    GrantRow.objects.filter(role__code="handler", office=cast.BAN_MAY).delete()
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN)

    found = ask(
        "reorganisation", "rehearse", str(file), "--by", "nhung", "--at", "2025-09-10T09:00"
    )

    assert found.code == 1
    assert f"Ở {cast.NAM_SUONG} chưa có ai giữ vai trò handler" in found.out


def test_a_switch_is_told_balanced_and_undone(db: None) -> None:
    rows.province()
    life.received()
    key, at = switches.approved(), ["--at", switches.AT.isoformat()]

    early = ask("reorganisation", "switch", key, "--at", "2025-09-09T23:59:00+07:00")
    done = ask("reorganisation", "switch", key, *at)
    balance = ask("reorganisation", "balance", key, *at, "--json")
    progress = ask("reorganisation", "progress", key)
    undone = ask("reorganisation", "undo", key, "--by", "nhung", *at)

    assert (early.code, "chưa đến lúc chuyển" in early.err) == (1, True)
    assert (done.code, done.out) == (0, "Đã chuyển 1 trên 1 hồ sơ (100 %).\n")
    assert (balance.code, balance.json["closes"], balance.json["total"]["passed"]) == (0, True, 1)
    assert progress.out == done.out
    assert (undone.code, "1 hồ sơ về cơ quan cũ" in undone.out) == (0, True)


def test_a_balance_that_does_not_close_ends_with_one(db: None) -> None:
    rows.province()
    life.received()
    key = switches.approved()
    switching.begin(key=key, by=None, at=switches.AT)

    told = ask("reorganisation", "balance", key, "--at", switches.AT.isoformat())

    assert told.code == 1
    assert "CHƯA cân đối" in told.out

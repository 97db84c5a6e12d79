"""`thongsuot handover` leads from a frozen set to signed certificates, one step a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import cast, handovers, life
from tests.cli.terminal import ask
from thongsuot import env
from thongsuot.records.handover import HandoverRow
from thongsuot.records.messages import OutboxRow

AT = ("--at", "2025-09-08 10:00")
PLAN = ("handover", "plan", "--field", handovers.FIELD, "--decision", "CV 12 (bịa)")


@pytest.fixture(autouse=True)
def ministry(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    handovers.ministry()
    monkeypatch.setenv(handovers.SECRET, "bí mật thử")


def test_what_is_wrong_is_one_sentence_and_does_nothing() -> None:
    said = ask(*PLAN, "--by", "minh", *AT)
    assert (said.code, "không có hồ sơ nào bàn giao được" in said.err) == (1, True)
    life.received()
    assert ask("handover", "check", "9", "--by", "minh", *AT).code == 1
    assert ask("handover", "report", "9").code == 1
    assert HandoverRow.objects.count() == 0
    assert "Chưa có đợt" in ask("handover", "list").out


def test_a_field_goes_to_its_ministry_from_the_command_line(tmp_path: Path) -> None:
    key, proof = str(tmp_path / "khoa.pem"), str(tmp_path / "bang-chung.json")
    dossier = life.received()
    life.approved(life.received(at=cast.moment("2025-09-08 08:01")))

    number = str(ask(*PLAN, "--by", "minh", *AT, "--json").json["number"])
    checked = ask("handover", "check", number, "--by", "minh", *AT)
    assert "1 hồ sơ đi được, 1 ở lại" in checked.out
    assert "đã có quyết định" in checked.out
    digest = HandoverRow.objects.get().digest
    same = ask("handover", "approve", number, "--digest", digest, "--by", "minh", *AT)
    assert "cần một người khác duyệt" in same.err
    ask("handover", "approve", number, "--digest", digest, "--by", "nhung", *AT)
    assert "1 hồ sơ lên đường" in ask("handover", "send", number, "--by", "minh", *AT).out
    waiting = ask("handover", "status", number, *AT)
    assert (waiting.code, "chờ 1; chênh 0" in waiting.out) == (1, True)
    assert ask("handover", "close", number, "--by", "minh", *AT).code == 1
    handovers.acknowledged(at=cast.moment("2025-09-08 10:00"))

    done = ask("handover", "status", number, *AT, "--json")
    assert (done.code, done.json["there"], done.json["pending"]) == (0, 1, 0)
    told = ask("handover", "report", number, "--state", "there", "--json").json["lines"]
    assert [line["code"] for line in told] == [dossier.code]
    ask("handover", "close", number, "--by", "minh", *AT)
    ask("evidence", "new-key", key)
    ask("handover", "certify", number, proof, "--key", key, "--by", "minh", *AT)
    assert ask("evidence", "verify", proof).code == 0
    script = str(env.ROOT / "scripts" / "verify_evidence.py")
    alone = subprocess.run([sys.executable, script, proof], capture_output=True, check=False)
    assert alone.returncode == 0, alone.stdout


def test_a_hand_over_is_withdrawn_from_the_command_line() -> None:
    life.received()
    number = str(ask(*PLAN, "--by", "minh", *AT, "--json").json["number"])

    said = ask("handover", "withdraw", number, "--reason", "bộ hoãn", "--by", "minh", *AT)

    assert "vẫn ở nơi đang giữ" in said.out
    assert OutboxRow.objects.count() == 0
    assert ask("handover", "list", "--json").json["handovers"][0]["state"] == "withdrawn"

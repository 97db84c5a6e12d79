"""`thongsuot migration` leads from a file to signed books, one step a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ask
from thongsuot import env
from thongsuot.records.access import RoleRow

AT = ("--at", "2026-01-05 09:00")


@pytest.fixture
def engineers(province: None) -> None:
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def test_an_old_system_comes_in_from_the_command_line(engineers: None, tmp_path: Path) -> None:
    file, maps = str(tmp_path / "xuat.csv"), str(tmp_path / "anh-xa.csv")
    ask("migration", "generate", file, "--layout", "mau-chung", "--dossiers", "30", *AT)

    said = ("--layout", "mau-chung", "--system", "cu", "--by", "nhung", *AT)
    run = str(ask("migration", "profile", file, *said, "--json").json["run"])
    assert ask("migration", "load", run, "--by", "nhung", *AT).code == 1  # nobody has signed
    assert ask("migration", "report", run).code == 1  # the books are open
    ask("migration", "map", run, "--write", maps, "--by", "nhung", *AT)
    read = ask("migration", "map", run, "--read", maps, "--sign", "--by", "nhung", *AT, "--json")
    assert read.json["changed"] == 0
    signed = ask("migration", "map", run, "--sign", "--by", "minh", *AT, "--json")
    assert signed.json["signers"] == ["nhung", "minh"]
    rehearsed = ask("migration", "rehearse", run, "--by", "nhung", *AT, "--json").json["books"]
    loaded = ask("migration", "resume", run, "--by", "nhung", *AT, "--json").json["books"]

    assert loaded == rehearsed
    told = ask("migration", "report", run, "--rows", "refused", "--json")
    assert told.code == 0
    assert len(told.json["rows"]) == loaded["refused"]
    assert all(row["reasons"] for row in told.json["rows"])
    assert "Đọc" in ask("migration", "report", run).out
    ask("migration", "sign", run, "--by", "nhung", *AT)
    assert ask("migration", "sign", run, "--by", "minh", *AT, "--json").json["signers"] == [
        "nhung",
        "minh",
    ]


def test_evidence_is_checked_without_us_and_a_changed_letter_is_found(
    engineers: None, tmp_path: Path
) -> None:
    file, key, proof = (str(tmp_path / name) for name in ("xuat.csv", "khoa.pem", "proof.json"))
    ask("migration", "generate", file, "--layout", "mau-chung", "--dossiers", "20", *AT)
    said = ("--layout", "mau-chung", "--system", "cu", "--by", "nhung", *AT)
    run = str(ask("migration", "profile", file, *said, "--json").json["run"])
    for who in ("nhung", "minh"):
        ask("migration", "map", run, "--sign", "--by", who, *AT)
    assert ask("migration", "load", run, "--by", "nhung", *AT).code == 0

    public = ask("evidence", "new-key", key, "--json").json["public"]
    assert ask("evidence", "new-key", key).code == 1  # a key is never written over
    made = ask("evidence", "make", run, proof, "--key", key, "--by", "nhung", *AT, "--json")

    then = "records@2026-01-06 09:00"
    agreed = ask("reconcile", "--left", f"export:{file}", "--right", then, "--json")
    assert agreed.code == 0
    assert agreed.json["left"] == made.json["count"] > 0
    assert ask("evidence", "verify", proof, "--key", public).code == 0
    assert ask("evidence", "verify", proof, "--key", "khac").code == 1
    assert alone(proof, public) == 0
    text = Path(proof).read_text()
    Path(proof).write_text(text.replace('"status": "10"', '"status": "9"', 1))
    assert len(ask("evidence", "verify", proof, "--json").json["wrong"]) == 1
    assert alone(proof, public) == 1
    Path(proof).write_text(text.replace('"count": ', '"count": 1', 1))
    assert ask("evidence", "verify", proof).code == 1
    assert alone(proof) == 1


def alone(*words: str) -> int:
    """What the verifier says that shares no code with us."""
    script = env.ROOT / "scripts" / "verify_evidence.py"
    return subprocess.run(
        [sys.executable, str(script), *words], check=False, capture_output=True
    ).returncode


def test_the_layouts_say_what_is_not_known_of_them() -> None:
    told = ask("migration", "layouts", "--json").json["layouts"]

    assert {"igate-excel", "mau-chung"} <= {one["code"] for one in told}
    assert all(one["source"] for one in told)


@pytest.mark.parametrize(
    "words",
    [
        ("profile", "không-có.csv", "--layout", "mau-chung", "--system", "cu", "--by", "nhung"),
        ("profile", "x.csv", "--layout", "lạ", "--system", "cu", "--by", "nhung"),
        ("report", "999"),
    ],
)
def test_bad_input_is_one_sentence(engineers: None, words: tuple[str, ...]) -> None:
    told = ask("migration", *words)

    assert told.code == 1
    assert len(told.err.strip().splitlines()) == 1


def test_what_differs_is_kept_decided_with_a_reason_and_compared_again(
    engineers: None, tmp_path: Path
) -> None:
    file = str(tmp_path / "xuat.csv")
    ask("migration", "generate", file, "--layout", "mau-chung", "--dossiers", "20", *AT)
    said = ("--layout", "mau-chung", "--system", "cu", "--by", "nhung", *AT)
    run = str(ask("migration", "profile", file, *said, "--json").json["run"])
    for who in ("nhung", "minh"):
        ask("migration", "map", run, "--sign", "--by", who, *AT)
    sides = ("--left", f"run:{run}", "--right", "records", "--level", "keys")

    assert ask("reconcile", *sides, "--keep").code == 1  # nobody answers for it
    kept = ask("reconcile", *sides, "--keep", "--by", "nhung", "--json")
    assert kept.code == 1
    number, lines = str(kept.json["number"]), kept.json["lines"]
    assert {one["nature"] for one in lines} == {"missing"}

    why = ("--reason", "Theo biên bản 05/BB", "--by", "minh", *AT)
    assert ask("difference", "mend", number, *why).code == 1  # nothing chosen
    first = str(lines[0]["line"])
    assert ask("difference", "mend", number, "--line", first, *why, "--json").json == {"decided": 1}
    assert ask("difference", "leave", number, "--all", *why).code == 0
    assert ask("difference", "list", number).code == 0

    again = ask("difference", "again", number, "--by", "nhung", *AT, "--json")
    assert again.json["waiting"] == 0
    assert len(again.json["lines"]) == len(lines) - 1

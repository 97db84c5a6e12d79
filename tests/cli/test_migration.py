"""`thongsuot migration` leads from a file to signed books, one step a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import ask
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

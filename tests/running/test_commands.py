"""What the operator types is done, or refused in one sentence with exit code 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.running.servers import PROGRAMS, ask, server_in
from thongsuot import env


def thongsuot(var: Path, *words: str | Path, **settings: str) -> tuple[int, str, str]:
    """A command in a process of its own: exit code, what it said, what it complained of."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"THONGSUOT_VAR": str(var), "PG_BIN_DIR": PROGRAMS}
    ran = subprocess.run(
        [sys.executable, "-m", "thongsuot.cli.main", *words],
        cwd=env.ROOT,
        env=kept | ours | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout.strip(), ran.stderr.strip()


def test_a_setting_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    code, _, complaint = thongsuot(tmp_path, "check", THONGSUOT_PORT="abc")

    assert (code, complaint) == (
        1,
        "THONGSUOT_PORT=abc: cần một số nguyên từ 1 đến 65535.",
    )


def test_a_foreign_data_folder_is_one_line(var: Path) -> None:
    (var / "postgres" / "data" / "made-by-thongsuot").unlink()

    code, said, complaint = thongsuot(var, "calendar", "due")

    assert (code, said) == (1, "")
    assert "không phải do Thông Suốt tạo ra" in complaint
    assert "\n" not in complaint


def test_a_database_is_taken_out_and_put_back_under_another_name(var: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.dump"
    with server_in(var) as server:
        server.create_database("thongsuot")
        ask(server, "CREATE TABLE office AS SELECT 'Bình Lư' AS name", "thongsuot")

        taken = thongsuot(var, "database", "dump", file)
        put_back = thongsuot(var, "database", "restore", file, THONGSUOT_DATABASE="other")
        again = thongsuot(var, "database", "restore", file, THONGSUOT_DATABASE="other")

        assert (taken[0], put_back[0], again[0]) == (0, 0, 1)
        assert ask(server, "SELECT name FROM office", "other") == "Bình Lư"
        assert "đã có bảng" in again[2]


def test_a_file_that_is_not_there_is_named(var: Path, tmp_path: Path) -> None:
    code, _, complaint = thongsuot(var, "database", "restore", tmp_path / "missing")

    assert code == 1
    assert f"Không có tệp {tmp_path / 'missing'}" in complaint

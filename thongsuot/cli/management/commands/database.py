"""Takes a whole database out into one file, and puts one back: the way between versions."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from thongsuot import env
from thongsuot.running import binaries


class Command(BaseCommand):
    """`database dump FILE` and `database restore FILE`, by PostgreSQL's own programs."""

    help = "Write the database to a file, or fill an empty database from one."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb and one file."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, meaning in (("dump", "write to FILE"), ("restore", "fill from FILE")):
            verbs.add_parser(verb, help=meaning).add_argument("file", type=Path)

    def handle(self, *_args: Any, verb: str, file: Path, **_options: Any) -> None:
        """Do it whole or not at all, and say what was done."""
        if verb == "dump":
            self._dump(file)
        else:
            self._restore(file)

    def _dump(self, file: Path) -> None:
        unfinished = file.with_name(f"{file.name}.unfinished")
        with unfinished.open("wb") as written:
            _run("pg_dump", "--format=custom", "--no-owner", stdout=written)
        unfinished.rename(file)
        self.stdout.write(f"Đã ghi cơ sở dữ liệu vào {file}.")

    def _restore(self, file: Path) -> None:
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}: hãy kiểm tra lại đường dẫn.")
        if connection.introspection.table_names():
            raise CommandError(
                "Cơ sở dữ liệu đã có bảng nên không nạp đè: hãy đặt THONGSUOT_DATABASE sang tên mới"
                " hoặc chuyển thư mục dữ liệu cũ đi trước."
            )
        with file.open("rb") as read:
            _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", stdin=read)
        self.stdout.write(f"Đã nạp cơ sở dữ liệu từ {file}.")


def _run(program: str, *options: str, **files: Any) -> None:
    settings = connection.settings_dict
    where = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
    }
    folder = binaries.find(env.PG_BIN_DIR.read())
    database = ("--dbname", str(settings["NAME"]))
    ran = subprocess.run(
        [folder / program, *options, *database],
        env={name: value for name, value in where.items() if value},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **files,
    )
    if ran.returncode != 0:
        raise CommandError(f"{program}: {ran.stderr.strip()}")

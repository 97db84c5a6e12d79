"""Makes a database ready to work: tables, mark, the shipped data, one account for each role."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from thongsuot import env
from thongsuot.actions import prepare
from thongsuot.actions.load import Report, load_shipped
from thongsuot.cli.door import now
from thongsuot.cli.telling import refuse
from thongsuot.domain.refusal import Refusal
from thongsuot.records import calendar

DATA = env.ROOT / "data"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else
ONE_AT_A_TIME = 7_305_202_512  # the lock by which two starts wait for each other


class Command(BaseCommand):
    """Ready for work; the second time it only looks."""

    help = "Chuẩn bị cơ sở dữ liệu: bảng, dữ liệu đi kèm, mỗi vai trò một tài khoản."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What the database is; without it, its name tells."""
        parser.add_argument(
            "--mark",
            choices=("live", "demo", "test"),
            help="cơ sở dữ liệu thật, trình diễn hay kiểm thử; mặc định theo tên",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what is still to be done, in an order in which it can be broken off anywhere."""
        try:
            with _alone():
                _migrate()
                self._prepare(options["mark"])
        except Refusal as refusal:
            refuse(refusal, as_json=False, out=self.stdout, err=self.stderr)

    def _prepare(self, wanted: str | None) -> None:
        prepare.mark(wanted or _mark_of(str(connection.settings_dict["NAME"])))
        self._tell(load_shipped(DATA, at=now()))
        opened = prepare.open_accounts(DATA, secret=_password)
        kept = _file_of(str(connection.settings_dict["NAME"]))
        if opened:
            _keep(kept, opened)
        if kept.exists():
            self.stdout.write(f"Tài khoản mẫu, tên bịa (giữ trong {kept}):\n{kept.read_text()}")

    def _tell(self, reports: Sequence[Report]) -> None:
        new = [report for report in reports if not report.is_known]
        if not new:
            return
        loaded = sum(report.loaded for report in new)
        refused = sum(len(report.refused) for report in new)
        self.stdout.write(
            f"Đã nạp {loaded} dòng từ {len(new)} tệp; {refused} dòng bị từ chối kèm lý do "
            "(thongsuot doctor, hoặc thongsuot load --help)."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once wait for each other; the second connection holds the lock."""
    with connections["codes"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def _mark_of(database: str) -> str:
    """What was marked before, else what the name of the database says."""
    if calendar.MarkRow.objects.exists():
        return calendar.mark()
    if database.endswith("_demo"):
        return "demo"
    return "test" if database.startswith("test_") else "live"


def _password() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _file_of(database: str) -> Path:
    name = "accounts.txt" if database == "thongsuot" else f"accounts-{database}.txt"
    return env.VAR.read() / name


def _keep(file: Path, opened: Sequence[prepare.NewAccount]) -> None:
    """Only the operator may read the passwords."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as kept:
        for account in opened:
            kept.write(
                f"{account.username:<18} {account.password}   {account.role} · {account.office} · "
                f"{account.name}\n"
            )

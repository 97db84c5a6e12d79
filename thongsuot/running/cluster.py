"""A cluster is one data folder of PostgreSQL: made once, recognised ever after."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from thongsuot.running import binaries, trouble
from thongsuot.running.places import Place, make_private, open_private, owner

USER = "thongsuot"
MARK = "made-by-thongsuot"
CONFIGURATION = "server.conf"

SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
# Only for data that may be lost, as in tests.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
TUNED = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "log_line_prefix": "'%m [%p] '",
    "timezone": "'UTC'",
}


def run(command: Sequence[str | Path], place: Place) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the account that owns the data."""
    account = place.account
    with os.fdopen(open_private(place.log, account, append=True), "a") as log:
        return subprocess.run(
            command,
            cwd=place.home,
            env=_clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C is ours to answer
            user=None if account.is_me else account.uid,
            group=None if account.is_me else account.gid,
            extra_groups=None if account.is_me else [],
        )


def make_or_check(place: Place, programs: Path, *, fast: bool) -> None:
    """See to it that the folder holds a cluster of ours that these programs can open.

    Refused (CannotStart): the folder is foreign, somebody else's, or of another version.
    """
    make_private(place.home, place.account)
    make_private(place.socket, place.account)
    if place.data.exists() and owner(place.data).uid != place.account.uid:
        raise trouble.belongs_to_another(place.data)
    if _is_absent(place.data):
        _make(place, programs, fast=fast)
    _check(place.data, programs)


def configure(place: Place, *, fast: bool) -> None:
    """Write our settings; `ALTER SYSTEM` still overrules them."""
    settings = TUNED | (FAST if fast else SAFE)
    settings["shared_buffers"] = f"{_shared_buffers(fast=fast)}MB"
    quoted = str(place.socket).replace("'", "''")
    settings["unix_socket_directories"] = f"'\"{quoted}\"'"
    lines = (f"{name} = {value}\n" for name, value in sorted(settings.items()))
    (place.home / CONFIGURATION).write_text("".join(lines))
    (place.home / CONFIGURATION).chmod(0o644)


def _make(place: Place, programs: Path, *, fast: bool) -> None:
    """Make the cluster under another name first: a half-made one is never taken for a whole."""
    unfinished = place.home / "data.unfinished"
    # A Vietnamese letter has its lower case in C.UTF-8 only; where that is missing, plain C.
    for character_type in ("C.UTF-8", "C"):
        shutil.rmtree(unfinished, ignore_errors=True)
        made = run(
            [
                programs / "initdb",
                *("--pgdata", unfinished, "--username", USER, "--encoding", "UTF8"),
                *("--locale", "C", "--lc-ctype", character_type, "--data-checksums"),
                *("--auth-local", "trust", "--auth-host", "reject"),
                *(("--no-sync",) if fast else ()),
            ],
            place,
        )
        if made.returncode == 0:
            break
    else:
        raise trouble.server_failed("tạo dữ liệu mới", place.log, tail(place.log))
    with (unfinished / "postgresql.conf").open("a") as configuration:
        configuration.write(f"\ninclude_if_exists = '../{CONFIGURATION}'\n")
    (unfinished / MARK).write_text("")
    unfinished.rename(place.data)


def _check(data: Path, programs: Path) -> None:
    if not (data / MARK).exists() or not (data / "PG_VERSION").exists():
        raise trouble.foreign_folder(data)
    theirs, ours = (data / "PG_VERSION").read_text().strip(), binaries.major(programs)
    if theirs != str(ours):
        raise trouble.other_version(data, theirs, ours, binaries.find_version(theirs))


def _is_absent(data: Path) -> bool:
    return not data.exists() or (data.is_dir() and not any(data.iterdir()))


def tail(log: Path) -> str:
    """The last lines of the server's log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])


def _shared_buffers(*, fast: bool) -> int:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return min(128 if fast else 512, max(32, megabytes // 4))


def _clean_environment() -> dict[str, str]:
    """Nothing of the operator's own PostgreSQL settings may reach our server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

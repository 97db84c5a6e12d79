"""Where the embedded PostgreSQL keeps its data, and as whom it runs."""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from thongsuot.running import trouble

# Used when we run as root in a folder that no other account can reach.
SHARED = Path("/var/lib/thongsuot")
ORDINARY = ("postgres", "nobody")
# Linux takes 107 bytes for a socket's path, others 103.
LONGEST_SOCKET = 103
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Account:
    """The user of the machine that owns the data and runs the server."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()


@dataclass(frozen=True, slots=True)
class Place:
    """One server's folder, seen from outside: data, socket, log and locks."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def socket(self) -> Path:
        near = self.home / "socket"
        if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET:
            return near
        return Path("/tmp", f"thongsuot-{_key(self.home)}")  # noqa: S108 - made 0700, its owner checked


def place(var: Path) -> Place:
    """Where the server of this working folder lives; the same answer for every process.

    Refused (CannotStart): as root on a machine without an ordinary account.
    """
    var = var.absolute()
    if os.geteuid() != 0:
        return Place(var / "postgres", Account(os.geteuid(), os.getegid()))
    for home in (var / "postgres", SHARED / _key(var)):
        if home.exists() and home.stat().st_uid != 0:
            return Place(home, owner(home))
    account = _ordinary()
    near = is_reachable(var, account)
    return Place(var / "postgres" if near else SHARED / _key(var), account)


def owner(path: Path) -> Account:
    """The account a file belongs to."""
    status = path.stat()
    return Account(status.st_uid, status.st_gid)


def is_reachable(path: Path, account: Account) -> bool:
    """Whether the account may walk down to the path, or run it, as far as it exists."""
    return all(_may_enter(step, account) for step in (path, *path.parents) if step.exists())


def make_private(folder: Path, account: Account) -> None:
    """A folder for this account alone; what already stands there must be its own.

    Refused (CannotStart): somebody else's folder or a link stands there; it cannot be written.
    """
    try:
        _make_passable(folder.parent)
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if not account.is_me:
                os.chown(folder, account.uid, account.gid)
    except OSError as reason:
        raise trouble.cannot_write(folder, reason.strerror or str(reason)) from reason
    if folder.is_symlink() or owner(folder).uid != account.uid:
        raise trouble.belongs_to_another(folder)


def open_private(path: Path, account: Account, *, append: bool = False) -> int:
    """A file that only this account and root may open, made if absent."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | (os.O_APPEND if append else 0)
    opened = os.open(path, flags, 0o600)
    if not account.is_me:
        os.fchown(opened, account.uid, account.gid)
    return opened


def _make_passable(folder: Path) -> None:
    """Others may walk through a folder that we make, whatever the umask; others' folders stay."""
    missing = [step for step in (folder, *folder.parents) if not step.exists()]
    for step in reversed(missing):
        step.mkdir()
        step.chmod(0o755)


def _ordinary() -> Account:
    for name in ORDINARY:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise trouble.no_account(ORDINARY)


def _may_enter(path: Path, account: Account) -> bool:
    status = path.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == account.gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

"""Every setting of the operator: its name, type, default and meaning, read in one place."""

from __future__ import annotations

import contextlib
import difflib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - reads as a word

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "THONGSUOT_"


class Misconfigured(Exception):
    """A setting cannot be used; its text tells the operator which one and how to mend it."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One environment variable, declared once."""

    name: str
    parse: Callable[[str], Value]
    default: str
    help: str
    secret: bool = False

    def read(self, environ: Mapping[str, str] = os.environ) -> Value:
        """Its value; a secret may also stand in the file that NAME_FILE names.

        Refused (Misconfigured): the value or its file cannot be read.
        """
        given = environ.get(self.name, "").strip()
        if self.secret and not given:
            given = self._from_file(environ.get(f"{self.name}_FILE", ""))
        try:
            return self.parse(given or self.default)
        except ValueError as wrong:
            shown = "***" if self.secret else given
            raise Misconfigured(f"{self.name}={shown}: {wrong}.") from wrong

    def _from_file(self, name: str) -> str:
        try:
            return Path(name).read_text().strip() if name else ""
        except OSError as reason:
            raise Misconfigured(
                f"{self.name}_FILE={name}: không đọc được tệp ({reason.strerror});"
                " hãy sửa đường dẫn hoặc quyền đọc."
            ) from reason


def _text(given: str) -> str:
    return given


def _words(given: str) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in given.split(",")) if word)


def _yes(given: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if given.lower() not in known:
        raise ValueError("cần yes hoặc no")
    return known[given.lower()]


def _yes_if_asked(given: str) -> bool | None:
    return _yes(given) if given else None


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(given: str) -> int:
        if not given.isascii() or not given.isdecimal() or not lowest <= int(given) <= highest:
            raise ValueError(f"cần một số nguyên từ {lowest} đến {highest}")
        return int(given)

    return parse


def _name(given: str) -> str:
    if given and not (given.isascii() and given.isidentifier() and given.islower()):
        raise ValueError("tên cơ sở dữ liệu chỉ gồm chữ thường không dấu, số và gạch dưới")
    return given


def _level(given: str) -> str:
    if given.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("cần DEBUG, INFO, WARNING hoặc ERROR")
    return given.upper()


def _folder(given: str) -> Path:
    return (ROOT / Path(given).expanduser()).absolute()


def _web_address(given: str) -> str:
    try:
        parts = urlsplit(given)
        is_readable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_readable = False
    if given and not is_readable:
        raise ValueError("cần dạng https://tên.miền")
    return given.rstrip("/")


def _url(given: str) -> str:
    try:
        parts = urlsplit(given)
        is_readable = parts.scheme in {"postgres", "postgresql"} and parts.port != 0
    except ValueError:
        is_readable = False
    if given and not is_readable:
        raise ValueError("cần dạng postgresql://người_dùng:mật_khẩu@máy:cổng/tên")
    return given


def secret(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """A secret that a connection names: from the environment, the file that NAME_FILE names, or
    the file of its name in the folder `secrets`.

    Refused (Misconfigured): its file cannot be read.
    """
    given = Setting(name, _text, "", "", secret=True).read(environ)
    kept = secrets_folder(environ) / name
    if given or not kept.is_file():
        return given
    try:
        return kept.read_text(encoding="utf-8").strip()
    except OSError as reason:
        raise Misconfigured(
            f"Không đọc được bí mật {name} ({reason.strerror}): hãy sửa quyền của tệp."
        ) from reason


def secrets_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the secrets of connections may lie, each in a file of its name."""
    return VAR.read(environ) / "secrets"


def keep_secret(name: str, value: str) -> None:
    """Lay a secret down where only this account reads it."""
    kept = secrets_folder() / name
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, made = tempfile.mkstemp(dir=kept.parent)  # readable by nobody else from the start
    with os.fdopen(handle, "w", encoding="utf-8") as secret_file:
        secret_file.write(value)
    Path(made).replace(kept)


VAR = Setting(
    "THONGSUOT_VAR",
    _folder,
    ".var",
    "Folder for everything the running system writes: the embedded database, the secret key.",
)
HOST = Setting(
    "THONGSUOT_HOST", _text, "127.0.0.1", "Address the web server listens on; 0.0.0.0 for all."
)
PORT = Setting(
    "THONGSUOT_PORT",
    _whole(1, 65535),
    "8000",
    "Port of the web server. When not set and 8000 is taken, the next free one is used.",
)
HOSTS = Setting(
    "THONGSUOT_HOSTS",
    _words,
    "localhost,127.0.0.1,testserver",
    "Host names under which browsers reach the system, separated by commas.",
)
HTTPS = Setting(
    "THONGSUOT_HTTPS",
    _yes,
    "no",
    "Whether browsers reach the system over HTTPS (behind a proxy that sets X-Forwarded-Proto).",
)
WEB_PROCESSES = Setting(
    "THONGSUOT_WEB_PROCESSES", _whole(1, 64), "1", "Processes of the web server."
)
WEB_THREADS = Setting(
    "THONGSUOT_WEB_THREADS",
    _whole(1, 64),
    "4",
    "Threads of each web process; each holds up to two database connections.",
)
DATABASE = Setting(
    "THONGSUOT_DATABASE",
    _name,
    "",
    "Name of the database; empty means the one in DATABASE_URL, else `thongsuot`.",
)
SECRET_KEY = Setting(
    "THONGSUOT_SECRET_KEY",
    _text,
    "",
    "Key that signs sessions; empty means one made once and kept in THONGSUOT_VAR.",
    secret=True,
)
SIGN_IN_FAILURES = Setting(
    "THONGSUOT_SIGN_IN_FAILURES",
    _whole(3, 100),
    "5",
    "Failed sign-ins by one name within the window after which the name is locked.",
)
SIGN_IN_ADDRESS_FAILURES = Setting(
    "THONGSUOT_SIGN_IN_ADDRESS_FAILURES",
    _whole(5, 10_000),
    "50",
    "Failed sign-ins from one address within the window after which the address is locked.",
)
SIGN_IN_WINDOW = Setting(
    "THONGSUOT_SIGN_IN_WINDOW",
    _whole(1, 24 * 60),
    "15",
    "Minutes for which a failed sign-in counts, and thus for which a name stays locked.",
)
LOOKUP_FAILURES = Setting(
    "THONGSUOT_LOOKUP_FAILURES",
    _whole(3, 100),
    "5",
    "Wrong tries at looking one dossier up within the window after which its code is closed.",
)
LOOKUP_ADDRESS_FAILURES = Setting(
    "THONGSUOT_LOOKUP_ADDRESS_FAILURES",
    _whole(5, 10_000),
    "30",
    "Wrong tries at looking dossiers up from one address within the window that close it.",
)
LOOKUP_WINDOW = Setting(
    "THONGSUOT_LOOKUP_WINDOW",
    _whole(1, 24 * 60),
    "60",
    "Minutes for which a wrong try at looking a dossier up counts.",
)
SMTP_HOST = Setting(
    "THONGSUOT_SMTP_HOST",
    _text,
    "",
    "Server through which notices leave by e-mail; empty means they wait until there is one.",
)
SMTP_PORT = Setting("THONGSUOT_SMTP_PORT", _whole(1, 65535), "587", "Port of the mail server.")
SMTP_TLS = Setting(
    "THONGSUOT_SMTP_TLS", _yes, "yes", "Whether the mail server is spoken to with STARTTLS."
)
SMTP_USER = Setting("THONGSUOT_SMTP_USER", _text, "", "Who we are to the mail server.")
SMTP_PASSWORD = Setting(
    "THONGSUOT_SMTP_PASSWORD", _text, "", "How we prove it to the mail server.", secret=True
)
SMTP_FROM = Setting(
    "THONGSUOT_SMTP_FROM", _text, "thongsuot@localhost", "Sender of the notices by e-mail."
)
IDLE_MINUTES = Setting(
    "THONGSUOT_IDLE_MINUTES",
    _whole(1, 12 * 60),
    "30",
    "Minutes without a request after which one has to sign in again.",
)
SIMULATE = Setting(
    "THONGSUOT_SIMULATE",
    _yes_if_asked,
    "",
    "Whether `make run` also starts the simulated partners; empty means yes with the embedded"
    " database and no with a server of your own.",
)
SIMULATORS_PORT = Setting(
    "THONGSUOT_SIMULATORS_PORT",
    _whole(1024, 65500),
    "8400",
    "Port of the simulated partners' control address; each partner has one of the next ones. When"
    " not set and one is taken, the next free row is used.",
)
PUBLIC_URL = Setting(
    "THONGSUOT_PUBLIC_URL",
    _web_address,
    "http://localhost:8000",
    "Address under which the public reaches the system; it is printed on papers as a QR square.",
)
FILE_LINK_DAYS = Setting(
    "THONGSUOT_FILE_LINK_DAYS",
    _whole(1, 36500),
    "365",
    "For how many days the address of a file that partners fetch holds, before it is renewed.",
)
FILE_MEGABYTES = Setting(
    "THONGSUOT_FILE_MEGABYTES",
    _whole(1, 500),
    "20",
    "Largest file of a paper that is taken in, in megabytes.",
)
PAPERS = Setting(
    "THONGSUOT_PAPERS",
    _text,
    "",
    "Folder of the papers' files; empty means `papers` in THONGSUOT_VAR. Not used with a bucket.",
)
PAPERS_BUCKET = Setting(
    "THONGSUOT_PAPERS_BUCKET",
    _text,
    "",
    "Bucket of an S3-compatible store for the papers' files; empty means a folder.",
)
PAPERS_ENDPOINT = Setting(
    "THONGSUOT_PAPERS_ENDPOINT",
    _web_address,
    "",
    "Address of the S3-compatible store; empty means the one of the region.",
)
PAPERS_REGION = Setting(
    "THONGSUOT_PAPERS_REGION", _text, "us-east-1", "Region of the S3-compatible store."
)
PAPERS_ACCESS_KEY = Setting(
    "THONGSUOT_PAPERS_ACCESS_KEY",
    _text,
    "",
    "Who we are to the S3-compatible store.",
    secret=True,
)
PAPERS_SECRET_KEY = Setting(
    "THONGSUOT_PAPERS_SECRET_KEY",
    _text,
    "",
    "How we prove it to the S3-compatible store.",
    secret=True,
)
LOG_LEVEL = Setting(
    "THONGSUOT_LOG_LEVEL", _level, "INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR."
)
DATABASE_URL = Setting(
    "DATABASE_URL",
    _url,
    "",
    "A PostgreSQL server of your own (15 or later); empty means the embedded one.",
    secret=True,
)
PG_BIN_DIR = Setting(
    "PG_BIN_DIR",
    _text,
    "",
    "Folder with initdb, pg_ctl and postgres to run as the embedded server; empty means the"
    " installed wheel's, then the system's.",
)

ALL: tuple[Setting[object], ...] = (
    VAR,
    HOST,
    PORT,
    HOSTS,
    HTTPS,
    WEB_PROCESSES,
    WEB_THREADS,
    DATABASE,
    SECRET_KEY,
    SIGN_IN_FAILURES,
    SIGN_IN_ADDRESS_FAILURES,
    SIGN_IN_WINDOW,
    LOOKUP_FAILURES,
    LOOKUP_ADDRESS_FAILURES,
    LOOKUP_WINDOW,
    SMTP_HOST,
    SMTP_PORT,
    SMTP_TLS,
    SMTP_USER,
    SMTP_PASSWORD,
    SMTP_FROM,
    IDLE_MINUTES,
    SIMULATE,
    SIMULATORS_PORT,
    PUBLIC_URL,
    FILE_LINK_DAYS,
    FILE_MEGABYTES,
    PAPERS,
    PAPERS_BUCKET,
    PAPERS_ENDPOINT,
    PAPERS_REGION,
    PAPERS_ACCESS_KEY,
    PAPERS_SECRET_KEY,
    LOG_LEVEL,
    DATABASE_URL,
    PG_BIN_DIR,
)


def check(environ: Mapping[str, str] = os.environ) -> None:
    """Read every setting once, and refuse names that we do not know.

    Refused (Misconfigured): a value that cannot be read, an unknown name.
    """
    known = {s.name for s in ALL} | {f"{s.name}_FILE" for s in ALL if s.secret}
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"có phải là {near[0]} không" if near else "xem docs/settings.md"
            raise Misconfigured(f"Không có thiết lập {name}: {hint}? Hãy sửa hoặc bỏ biến này.")
    for setting in ALL:
        setting.read(environ)


def secret_key() -> str:
    """The operator's key, or our own, made once and readable by nobody else."""
    given = SECRET_KEY.read()
    if given:
        return given
    kept = VAR.read() / "secret-key"
    try:
        if not kept.exists():
            _make_secret(kept)
        return kept.read_text()
    except OSError as reason:
        raise Misconfigured(
            f"Không đọc hay tạo được khóa bí mật {kept} ({reason.strerror}): hãy sửa quyền của tệp"
            f" hoặc đặt {SECRET_KEY.name}."
        ) from reason


def _make_secret(kept: Path) -> None:
    """Another start may do the same now: the first one wins, and nobody reads half a key."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(handle, "w") as secret:
        secret.write(secrets.token_urlsafe(64))
    with contextlib.suppress(FileExistsError):
        kept.hardlink_to(made)
    Path(made).unlink()


def rendered() -> str:
    """The settings as a page of documentation."""
    rows = "".join(
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.help}"
        f"{f' Or `{s.name}_FILE`.' if s.secret else ''} |\n"
        for s in ALL
    )
    return f"# Settings\n\nMade by `make docs` from `thongsuot/env.py`.\n\n| name | default | meaning |\n|---|---|---|\n{rows}"

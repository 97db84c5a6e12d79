"""What every test stands on: one PostgreSQL for the run, no network but loopback, plain files."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_django
from django.db import connections
from django.test import override_settings
from psycopg import sql

from thongsuot import env
from thongsuot.running import binaries, postgres

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DATABASES = ["default", "codes"]
PREFIX = "test_thongsuot_"
unrun = pytest.StashKey[list[str]]()

# A run begun in the background inherits a deaf Ctrl-C; those that tests start must hear it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def plain_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files as they lie in the tree, none of them collected, and passwords that cost nothing."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    papers = whole_files(tmp_path_factory.mktemp("papers"))
    with override_settings(
        STORAGES={"default": files, "staticfiles": {"BACKEND": plain}, "papers": papers},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def whole_files(folder: Path) -> dict[str, object]:
    """The papers' files in a folder."""
    options = {"location": folder, "base_url": None}
    return {"BACKEND": "thongsuot.records.storage.WholeFiles", "OPTIONS": options}


@pytest.fixture
def store(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    """An empty store of papers of this test alone."""
    settings.STORAGES = settings.STORAGES | {"papers": whole_files(tmp_path)}
    return tmp_path


@pytest.fixture(scope="session")
def database_server() -> Iterator[postgres.Address | None]:
    """A server for this run, without fsync; none where DATABASE_URL names one."""
    if env.DATABASE_URL.read():
        yield None
        return
    programs = env.PG_BIN_DIR.read()
    # One folder a major version, so that the suite may run on several in turn; one server a
    # runner, because what a test kills restarts the whole server.
    runner = os.environ.get("PYTEST_XDIST_WORKER", "")
    var = env.ROOT / ".var" / f"test-{binaries.major(binaries.find(programs))}{runner}"
    with postgres.ensure(var, programs=programs, fast=True) as server:
        _drop_remains(server.address)
        yield server.address


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: postgres.Address | None) -> None:
    """Both connections go to one database of this run alone, so that runs may overlap."""
    for alias in DATABASES:
        settings = connections[alias].settings_dict
        settings["TEST"]["NAME"] = f"{PREFIX}{os.getpid()}"
        settings["CONN_MAX_AGE"] = 0
        # The guard of the events lets only a test run empty them between two tests.
        settings["OPTIONS"] = settings["OPTIONS"] | {"options": "-c thongsuot.may_empty_events=yes"}
        if database_server:
            settings["HOST"] = database_server.host
            settings["PORT"] = str(database_server.port)
            settings["USER"] = database_server.user


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """At the end nobody but the one who drops the database may still be connected to it."""
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connections["codes"].close()


@pytest.fixture
def environment(transactional_db: None) -> dict[str, str]:
    """What a command in a process of its own needs to work on this run's database."""
    settings = connections["default"].settings_dict
    address = postgres.Address(settings["HOST"], int(settings["PORT"] or 5432), settings["USER"])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"DATABASE_URL": address.url(settings["NAME"])}


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser of the machine; where CI has none, that is a failure and not a skip."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found:
        return Path(found)
    if os.environ.get("CI"):
        pytest.fail("no Chromium in CI: .ci/run installs it")
    pytest.skip("no Chromium on this machine: apt install chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Database tests see both connections; tests of the rules get no socket at all."""
    for item in items:
        if "domain" in item.path.relative_to(env.ROOT / "tests").parts[:1]:
            item.add_marker("disable_socket")
        _open_both_connections(item)


def pytest_configure(config: pytest.Config) -> None:
    """Keep a list of what this run leaves out."""
    config.stash[unrun] = []


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember what was left out."""
    for item in items:
        item.config.stash[unrun].append(item.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several runners tells the one that counts what it left out."""
    told: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["unrun"] = session.config.stash[unrun]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every runner left out the same: the first that ends has told it all."""
    told = getattr(node, "workeroutput", {}).get("unrun", [])
    node.config.stash[unrun] = node.config.stash[unrun] or told


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name what was left out; skipped tests are named by pytest itself (-ra)."""
    for name in config.stash[unrun]:
        terminalreporter.write_line(f"NOT RUN {name}")


def _open_both_connections(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    fixtures: list[str] = getattr(item, "fixturenames", [])
    if marker or {"db", "transactional_db", "live_server"} & set(fixtures):
        given = dict(marker.kwargs) if marker else {}
        both = pytest.mark.django_db(**{"databases": DATABASES, **given})
        item.add_marker(both, append=False)


def _drop_remains(address: postgres.Address) -> None:
    """Databases of runs that were killed."""
    with psycopg.connect(address.url("postgres"), autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]
        ).fetchall()
        for (name,) in names:
            if not Path("/proc", name.removeprefix(PREFIX)).exists():
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))

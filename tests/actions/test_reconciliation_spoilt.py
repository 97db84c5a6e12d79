"""Every kind of corruption of a database is found, dossier by dossier, and none is invented."""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from tests import cast
from tests.spoiling import SPOILS, keep, spoil
from thongsuot.actions import archive
from thongsuot.actions.access import open_reading
from thongsuot.actions.reconciliation import Reconciled, reconcile
from thongsuot.domain.looks import Purpose
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records.access import RoleRow
from thongsuot.records.elsewhere import NoSuchDatabase

AT = cast.moment("2026-01-05 09:00")
EACH, SOUND = 24, 60


def kinds_of(codes: list[str], each: int) -> Mapping[str, list[str]]:
    """Which dossiers are spoilt in which way, drawn by lot."""
    drawn = random.Random(7).sample(codes, each * len(SPOILS))  # noqa: S311 - a lot, no secret
    return {kind: drawn[n * each : (n + 1) * each] for n, kind in enumerate(SPOILS)}


def misjudged(found: Reconciled, spoilt: Mapping[str, list[str]]) -> list[str]:
    """The spoilt dossiers that are not named in what was spoilt, and the sound ones that are."""
    told = {(one.code, one.field): one for one in found.differences}
    wanted = {
        (code, SPOILS[kind].field): SPOILS[kind].nature or "other"
        for kind, codes in spoilt.items()
        for code in codes
    }
    unseen = [
        one for one, nature in wanted.items() if one not in told or told[one].nature != nature
    ]
    invented = {code for code, _ in told} - {code for codes in spoilt.values() for code in codes}
    return [*map(str, unseen), *sorted(invented)]


def archived(file: Path) -> None:
    RoleRow.objects.filter(code="office").update(rights=["systems"])
    reading = open_reading(by=cast.NHUNG, about=archive.ABOUT, purpose=Purpose.EXPORT, at=AT)
    archive.export(file, system="", by=cast.NHUNG, at=AT, reading=reading)


@pytest.mark.usefixtures("province")
def test_what_was_spoilt_since_an_archive_was_made_is_found_and_nothing_else(
    tmp_path: Path,
) -> None:
    codes = keep(range(EACH * len(SPOILS) + SOUND))
    archived(tmp_path / "kho.zip")
    before = reconcile(
        f"archive:{tmp_path / 'kho.zip'}", "records", level=ReconcileLevel.MEANING, at=AT
    )
    spoilt = kinds_of(codes, EACH)
    for kind, some in spoilt.items():
        spoil(kind, some)

    found = reconcile(
        f"archive:{tmp_path / 'kho.zip'}", "records", level=ReconcileLevel.MEANING, at=AT
    )

    assert before.is_equal
    assert before.looked_into == 0
    assert misjudged(found, spoilt) == []


@contextmanager
def a_copy() -> Iterator[str]:
    """Another database with all that is in ours now."""
    ours = connections["default"].settings_dict
    name = f"{ours['NAME']}_copy"
    connections.close_all()
    here = {"host": ours["HOST"], "port": ours["PORT"], "user": ours["USER"]}
    with psycopg.connect(**here, dbname="postgres", autocommit=True) as server:
        both = sql.Identifier(name), sql.Identifier(str(ours["NAME"]))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*both))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(both[0]))


@pytest.fixture(autouse=True)
def may_look_elsewhere(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases that were not there when a test began are opened as in earnest."""
    guarded = inspect.getclosurevars(BaseDatabaseWrapper.ensure_connection).nonlocals
    if really := guarded.get("real_ensure_connection"):
        monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", really)


def compared_with_a_copy(
    each: int, sound: int
) -> tuple[Reconciled, Reconciled, Mapping[str, list[str]]]:
    """What a copy tells before and after so many of each kind were spoilt, and which they are."""
    codes = keep(range(each * len(SPOILS) + sound))
    with a_copy() as name:
        before = reconcile(f"records:{name}", "records", level=ReconcileLevel.MEANING, at=AT)
        spoilt = kinds_of(codes, each)
        for kind, some in spoilt.items():
            with transaction.atomic():
                spoil(kind, some)

        after = reconcile(f"records:{name}", "records", level=ReconcileLevel.MEANING, at=AT)
    return before, after, spoilt


@pytest.mark.django_db(transaction=True)
def test_what_was_spoilt_since_a_copy_was_made_is_found_and_nothing_else() -> None:
    before, found, spoilt = compared_with_a_copy(EACH, SOUND)

    assert before.is_equal
    assert before.looked_into == 0
    assert misjudged(found, spoilt) == []


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_thousand_of_each_kind_are_found_and_nothing_else() -> None:
    before, found, spoilt = compared_with_a_copy(1_000, 5_000)

    assert before.is_equal
    assert before.looked_into == 0
    assert misjudged(found, spoilt) == []


@pytest.mark.django_db(transaction=True)
def test_what_lists_show_is_compared_too_though_the_events_agree() -> None:
    codes = keep(range(4))
    with a_copy() as name:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute(
                "UPDATE records_dossierrow SET assignee = 'khac' WHERE code = %s", [codes[1]]
            )

        found = reconcile(f"records:{name}", "records", level=ReconcileLevel.FIELDS, at=AT)

    (one,) = found.differences
    assert (one.code, one.nature, one.field, one.right) == (codes[1], "listed", "assignee", "khac")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["khong-co", "x" * 70, "a\x00b"])
def test_a_database_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(NoSuchDatabase):
        reconcile(f"records:{name}", "records", level=ReconcileLevel.KEYS, at=AT)

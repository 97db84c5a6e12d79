"""A disk that runs full, an export cut anywhere: nothing half-done, and it goes on from there."""

from __future__ import annotations

import os
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connection

from tests import cast, scans
from tests.actions.test_migration import AT, TOLD_AT, assert_verified, read, signed
from tests.conftest import whole_files
from tests.workers.test_killed_migration import lasting
from thongsuot.actions import migration
from thongsuot.actions.migration import loading
from thongsuot.actions.migration.room import NoRoomLeft
from thongsuot.actions.migration.rows import ExportUnreadable, TitlesMissing
from thongsuot.actions.reconciliation import Reconciled, reconcile
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records.dossier import DossierRow
from thongsuot.records.migration import LegacyDossierRow, MigrationLineRow, MigrationOutcomeRow

__all__ = ["lasting"]

DOSSIERS = 150
Sized = Callable[[str], None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Sized]]:
    """A disk of its own, as small as a test wants it. Needs the right to mount one."""
    place = tmp_path / "dia"
    place.mkdir()

    def mount(*words: str) -> None:
        subprocess.run(["mount", *words, place], check=True, capture_output=True)

    try:
        mount("-t", "tmpfs", "-o", "size=64k", "tmpfs")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no right to mount a small disk here")
    try:
        yield place, lambda size: mount("-o", f"remount,size={size}")
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.fixture
def events_on_small_disk(lasting: None, small_disk: tuple[Path, Sized]) -> Iterator[Sized]:
    """The events of dossiers lie on the small disk."""
    place, sized = small_disk
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
        for folder in (place, *place.parents):
            if folder != Path("/") and folder.stat().st_uid == os.getuid():
                folder.chmod(0o755)
        os.chown(place, Path(f"/proc/{pid}").stat().st_uid, -1)
        cursor.execute("VACUUM FULL records_eventrow")  # tests that were rolled back left pages
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        cursor.execute("ALTER TABLE records_eventrow SET TABLESPACE small")
    yield sized
    sized("64m")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_eventrow SET TABLESPACE pg_default")
        cursor.execute("DROP TABLESPACE small")


def generated(folder: Path, *, seed: int = 1, dossiers: int = DOSSIERS) -> Path:
    file = folder / "xuat.csv"
    migration.generate(
        file, layout="mau-chung", dossiers=dossiers, defects="all", seed=seed, told_at=TOLD_AT
    )
    return file


def assert_whole(run: int, file: Path) -> None:
    books = migration.load(run, by=cast.NHUNG, at=AT)
    assert books.is_balanced
    kept = books.loaded + books.remarked
    assert DossierRow.objects.count() == LegacyDossierRow.objects.count() == kept
    ended = MigrationOutcomeRow.objects.filter(run=run, is_rehearsal=False)
    assert ended.count() == ended.values("number").distinct().count() == books.read
    assert reconcile(f"export:{file}", "records", level=ReconcileLevel.MEANING, at=AT).is_equal
    assert_verified()


def _filled_up(
    sized: Sized, folder: Path, monkeypatch: pytest.MonkeyPatch, *, seed: int
) -> tuple[int, Path]:
    """A load given up at four moments for want of room, of which each batch is whole or not there."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    monkeypatch.setattr(loading, "TOGETHER", 5)
    file = generated(folder, seed=seed)
    run = signed(read(file, layout="mau-chung"))
    for share in sorted(chance.uniform(0.05, 0.6) for _ in range(4)):
        sized(f"{64 + int(share * 400)}k")
        with pytest.raises(NoRoomLeft):
            migration.load(run, by=cast.NHUNG, at=AT)
        here = DossierRow.objects.count()
        assert here == LegacyDossierRow.objects.count()
        told = MigrationOutcomeRow.objects.filter(run=run, outcome__in=["loaded", "remarked"])
        assert told.count() == here
    sized("64m")
    return run, file


def test_where_the_databases_disk_runs_full_the_batch_is_given_up_and_it_goes_on_with_room(
    events_on_small_disk: Sized, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, file = _filled_up(events_on_small_disk, tmp_path, monkeypatch, seed=1)

    assert_whole(run, file)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_the_databases_disk_runs_full_at_twenty_moments(
    events_on_small_disk: Sized, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    run, file = _filled_up(events_on_small_disk, tmp_path, monkeypatch, seed=seed)

    assert_whole(run, file)


def test_where_the_temporary_disk_is_full_an_export_is_read_again_from_its_beginning(
    lasting: None,
    small_disk: tuple[Path, Sized],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place, sized = small_disk
    tables = tmp_path / "bang"
    migration.generate(
        tables,
        layout="opencps-csv",
        dossiers=5000,  # more than SQLite keeps in memory
        defects="none",
        seed=1,
        told_at=TOLD_AT,
        steps=6,
    )
    monkeypatch.setattr(tempfile, "tempdir", str(place))

    with pytest.raises(NoRoomLeft):
        read(tables, layout="opencps-csv")
    assert MigrationLineRow.objects.count() == 0
    assert not any(place.iterdir())
    sized("64m")

    assert read(tables, layout="opencps-csv").read == 5000


def test_where_the_disk_of_papers_is_full_nothing_of_the_batch_is_kept(
    lasting: None,
    small_disk: tuple[Path, Sized],
    tmp_path: Path,
    settings: pytest_django.Settings,
) -> None:
    place, sized = small_disk
    sized("16k")
    settings.STORAGES = settings.STORAGES | {"papers": whole_files(place)}
    tables, papers = tmp_path / "bang", tmp_path / "tep"
    papers.mkdir()
    migration.generate(
        tables, layout="opencps-csv", dossiers=8, defects="none", seed=1, told_at=TOLD_AT
    )
    lines = ["dossierId,fileEntryId,displayName,dossierPartNo,dossierPartType"]
    for number in range(1, 9):
        (papers / f"{number}.pdf").write_bytes(scans.pdf(pages=number))
        lines.append(f"{number},{number}.pdf,don.pdf,Đơn,1")
    (tables / "opencps_dossierfile.csv").write_text("\n".join(lines) + "\n")
    run = signed(read(tables, layout="opencps-csv"))

    with pytest.raises(NoRoomLeft):
        migration.load(run, by=cast.NHUNG, at=AT, files=papers)
    assert DossierRow.objects.count() == 0
    sized("64m")

    books = migration.load(run, by=cast.NHUNG, at=AT, files=papers)
    assert (books.loaded, books.is_balanced) == (8, True)
    assert_verified()


def _cut_then_whole(folder: Path, *, seed: int) -> Reconciled:
    """An export that is cut at some byte is refused or read as far as it goes; the whole follows."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    file = generated(folder, seed=seed, dossiers=40)
    whole = file.read_bytes()
    file.write_bytes(whole[: chance.randrange(1, len(whole))])
    try:
        run = signed(read(file, layout="mau-chung"))
    except (ExportUnreadable, TitlesMissing):
        assert DossierRow.objects.count() == 0
    else:
        assert migration.load(run, by=cast.NHUNG, at=AT).is_balanced
    file.write_bytes(whole)
    run = signed(read(file, layout="mau-chung"))

    books = migration.load(run, by=cast.NHUNG, at=AT)

    assert books.is_balanced
    assert DossierRow.objects.count() == LegacyDossierRow.objects.count()
    assert_verified()
    sides = (f"export:{file}", "records")
    return reconcile(*sides, level=ReconcileLevel.KEYS, at=AT)


@pytest.mark.parametrize("seed", range(3))
def test_an_export_that_is_cut_hinders_nothing_of_the_whole_one(
    lasting: None, tmp_path: Path, seed: int
) -> None:
    keys = _cut_then_whole(tmp_path, seed=seed)

    assert keys.is_equal, keys.differences


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_an_export_cut_at_forty_places_hinders_nothing_of_the_whole_one(
    lasting: None, tmp_path: Path, seed: int
) -> None:
    keys = _cut_then_whole(tmp_path, seed=100 + seed)

    assert keys.is_equal, keys.differences

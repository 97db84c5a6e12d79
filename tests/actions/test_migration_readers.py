"""Exports of documents and of tables: streamed, joined, with their files checked by digest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests import cast, scans
from tests.actions.test_migration import AT, TOLD_AT, assert_verified, defects, signed
from thongsuot.actions import migration
from thongsuot.actions.migration import documents
from thongsuot.actions.migration.documents import documents_of
from thongsuot.actions.migration.layouts import layout, layouts
from thongsuot.actions.migration.mapping import undecided
from thongsuot.actions.migration.rows import ExportUnreadable, TitlesMissing
from thongsuot.actions.migration.tables import tables_of
from thongsuot.actions.reconciliation import reconcile
from thongsuot.domain.migration import Defect, Reader
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow, EventRow, replayed
from thongsuot.records.migration import LegacyDossierRow, MigrationRow

IGATE2 = "igate2-json"
TABLES = [one.code for one in layouts() if one.reader is Reader.TABLES]


@pytest.fixture
def engineers(province: None) -> None:
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def document(code: str = "H99.101-251110-0001", **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "procedure": {"code": "1.000101", "translate": {"name": "Thủ tục 1.000101"}},
        "agency": {"code": cast.BAN_MAY},
        "applicant": {"data": {"ownerFullname": "Giàng Thị Mỷ", "identityNumber": "012190000017"}},
        "acceptedDate": "2025-11-10T08:30:00.000+0700",
        "appointmentDate": "2025-11-17T10:00:00Z",
        "completedDate": "2025-11-14T10:00:00+0700",
        "dossierStatus": {"id": 4, "name": "Đã trả kết quả"},
        "task": [
            {
                "createdDate": "2025-11-10T09:00:00+0700",
                "bpmProcessDefinitionTask": {"name": "Thụ lý"},
                "assignee": {"fullname": "Nguyễn Minh Tâm"},
            }
        ],
        **more,
    }


def with_file(name: str) -> dict[str, Any]:
    part = {"procedureForm": {"name": "Tờ khai"}, "file": [{"id": name, "filename": name}]}
    return document(dossierFormFile=[part])


def written(folder: Path, *told: dict[str, Any]) -> Path:
    file = folder / "xuat.json"
    file.write_text(json.dumps(list(told), ensure_ascii=False))
    return file


def read(file: Path, code: str) -> MigrationRow:
    return migration.read(file, layout=code, system="he-cu", told_at=TOLD_AT, by=cast.NHUNG, at=AT)


def test_every_layout_that_ships_says_where_it_is_from_and_what_is_not_known() -> None:
    known = {one.code: one for one in layouts()}

    assert {"igate-excel", "mau-chung", IGATE2, "opencps-csv", "td-csv"} <= set(known)
    assert known["dvc-v2-csv"].knowledge.value == "largely_unknown"
    assert all(one.source for one in known.values())
    assert all(one.unknown for one in known.values() if one.knowledge.value != "whole")


@pytest.mark.parametrize("join", [",\n", ",", "\n", "\n\n"])
@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_documents_are_read_one_by_one_however_they_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, join: str, chunk: int
) -> None:
    monkeypatch.setattr(documents, "_CHUNK", chunk)
    text = join.join(json.dumps(document(f"CU-{n}"), ensure_ascii=False) for n in range(3))
    file = tmp_path / "xuat.json"
    file.write_text(f"[{text}]" if "," in join else text)

    rows = list(documents_of(layout(IGATE2), file))

    assert [row.legacy.code for row in rows] == ["CU-0", "CU-1", "CU-2"]
    assert rows[0].legacy.steps == (
        {"at": "2025-11-10T09:00:00+0700", "did": "Thụ lý", "by": "Nguyễn Minh Tâm"},
    )


@pytest.mark.parametrize("text", ['[{"code": "1"', "[1, 2]", "không phải JSON", '{"a": 1}}'])
def test_documents_that_are_cut_or_none_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "xuat.json"
    file.write_text(text)

    with pytest.raises(ExportUnreadable):
        list(documents_of(layout(IGATE2), file))


def test_progress_comes_in_with_its_own_times_and_names(engineers: None, tmp_path: Path) -> None:
    run = read(written(tmp_path, document()), IGATE2)

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books.loaded == 1
    step = EventRow.objects.get(name="progress_reported", body__told="Thụ lý")
    assert step.occurred_at == cast.moment("2025-11-10 09:00")
    assert step.body["by_there"] == "Nguyễn Minh Tâm"
    assert DossierRow.objects.get().due_at == cast.moment("2025-11-17 17:00")
    assert_verified()


def test_files_come_along_are_kept_by_their_digest_and_agree_afterwards(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tep"
    folder.mkdir()
    (folder / "to-khai.pdf").write_bytes(scans.pdf())
    file = written(tmp_path, with_file("to-khai.pdf"))
    run = signed(read(file, IGATE2))

    rehearsed = migration.rehearse(run, by=cast.NHUNG, at=AT, files=folder)
    books = migration.load(run, by=cast.NHUNG, at=AT, files=folder)

    assert rehearsed == books
    scan = EventRow.objects.get(name="digitised")
    assert scan.body["file"]["sha256"] == hashlib.sha256(scans.pdf()).hexdigest()
    assert scan.body["paper"] == "Tờ khai"
    sides = (f"export:{file}", "records")
    assert reconcile(*sides, level=ReconcileLevel.FILES, at=AT, files=folder).is_equal
    (folder / "to-khai.pdf").write_bytes(scans.pdf(pages=2))
    changed = reconcile(*sides, level=ReconcileLevel.FILES, at=AT, files=folder)
    assert [one.part for one in changed.differences] == ["files"]


@pytest.mark.parametrize(
    ("name", "defect"),
    [
        ("khong-co.pdf", Defect.FILE_MISSING),
        ("../ngoai.pdf", Defect.FILE_MISSING),
        ("/etc/hostname", Defect.FILE_MISSING),
        ("hong.pdf", Defect.FILE_CHANGED),
    ],
)
def test_a_file_that_is_missing_outside_or_broken_is_said_and_not_taken(
    engineers: None, store: Path, tmp_path: Path, name: str, defect: Defect
) -> None:
    folder = tmp_path / "tep"
    folder.mkdir()
    (tmp_path / "ngoai.pdf").write_bytes(scans.pdf())
    (folder / "hong.pdf").write_bytes(b"%PDF-1.7 cut")
    run = read(written(tmp_path, with_file(name)), IGATE2)

    books = migration.load(signed(run), by=cast.NHUNG, at=AT, files=folder)

    assert books.remarked == 1
    assert defects(run.pk) == {defect: 1}
    assert not EventRow.objects.filter(name="digitised").exists()


def test_a_submitted_file_that_was_sent_as_the_result_is_no_result(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    tep = tmp_path / "tep"
    migration.generate(
        folder, layout="opencps-csv", dossiers=1, defects="none", seed=5, told_at=TOLD_AT
    )
    tep.mkdir()
    (tep / "1.pdf").write_bytes(scans.pdf())
    (folder / "opencps_dossierfile.csv").write_text(
        "dossierId,fileEntryId,displayName,dossierPartNo,dossierPartType\n"
        "1,1.pdf,don.pdf,Đơn,1\n1,1.pdf,ket-qua.pdf,Kết quả,2\n"
    )
    run = read(folder, "opencps-csv")

    migration.load(signed(run), by=cast.NHUNG, at=AT, files=tep)

    assert defects(run.pk)[Defect.SUBMITTED_AS_RESULT] == 1
    assert [one.body["paper"] for one in EventRow.objects.filter(name="digitised")] == ["Đơn"]


def test_a_file_that_was_missing_is_brought_by_another_run_and_nothing_else_changes(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tep"
    folder.mkdir()
    run = signed(read(written(tmp_path, with_file("to-khai.pdf")), IGATE2))
    first = migration.load(run, by=cast.NHUNG, at=AT, files=folder)
    (folder / "to-khai.pdf").write_bytes(scans.pdf())

    again = migration.load(run, by=cast.NHUNG, at=AT, files=folder)
    events = EventRow.objects.count()
    third = migration.load(run, by=cast.NHUNG, at=AT, files=folder)

    assert (first.remarked, again.loaded, third) == (1, 1, again)
    assert defects(run) == {}
    scan = EventRow.objects.get(name="digitised")
    assert scan.body["file"]["sha256"] == hashlib.sha256(scans.pdf()).hexdigest()
    assert EventRow.objects.count() == events
    assert_verified()


def test_a_file_that_was_missing_does_not_come_to_a_dossier_that_was_carried_on_here(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tep"
    folder.mkdir()
    told = with_file("to-khai.pdf") | {"dossierStatus": {"id": 2, "name": "Đang xử lý"}}
    told.pop("completedDate")
    run = signed(read(written(tmp_path, told), IGATE2))
    migration.load(run, by=cast.NHUNG, at=AT, files=folder)
    LegacyDossierRow.objects.update(version=1)  # as if somebody had acted since
    (folder / "to-khai.pdf").write_bytes(scans.pdf())

    books = migration.load(run, by=cast.NHUNG, at=AT, files=folder)

    assert books.remarked == 1
    assert not EventRow.objects.filter(name="digitised").exists()


def test_a_result_of_the_old_system_is_the_result_of_the_dossier(
    engineers: None, store: Path, tmp_path: Path
) -> None:
    folder, tep = tmp_path / "tables", tmp_path / "tep"
    migration.generate(
        folder, layout="opencps-csv", dossiers=1, defects="none", seed=5, told_at=TOLD_AT
    )
    tep.mkdir()
    (tep / "1.pdf").write_bytes(scans.pdf())
    (tep / "2.pdf").write_bytes(scans.pdf(pages=2))
    (folder / "opencps_dossierfile.csv").write_text(
        "dossierId,fileEntryId,displayName,dossierPartNo,dossierPartType\n"
        "1,1.pdf,don.pdf,Đơn,1\n1,2.pdf,ket-qua.pdf,Kết quả,2\n"
    )
    run = read(folder, "opencps-csv")

    migration.load(signed(run), by=cast.NHUNG, at=AT, files=tep)

    (now,) = replayed(list(DossierRow.objects.all()))
    assert [file.name for file in now.drafts] == ["ket-qua.pdf"]
    assert now.approved_draft == hashlib.sha256(scans.pdf(pages=2)).hexdigest()
    assert_verified()


def test_tables_are_joined_by_their_keys(tmp_path: Path) -> None:
    (tmp_path / "HoSos.csv").write_text(
        "MaHoSo,MaTTHC,DonViQuanLy,NgayTiepNhan,TrangThaiHoSoId\nA,1.1,H99,2025-01-01,4\nB,1.1,H99,x,4\n"
    )
    (tmp_path / "QuaTrinhXuLyHoSos.csv").write_text(
        "MaHoSo,ThaoTac\nB,Trình\nA,Nhận\nA,Giao\nC,Lạc\n"
    )

    rows = list(tables_of(layout("td-csv"), sorted(tmp_path.iterdir())))

    steps = {row.legacy.code: [one["did"] for one in row.legacy.steps] for row in rows}
    assert steps == {"A": ["Nhận", "Giao"], "B": ["Trình"]}


MYSQL = """-- MySQL dump 10.13
CREATE TABLE `HoSos` (
  `Id` bigint(20) NOT NULL,
  `MaHoSo` varchar(75) DEFAULT NULL,
  `MaTTHC` varchar(75) DEFAULT NULL,
  `DonViQuanLy` varchar(75),
  `NgayTiepNhan` datetime,
  `TrangThaiHoSoId` int,
  `GhiChu` text,
  PRIMARY KEY (`Id`),
  KEY `IX` (`MaHoSo`)
) ENGINE=InnoDB;
INSERT INTO `HoSos` VALUES (1,'A','1.1','H99','2025-01-01 08:00:00',4,'ông ''Tư''; \\'ghi\\' (1,2)\\n'),
(2,'B','1.1','H99',NULL,4,NULL);
INSERT INTO `Khac` VALUES (1,');');
INSERT INTO `QuaTrinhXuLyHoSos` (`MaHoSo`, `ThaoTac`) VALUES ('A','Nhận'),('A','Giao');
"""
POSTGRESQL = """SET client_encoding = 'UTF8';
COPY public."HoSos" ("MaHoSo", "MaTTHC", "DonViQuanLy", "NgayTiepNhan", "TrangThaiHoSoId", "GhiChu") FROM stdin;
A\t1.1\tH99\t2025-01-01 08:00:00\t4\tông 'Tư'; 'ghi' (1,2)\\n
B\t1.1\tH99\t\\N\t4\t\\N
\\.
COPY public."QuaTrinhXuLyHoSos" ("MaHoSo", "ThaoTac") FROM stdin;
A\tNhận
A\tGiao
\\.
"""


@pytest.mark.parametrize("text", [MYSQL, POSTGRESQL])
def test_a_dump_of_a_database_is_read_as_its_tables(tmp_path: Path, text: str) -> None:
    file = tmp_path / "do.sql"
    file.write_text(text)

    first, second = tables_of(layout("td-csv"), [file])

    assert [one["did"] for one in first.legacy.steps] == ["Nhận", "Giao"]
    assert first.legacy.told["note"] == "ông 'Tư'; 'ghi' (1,2)\n"
    assert first.legacy.told["received_at"] == "2025-01-01 08:00:00"
    assert (second.legacy.code, "received_at" in second.legacy.told) == ("B", False)


@pytest.mark.parametrize(("text", "until"), [(MYSQL, "NULL,4"), (POSTGRESQL, "B\t")])
def test_a_dump_that_is_cut_is_refused(tmp_path: Path, text: str, until: str) -> None:
    file = tmp_path / "do.sql"
    file.write_text(text.partition(until)[0])

    with pytest.raises(ExportUnreadable):
        list(tables_of(layout("td-csv"), [file]))


def test_a_dump_without_the_table_of_dossiers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "do.sql"
    file.write_text("SELECT 1;\n")

    with pytest.raises(TitlesMissing):
        list(tables_of(layout("td-csv"), [file]))


def test_a_layout_of_which_little_is_known_comes_in_once_people_said_what_its_words_are(
    engineers: None, tmp_path: Path
) -> None:
    path = tmp_path / "xuat"
    made = migration.generate(
        path, layout="dvc-v2-csv", dossiers=60, defects="all", seed=4, told_at=TOLD_AT
    )
    run = read(path, "dvc-v2-csv")
    migration.propose(run.pk, by=cast.NHUNG, at=AT)
    words = {row.pk: row.theirs for row in undecided(run) if row.kind == "status"}
    migration.settle(run.pk, words, by=cast.NHUNG, at=AT)

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert (books.read, books.is_balanced) == (made.rows, True)
    assert books.loaded > 0
    assert_verified()
    assert reconcile(f"export:{path}", "records", level=ReconcileLevel.MEANING, at=AT).is_equal


def test_tables_without_that_of_the_dossiers_or_its_key_are_refused(tmp_path: Path) -> None:
    (tmp_path / "QuaTrinhXuLyHoSos.csv").write_text("MaHoSo,ThaoTac\nB,Trình\n")
    with pytest.raises(TitlesMissing):
        list(tables_of(layout("td-csv"), sorted(tmp_path.iterdir())))

    (tmp_path / "HoSos.csv").write_text("MaHoSo\nA\n")
    with pytest.raises(TitlesMissing):
        list(tables_of(layout("td-csv"), sorted(tmp_path.iterdir())))


@pytest.mark.parametrize("code", [IGATE2, "opencps-csv", "td-csv"])
def test_what_a_layout_generates_comes_in_with_every_planted_defect(
    engineers: None, tmp_path: Path, code: str
) -> None:
    path = tmp_path / "xuat"
    made = migration.generate(
        path, layout=code, dossiers=160, defects="all", seed=3, told_at=TOLD_AT
    )
    run = read(path, code)

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books.read == made.rows
    assert books.is_balanced
    found = defects(run.pk)
    missed = [name for name in made.planted if name != "already_there" and not found[name]]
    assert missed == []
    assert books.already_there == made.planted.get("already_there", 0)
    assert_verified()
    assert reconcile(f"export:{path}", "records", level=ReconcileLevel.MEANING, at=AT).is_equal

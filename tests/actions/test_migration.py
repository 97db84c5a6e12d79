"""Old systems are brought in: every row accounted for, nothing invented, nothing doubled."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders, cast, rows
from thongsuot.actions import migration
from thongsuot.actions.migration.generating import DefectUnknown
from thongsuot.actions.migration.loading import MapsNotSigned
from thongsuot.actions.migration.mapping import MapLineWrong, MapsUndecided, as_csv
from thongsuot.actions.migration.rows import ExportUnreadable, TitlesMissing
from thongsuot.actions.migration.signing import BooksOpen
from thongsuot.actions.migration.steps import SystemNameMalformed, ToldInTheFuture
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.migration import Books, Defect
from thongsuot.queries.dossier import Tab, counts, tabbed
from thongsuot.queries.filters import stands
from thongsuot.queries.tally import tally
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow, EventRow, differences
from thongsuot.records.messages import OutboxRow
from thongsuot.records.migration import (
    LegacyDossierRow,
    MigrationLineRow,
    MigrationOutcomeRow,
    MigrationRow,
)

TOLD_AT = cast.moment("2025-12-31 18:00")
AT = cast.moment("2026-01-05 09:00")
SYSTEM = "igate-cu"
TITLES = [
    "Số hồ sơ*",
    "Tên thủ tục hành chính*",
    "Tên lĩnh vực*",
    "Phòng ban*",
    "Ngày tiếp nhận*",
    "Ngày hẹn trả*",
    "Ngày kết thúc xử lý",
    "Cơ quan/đơn vị",
    "Chủ hồ sơ",
    "Số điện thoại",
    "Cán bộ xử lý hiện tại",
    "Trạng thái hồ sơ*",
]
FIRST = "H99.101-251110-0001"


@pytest.fixture
def engineers(province: None) -> None:
    """Two people who keep the registers of the whole province."""
    RoleRow.objects.filter(code__in=["office", "operator"]).update(rights=["systems"])


def row(code: str = FIRST, **changes: str) -> list[str]:
    told = {
        "Số hồ sơ*": code,
        "Tên thủ tục hành chính*": "Thủ tục 1.000101",
        "Tên lĩnh vực*": "Hộ tịch",
        "Phòng ban*": "UBND xã Bản Mây",
        "Ngày tiếp nhận*": "10/11/2025 08:30:00",
        "Ngày hẹn trả*": "17/11/2025 17:00:00",
        "Ngày kết thúc xử lý": "14/11/2025 10:00:00",
        "Cơ quan/đơn vị": "UBND xã Bản Mây",
        "Chủ hồ sơ": "Giàng Thị Mỷ",
        "Số điện thoại": "0900000017",
        "Cán bộ xử lý hiện tại": "",
        "Trạng thái hồ sơ*": "Đã trả kết quả",
    }
    return list((told | changes).values())


def export(folder: Path, *lines: list[str], name: str = "xuat.csv") -> Path:
    file = folder / name
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([TITLES, *lines])
    return file


def read(file: Path, *, layout: str = "igate-excel") -> MigrationRow:
    return migration.read(file, layout=layout, system=SYSTEM, told_at=TOLD_AT, by=cast.NHUNG, at=AT)


def signed(run: MigrationRow) -> int:
    migration.propose(run.pk, by=cast.NHUNG, at=AT)
    migration.sign_maps(run.pk, by=cast.NHUNG, at=AT)
    migration.sign_maps(run.pk, by=cast.MINH, at=AT)
    return run.pk


def loaded(file: Path) -> Books:
    run = read(file)
    return migration.load(signed(run), by=cast.NHUNG, at=AT)


def defects(run: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in MigrationOutcomeRow.objects.filter(run=run, is_rehearsal=False):
        found.update({finding["defect"] for finding in one.findings})
    return found


def assert_verified() -> None:
    for dossier in DossierRow.objects.all():
        assert differences(dossier, list(dossier.events.order_by("version"))) == []


def test_who_does_not_keep_the_registers_brings_nothing_in(engineers: None, tmp_path: Path) -> None:
    with pytest.raises(NotYourRight):
        migration.read(
            export(tmp_path, row()),
            layout="igate-excel",
            system=SYSTEM,
            told_at=TOLD_AT,
            by=cast.HOA,
            at=AT,
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"system": "iGate cũ"}, SystemNameMalformed), ({"told_at": AT}, ToldInTheFuture)],
)
def test_what_is_said_of_an_export_is_checked_before_it_is_read(
    engineers: None, tmp_path: Path, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    said: dict[str, Any] = {"layout": "igate-excel", "system": SYSTEM, "told_at": TOLD_AT}

    with pytest.raises(refusal):
        migration.read(export(tmp_path, row()), by=cast.NHUNG, at=TOLD_AT, **said | changes)

    assert MigrationRow.objects.count() == 0


def test_a_sheet_without_its_titles_and_a_cut_workbook_are_refused_in_one_sentence(
    engineers: None, tmp_path: Path
) -> None:
    (tmp_path / "la.csv").write_text("một,hai\n1,2\n")
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 rest")

    with pytest.raises(TitlesMissing):
        read(tmp_path / "la.csv")
    with pytest.raises(ExportUnreadable):
        read(tmp_path / "cut.xlsx")


def test_nothing_is_loaded_before_two_people_signed_the_maps(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row()))
    migration.propose(run.pk, by=cast.NHUNG, at=AT)
    for _ in range(2):  # the same person twice is one person
        migration.sign_maps(run.pk, by=cast.NHUNG, at=AT)

    with pytest.raises(MapsNotSigned):
        migration.load(run.pk, by=cast.NHUNG, at=AT)

    assert DossierRow.objects.count() == 0


def test_a_map_changed_after_the_signatures_is_signed_anew(engineers: None, tmp_path: Path) -> None:
    run = read(export(tmp_path, row()))
    signed(run)
    changed = as_csv(run.pk).replace("H99.101", "H99.102")

    assert migration.decide(run.pk, changed, by=cast.MINH, at=AT) == 1

    with pytest.raises(MapsNotSigned):
        migration.load(run.pk, by=cast.NHUNG, at=AT)


def test_maps_with_an_undecided_body_are_not_signed_and_name_it(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row(**{"Phòng ban*": "Phòng Nông nghiệp huyện Cũ"})))
    migration.propose(run.pk, by=cast.NHUNG, at=AT)

    with pytest.raises(MapsUndecided) as refused:
        migration.sign_maps(run.pk, by=cast.NHUNG, at=AT)

    assert refused.value.facts["known"] == ["Phòng Nông nghiệp huyện Cũ"]


def test_a_line_of_the_maps_that_names_nothing_here_changes_nothing(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row()))
    migration.propose(run.pk, by=cast.NHUNG, at=AT)
    before = as_csv(run.pk)

    with pytest.raises(MapLineWrong) as refused:
        migration.decide(run.pk, before.replace("H99.101", "H99.999"), by=cast.NHUNG, at=AT)

    assert refused.value.facts["given"] == "H99.999"
    assert as_csv(run.pk) == before


def test_an_old_dossier_is_told_in_its_own_words_with_its_own_times(
    engineers: None, tmp_path: Path
) -> None:
    books = loaded(export(tmp_path, row()))

    assert books == Books(read=1, loaded=1)
    dossier = DossierRow.objects.get(code=FIRST)
    first, last = dossier.events.order_by("version")
    assert (first.name, last.name) == ("received", "progress_reported")
    assert first.body["reported_by"] == SYSTEM
    assert first.occurred_at == cast.moment("2025-11-10 08:30")
    assert last.occurred_at == dossier.ended_at == cast.moment("2025-11-14 10:00")
    assert (last.body["told"], last.body["status"]) == ("Đã trả kết quả", "10")
    assert dossier.due_at == cast.moment("2025-11-17 17:00")
    assert (dossier.outcome, dossier.is_handed_over) == ("granted", True)
    assert_verified()


def test_the_old_words_stay_beside_what_they_became_and_the_rule(
    engineers: None, tmp_path: Path
) -> None:
    loaded(export(tmp_path, row()))

    kept = LegacyDossierRow.objects.get(system=SYSTEM, code=FIRST)
    assert kept.content["told"]["office"] == "UBND xã Bản Mây"
    mapped = {one["kind"]: (one["theirs"], one["ours"], one["rule"]) for one in kept.mapped}
    assert mapped["office"] == ("UBND xã Bản Mây", cast.BAN_MAY, "trùng tên")
    assert mapped["status"] == ("Đã trả kết quả", "10", "bảng trạng thái của cách đọc")


def test_an_open_dossier_goes_on_here_where_it_stood(engineers: None, tmp_path: Path) -> None:
    open_ = {"Trạng thái hồ sơ*": "Đang xử lý", "Ngày kết thúc xử lý": ""}

    loaded(export(tmp_path, row(**open_)))

    dossier = DossierRow.objects.get(code=FIRST)
    assert (dossier.stage, dossier.office, dossier.ended_at) == ("work", cast.BAN_MAY, None)
    assert dossier.process_version == builders.process().key
    assert_verified()


def test_a_missing_end_stays_missing_and_is_listed(engineers: None, tmp_path: Path) -> None:
    run = read(export(tmp_path, row(**{"Ngày kết thúc xử lý": ""})))

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books.remarked == 1
    assert DossierRow.objects.get(code=FIRST).ended_at is None
    assert defects(run.pk) == {Defect.END_MISSING: 1}


@pytest.mark.parametrize(
    ("status", "tabs"),
    [("Đã xử lý xong", {Tab.TO_RETURN}), ("Đã trả kết quả", set()), ("Dừng xử lý", set())],
)
def test_what_ended_nobody_knows_when_is_not_taken_for_open(
    engineers: None, tmp_path: Path, status: str, tabs: set[Tab]
) -> None:
    loaded(export(tmp_path, row(**{"Ngày kết thúc xử lý": "", "Trạng thái hồ sơ*": status})))

    listed = {tab for tab in Tab if tabbed(cast.HOA.account, tab, AT).exists()}

    assert listed == tabs
    assert {tab for tab, many in counts(cast.HOA.account, at=AT).items() if many} == tabs
    found = tally(at=AT)
    assert (found.dossiers, found.open_late, found.open_on_time, found.waiting) == (1, 0, 0, 0)
    late = DossierRow.objects.filter(stands("late", AT))
    assert not late.exists()


def test_loading_tells_nobody_and_owes_no_partner(engineers: None, tmp_path: Path) -> None:
    loaded(export(tmp_path, row(), row("H99.101-251110-0002")))

    assert OutboxRow.objects.count() == 0


def test_a_second_run_of_the_same_export_changes_nothing(engineers: None, tmp_path: Path) -> None:
    file = export(tmp_path, row(), row("H99.101-251110-0002"))
    books = loaded(file)
    before = rows.count("records_eventrow")

    again = loaded(file)

    assert again == books == Books(read=2, loaded=2)
    assert rows.count("records_eventrow") == before
    assert MigrationRow.objects.count() == 1


def test_a_newer_export_applies_only_what_changed(engineers: None, tmp_path: Path) -> None:
    waits = row(**{"Trạng thái hồ sơ*": "Đang xử lý", "Ngày kết thúc xử lý": ""})
    loaded(export(tmp_path, waits, row("H99.101-251110-0002")))

    books = loaded(export(tmp_path, row(), row("H99.101-251110-0002"), name="moi.csv"))

    assert books == Books(read=2, loaded=1, already_there=1)
    assert DossierRow.objects.get(code=FIRST).status == "10"
    assert EventRow.objects.filter(dossier__code=FIRST).count() == 3
    assert_verified()


def test_a_dossier_that_was_carried_on_here_is_not_overwritten(
    engineers: None, tmp_path: Path
) -> None:
    waits = row(**{"Trạng thái hồ sơ*": "Đang xử lý", "Ngày kết thúc xử lý": ""})
    loaded(export(tmp_path, waits))
    LegacyDossierRow.objects.update(version=1)  # as if somebody had acted since

    run = read(export(tmp_path, row(), name="moi.csv"))
    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books.refused == 1
    assert defects(run.pk) == {Defect.CONTINUED_HERE: 1}
    assert DossierRow.objects.get(code=FIRST).status == "4"


def test_a_code_told_twice_with_other_content_is_loaded_once_and_said(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row(), row(), row(**{"Chủ hồ sơ": "Vàng A Páo"})))

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books == Books(read=3, loaded=1, already_there=1, refused=1)
    assert defects(run.pk) == {Defect.CODE_REPEATED: 1}


def test_a_rehearsal_says_what_loading_will_do_and_touches_no_dossier(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row(), row(), row(**{"Chủ hồ sơ": "Vàng A Páo"}), row("x" * 70)))
    signed(run)

    planned = migration.rehearse(run.pk, by=cast.NHUNG, at=AT)
    assert DossierRow.objects.count() == 0

    assert migration.load(run.pk, by=cast.NHUNG, at=AT) == planned


def test_a_run_cut_while_reading_reads_on_and_keeps_every_row_once(
    engineers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(tmp_path, *(row(f"H99.101-251110-{n:04d}") for n in range(1, 8)))
    monkeypatch.setattr("thongsuot.actions.migration.steps.TOGETHER", 3)

    def stop(reached: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migration.read(
            file,
            layout="igate-excel",
            system=SYSTEM,
            told_at=TOLD_AT,
            by=cast.NHUNG,
            at=AT,
            tell=stop,
        )
    run = read(file)

    assert run.read == 7
    numbers = MigrationLineRow.objects.order_by("number").values_list("number", "code")
    assert [code[-1] for _, code in numbers] == list("1234567")


def test_a_load_cut_between_batches_goes_on_and_doubles_nothing(
    engineers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = read(export(tmp_path, *(row(f"H99.101-251110-{n:04d}") for n in range(1, 8))))
    signed(run)
    monkeypatch.setattr("thongsuot.actions.migration.loading.TOGETHER", 3)

    def stop(reached: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migration.load(run.pk, by=cast.NHUNG, at=AT, tell=stop)
    with pytest.raises(BooksOpen):
        migration.sign_result(run.pk, by=cast.NHUNG, at=AT)
    books = migration.load(run.pk, by=cast.NHUNG, at=AT)

    assert books == Books(read=7, loaded=7)
    assert DossierRow.objects.count() == 7


def test_a_load_asks_as_often_for_many_dossiers_as_for_few(engineers: None, tmp_path: Path) -> None:
    asked = []
    for many in (3, 30):
        codes = (f"H99.101-25{many:02d}10-{n:04d}" for n in range(many))
        run = signed(read(export(tmp_path, *map(row, codes), name=f"{many}.csv")))
        with CaptureQueriesContext(connection) as queries:
            migration.load(run, by=cast.NHUNG, at=AT)
        asked.append(len(queries))

    assert asked[1] <= asked[0]
    assert DossierRow.objects.count() == 33


def test_a_national_code_that_another_dossier_bears_hinders_one_row_and_not_the_load(
    engineers: None, tmp_path: Path
) -> None:
    file = tmp_path / "xuat.csv"
    migration.generate(
        file, layout="mau-chung", dossiers=4, defects="none", seed=2, told_at=TOLD_AT
    )
    with file.open(encoding="utf-8", newline="") as opened:
        titles, *lines = csv.reader(opened)
    place = titles.index("Mã hồ sơ Cổng DVCQG")
    for line in lines[:3]:
        line[place] = "000.00.00.H99-251110-0001"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([titles, *lines])
    run = signed(read(file, layout="mau-chung"))

    rehearsed = migration.rehearse(run, by=cast.NHUNG, at=AT)
    books = migration.load(run, by=cast.NHUNG, at=AT)

    assert rehearsed == books
    assert (books.refused, books.is_balanced, DossierRow.objects.count()) == (2, True, 2)
    refused = MigrationOutcomeRow.objects.filter(run=run, outcome="refused", is_rehearsal=False)
    assert {(f["defect"], f["field"]) for one in refused for f in one.findings} == {
        ("code_taken", "national_code")
    }


def test_a_result_is_signed_by_two_people_once_its_books_are_balanced(
    engineers: None, tmp_path: Path
) -> None:
    run = read(export(tmp_path, row()))
    migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert migration.sign_result(run.pk, by=cast.NHUNG, at=AT) == ("nhung",)
    assert migration.sign_result(run.pk, by=cast.MINH, at=AT) == ("nhung", "minh")

    run.refresh_from_db()
    assert run.state == "signed"


@pytest.mark.parametrize(("layout", "suffix"), [("igate-excel", ".xlsx"), ("mau-chung", ".csv")])
def test_every_planted_defect_is_found_and_the_four_ends_add_up(
    engineers: None, tmp_path: Path, layout: str, suffix: str
) -> None:
    file = tmp_path / f"xuat{suffix}"
    made = migration.generate(
        file, layout=layout, dossiers=208, defects="all", seed=7, told_at=TOLD_AT
    )
    run = read(file, layout=layout)

    books = migration.load(signed(run), by=cast.NHUNG, at=AT)

    assert books.read == made.rows
    assert books.is_balanced
    found = defects(run.pk)
    assert books.already_there == made.planted["already_there"]
    for defect, many in made.planted.items():
        if defect != "already_there":
            assert found[defect] >= many, defect
    assert DossierRow.objects.count() == books.loaded + books.remarked
    assert_verified()


def test_the_same_seed_makes_the_same_export(engineers: None, tmp_path: Path) -> None:
    files = [tmp_path / "mot.csv", tmp_path / "hai.csv"]
    for file in files:
        migration.generate(
            file, layout="mau-chung", dossiers=50, defects="all", seed=3, told_at=TOLD_AT
        )

    assert files[0].read_bytes() == files[1].read_bytes()
    with pytest.raises(DefectUnknown):
        migration.generate(
            files[0], layout="mau-chung", dossiers=1, defects="no", seed=3, told_at=TOLD_AT
        )

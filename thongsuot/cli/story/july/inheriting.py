"""An old system is brought in before the bodies whose dossiers it holds are gone."""

from __future__ import annotations

import re
from datetime import datetime

from thongsuot.actions import evidence, migration
from thongsuot.actions.migration.loading import MapsNotSigned
from thongsuot.actions.migration.mapping import MapsUndecided
from thongsuot.actions.reconciliation import reconcile
from thongsuot.cli.story.july.setting import Setting, on
from thongsuot.cli.story.june.setting import TOWN
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.migration import Books
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.queries import migration as queries
from thongsuot.words.balance import figure
from thongsuot.words.migration import DEFECT_NAME

SYSTEM, DOSSIERS, SEED = "igate-cu", 160, 6
EXPORT, KEY, PROOF = "igate-cu.xlsx", "khoa-bang-chung.pem", "bang-chung-igate-cu.json"
# A register kept in a workbook, with numbers of people: its open dossiers go to a ministry later.
REGISTER, REGISTER_FIELD, REGISTER_MANY = "so-ha-tang", "Hạ tầng kỹ thuật", 60
_HINTED = re.compile(r"[0-9]\.[0-9]{6}")
COMMON = 6  # of the defects that were found, so many are told by name


def an_old_system_comes_in(here: Setting) -> Scene:
    """Its export has every defect known; what comes in goes on to the commune like all else."""
    t = here.teller
    yield on(23, "07:40")
    file = here.papers / EXPORT
    made = migration.generate(
        file,
        layout="igate-excel",
        dossiers=DOSSIERS,
        defects="all",
        seed=SEED,
        told_at=on(23, "06:00"),
        offices=frozenset({TOWN}),
    )
    run = migration.read(
        file,
        layout="igate-excel",
        system=SYSTEM,
        told_at=on(23, "06:00"),
        by=here.planner,
        at=t.now,
    )
    proposed = migration.propose(run.pk, by=here.planner, at=t.now)
    t.note(
        "",
        f"Hệ thống cũ (dữ liệu bịa): đọc {figure(made.rows)} dòng có {sum(made.planted.values())} "
        f"lỗi cài sẵn, đề xuất {proposed} dòng ánh xạ.",
    )
    _decided(here, run.pk)
    t.cannot(MapsNotSigned, lambda: migration.load(run.pk, by=here.planner, at=t.now))
    for signer in (here.planner, here.approver):
        migration.sign_maps(run.pk, by=signer, at=t.now)
    rehearsed = migration.rehearse(run.pk, by=here.planner, at=t.now)
    loaded = migration.load(run.pk, by=here.planner, at=t.now)
    t.note(
        "",
        f"Nạp đúng như diễn tập ({(rehearsed == loaded and 'khớp') or 'LỆCH'}): {_sheet(loaded)}",
    )
    found = queries.run(run.pk).found[:COMMON]
    named = ", ".join(f"{DEFECT_NAME[one.defect].lower()} {one.many}" for one in found)
    t.note("", f"  Lỗi gặp nhiều: {named}.")
    again = migration.load(run.pk, by=here.planner, at=t.now)
    t.note("", f"  Nạp lại lần nữa không đổi gì ({(again == loaded and 'khớp') or 'LỆCH'}).")
    t.note("", f"  {_compared(here, t.now)}")
    for signer in (here.planner, here.approver):
        migration.sign_result(run.pk, by=signer, at=t.now)
    _certified(here, run.pk)
    yield on(1, "09:30")
    t.note("", f"Sau khi sắp xếp, hồ sơ của hệ thống cũ: {_compared(here, t.now)}")


def a_register_comes_in(here: Setting) -> Scene:
    """What one desk kept in a workbook of its own, by the plain template."""
    t = here.teller
    yield on(23, "07:50")
    file, told_at = here.papers / f"{REGISTER}.xlsx", on(23, "06:00")
    migration.generate(
        file,
        layout="mau-chung",
        dossiers=REGISTER_MANY,
        defects="none",
        seed=SEED + 1,
        told_at=told_at,
        offices=frozenset({TOWN}),
        fields=frozenset({REGISTER_FIELD}),
    )
    run = migration.read(
        file, layout="mau-chung", system=REGISTER, told_at=told_at, by=here.planner, at=t.now
    )
    migration.propose(run.pk, by=here.planner, at=t.now)
    for signer in (here.planner, here.approver):
        migration.sign_maps(run.pk, by=signer, at=t.now)
    books = migration.load(run.pk, by=here.planner, at=t.now)
    for signer in (here.planner, here.approver):
        migration.sign_result(run.pk, by=signer, at=t.now)
    t.note("", f"Sổ Excel của một bàn ({REGISTER_FIELD}, bịa) theo mẫu chung: {_sheet(books)}")


def _decided(here: Setting, run: int) -> None:
    """Where one old name is several procedures here, people say which: of those hinted, the first."""
    waiting = queries.run(run).undecided
    if not waiting:
        return
    here.teller.cannot(
        MapsUndecided, lambda: migration.sign_maps(run, by=here.planner, at=here.teller.now)
    )
    chosen = {one.number: found[0] for one in waiting if (found := _HINTED.search(one.rule))}
    many = migration.settle(run, chosen, by=here.planner, at=here.teller.now)
    here.teller.note("", f"  {many} tên cũ là nhiều thủ tục ở đây: người chọn, quy tắc ghi lại.")


def _sheet(books: Books) -> str:
    return (
        f"đọc {figure(books.read)} = nạp {figure(books.loaded)} + có lưu ý {books.remarked} + "
        f"từ chối {books.refused} + đã có {books.already_there}."
    )


def _compared(here: Setting, at: datetime) -> str:
    """The export against what is kept: what a reorganisation moved is all that may differ."""
    sides = f"export:{here.papers / EXPORT}", "records"
    found = reconcile(*sides, level=ReconcileLevel.MEANING, at=at)
    if found.is_equal:
        return f"đối chiếu {figure(found.left)} hồ sơ với tệp gốc đến mức ý nghĩa: không khác."
    moved = {one.code for one in found.differences if one.field == "office"}
    others = {one.code for one in found.differences} - moved
    return (
        f"đối chiếu với tệp gốc: {len(moved)} hồ sơ mở đổi cơ quan theo phương án, "
        f"{len(others)} hồ sơ khác lệch."
    )


def _certified(here: Setting, run: int) -> None:
    key, proof = here.papers / KEY, here.papers / PROOF
    key.unlink(missing_ok=True)
    public = evidence.new_key(key)
    made = evidence.make(run, key=key, by=here.planner, at=here.teller.now)
    proof.write_bytes(evidence.as_bytes(made))
    _, wrong = evidence.verify(proof.read_bytes(), key=public)
    here.teller.note(
        "",
        f"  Bằng chứng: {made['count']} giấy xác nhận dưới một chữ ký, kiểm ngoại tuyến "
        f"{'khớp' if not wrong else 'LỆCH'} ({PROOF}).",
    )


SCENES = (an_old_system_comes_in, a_register_comes_in)

"""December: partners are connected by configuration, checked; fields get ready by evidence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from thongsuot import env
from thongsuot.actions import cutover, value_maps
from thongsuot.actions.load import Subject, load_files
from thongsuot.cli.story.january.setting import (
    ADOPTION,
    BUILDING,
    DECISION,
    FIELDS,
    FIRST,
    IGATE,
    MIDNIGHT,
    PORTAL,
    Moving,
    Setting,
    on,
)
from thongsuot.cli.story.september.setting import COMMUNE
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.cutover import FieldAct
from thongsuot.domain.exchange import Way
from thongsuot.exchange import checking, simulated
from thongsuot.queries import board as queries
from thongsuot.queries import messages
from thongsuot.words import cutover as words
from thongsuot.words.labels import CUTOVER_ACT

DATA = env.ROOT / "data"
FILES = DATA / "story" / "january"
SINCE = FIRST  # what ships holds until that day
MANY = 8  # nobody fails yet: what goes out together makes no other story
TEST_AT_MINISTRY = "BTP-THU-251230-01"


def partners_are_connected(here: Setting) -> Scene:
    """By files alone: who is told what, by which names, at which address. All of it is made up."""
    t = here.teller
    yield on(29, "08:00")
    _load(here, "partners.csv", Subject.ACCESS, as_of=SINCE)
    _load(here, "systems.csv", Subject.CUTOVER, as_of=SINCE)
    _load(here, "value_maps.csv", Subject.PARTNERS)
    done = simulated.connect(here.town.control, here="", file=FILES / "connections.toml", at=t.now)
    t.note(
        "",
        f"Nối bằng cấu hình với {len(done)} đối tác giả lập (bịa ra để thử, chạy thành tiến trình "
        f"riêng trên máy này): {', '.join(done)}.",
    )
    yield on(29, "08:20")
    for fault in checking.check(at=t.now):
        t.note("", f"  exchange check: {fault.partner}: {fault.said}")
    value_maps.name(
        partner=IGATE,
        map_="channel",
        ours="post",
        theirs="2",
        goes=Way.BOTH,
        since=on(29, "00:00").date(),
        source="bộ trả lời qua điện thoại (bịa)",
        by=here.keeper,
        at=t.now,
    )
    if left := checking.check(at=t.now):
        raise AssertionError(f"the set-up is not sound: {left}")
    t.note("", "  Ghi thêm giá trị còn thiếu; exchange check: Mọi kết nối đã đủ để gửi.")


def what_was_owed_goes_out(here: Setting) -> Scene:
    """The portal hears everything since June, in the order of each dossier."""
    t = here.teller
    yield on(29, "09:00")
    owed = sum(line.waiting for line in messages.standing() if line.partner == PORTAL)
    here.exchange.round(at=t.now, at_once=MANY)
    stands = next(line for line in messages.standing() if line.partner == PORTAL)
    t.note(
        "",
        f"Cổng Dịch vụ công quốc gia còn nợ {owed} thông điệp từ tháng 6: gửi hết, đã nhận "
        f"{stands.acknowledged}, còn chờ {stands.waiting}, để riêng {stands.aside}.",
    )


def the_last_ones_come(here: Setting) -> Scene:
    """Until the last day dossiers of these fields are received here; they stay here."""
    t = here.teller
    yield on(29, "10:00")
    for field in FIELDS:
        for _ in range(here.each):
            d = here.to_desk(here.receive(field))
            t.told = t.told or d.code  # the clock of the first is told
    t.note("", f"Nhận {here.each} hồ sơ của mỗi lĩnh vực sắp chuyển: làm đến hết ở đây.")


def fields_are_compared(here: Setting) -> Scene:
    """Exported, read back, a difference mended; a test dossier goes there and back."""
    t = here.teller
    yield on(29, "14:00")
    tell_board(here, "Bảng trước khi chuẩn bị")
    for field in FIELDS:
        cutover.export(field=field.name, by=here.keeper, at=t.now)
        told = cutover.document(field.name, at=t.now)
        if field is BUILDING:
            wrong = json.loads(cutover.as_bytes(told))
            _change(wrong)
            _read_back(here, field, wrong)
            _tell_differences(here, field)
        _read_back(here, field, told)
    t.note("", "Bộ sửa cấu hình theo bản đã xuất; đối chiếu lại cả ba lĩnh vực: khớp.")
    yield on(29, "15:00")
    tested = here.receive(BUILDING)
    cutover.note_test(field=BUILDING.name, code=tested.code, by=here.keeper, at=t.now)
    cutover.note_test(field=ADOPTION.name, code=TEST_AT_MINISTRY, by=here.keeper, at=t.now)
    d = here.to_desk(tested)
    yield on(30, "08:30")
    here.exchange.round(at=t.now)
    here.hand_over(here.decide(d, "TEST-01/KQ"))
    here.town.place(
        ADOPTION.partner,
        MaHoSo=TEST_AT_MINISTRY,
        MaTTHC=ADOPTION.procedure,
        TenLinhVuc=ADOPTION.name,
        MaDonViXuLy=COMMUNE,
        TrangThaiHoSo="9",
        NgayTiepNhan="30/12/2025 08:00:00",
        NgayHenTra="30/12/2025 17:00:00",
        NgayKetThucXuLy="30/12/2025 09:00:00",
    )
    yield on(30, "10:00")
    here.exchange.round(at=t.now)
    t.note(
        tested.code,
        "Hồ sơ thử: bộ dùng iGate và bộ hỏi định kỳ đã báo kết quả; bộ sau trục WSO2 không có "
        "dịch vụ nào để hỏi, mục này phải để đỏ.",
    )


def fields_are_set_to_start(here: Setting) -> Scene:
    """What is not ready starts only on purpose: by decision, with a reason, on the record."""
    t = here.teller
    yield on(30, "15:00")
    tell_board(here, "Bảng trước giờ chuyển")
    t.cannot(cutover.FieldNotReady, lambda: _start(here, BUILDING, despite=False))
    for field in FIELDS:
        _start(here, field, despite=True)
    t.note(
        "", f"Vẫn bắt đầu, có ghi lý do: {len(FIELDS)} lĩnh vực, từ 00:00 01/01/2026; {DECISION}."
    )


def tell_board(here: Setting, title: str) -> None:
    """The lines of the board for the fields of the story."""
    t = here.teller
    t.note("", f"{title}:")
    pages = (queries.page(field.name, at=t.now) for field in FIELDS)
    for line in (page.line for page in pages if page):
        n = line.numbers
        stands = words.STANDS.get(line.last_act, words.MOVED if line.is_moved else words.COMING)
        red = ", ".join(f"{words.CHECK[check.value]} {many}" for check, many in line.red)
        to = line.system.body if line.system else "?"
        t.note(
            "",
            f"  {line.field} → {to}: {stands.lower()}; còn mở {n.open}, đã xong {n.drained}, gửi lỗi "
            f"{n.failed}, kẹt {n.stuck}, nhận ở đây sau đó {n.after}, ở bộ {n.there}, đã hướng dẫn đi "
            f"{n.sent}; chưa đạt ở {line.bodies} cơ quan: {red or 'không còn gì'}.",
        )


def act(here: Setting, field: Moving, what: FieldAct, reason: str, **how: Any) -> None:
    """Start a field or take it back, by whoever keeps the systems; on the record."""
    t = here.teller
    given = {"effective_at": None, "despite": True, **how}
    cutover.act(
        field=field.name,
        act=what,
        decision=DECISION,
        reason=reason,
        by=here.keeper,
        at=t.now,
        **given,
    )
    t.acts["cutover"] += 1
    t.note("", f"  {CUTOVER_ACT[what.value]}: {field.name}. Lý do: {reason}")


def _start(here: Setting, field: Moving, *, despite: bool) -> None:
    reason = "Quy trình mẫu chưa có quyết định, các xã khác chưa đủ người; vẫn theo ngày đã định."
    act(here, field, FieldAct.START, reason, effective_at=MIDNIGHT, despite=despite)


def _load(here: Setting, name: str, subject: Subject, as_of: date | None = None) -> None:
    reports = load_files(
        [FILES / name], folder=DATA, subject=subject, at=here.teller.now, as_of=as_of
    )
    if refused := [line for report in reports for line in report.refused]:
        raise AssertionError(f"{name}: {refused}")


def _change(told: dict[str, Any]) -> None:
    """As people of the ministry might mistype it: one step of one body has another term."""
    mine = next(one for one in told["bodies"] if one["office"] == COMMUNE)
    mine["procedures"][0]["steps"][0]["term"] = "9 ngày"


def _read_back(here: Setting, field: Moving, told: dict[str, Any]) -> None:
    cutover.read_back(
        field=field.name,
        content=cutover.as_bytes(told),
        source="tệp của bộ (bịa)",
        by=here.keeper,
        at=here.teller.now,
    )


def _tell_differences(here: Setting, field: Moving) -> None:
    page = queries.page(field.name, at=here.teller.now)
    for line in page.differences if page else ():
        apart = line.difference
        here.teller.note(
            "",
            f"Đối chiếu {field.name}, {line.office}: {words.DIFFERENCE[str(apart.kind)]} – "
            f"{apart.procedure}, {apart.step}: quyết định “{apart.decided}”, ở bộ “{apart.there}”.",
        )


SCENES = (
    partners_are_connected,
    what_was_owed_goes_out,
    the_last_ones_come,
    fields_are_compared,
    fields_are_set_to_start,
)

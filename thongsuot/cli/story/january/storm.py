"""The first days: partners fail in every way while older dossiers are finished here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from thongsuot.actions import inbox, value_maps
from thongsuot.actions.inbox import QUARANTINED
from thongsuot.cli.story.january.readying import act, tell_board
from thongsuot.cli.story.january.run_off import finish
from thongsuot.cli.story.january.setting import (
    ADOPTION,
    FIELDS,
    IGATE,
    LGSP,
    POLLED,
    PORTAL,
    Moving,
    Setting,
    on,
)
from thongsuot.cli.story.september.setting import COMMUNE
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.cutover import FieldAct
from thongsuot.domain.exchange import Way
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import board, remote
from thongsuot.queries import inbox as arrivals
from thongsuot.queries.inbox import ArrivalLine
from thongsuot.queries.remote import DivergenceLine
from thongsuot.records.dossier import OPEN, DossierRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.words import cutover as words
from thongsuot.words.moments import short

MOST_ROUNDS = 60
EVERY = frozenset({""})
DAYS = (5, 6, 7, 8, 9, 12)
ROUNDS = ("07:45", "09:45", "11:45", "14:45", "16:45")
SLOW = 2.6  # longer than a connection of the story waits for an answer
FAULTS: tuple[dict[str, Any], ...] = (
    {"mode": "error_200", "share": 0.15},
    {"mode": "expired_session", "share": 0.1},
    {"mode": "duplicate", "share": 0.2},
    {"mode": "throttled", "share": 0.1},
    {"mode": "reordering", "share": 0.3, "seconds": 0.02},
    {"mode": "down", "share": 0.05},
    {"mode": "times_out_after", "share": 0.1, "count": 1, "seconds": SLOW},
)
AWAY_FROM, AWAY_UNTIL = on(6, "09:30"), on(9, "09:30")
THEIRS = ("BTP-H35-260105-0001", "BTP-H35-260105-0002")
STRANGE = "12"  # a status that no map of ours knows
MOMENT = "%d/%m/%Y %H:%M:%S"


def the_workers_go_on(here: Setting) -> Scene:
    """Some times a day what is due goes out and what lies ready comes in, well or not."""
    for day in DAYS:
        for clock in ROUNDS:
            yield on(day, clock)
            here.exchange.round(at=here.teller.now)


def faults_are_switched_on(here: Setting) -> Scene:
    """Every partner fails in its own share of the calls, drawn by the seed of the story."""
    t = here.teller
    yield on(5, "07:30")
    for partner in (PORTAL, IGATE, LGSP, POLLED):
        _fail(here, partner)
    shown = ", ".join(f"{fault['mode']} {fault['share']:.0%}" for fault in FAULTS)
    t.note("", f"Bật lỗi ở cả bốn đối tác trong khi chạy: {shown}.")
    yield AWAY_FROM
    here.town.fail(IGATE, {"mode": "down"})
    yield AWAY_UNTIL
    unsent = OutboxRow.objects.filter(partner=IGATE, sent_at=None, owed_at__gte=AWAY_FROM)
    owed = unsent.count()
    here.town.well(IGATE)
    _fail(here, IGATE)
    t.note(
        "",
        f"Hệ thống iGate không liên lạc được suốt 72 giờ: {owed} thông điệp vẫn chờ, không mất; các "
        "đối tác khác vẫn nhận. Nay có lại.",
    )


def older_ones_are_finished(here: Setting) -> Scene:
    """Each day some of those that were received before the instant, until none is left."""
    t = here.teller
    for number, field in enumerate(FIELDS):
        yield on(6 + number, "10:15")
        codes = _left(field, t.now)
        for code in codes[: len(codes) // 2]:
            finish(here, code)
    yield on(9, "10:00")
    for field in FIELDS:
        for code in _left(field, t.now):
            finish(here, code)
    counted = {field.name: len(_left(field, t.now)) for field in FIELDS}
    told = ", ".join(f"{name} {many}" for name, many in counted.items())
    t.note("", f"Hồ sơ cũ làm xong trong khi đối tác đang lỗi; còn mở ở đây: {told}.")


def people_decide_what_is_in_doubt(here: Setting) -> Scene:
    """What nobody can know by itself waits for people, who look at the partner."""
    t = here.teller
    for day in (6, 7, 8, 9):
        yield on(day, "16:20")
        here.exchange.decide(by=here.keeper, at=t.now)
    t.note(
        "",
        "Cuối mỗi ngày, thông điệp không tự biết đã đến chưa được người đối chiếu với sổ của đối tác: "
        "đã có thì không gửi lại, chưa có thì gửi lại, đều ghi lý do.",
    )


def a_ministry_tells_of_its_own(here: Setting) -> Scene:
    """Read-only, with source and last word; one of ours told differently is an alarm, no change."""
    t = here.teller
    yield on(6, "08:00")
    row = _ours(ADOPTION)
    for code in THEIRS:
        _theirs(here, code, NgayTiepNhan="05/01/2026 08:00:00", NgayHenTra="12/01/2026 17:00:00")
    received = f"{row.received_at.astimezone(VIETNAM):{MOMENT}}"
    _theirs(here, row.code, NgayTiepNhan=received, NgayHenTra="31/01/2026 17:00:00")
    yield on(6, "12:00")
    _fetch_until(here, lambda: len(_alarms(row.code)) > 0 and _heard(*THEIRS))
    found = remote.remote(EVERY, at=t.now, partner=POLLED, state="open")
    for line in sorted(found.lines, key=lambda one: one.code):
        if line.code in THEIRS:
            t.note(
                line.code,
                f"Hồ sơ ở {line.source}: {line.raw_status}, hạn {short(line.due_at) if line.due_at else 'không có'}; "
                "chỉ đọc, không đổi gì ở đây.",
            )
    for apart in _alarms(row.code):
        t.note(
            row.code,
            f"Cảnh báo lệch, {words.ASPECT[apart.aspect]}: ở đây {words.told(apart.aspect, apart.ours)}, "
            f"ở {apart.source} {words.told(apart.aspect, apart.theirs)}.",
        )
    yield on(12, "08:00")
    row.refresh_from_db()
    due = row.due_at.astimezone(VIETNAM) if row.due_at else t.now
    ended = row.ended_at.astimezone(VIETNAM) if row.ended_at else t.now
    _theirs(
        here,
        row.code,
        NgayTiepNhan=received,
        NgayHenTra=f"{due:{MOMENT}}",
        TrangThaiHoSo="9",
        NgayKetThucXuLy=f"{ended:{MOMENT}}",
    )
    yield on(12, "15:00")
    _fetch_until(here, lambda: not _alarms(row.code))
    t.note(row.code, f"Bộ sửa dữ liệu: cảnh báo tự hết, còn {len(_alarms(row.code))}.")


def what_nobody_understands_is_kept(here: Setting) -> Scene:
    """A status without a name is quarantined with its reason; named, it is taken in."""
    t = here.teller
    yield on(7, "08:00")
    code = "BTP-H35-260106-0003"
    times = {"NgayTiepNhan": "06/01/2026 08:00:00", "NgayHenTra": "13/01/2026 17:00:00"}
    _theirs(here, code, TrangThaiHoSo=STRANGE, **times)
    yield on(7, "13:00")
    _fetch_until(here, lambda: len(_in_quarantine()) > 0)
    kept = _in_quarantine()
    t.note(code, f"Giữ lại, không bỏ: {kept[0].reason}")
    value_maps.name(
        partner=POLLED,
        map_="status",
        ours="4",
        theirs=STRANGE,
        goes=Way.IN,
        since=on(29, "00:00").date(),
        source="bộ cho biết là đang xử lý (bịa)",
        by=here.keeper,
        at=t.now,
    )
    for line in kept:
        inbox.try_again(number=line.number, by=here.keeper, at=t.now)
    yield on(7, "15:00")
    _fetch_until(here, lambda: _heard(code))
    t.note(code, f"Ghi nghĩa của mã đó rồi nhận lại: còn giữ {len(_in_quarantine())}.")


def a_field_is_taken_back(here: Setting) -> Scene:
    """By decision, with a reason, on the record: from that moment on it is received here again."""
    t = here.teller
    yield on(9, "14:00")
    act(here, ADOPTION, FieldAct.ROLL_BACK, "Hệ thống của bộ chưa có biểu mẫu của thủ tục (ví dụ).")
    yield on(9, "14:30")
    d = here.receive(ADOPTION)
    t.note(d.code, f"Quầy lại nhận {ADOPTION.name} ở đây; hồ sơ đã nhận ở bộ thì bộ làm đến hết.")
    tell_board(here, "Bảng sau khi đưa về")


def _fail(here: Setting, partner: str) -> None:
    """Each partner draws its own luck."""
    seed = here.seed * 100 + len(partner)
    here.town.fail(partner, *({**fault, "seed": seed} for fault in FAULTS))


def _in_quarantine() -> tuple[ArrivalLine, ...]:
    return arrivals.arrivals(state=QUARANTINED, partner=POLLED).lines


def _fetch_until(here: Setting, is_there: Callable[[], bool]) -> None:
    """What fails is fetched again the next minute, until it is there."""
    for _ in range(MOST_ROUNDS):
        if is_there():
            return
        here.exchange.round(at=here.teller.now)
    raise AssertionError("what a partner has for us does not come in")


def _heard(*codes: str) -> bool:
    """Whether the polled ministry's word of these dossiers was taken in."""
    rows = RemoteDossierRow.objects.filter(partner=POLLED, code__in=codes)
    return rows.count() == len(codes)


def _left(field: Moving, at: datetime) -> list[str]:
    lines, _ = board.left(field.name, at=at)
    return sorted(line.code for line in lines)


def _ours(field: Moving) -> DossierRow:
    rows = DossierRow.objects.filter(OPEN, procedure=field.procedure)
    return rows.order_by("-received_at", "pk")[0]


def _theirs(here: Setting, code: str, **told: str) -> None:
    """A dossier of the polled ministry, in its own words."""
    usual = {
        "MaTTHC": ADOPTION.procedure,
        "TenLinhVuc": ADOPTION.name,
        "MaDonViXuLy": COMMUNE,
        "TrangThaiHoSo": "4",
        "NgayKetThucXuLy": "",
    }
    here.town.place(POLLED, MaHoSo=code, **usual | told)


def _alarms(code: str) -> tuple[DivergenceLine, ...]:
    return tuple(line for line in remote.divergences() if line.code == code)


SCENES = (
    faults_are_switched_on,
    the_workers_go_on,
    older_ones_are_finished,
    people_decide_what_is_in_doubt,
    a_ministry_tells_of_its_own,
    what_nobody_understands_is_kept,
    a_field_is_taken_back,
)

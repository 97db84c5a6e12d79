"""The morning after: old codes and receipts, an old counter, certificates, shared systems, work."""

from __future__ import annotations

from collections import Counter
from datetime import date

from thongsuot.actions import certificates, lookup, shared_systems
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.july.setting import (
    COMMUNE_POINT,
    DAY,
    PLACE,
    Setting,
    on,
)
from thongsuot.cli.story.june.setting import TOWN, TOWN_POINT
from thongsuot.cli.story.post_office import letters_go
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.certificates import CertificateHolder
from thongsuot.domain.directory import OfficeClosed, ReceptionPointClosed
from thongsuot.domain.shared_systems import FindingStep
from thongsuot.domain.spans import Span
from thongsuot.queries import certificates as certificate_queries
from thongsuot.queries import directory, routing, run_off
from thongsuot.queries import lookup as lookups
from thongsuot.queries import notices as boards
from thongsuot.queries import shared_systems as systems
from thongsuot.queries.certificates import WorkLine
from thongsuot.words.lookup import sentence
from thongsuot.words.moments import moment
from thongsuot.words.systems import CERTIFICATE_TASK

ADDRESS = "192.0.2.16"  # kept for examples: nobody's
PROCEDURE = "1.013314"
OLD_FORM = "000.00.21.H35"
FOLLOWED, DONE_AT_ONCE = "qlvbdh", 8


def a_receipt_of_the_town(here: Setting) -> Scene:
    """Received in June, asked about in July by the old code, decided and handed out by the commune."""
    t = here.teller
    yield on(27, "14:00")
    asking = here.town.somebody("nguoi.nop.bon@vidu.test")
    wanted = Wanted(Channel.IN_PERSON, applicant=asking)
    d = here.to_desk(t.receive(here.town.make(PROCEDURE, t.now, wanted), here.counter))
    t.told = d.code
    due = d.due_at
    t.note(d.code, f"Thị trấn Tam Đường nhận, hẹn trả {moment(due) if due else '—'}.")
    yield on(1, "07:50")
    token = lookup.look_up(code=d.code, proof=asking.phone[-4:], address=ADDRESS, at=t.now)
    page = lookups.answer(at=t.now, reading=token)
    told = sentence(
        page.dossier,
        office=page.office,
        place=page.return_point,
        missing=page.missing,
        at=t.now,
    )
    kept = "giữ nguyên" if page.dossier.due_at == due else "ĐÃ ĐỔI"
    t.note(d.code, f"Giấy hẹn cũ tra được ở /tra-cuu, hạn {kept}: {told}")
    yield on(1, "10:00")
    d = here.decide(d, "01/XN-UBND")
    d = here.hand_over(d)
    t.note(d.code, "Xã Bình Lư ký và trả kết quả trước hạn mà thị trấn đã hẹn.")


def the_post_goes(here: Setting) -> Scene:
    """Whoever gave an address is told who carries on, and when there is a result."""
    t = here.teller
    for day in (27, 1, 2):
        yield on(day, "17:00" if day != 1 else "07:40")
        sent = letters_go(here.letters.port, at=t.now)
        t.acts["letter"] += sent
        for letter in here.letters.letters[-sent:] if sent else ():
            subject = " ".join(letter["Subject"].split())
            t.note("", f"Thư đến {letter['To']} qua SMTP: “{subject}”.")


def an_old_counter_and_an_old_code(here: Setting) -> Scene:
    """Who comes to what is closed is told where to go; an old code leads to today's bodies."""
    t = here.teller
    yield on(1, "08:00")
    t.cannot(ReceptionPointClosed, lambda: _explain(here, TOWN_POINT))
    try:
        boards.notice(TOWN, on=t.now.date())
    except OfficeClosed as closed:
        units = ", ".join(line.unit for line in boards.heirs_of(closed, on=t.now.date()))
        t.note("", f"Trang thông báo /thong-bao/{TOWN} của cơ quan cũ chỉ đến: {units}.")
    route = _explain(here, COMMUNE_POINT).decided
    if route is not None:
        t.note("", f"Người ở thị trấn cũ nộp tại quầy Bình Lư: {route.office.name} giải quyết.")
    for procedure, place in (("", ""), (PROCEDURE, PLACE), ("1.012753", PLACE)):
        found = directory.heirs_of_work(OLD_FORM, on=DAY, procedure=procedure, place=place)
        asked = f", thủ tục {procedure}" if procedure else ""
        t.note("", f"Mã cũ {OLD_FORM}{asked}: nay là {', '.join(found.offices)}.")


def certificates_and_systems(here: Setting) -> Scene:
    """What people have to do by hand is a list that grows shorter."""
    t = here.teller
    yield on(1, "08:30")
    t.note("", f"Chứng thư số, hộp thư phải làm: {_work()}.")
    new, old = _first("issue"), _first("revoke")
    certificates.register(
        serial="BIA-2025-001",
        holder=CertificateHolder.BODY,
        name=new.office_name,
        office=new.office,
        valid=Span(DAY, date(2030, 7, 1)),
        by=here.approver,
        at=t.now,
    )
    reason = "Cơ quan đã kết thúc hoạt động."
    certificates.revoke(serial=old.serial, reason=reason, by=here.approver, at=t.now)
    t.note("", f"Cấp cho {new.office_name}, thu hồi của {old.office_name}; còn: {_work()}.")
    yield on(1, "09:00")
    found = shared_systems.record_findings(by=here.approver, at=t.now)
    t.note(
        "",
        f"Rà soát hệ thống dùng chung, mục đi qua cơ quan đã kết thúc: {_open(DAY)}; ghi nhận {found}.",
    )
    mine = [line for line in systems.findings(on=DAY) if line.system == FOLLOWED]
    for line in mine[:DONE_AT_ONCE]:
        for step in (FindingStep.PROPOSE, FindingStep.ACCEPT, FindingStep.FINISH):
            shared_systems.step(
                number=line.number, step=step, reason=line.proposal, by=here.approver, at=t.now
            )
    t.note("", f"Đề xuất, thống nhất và làm xong {DONE_AT_ONCE} mục của văn bản điều hành.")
    yield on(2, "08:00")
    t.note("", f"Hôm sau hệ thống dùng chung còn {_open(t.now.date())}.")


def nothing_is_left(here: Setting) -> Scene:
    """The board of closing bodies, a day after."""
    t = here.teller
    yield on(2, "16:30")
    board = run_off.board(switch_on=DAY, at=t.now)
    left = sum(line.numbers.open for line in board.lines)
    handed = {line.name: line.handed_over for line in board.lines if line.handed_over}
    told = ", ".join(f"{name} {many}" for name, many in handed.items())
    t.note("", f"Cơ quan đã kết thúc còn {left} hồ sơ; đã bàn giao và đang làm tiếp: {told}.")


def _explain(here: Setting, point: str) -> routing.Found:
    return routing.explain(
        procedure=PROCEDURE, point=point, place=PLACE, received_at=here.teller.now
    )


def _work() -> str:
    counted = Counter(line.task for line in certificate_queries.work(on=DAY))
    return ", ".join(f"{CERTIFICATE_TASK[task].lower()} {n}" for task, n in sorted(counted.items()))


def _first(task: str) -> WorkLine:
    lines = certificate_queries.work(on=DAY)
    return next(line for line in lines if (line.subject, line.task) == ("certificate", task))


def _open(day: date) -> str:
    counted = Counter(line.system_name for line in systems.findings(on=day) if line.is_open)
    told = ", ".join(f"{name} {many}" for name, many in sorted(counted.items()))
    return f"{counted.total()} ({told})"


SCENES = (
    a_receipt_of_the_town,
    the_post_goes,
    an_old_counter_and_an_old_code,
    certificates_and_systems,
    nothing_is_left,
)

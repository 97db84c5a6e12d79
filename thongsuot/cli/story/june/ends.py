"""The ends that are not a granted result, and those that come late."""

from __future__ import annotations

from thongsuot.cli.story.cast import CLERK, COUNTER, HANDLER, INTAKE, LEADER
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.june.setting import Setting, june
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier.reasons import ReorganisationIsNoReason
from thongsuot.domain.dossier.refusals import AlreadyExtended, DecisionMade
from thongsuot.domain.workflow import Act

BY_AGREEMENT = "Danh mục không ghi thời hạn; hẹn theo thỏa thuận với người nộp"
SORRY = {"reason": "Cán bộ thụ lý bận kiểm tra hiện trường, xin lỗi người nộp."}


def late_with_an_apology(here: Setting) -> Scene:
    """Three working days pass; the apology comes after the day, and extends nothing."""
    t = here.teller
    yield june(3, "15:30")
    d = here.to_desk(here.at_town("1.004837"))
    t.note(d.code, "Nhận sau 15 giờ nên thời hạn tính từ hôm sau.")
    yield june(9, "08:00")
    d = t.act(d, Act.APOLOGISE, LEADER, **SORRY, new_day=june(11, "17:00"))
    t.note(d.code, "Xin lỗi sau hạn: ghi là quá muộn, không được gia hạn.")
    yield june(10, "15:30")
    d = here.decide(d, "08/2025")
    yield june(11, "08:10")
    here.hand_over(d)


def extended_in_time(here: Setting) -> Scene:
    """The apology comes in time and names one new day; a second one is refused."""
    t = here.teller
    yield june(2, "08:45")
    d = here.to_desk(here.at_town("1.013227"))
    yield june(6, "10:00")
    d = t.act(d, Act.APOLOGISE, LEADER, **SORRY, new_day=june(13, "17:00"))
    t.note(d.code, "Xin lỗi đúng lúc: gia hạn một lần đến 17 giờ ngày 13/6.")
    yield june(11, "09:00")
    again = june(18, "17:00")
    t.cannot(
        AlreadyExtended,
        lambda: t.act(d, Act.APOLOGISE, LEADER, **SORRY, new_day=again),
        d.code,
    )
    yield june(12, "14:00")
    d = here.decide(d, "03/GPXD")
    here.hand_over(d)


def refused_for_a_reason(here: Setting) -> Scene:
    """The coming reorganisation is no reason to refuse; a fault of the land register is."""
    t = here.teller
    yield june(3, "09:15")
    d = here.to_desk(here.at_town("1.012796"))
    yield june(9, "14:00")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đề nghị từ chối vì thửa đất đang tranh chấp.")
    basis = {"basis": "Khoản 6 Điều 152 Luật Đất đai 2024"}
    no_reason = "Huyện sắp giải thể, chờ sắp xếp đơn vị hành chính xong mới giải quyết."
    t.cannot(
        ReorganisationIsNoReason,
        lambda: t.act(d, Act.REFUSE, LEADER, reason=no_reason, **basis),
        d.code,
    )
    reason = "Thửa đất đang có tranh chấp được tòa án thụ lý."
    d = t.act(d, Act.REFUSE, LEADER, reason=reason, **basis)
    t.note(d.code, "Từ chối giải quyết, có lý do và căn cứ.")
    yield june(10, "09:30")
    here.hand_over(d)


def turned_away_at_the_counter(here: Setting) -> Scene:
    """Nobody is turned away because communes merge; a paper of another procedure is declined."""
    t = here.teller
    yield june(5, "08:20")
    request = here.town.make("1.002211", t.now, Wanted())
    no_reason = "Xã sắp sáp nhập, để sang tháng 7 nộp ở xã mới."
    t.cannot(ReorganisationIsNoReason, lambda: t.decline(request, no_reason, here.counter))
    reason = "Hồ sơ là của thủ tục thôi làm hòa giải viên; đã hướng dẫn lập lại cho đúng."
    d = t.decline(request, reason, here.counter)
    t.note(d.code, "Không tiếp nhận, đã hướng dẫn người nộp.")


def withdrawn(here: Setting) -> Scene:
    """A household takes its registration back before anything is decided."""
    t = here.teller
    yield june(4, "10:00")
    appointment = Wanted(appointment=june(9, "10:00"), basis=BY_AGREEMENT)
    d = here.to_desk(here.at_town("1.001612", appointment))
    yield june(5, "15:10")
    d = t.act(d, Act.STOP, COUNTER, reason="Hộ kinh doanh đổi địa điểm, xin rút hồ sơ.")
    t.note(d.code, "Người nộp rút hồ sơ khi chưa có quyết định.")
    here.hand_over(d)


def too_late_to_withdraw(here: Setting) -> Scene:
    """Once it is signed nobody can take it back."""
    t = here.teller
    yield june(4, "10:30")
    appointment = Wanted(appointment=june(9, "10:00"), basis=BY_AGREEMENT)
    d = here.at_town("2.000720", appointment)
    d = t.act(d, Act.FORWARD, COUNTER)
    yield june(4, "14:00")
    d = t.act(d, Act.SEND_BACK, INTAKE, reason="Quầy chưa đóng dấu tiếp nhận.")
    yield june(4, "14:30")
    d = here.to_desk(d)
    yield june(6, "09:00")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đủ điều kiện thay đổi nội dung đăng ký.")
    d = t.act(d, Act.APPROVE, LEADER)
    t.cannot(
        DecisionMade,
        lambda: t.act(d, Act.STOP, COUNTER, reason="Không muốn thay đổi nữa."),
        d.code,
    )
    d = t.act(d, Act.ISSUE_RESULT, CLERK, number="17/ĐKHKD")
    here.hand_over(d)


SCENES = (
    late_with_an_apology,
    extended_in_time,
    refused_for_a_reason,
    turned_away_at_the_counter,
    withdrawn,
    too_late_to_withdraw,
)

"""Dossiers whose clock stands still: for papers, for money, for others' opinions, for a system."""

from __future__ import annotations

from thongsuot.actions.seed.course import Given
from thongsuot.cli.story.cast import COUNTER, HANDLER, LEADER, OPERATOR
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.june.setting import (
    BUILDING,
    FINANCE,
    LAND,
    Setting,
    june,
)
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier.refusals import SupplementAlreadyAsked, Waiting
from thongsuot.domain.workflow import Act

AGAIN = "Khoản 2 Điều 20 Quyết định 24/2021/QĐ-TTg: phải xác minh thêm thu nhập"


def two_supplements(here: Setting) -> Scene:
    """A poor household's dossier lacks a paper, and then another: the second time needs a law."""
    t = here.teller
    yield june(2, "09:05")
    d = here.to_desk(here.at_town("1.011607"))
    for paper in d.papers[:1]:
        d = t.act(d, Act.DIGITISE, COUNTER, paper=paper.name)
    yield june(3, "14:00")
    reason = "Thiếu giấy tờ chứng minh nơi ở."
    d = t.act(d, Act.ASK_SUPPLEMENT, HANDLER, missing=["Xác nhận nơi ở"], reason=reason)
    t.note(d.code, "Yêu cầu bổ sung lần một, đồng hồ dừng.")
    yield june(6, "09:00")
    d = t.act(d, Act.RECEIVE_SUPPLEMENT, COUNTER, papers=["Xác nhận nơi ở"])
    yield june(10, "10:00")
    more: Given = {"missing": ["Giấy xác nhận thu nhập"], "reason": "Cần xác minh thu nhập."}
    t.cannot(SupplementAlreadyAsked, lambda: t.act(d, Act.ASK_SUPPLEMENT, HANDLER, **more), d.code)
    d = t.act(d, Act.ASK_SUPPLEMENT, HANDLER, **more, basis=AGAIN)
    t.note(d.code, "Yêu cầu bổ sung lần hai, có ghi căn cứ pháp lý.")
    yield june(12, "08:30")
    d = t.act(d, Act.RECEIVE_SUPPLEMENT, COUNTER, papers=["Giấy xác nhận thu nhập"])
    yield june(17, "15:00")
    d = here.decide(d, "07/QĐ-UBND")
    yield june(18, "09:00")
    here.hand_over(d)


def money_to_pay(here: Setting) -> Scene:
    """Land: the clock stands still until the tax is paid."""
    t = here.teller
    yield june(2, "10:20")
    d = here.to_desk(here.at_town("1.012753", Wanted(Channel.POST)))
    yield june(5, "09:00")
    what = "Lệ phí trước bạ và tiền sử dụng đất"
    d = t.act(d, Act.RAISE_FINANCIAL_DUTY, HANDLER, amount=12_400_000, what=what)
    t.note(d.code, "Chờ người nộp thực hiện nghĩa vụ tài chính 12.400.000 đồng.")
    yield june(11, "14:15")
    d = t.act(d, Act.SETTLE_FINANCIAL_DUTY, COUNTER, receipt="BL-0042137")
    t.note(d.code, "Đã nộp tiền; hạn dời đúng bằng thời gian chờ.")


def parallel_opinions(here: Setting) -> Scene:
    """Forest: two departments are asked at once; nothing is proposed before both answer."""
    t = here.teller
    yield june(3, "09:40")
    case = "Trường hợp diện tích rừng"
    wanted = Wanted(case=case, body=LAND)
    d = here.to_desk(here.at_centre("1.012413", wanted), target="field_work")
    yield june(5, "10:00")
    asked: Given = {
        "question": "Đề nghị cho ý kiến về phương án tạm sử dụng rừng.",
        "stops_clock": True,
        "basis": "Nghị định 156/2018/NĐ-CP: thời gian lấy ý kiến tính riêng",
    }
    for office in (BUILDING, FINANCE):
        d = t.act(d, Act.ASK_OPINION, HANDLER, of=office, **asked)
    t.note(d.code, "Lấy ý kiến hai sở cùng lúc, đồng hồ dừng theo căn cứ.")
    yield june(10, "15:20")
    answers = {number: t.cast.holder(of, HANDLER) for number, of in ((1, BUILDING), (2, FINANCE))}
    first: Given = {"opinion": 1, "answer": "Thống nhất, không ảnh hưởng quy hoạch."}
    d = t.act_as(answers[1], d, Act.GIVE_OPINION, **first)
    proposal = {"proposal": "Trình phê duyệt phương án."}
    yield june(11, "08:15")
    t.cannot(
        Waiting,
        lambda: t.act(d, Act.PROPOSE, HANDLER, **proposal),
        d.code,
    )
    yield june(12, "09:30")
    second: Given = {"opinion": 2, "answer": "Thống nhất, nguồn kinh phí đã cân đối."}
    d = t.act_as(answers[2], d, Act.GIVE_OPINION, **second)
    yield june(19, "16:00")
    d = t.act(d, Act.PROPOSE, HANDLER, **proposal)


def the_system_is_down(here: Setting) -> Scene:
    """The portal is down for some hours, as its owner announced: the clock waits for it."""
    t = here.teller
    yield june(4, "08:10")
    d = here.to_desk(here.at_town("1.002211", Wanted(Channel.ONLINE)))
    t.told = d.code
    yield june(5, "13:35")
    what = {"what": "Cổng dịch vụ công quốc gia ngừng để khắc phục sự cố"}
    d = t.act(d, Act.BEGIN_INCIDENT, OPERATOR, **what, announced_in="Thông báo 118/TB-VPCP")
    yield june(6, "08:05")
    d = t.act(d, Act.END_INCIDENT, OPERATOR)
    t.note(d.code, "Hết sự cố hệ thống, đồng hồ chạy tiếp từ lúc khôi phục.")
    yield june(10, "10:30")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đủ điều kiện công nhận hòa giải viên.")
    yield june(10, "15:00")
    back = {"reason": "Ghi nhầm tổ hòa giải, sửa rồi trình lại."}
    d = t.act(d, Act.SEND_BACK, LEADER, **back)
    yield june(11, "08:30")
    d = here.decide(d, "11/QĐ-UBND")
    yield june(11, "14:00")
    here.hand_over(d)


SCENES = (two_supplements, money_to_pay, parallel_opinions, the_system_is_down)

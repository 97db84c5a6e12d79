"""The desk's day: one supplement, an opinion, children, and what nobody may do."""

from __future__ import annotations

from thongsuot.cli.story.cast import CLERK, COUNTER, HANDLER, LEADER
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.september.setting import LAND, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier.reasons import ReorganisationIsNoReason
from thongsuot.domain.dossier.refusals import (
    AlreadyHandedOver,
    BasisNeeded,
    DecisionMade,
    OpinionsOutstanding,
    SupplementAlreadyAsked,
)
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.workflow import Act

TODAY = "Giải quyết trong ngày (Nghị định 123/2015/NĐ-CP); nhận sau 15 giờ trả ngày hôm sau"


def a_supplement_asked_once(here: Setting) -> Scene:
    """One letter names everything that lacks, the clock waits, and a second letter is refused."""
    t = here.teller
    yield on(15, "08:20")
    asking = here.somebody("nguoi.nop.mot@vidu.test")
    d = here.to_desk(here.receive("1.011607", Wanted(applicant=asking)))
    yield on(15, "09:30")
    lacking = ["Xác nhận nơi ở", "Giấy tờ về người phụ thuộc"]
    d = t.act(d, Act.ASK_SUPPLEMENT, HANDLER, missing=lacking, reason="Hồ sơ nộp thiếu.")
    t.note(d.code, "Yêu cầu bổ sung một lần, nêu đủ hai giấy tờ; đồng hồ dừng, thư gửi người nộp.")
    yield on(16, "08:05")
    d = t.act(d, Act.RECEIVE_SUPPLEMENT, COUNTER, papers=lacking)
    t.note(d.code, "Người nộp mang đủ giấy tờ đến, đồng hồ chạy tiếp.")
    yield on(16, "14:00")
    more = {"missing": ["Bản kê thu nhập"], "reason": "Cần thêm cho chắc."}
    t.cannot(SupplementAlreadyAsked, lambda: t.act(d, Act.ASK_SUPPLEMENT, HANDLER, **more), d.code)
    yield on(22, "09:00")
    d = here.decide(d, "41/QĐ-UBND")
    here.hand_over(d)


def an_opinion_of_the_department(here: Setting) -> Scene:
    """The clock runs on while a department is asked, unless a law says that it stops."""
    t = here.teller
    yield on(15, "08:40")
    d = here.to_desk(here.receive("1.012531"))
    yield on(15, "10:30")
    asked = {"of": LAND, "question": "Đề nghị cho ý kiến về bản thiết kế trồng rừng."}
    t.cannot(
        BasisNeeded,
        lambda: t.act(d, Act.ASK_OPINION, HANDLER, **asked, stops_clock=True),
        d.code,
    )
    d = t.act(d, Act.ASK_OPINION, HANDLER, **asked)
    t.note(d.code, "Hỏi ý kiến Sở Nông nghiệp và Môi trường; không có căn cứ nên đồng hồ vẫn chạy.")
    t.cannot(
        OpinionsOutstanding,
        lambda: t.act(d, Act.PROPOSE, HANDLER, proposal="Trình duyệt hỗ trợ."),
        d.code,
    )
    yield on(16, "10:15")
    answer = "Thống nhất với bản thiết kế, đề nghị theo dõi tỷ lệ cây sống."
    d = t.act_as(t.cast.holder(LAND, HANDLER), d, Act.GIVE_OPINION, opinion=1, answer=answer)
    t.note(d.code, "Sở trả lời sau một ngày làm việc.")
    yield on(18, "15:00")
    here.decide(d, "16/TB-UBND")


def one_birth_three_dossiers(here: Setting) -> Scene:
    """Birth, residence and insurance of a child: one request, children with clocks of their own."""
    t = here.teller
    yield on(15, "07:45")
    mother = here.somebody("nguoi.nop.hai@vidu.test")
    parent = here.to_desk(here.receive("2.000986", Wanted(applicant=mother)))
    yield on(15, "08:15")
    today = Wanted(applicant=mother, appointment=on(15, "16:30"), basis=TODAY)
    own_house = "Đăng ký thường trú vào chỗ ở hợp pháp"
    wants = {
        "1.001193": today,
        "1.004222": Wanted(applicant=mother, case=own_house),
        "1.001939": Wanted(applicant=mother),
    }
    children = [
        t.open_child(parent, here.people.make(base, t.now, wanted), here.handler)
        for base, wanted in wants.items()
    ]
    told = ", ".join(child.code for child in children)
    t.note(parent.code, f"Liên thông: mở ba hồ sơ con {told}, mỗi hồ sơ một đồng hồ.")
    birth = t.act(children[0], Act.FORWARD, COUNTER)
    yield on(15, "10:40")
    t.cannot(NotYourDuty, lambda: t.act_as(here.counter, birth, Act.APPROVE), birth.code)
    birth = t.act(birth, Act.APPROVE, LEADER)
    birth = t.act(birth, Act.ISSUE_RESULT, CLERK, number="112/2025")
    birth = here.hand_over(birth)
    t.note(birth.code, "Khai sinh ký và trả trong buổi sáng.")
    t.cannot(AlreadyHandedOver, lambda: here.hand_over(birth), birth.code)
    residence, insurance = (here.to_desk(child) for child in children[1:])
    yield on(19, "09:00")
    here.hand_over(here.decide(insurance, "77/BHYT"))
    yield on(22, "10:00")
    here.hand_over(here.decide(residence, "53/CT"))


def no_unlawful_refusal(here: Setting) -> Scene:
    """The commune is new, which is no reason; once signed nothing can be taken back."""
    t = here.teller
    yield on(15, "08:00")
    d = here.to_desk(here.receive("1.013314"))
    yield on(15, "14:40")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đủ điều kiện xác nhận.")
    no_reason = "Xã mới sắp xếp, chưa ổn định bộ máy nên chưa giải quyết."
    t.cannot(
        ReorganisationIsNoReason,
        lambda: t.act(d, Act.REFUSE, LEADER, reason=no_reason, basis="Kế hoạch của xã"),
        d.code,
    )
    d = t.act(d, Act.SEND_BACK, LEADER, reason="Ghi lại đúng tên thôn sau sắp xếp.")
    t.note(d.code, "Lãnh đạo trả lại để sửa, có lý do.")
    yield on(15, "15:30")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đã ghi lại tên thôn, trình ký.")
    d = t.act(d, Act.APPROVE, LEADER)
    t.cannot(
        DecisionMade,
        lambda: t.act(d, Act.STOP, COUNTER, reason="Không cần nữa."),
        d.code,
    )
    d = t.act(d, Act.ISSUE_RESULT, CLERK, number="88/XN-UBND")
    yield on(16, "08:30")
    here.hand_over(d)


SCENES = (
    a_supplement_asked_once,
    an_opinion_of_the_department,
    one_birth_three_dossiers,
    no_unlawful_refusal,
)

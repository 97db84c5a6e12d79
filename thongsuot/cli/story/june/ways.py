"""The ways a dossier comes in and goes on: late in the day, on a Saturday, from paper, as a child."""

from __future__ import annotations

from thongsuot.cli.story.cast import CLERK, COUNTER, HANDLER, INTAKE, LEADER
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.june.setting import LAND, POLICE, TOWN, Setting, june
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier.refusals import AppointmentNeeded, LateEntryNeedsReason
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act

TODAY = "Giải quyết trong ngày (Nghị định 123/2015/NĐ-CP); nhận sau 15 giờ trả ngày hôm sau"


def birth_in_a_day(here: Setting) -> Scene:
    """A birth: no term is published, so the official names a moment and on what it rests."""
    t = here.teller
    yield june(2, "08:15")
    t.cannot(AppointmentNeeded, lambda: here.at_town("1.001193"))
    d = here.at_town("1.001193", Wanted(appointment=june(2, "16:30"), basis=TODAY))
    d = t.act(d, Act.FORWARD, COUNTER)
    yield june(2, "10:00")
    t.cannot(NotYourDuty, lambda: t.act_as(here.counter, d, Act.APPROVE), d.code)
    d = t.act(d, Act.APPROVE, LEADER)
    d = t.act(d, Act.ISSUE_RESULT, CLERK, number="31/2025")
    here.hand_over(d)
    t.note(d.code, "Khai sinh xong ngay trong buổi sáng.")


def after_three_for_the_police(here: Setting) -> Scene:
    """Taken in at the town for a body of the province: its clock runs from when it arrives."""
    t = here.teller
    yield june(3, "15:20")
    d = here.at_town("3.000333", Wanted(body=POLICE))
    yield june(4, "07:40")
    d = t.act(d, Act.FORWARD, COUNTER)
    yield june(4, "10:10")
    d = t.act(d, Act.ARRIVE, INTAKE)
    t.note(
        d.code, "Nhận hộ cơ quan cấp tỉnh sau 15 giờ; thời hạn tính từ lúc cơ quan đó nhận được."
    )
    d = t.act(d, Act.ASSIGN, INTAKE, official=t.cast.holder(POLICE, HANDLER).account)
    yield june(11, "14:30")
    d = here.decide(d, "204/PLLTP")
    yield june(12, "08:20")
    here.hand_over(d, how="post")


def forwarded_too_late(here: Setting) -> Scene:
    """The counter forgets a dossier for two days: the transfer is recorded as late."""
    t = here.teller
    yield june(4, "09:00")
    d = here.at_town("2.001827", Wanted(body=LAND))
    yield june(6, "08:00")
    here.to_desk(d)
    t.note(d.code, "Chuyển hồ sơ chậm hai ngày, nhật ký ghi rõ là chuyển trễ.")


def plants_in_a_day(here: Setting) -> Scene:
    """A term of 24 real hours, received in the afternoon before a day of work."""
    t = here.teller
    yield june(5, "14:40")
    d = here.to_desk(here.at_centre("1.003984", Wanted(body=LAND)))
    yield june(6, "10:00")
    d = here.decide(d, "15/KDTV")
    here.hand_over(d)
    t.note(d.code, "Thời hạn 24 giờ (giờ thật, không phải giờ làm việc), trả trước hạn.")


def six_months(here: Setting) -> Scene:
    """A term counted in months ends in December, long after the district is gone."""
    t = here.teller
    yield june(9, "08:50")
    d = here.to_desk(here.at_centre("1.001010", Wanted(body=POLICE)))
    t.note(d.code, f"Thời hạn tính bằng tháng: {d.term}.")


def on_a_saturday(here: Setting) -> Scene:
    """The counter opens on a Saturday; the term counts from Monday."""
    t = here.teller
    yield june(7, "09:00")
    d = here.at_town("1.013314")
    t.note(d.code, "Nhận sáng thứ Bảy, thời hạn tính từ sáng thứ Hai.")
    yield june(9, "07:45")
    d = here.to_desk(d)
    yield june(10, "16:00")
    d = here.decide(d, "88/XN-UBND")
    yield june(11, "08:00")
    here.hand_over(d)


def written_on_paper(here: Setting) -> Scene:
    """The power was cut: what was taken in on paper is entered later, and says why."""
    t = here.teller
    yield june(10, "15:00")
    earlier = june(10, "09:10")
    t.cannot(LateEntryNeedsReason, lambda: here.at_town("1.004837", Wanted(received_at=earlier)))
    reason = "Mất điện từ 9 giờ đến 14 giờ, đã ghi sổ giấy."
    d = here.at_town("1.004837", Wanted(received_at=earlier, late_reason=reason))
    t.note(d.code, "Nhập muộn có lý do; thời hạn vẫn tính từ lúc nhận trên giấy.")
    d = here.to_desk(d)
    yield june(12, "14:00")
    d = here.decide(d, "09/2025")
    here.hand_over(d)


def parent_and_child(here: Setting) -> Scene:
    """Birth, residence and insurance together: the birth is a dossier of its own inside."""
    t = here.teller
    yield june(3, "08:30")
    parent = here.to_desk(here.at_town("2.000986"))
    yield june(4, "08:00")
    request = here.town.make("1.001193", t.now, Wanted(appointment=june(4, "16:00"), basis=TODAY))
    child = t.open_child(parent, request, here.handler)
    t.note(parent.code, f"Mở hồ sơ con {child.code} (khai sinh) trong hồ sơ liên thông.")
    child = t.act(child, Act.FORWARD, COUNTER)
    child = t.act(child, Act.APPROVE, LEADER)
    child = t.act(child, Act.ISSUE_RESULT, CLERK, number="33/2025")
    yield june(4, "15:00")
    here.hand_over(child)
    yield june(16, "10:00")
    parent = here.decide(parent, "05/LT")
    here.hand_over(parent)


def somebody_stands_in(here: Setting) -> Scene:
    """The leader is away for three days: whoever stands in signs, and the entry says for whom."""
    t = here.teller
    yield june(9, "07:30")
    leader, deputy = t.cast.holder(TOWN, LEADER), t.cast.holder(TOWN, INTAKE)
    t.away(leader, deputy, Span(june(10, "07:30").date(), june(13, "07:30").date()))
    d = here.to_desk(here.at_town("1.013313", Wanted(Channel.ONLINE)))
    yield june(10, "09:00")
    d = t.act(d, Act.PROPOSE, HANDLER, proposal="Đủ điều kiện xác nhận.")
    d = t.act(d, Act.APPROVE, LEADER)
    t.note(d.code, f"{deputy.name} ký thay {leader.name} đi vắng, nhật ký ghi cả hai người.")
    d = t.act(d, Act.ISSUE_RESULT, CLERK, number="90/XN-UBND")
    here.hand_over(d, how="online")


SCENES = (
    birth_in_a_day,
    after_three_for_the_police,
    forwarded_too_late,
    plants_in_a_day,
    six_months,
    on_a_saturday,
    written_on_paper,
    parent_and_child,
    somebody_stands_in,
)

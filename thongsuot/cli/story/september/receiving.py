"""The counter's day: three channels, other bodies' dossiers, papers, fees, one kind at once."""

from __future__ import annotations

from dataclasses import replace

from thongsuot.actions.dossier import papers
from thongsuot.cli.story.cast import COUNTER, HANDLER, INTAKE
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.scan import scan
from thongsuot.cli.story.september.setting import POLICE, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant, ApplicantKind, ScanException
from thongsuot.domain.dossier.refusals import (
    AlreadyHeld,
    PaperIsSecret,
    ReceiptNeeded,
    RepresentativeNeeded,
)
from thongsuot.domain.workflow import Act
from thongsuot.queries import applicants, routing
from thongsuot.words.labels import SCAN_EXCEPTION
from thongsuot.words.moments import moment, short
from thongsuot.words.routing import because
from thongsuot.words.screens import money

CERTIFICATE = "Bản gốc Giấy chứng nhận đã cấp"
# Nobody has this tax number: no province's begin with 99.
COOPERATIVE = Applicant(
    name="Hợp tác xã Nông lâm nghiệp Bản Bịa",
    number="9900000016",
    kind=ApplicantKind.ORGANISATION,
    representative="Lò Văn Bịa, giám đốc",
    phone="0009900000",
)


def papers_are_not_asked_twice(here: Setting) -> Scene:
    """Somebody's land certificate is scanned once; the second dossier takes it from the first."""
    t = here.teller
    yield on(15, "07:35")
    owner = here.somebody()
    first = here.receive("1.012796", Wanted(applicant=owner))
    t.told = first.code
    first = here.scan(first, CERTIFICATE)
    t.note(first.code, f"Nộp tại quầy, quét “{CERTIFICATE}”; hẹn trả {_due(first)}.")
    first = here.to_desk(first)
    yield on(15, "07:50")
    second = here.receive("1.012817", Wanted(applicant=owner))
    second = here.reuse(second, CERTIFICATE)
    t.note(second.code, f"“{CERTIFICATE}” lấy lại từ hồ sơ {first.code}, không phải nộp lần hai.")
    second = here.to_desk(second)
    yield on(15, "10:05")
    t.cannot(
        AlreadyHeld,
        lambda: t.act(
            second, Act.ASK_SUPPLEMENT, HANDLER, missing=[CERTIFICATE], reason="Thiếu bản gốc."
        ),
        second.code,
    )
    yield on(18, "09:30")
    first = here.decide(first, "12/XN-VPĐK")
    here.hand_over(first)


def four_exceptions_from_scanning(here: Setting) -> Scene:
    """Each of the four reasons for which the law lets a paper go unscanned."""
    t = here.teller
    yield on(15, "08:30")
    d = here.receive("1.003440")
    report, draft, sums, opinions = (paper.name for paper in d.papers)
    d = here.scan(d, report)
    for paper, why in (
        (draft, ScanException.SECRET),
        (sums, ScanException.FILED_ELECTRONICALLY),
        (opinions, ScanException.OPINION_REPLY),
    ):
        d = here.leave_unscanned(d, paper, why)
        t.note(d.code, f"Không quét “{paper}”: {SCAN_EXCEPTION[why]}.")
    t.cannot(
        PaperIsSecret,
        lambda: papers.add_scans(
            code=d.code,
            paper=draft,
            uploads=(scan(draft, d.applicant.name),),
            is_checked=True,
            by=here.counter,
            at=t.now,
        ),
        d.code,
    )
    here.to_desk(d)


def an_adoption_free_of_charge(here: Setting) -> Scene:
    """An identity card is only shown; the fee is not taken, and the note says on what basis."""
    t = here.teller
    yield on(15, "08:50")
    basis = "Danh mục không ghi thời hạn; hẹn theo Luật Nuôi con nuôi"
    d = here.receive("2.001263", Wanted(appointment=on(22, "16:00"), basis=basis))
    card = next(paper.name for paper in d.papers if "căn cước" in paper.name)
    d = here.leave_unscanned(d, card, ScanException.PRESENTED_ONLY)
    t.note(d.code, f"Không quét “{card}”: {SCAN_EXCEPTION[ScanException.PRESENTED_ONLY]}.")
    why = "Cô ruột nhận cháu làm con nuôi: được miễn, theo ghi chú của thủ tục 2.001263"
    d = here.pay(d, what="Lệ phí đăng ký nuôi con nuôi", how="exempt", basis=why)
    t.note(d.code, "Miễn lệ phí 400.000 đồng, ghi rõ căn cứ.")
    d = here.to_desk(d)
    yield on(22, "15:00")
    here.decide(d, "02/NCN")


def fees_with_their_receipts(here: Setting) -> Scene:
    """Cash has its receipt; without one it is refused."""
    t = here.teller
    yield on(15, "09:10")
    d = here.receive("1.004088")
    fee: dict[str, object] = {"what": "Lệ phí đăng ký phương tiện", "amount": 70_000, "how": "cash"}
    t.cannot(ReceiptNeeded, lambda: here.pay(d, **fee), d.code)
    d = here.pay(d, **fee, receipt_series="BL-25", receipt_number="0000417")
    t.note(d.code, f"Thu {money(70_000)} tiền mặt, biên lai BL-25 số 0000417.")
    d = here.to_desk(d)
    yield on(16, "15:30")
    d = here.decide(d, "07/ĐKPT")
    here.hand_over(d)


def a_fee_by_transfer(here: Setting) -> Scene:
    """Online, and paid by a transfer."""
    t = here.teller
    yield on(15, "09:25")
    d = here.receive("1.009455", Wanted(Channel.ONLINE))
    d = here.pay(
        d,
        what="Phí thẩm tra, thẩm định",
        amount=100_000,
        how="transfer",
        reference="FT25258000123",
        receipt_number="0000418",
    )
    t.note(d.code, f"Nộp trực tuyến; {money(100_000)} chuyển khoản, mã FT25258000123.")
    d = here.to_desk(d)
    yield on(19, "15:30")
    d = here.decide(d, "03/TB-UBND")
    here.hand_over(d, how="online")


def by_post(here: Setting) -> Scene:
    """The postman brings a dossier."""
    t = here.teller
    yield on(15, "09:40")
    d = here.receive("1.013227", Wanted(Channel.POST))
    t.note(d.code, f"Nhận qua bưu chính; hẹn trả {_due(d)}.")
    here.to_desk(d)


def of_another_commune(here: Setting) -> Scene:
    """Somebody of the next commune comes to this counter; their own commune resolves it."""
    t = here.teller
    yield on(15, "08:10")
    request = here.neighbours.make("1.012796", t.now, Wanted())
    d = t.receive(request, here.counter)
    t.note(d.code, f"Người xã khác nộp tại Bình Lư. {_why(here, d)}.")
    d = t.act(d, Act.FORWARD, COUNTER)
    yield on(15, "13:40")
    d = t.act(d, Act.ARRIVE, INTAKE)
    d = t.act(d, Act.ASSIGN, INTAKE, official=t.cast.holder(d.office, HANDLER).account)
    yield on(19, "14:00")
    d = here.decide(d, "05/XN-BB")
    yield on(22, "08:15")
    here.hand_over(d)
    t.note(d.code, "Xã Bản Bo giải quyết, quầy Bình Lư trả kết quả cho người nộp.")


def for_the_police_of_the_province(here: Setting) -> Scene:
    """A body of the province resolves; after three o'clock the papers go the next morning."""
    t = here.teller
    yield on(15, "15:20")
    d = here.receive("3.000333")
    t.note(d.code, f"Hồ sơ của cơ quan cấp tỉnh. {_why(here, d)}; chuyển chậm nhất sáng hôm sau.")
    yield on(16, "07:45")
    d = t.act(d, Act.FORWARD, COUNTER)
    yield on(16, "09:00")
    d = t.act(d, Act.ARRIVE, INTAKE)
    d = t.act(d, Act.ASSIGN, INTAKE, official=t.cast.holder(POLICE, HANDLER).account)


def brought_twice(here: Setting) -> Scene:
    """The same person brings the same thing again: the counter is told, and takes in nothing."""
    t = here.teller
    yield on(15, "09:55")
    someone = here.somebody()
    first = here.receive("1.004837", Wanted(applicant=someone))
    first = here.to_desk(first)
    yield on(15, "14:20")
    again = here.people.make("1.004837", t.now, Wanted(applicant=someone))
    found = applicants.duplicates(
        procedure=again.procedure,
        number=someone.number,
        name=someone.name,
        phone=someone.phone,
        at=t.now,
    )
    earlier = found[0]
    t.note(
        earlier.code,
        f"Người này nộp lại cùng thủ tục; hệ thống chỉ ra hồ sơ nhận {short(earlier.received_at)}, "
        "quầy không nhận trùng.",
    )
    yield on(17, "16:00")
    first = here.decide(first, "14/2025")
    here.hand_over(first)


def a_cooperative(here: Setting) -> Scene:
    """An organisation goes by its tax number and by who speaks for it; without that it is asked."""
    t = here.teller
    yield on(15, "10:15")
    unspoken = replace(COOPERATIVE, representative="")
    t.cannot(RepresentativeNeeded, lambda: here.receive("1.013227", Wanted(applicant=unspoken)))
    d = here.receive("1.013227", Wanted(applicant=COOPERATIVE))
    t.note(
        d.code,
        f"{COOPERATIVE.name} nộp, mã số thuế {COOPERATIVE.number}, đại diện "
        f"{COOPERATIVE.representative}.",
    )
    here.to_desk(d)


def _due(d: Dossier) -> str:
    return moment(d.due_at) if d.due_at else "theo thỏa thuận"


def _why(here: Setting, d: Dossier) -> str:
    """Which body resolves, and why."""
    found = routing.explain(
        procedure=str(d.procedure),
        point=d.receiving_point,
        case=d.case,
        place=d.place.given,
        received_at=here.teller.now,
    )
    route = found.decided
    if route is None:
        return "Cơ quan giải quyết do cán bộ chọn"
    return f"Hệ thống chọn {route.office.name}: {because(route.because[0])}"


SCENES = (
    papers_are_not_asked_twice,
    four_exceptions_from_scanning,
    an_adoption_free_of_charge,
    fees_with_their_receipts,
    a_fee_by_transfer,
    by_post,
    of_another_commune,
    for_the_police_of_the_province,
    brought_twice,
    a_cooperative,
)

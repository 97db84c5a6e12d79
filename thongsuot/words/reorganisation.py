"""How gaps, steps and figures of a reorganisation are said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from thongsuot.domain.reorganisation import (
    Abolish,
    AnswerRule,
    Becomes,
    Create,
    Gap,
    GapKind,
    HeirGround,
    LongerTerm,
    Merge,
    MergeProvinces,
    MoveFunction,
    Operation,
    OperationKind,
    Passing,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    Subject,
    ToBody,
    ended_by,
)
from thongsuot.domain.reorganisation.course import PlanStep
from thongsuot.words.plans import keys

GAPS: dict[GapKind, str] = {
    GapKind.NO_HEIR: "Chưa có nơi nhận hồ sơ của {office}{about}",
    GapKind.TWO_HEIRS: "Hai nơi cùng nhận hồ sơ của {office}{about}: {candidates}",
    GapKind.HEIR_DOES_NOT_STAND: "Nơi nhận hồ sơ của {office}{about} không hoạt động: {candidates}",
    GapKind.ROLE_WITHOUT_HOLDER: "Ở {office} chưa có ai giữ vai trò {role}",
    GapKind.NO_RECEPTION_POINT: "{office} chưa có quầy tiếp nhận",
    GapKind.NO_PROCESS: "{office} chưa có quy trình{about}",
    GapKind.NO_CALENDAR: "Chưa có lịch làm việc của năm để lùi hạn hồ sơ của {office}{about}",
    GapKind.NO_REPORT_ROUTE: "{office} chưa có nơi nhận báo cáo",
}
DUE_STAYS = "Hạn của hồ sơ giữ nguyên."
DUE_LATER = "Hạn của hồ sơ đổi nơi giữ lùi {days} ngày làm việc, căn cứ: {basis}."
STEPS: dict[HeirGround, str] = {
    HeirGround.MERGED: "{body} nhập vào {to}",
    HeirGround.PROVINCES_MERGED: "tỉnh {body} nhập vào {to}",
    HeirGround.SHARE: "phần việc thứ {share} của {body} về {to}",
    HeirGround.OF_PLACE: "phần việc thứ {share} của {body} về xã của địa bàn: {to}",
    HeirGround.FUNCTION_MOVED: "chức năng của {body} chuyển về {to}",
    HeirGround.RECODED: "{body} đổi mã thành {to}",
    HeirGround.FALLBACK: "phần còn lại của {body} về {to}",
}
COUNTS: dict[str, str] = {
    "operations": "Thao tác",
    "bodies_before": "Cơ quan trước",
    "bodies_after": "Cơ quan sau",
    "successions": "Dòng kế thừa",
    "decisions": "Loại hồ sơ đã thử",
    "by_fallback": "Loại hồ sơ đi theo mục “còn lại”",
}
RULES: dict[str, str] = {
    AnswerRule.WORK_GOES_ON: "việc được tiếp tục ở nơi nhận",
    AnswerRule.STEP_IS_KEPT: "giữ nguyên bước đang làm",
    AnswerRule.PEOPLE_GO_WITH_WORK: "người đi theo việc",
    AnswerRule.NEW_BODY_STARTS_EMPTY: "cơ quan mới cần có từ đầu",
    AnswerRule.BODY_STAYS_ITSELF: "cơ quan vẫn là mình",
    AnswerRule.COUNTER_CLOSES_WITH_BODY: "quầy đóng cùng cơ quan",
    AnswerRule.REPORT_TO_THE_PARENT: "báo cáo lên cấp trên trực tiếp",
    AnswerRule.CODES_RESOLVE_FOR_EVER: "mã cũ luôn tra được",
    AnswerRule.CERTIFICATE_NAMES_ITS_BODY: "chứng thư mang tên cơ quan",
    AnswerRule.ADDRESS_NAMES_ITS_BODY: "địa chỉ mang tên cơ quan",
    AnswerRule.SYSTEM_KNOWS_BODY_BY_CODE: "hệ thống nhận cơ quan theo mã",
    AnswerRule.LINK_ENDS_AT_BODY: "đường truyền nối đến cơ quan",
    AnswerRule.STATED: "phương án nói rõ",
    "already_so": "danh bạ đã ghi như vậy",
}
WAYS: dict[str, str] = {
    HeirGround.MERGED: "cơ quan nhập",
    HeirGround.PROVINCES_MERGED: "tỉnh nhập",
    HeirGround.SHARE: "theo phần việc",
    HeirGround.OF_PLACE: "theo xã của địa bàn",
    HeirGround.FUNCTION_MOVED: "chuyển chức năng",
    HeirGround.RECODED: "đổi mã",
    HeirGround.FALLBACK: "theo mục “còn lại”",
    "undo": "hoàn tác",
}
PLAN_STEP: dict[str, str] = {
    PlanStep.DRAFT: "Soạn",
    PlanStep.REHEARSE: "Diễn tập",
    PlanStep.APPROVE: "Phê duyệt",
    PlanStep.BEGIN_SWITCH: "Bắt đầu chuyển",
    PlanStep.END_SWITCH: "Chuyển xong",
    PlanStep.UNDO: "Hoàn tác",
}
REHEARSAL_TITLE = "Kết quả diễn tập phương án {plan}: những gì sẽ chuyển"
REHEARSAL_COLUMNS = (
    ("Loại", 20),
    ("Mã, tên", 36),
    ("Của", 40),
    ("Về", 40),
    ("Trước", 44),
    ("Sau", 44),
    ("Quy tắc", 40),
    ("Thao tác", 10),
)
GAP_COLUMN = "Chỗ hổng"
HELD_BY = "cơ quan: {code}"
_TOLD = {
    "name": "tên",
    "parent": "thuộc",
    "place": "địa bàn",
    "office": "cơ quan",
    "reception_point": "quầy",
    "ends": "kết thúc",
    "begins": "bắt đầu",
    "how": "cách",
    "account": "tài khoản",
    "role": "vai trò",
    "absent": "vắng",
    "substitute": "thay",
    "process": "quy trình",
    "stage": "bước",
    "official": "người",
    "procedure": "thủ tục",
    "field": "lĩnh vực",
    "to_do": "cần",
    "email": "thư",
    "other": "nơi kia",
    "via": "đi qua",
    "to": "báo cáo về",
    "by": "cơ quan làm",
    "is_active": "hoạt động",
}
_SUCCESSION = {
    "merged": "nhập",
    "renamed": "đổi",
    "split": "chia",
    "abolished": "kết thúc",
}
_TO_DO = {"to_issue": "Cấp mới", "to_change": "Thay đổi", "to_revoke": "Thu hồi"}


def gap_sentence(gap: Gap) -> str:
    """One gap in one sentence."""
    about = f", thủ tục {gap.procedure}" if gap.procedure else ""
    about += f", địa bàn {gap.place}" if gap.place else ""
    said = GAPS[gap.kind].format(
        office=gap.office, about=about, role=gap.role, candidates=", ".join(gap.candidates)
    )
    return f"{said} (thao tác {gap.operation})." if gap.operation else f"{said}."


def step_sentence(step: Passing) -> str:
    """One step on the way to an heir."""
    said = STEPS[step.ground].format(body=step.body, to=step.to, share=step.share)
    return f"{said} (thao tác {step.operation})"


def counted(name: str, count: int) -> str:
    """One figure of a plan."""
    first, _, second = name.partition(":")
    if first == "operations" and second:
        return f"  {keys.KINDS[OperationKind(second)]}: {count}"
    if first in _TO_DO:
        return f"{_TO_DO[first]} {keys.SUBJECTS[Subject(second)]}: {count}"
    return f"{COUNTS[name]}: {count}"


def counter_name(office: str) -> str:
    """The name of a counter that is opened at a body that begins."""
    return f"Bộ phận Một cửa – {office}"[:200]


def source_of(plan: str) -> str:
    """Where something comes from that a plan began."""
    return f"phương án sắp xếp {plan}"


def told_facts(facts: Mapping[str, object]) -> str:
    """What something was or will be, in a few words."""
    return "; ".join(
        f"{_TOLD[name]}: {_told(name, value)}" for name, value in facts.items() if value != ""
    )


def _told(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "không"
    if name == "to_do":
        return keys.BECOMING[Becomes(str(value))]
    if name == "how":
        return _SUCCESSION[str(value)]
    if name in ("ends", "begins"):
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    return str(value)


def rule_sentence(rule: str) -> str:
    """A rule as it is kept, such as `work_goes_on` or `3:share:2 > 17:merged`, in words."""
    if rule in RULES:
        return RULES[rule]
    return ", rồi ".join(_way(step) for step in rule.split(" > "))


def _way(step: str) -> str:
    number, _, rest = step.partition(":")
    ground, _, share = rest.partition(":")
    said = WAYS.get(ground, ground)
    if share:
        said += f" thứ {share}"
    return f"{said} (thao tác {number})"


def operation_sentence(operation: Operation, names: Mapping[str, str]) -> str:
    """One operation of a plan as one sentence with the names of its bodies."""

    def of(code: str) -> str:
        return f"{names[code]} ({code})" if code in names else code

    match operation:
        case Create():
            under = f", thuộc {of(operation.parent)}" if operation.parent else ""
            said = f"Lập {operation.name} ({operation.code}){under}."
        case Rename():
            said = f"{of(operation.body)} đổi tên thành {operation.name}."
        case Recode():
            said = f"{of(operation.body)} đổi mã thành {operation.code}."
        case Reparent():
            said = f"{of(operation.body)} chuyển về trực thuộc {of(operation.parent)}."
        case Merge():
            gone = ", ".join(map(of, ended_by(operation)))
            said = f"Nhập {gone} vào {of(operation.into)}."
        case MergeProvinces():
            gone = ", ".join(map(of, ended_by(operation)))
            said = f"Nhập tỉnh {gone} vào {of(operation.into)}."
        case Split():
            said = f"Chia việc của {of(operation.body)}; phần còn lại về {of(operation.otherwise)}."
        case Abolish():
            said = f"{of(operation.body)} kết thúc; phần còn lại về {of(operation.otherwise)}."
        case MoveFunction():
            said = f"Chuyển một phần chức năng của {of(operation.body)}; cơ quan vẫn còn."
        case _:
            assert_never(operation)
    return said


def share_sentences(operation: Operation, names: Mapping[str, str]) -> tuple[str, ...]:
    """Each share of an operation: which work goes to whom."""
    return tuple(_share(one, names) for one in getattr(operation, "shares", ()))


def _share(share: Share, names: Mapping[str, str]) -> str:
    which = share.which
    parts = [
        f"thủ tục {', '.join(sorted(which.procedures))}" if which.procedures else "",
        f"lĩnh vực {', '.join(sorted(which.fields))}" if which.fields else "",
        f"địa bàn {', '.join(sorted(which.places | which.new_places))}"
        if which.places or which.new_places
        else "",
        f"nhận từ {which.received_from:%d/%m/%Y}" if which.received_from else "",
        f"nhận trước {which.received_before:%d/%m/%Y}" if which.received_before else "",
        f"cấp {keys.LEVELS[which.level]} giải quyết" if which.level else "",
        ", ".join(keys.STATUS[one] for one in sorted(which.statuses)),
    ]
    about = "; ".join(part for part in parts if part) or "mọi việc"
    to = share.to
    if not isinstance(to, ToBody):
        return f"{about} → xã của địa bàn"
    return f"{about} → {names.get(to.code, to.code)}"


FIRST_TEXT = """phương án: dat-ma-tai-day
tên: Tên của phương án
tỉnh: "12"
hiệu lực: 2026-01-01
căn cứ: [số, ký hiệu văn bản]
thao tác:
  - việc: nhập
    cơ quan: [mã cơ quan kết thúc]
    vào: mã cơ quan tiếp nhận
"""


def due_sentence(longer: LongerTerm | None) -> str:
    """What a plan does to due moments: nothing, or what its legal basis lets it."""
    if longer is None:
        return DUE_STAYS
    return DUE_LATER.format(days=longer.working_days, basis=longer.basis)

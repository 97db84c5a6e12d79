"""How gaps, steps and figures of a reorganisation are said."""

from __future__ import annotations

from thongsuot.domain.reorganisation import (
    Gap,
    GapKind,
    HeirGround,
    OperationKind,
    Passing,
    Subject,
)
from thongsuot.words.plans import keys

GAPS: dict[GapKind, str] = {
    GapKind.NO_HEIR: "Chưa có nơi nhận hồ sơ của {office}{about}",
    GapKind.TWO_HEIRS: "Hai nơi cùng nhận hồ sơ của {office}{about}: {candidates}",
    GapKind.HEIR_DOES_NOT_STAND: "Nơi nhận hồ sơ của {office}{about} không hoạt động: {candidates}",
    GapKind.ROLE_WITHOUT_HOLDER: "Ở {office} chưa có ai giữ vai trò {role}",
    GapKind.NO_RECEPTION_POINT: "{office} chưa có quầy tiếp nhận",
    GapKind.NO_PROCESS: "{office} chưa có quy trình{about}",
    GapKind.NO_REPORT_ROUTE: "{office} chưa có nơi nhận báo cáo",
}
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

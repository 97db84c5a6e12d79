"""What is wrong with the definition of a process, in the office's words."""

from __future__ import annotations

from collections.abc import Iterable

from thongsuot.domain.workflow import Fault, FaultKind

FAULT: dict[FaultKind, str] = {
    FaultKind.NO_START: "không có bước tiếp nhận",
    FaultKind.SEVERAL_STARTS: "có nhiều bước tiếp nhận",
    FaultKind.NO_END: "không có bước kết thúc",
    FaultKind.DOUBLED_STAGE: "hai bước trùng mã",
    FaultKind.UNKNOWN_STAGE: "nói tới bước không có",
    FaultKind.UNREACHABLE: "không đường nào tới được bước",
    FaultKind.DEAD_END: "bước không dẫn tới kết thúc",
    FaultKind.MISSING_ROLE: "bước thiếu vai trò hoặc vai trò không có",
    FaultKind.CYCLE: "đường đi quay vòng",
    FaultKind.TERM_EXCEEDED: "tổng thời hạn các bước vượt thời hạn luật định",
}


def said(faults: Iterable[Fault]) -> str:
    """All faults as one run of words, each with where it is."""
    return "; ".join(
        f"{FAULT[fault.kind]}: {fault.where}" + (f" ({fault.detail})" if fault.detail else "")
        for fault in faults
    )

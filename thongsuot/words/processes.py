"""What can be wrong with a process, in words."""

from __future__ import annotations

from thongsuot.domain.workflow import Fault, FaultKind

FAULT: dict[FaultKind, str] = {
    FaultKind.NO_START: "không có bước tiếp nhận",
    FaultKind.SEVERAL_STARTS: "có nhiều bước tiếp nhận ({detail})",
    FaultKind.NO_END: "không có bước kết thúc",
    FaultKind.DOUBLED_STAGE: "bước {where} ghi hai lần",
    FaultKind.UNKNOWN_STAGE: "việc “{detail}” dẫn đến bước {where} không có trong quy trình",
    FaultKind.UNREACHABLE: "không có đường đến bước {where}",
    FaultKind.DEAD_END: "từ bước {where} không đi tiếp đến kết thúc được",
    FaultKind.MISSING_ROLE: "bước {where} không có vai trò thực hiện {detail}",
    FaultKind.CYCLE: "bước {where} quay lại chính nó mà không phải do trả lại",
    FaultKind.TERM_EXCEEDED: "tổng thời gian các bước vượt thời hạn pháp luật ({detail})",
}


def fault(found: Fault) -> str:
    """One fault of a process, and where."""
    return FAULT[found.kind].format(where=found.where, detail=found.detail).strip()

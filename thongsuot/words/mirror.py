"""How the comparison with the national procedure database is told."""

from __future__ import annotations

from collections.abc import Mapping

from thongsuot.domain.mirror import Aspect

ASPECT: Mapping[str, str] = {
    Aspect.MISSING_HERE: "chưa có ở tỉnh",
    Aspect.MISSING_THERE: "chưa có ở CSDL quốc gia",
    Aspect.ENDED_THERE: "đã hết hiệu lực ở CSDL quốc gia",
    Aspect.NAME: "tên",
    Aspect.DECISION: "quyết định công bố",
    Aspect.TERM: "thời hạn",
    Aspect.FEE: "phí, lệ phí",
    Aspect.PAPER: "thành phần hồ sơ",
    Aspect.RESULT: "kết quả",
}
ANSWER: Mapping[str, str] = {"new": "Cổng mới", "old": "LayThuTuc"}

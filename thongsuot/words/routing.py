"""Why a body resolves a dossier, in the office's words."""

from __future__ import annotations

from thongsuot.domain.routing import Because, Ground

GROUND: dict[Ground, str] = {
    Ground.COMMUNE_OF_PLACE: "Thủ tục cấp xã, nơi đã chọn nay thuộc {fact}",
    Ground.COMMUNE_OF_COUNTER: (
        "Thủ tục cấp xã, chưa chọn xã, phường nên là nơi tiếp nhận: {fact}"
    ),
    Ground.NAMED_FOR_CASE: "Được giao giải quyết trường hợp “{fact}”",
    Ground.NAMED_FOR_PROCEDURE: "Được giao giải quyết thủ tục {fact}",
    Ground.NAMED_FOR_FIELD: "Được giao lĩnh vực {fact}",
    Ground.LEVEL_OF_COUNTER: "Cả hai cấp giải quyết được; chọn theo cấp của nơi tiếp nhận: {fact}",
}
CHOSEN = "Cơ quan do cán bộ chọn"


def because(reason: Because) -> str:
    """One reason as a sentence without its full stop, with its source."""
    said = GROUND[reason.ground].format(fact=reason.fact)
    return f"{said} (nguồn: {reason.source})" if reason.source else said

"""`thongsuot routing`: who resolves a dossier, and why."""

from __future__ import annotations

from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.queries import routing as queries
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading
from thongsuot.words.routing import because


class Command(Door):
    """Where dossiers go."""

    help = "Cơ quan có thẩm quyền giải quyết, kèm lý do."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the ways of dossiers."""
        return (
            Verb(
                "explain",
                "cơ quan nào giải quyết, vì sao",
                _explain,
                (
                    Argument("--procedure", "mã thủ tục", {"required": True, "metavar": "CODE"}),
                    Argument("--point", "quầy tiếp nhận", {"required": True, "metavar": "KEY"}),
                    Argument(
                        "--received", "lúc nhận hồ sơ; để trống là bây giờ", {"metavar": "MOMENT"}
                    ),
                    Argument("--place", "mã xã, phường, cũ hay mới", {"metavar": "CODE"}),
                    Argument("--case", "trường hợp của thủ tục"),
                ),
            ),
        )


def _explain(asked: Asked) -> Told:
    found = queries.explain(
        procedure=asked.text("procedure"),
        point=asked.text("point"),
        case=asked.text("case"),
        place=asked.text("place"),
        received_at=reading.if_given(reading.moment, asked.given, "received", asked.at),
    )
    lines = []
    for route in found.routes:
        lines.append(f"{route.office.code}  {route.office.name}")
        lines.extend(f"  {because(reason)}." for reason in route.because)
    if found.decided is None:
        lines.append("Có nhiều cơ quan: cán bộ chọn.")
    routes: list[Json] = [
        {
            "office": str(route.office.code),
            "name": route.office.name,
            "because": [encode(reason) for reason in route.because],
        }
        for route in found.routes
    ]
    return Told({"is_decided": found.decided is not None, "routes": routes}, lines)

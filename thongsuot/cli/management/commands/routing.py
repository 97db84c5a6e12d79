"""`thongsuot routing`: which system receives a dossier, who resolves it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.queries import cutover
from thongsuot.queries import routing as queries
from thongsuot.queries.cutover import Where
from thongsuot.queries.routing import Found
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading
from thongsuot.words.cutover import HOME
from thongsuot.words.cutover import because as because_of_system
from thongsuot.words.moments import short
from thongsuot.words.routing import because


class Command(Door):
    """Where dossiers go."""

    help = "Hồ sơ nhận ở hệ thống nào, cơ quan nào giải quyết, kèm lý do."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the ways of dossiers."""
        return (
            Verb(
                "explain",
                "nhận ở hệ thống nào, cơ quan nào giải quyết, vì sao",
                _explain,
                (
                    Argument("--procedure", "mã thủ tục", {"required": True, "metavar": "CODE"}),
                    Argument(
                        "--point",
                        "quầy tiếp nhận; để trống thì chỉ trả lời hệ thống tiếp nhận",
                        {"metavar": "KEY"},
                    ),
                    Argument(
                        "--received", "lúc nhận hồ sơ; để trống là bây giờ", {"metavar": "MOMENT"}
                    ),
                    Argument("--place", "mã xã, phường, cũ hay mới", {"metavar": "CODE"}),
                    Argument("--case", "trường hợp của thủ tục"),
                ),
            ),
        )


def _explain(asked: Asked) -> Told:
    received_at = reading.if_given(reading.moment, asked.given, "received", asked.at)
    where = cutover.explain(procedure=asked.text("procedure"), received_at=received_at)
    told: dict[str, Json] = {"received_at": received_at.isoformat(), **_reception(where)}
    lines = [*_lines_of_reception(where)]
    if asked.text("point"):
        found = queries.explain(
            procedure=asked.text("procedure"),
            point=asked.text("point"),
            case=asked.text("case"),
            place=asked.text("place"),
            received_at=received_at,
        )
        told |= _competence(found)
        lines += _lines_of_competence(found)
    return Told(told, lines)


def _reception(where: Where) -> dict[str, Json]:
    """Where it is received, as a machine reads it."""
    system = where.system
    return {
        "procedure": str(where.procedure.code),
        "field": where.procedure.field,
        "is_here": where.is_here,
        "system": system.code if system else settings.HOME_SYSTEM,
        "system_name": system.name if system else HOME,
        "body": system.body if system else "",
        "link": system.live_address if system else "",
        "partner": system.partner if system else "",
        "since": where.since.isoformat() if where.since else None,
        "decision": where.decision,
        "because": [
            {**_object(encode(reason)), "said": because_of_system(reason)}
            for reason in where.because
        ],
    }


def _object(told: Json) -> dict[str, Json]:
    return told if isinstance(told, dict) else {}


def _lines_of_reception(where: Where) -> Iterator[str]:
    system = where.system
    yield f"Nhận trên: {system.name if system else HOME}"
    if system and where.since:
        yield f"  Từ {short(where.since)}; {system.body}; {system.live_address}"
    yield from (f"  {because_of_system(reason)}." for reason in where.because)


def _competence(found: Found) -> dict[str, Json]:
    """Who resolves it, as a machine reads it."""
    routes: list[Json] = [
        {
            "office": str(route.office.code),
            "name": route.office.name,
            "because": [encode(reason) for reason in route.because],
        }
        for route in found.routes
    ]
    return {"is_decided": found.decided is not None, "routes": routes}


def _lines_of_competence(found: Found) -> Iterator[str]:
    for route in found.routes:
        yield f"{route.office.code}  {route.office.name}"
        yield from (f"  {because(reason)}." for reason in route.because)
    if found.decided is None:
        yield "Có nhiều cơ quan: cán bộ chọn."

"""`thongsuot systems`: what in shared systems still passes through a body that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from thongsuot.actions import shared_systems as actions
from thongsuot.cli.door import BY, ON, Argument, Asked, Door, Told, Verb
from thongsuot.queries import readiness
from thongsuot.queries import shared_systems as queries
from thongsuot.queries.readiness import Readiness
from thongsuot.queries.shared_systems import FindingLine
from thongsuot.records.codec import Json, encode
from thongsuot.words.systems import FINDING_STATE, READINESS_ITEM

SYSTEM = Argument("--system", "chỉ hệ thống này", {"metavar": "CODE"})


POINT = Argument("point", "chỉ quầy này; không ghi là mọi quầy", {"nargs": "?", "metavar": "KEY"})


class Command(Door):
    """Shared systems."""

    help = "Hệ thống dùng chung và các điểm tiếp nhận: mục còn phải chuyển, mục chưa sẵn sàng."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of shared systems."""
        return (
            Verb("check", "mục nào còn phải chuyển; kết thúc bằng 1 khi còn", _check, (ON, SYSTEM)),
            Verb(
                "readiness",
                "điểm tiếp nhận đã sẵn sàng chưa; kết thúc bằng 1 khi chưa",
                _readiness,
                (POINT,),
            ),
            Verb("record", "ghi nhận các mục mới thấy để theo dõi", _record, (BY,), acts=True),
        )


def _check(asked: Asked) -> Told:
    wanted = asked.text("system")
    found = [
        line for line in queries.findings(on=asked.day()) if not wanted or line.system == wanted
    ]
    still_open = [line for line in found if line.is_open]
    return Told(
        {"open": len(still_open), "findings": [queries.as_json(line) for line in found]},
        _lines(found, len(still_open)),
        is_sound=not still_open,
    )


def _readiness(asked: Asked) -> Told:
    key = asked.text("point")
    found = (readiness.readiness(key, at=asked.at),) if key else readiness.overview(at=asked.at)
    points: list[Json] = [
        {
            "point": one.point,
            "name": one.name,
            "office": one.office,
            "is_ready": one.is_ready,
            "checks": [encode(check) for check in one.checks],
        }
        for one in found
    ]
    ready = sum(one.is_ready for one in found)
    return Told(
        {"ready": ready, "points": points}, _readiness_lines(found), is_sound=ready == len(found)
    )


def _readiness_lines(found: tuple[Readiness, ...]) -> Iterator[str]:
    for one in found:
        red = ", ".join(READINESS_ITEM[check.item.value] for check in one.checks if check.is_red)
        yield f"{one.name}: " + (f"chưa sẵn sàng – {red}" if red else "sẵn sàng")


def _record(asked: Asked) -> Told:
    new = actions.record_findings(by=asked.person(), at=asked.at)
    return Told({"recorded": new}, [f"Đã ghi nhận {new} mục mới."])


def _lines(found: list[FindingLine], still_open: int) -> Iterator[str]:
    for line in found:
        yield f"{line.system_name} · {line.key}: {FINDING_STATE[line.state]}"
        yield from (f"  {reason}." for reason in line.why)
        yield f"  {line.proposal}."
    yield f"Còn {still_open} mục phải chuyển." if still_open else "Không còn mục nào phải chuyển."

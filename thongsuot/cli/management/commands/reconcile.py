"""`thongsuot reconcile`: two accounts of the same dossiers, from their number to their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from thongsuot.actions.reconciliation import Reconciled, make, reconcile
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.cli.management.commands.difference import told
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.exchange import books
from thongsuot.queries import reconciliation as queries
from thongsuot.records.codec import Json, encode
from thongsuot.words.reconciliation import LEVEL, difference

SHOWN = 50
SIDE = "records[:CƠ SỞ DỮ LIỆU][@THỜI ĐIỂM], run:SỐ ĐỢT, export:TỆP, archive:TỆP hoặc partner:MÃ"
ARGUMENTS = (
    Argument("--left", f"một bên: {SIDE}", {"metavar": "SIDE", "required": True}),
    Argument("--right", f"bên kia: {SIDE}", {"metavar": "SIDE", "required": True}),
    Argument(
        "--level",
        "sâu đến đâu: " + ", ".join(ReconcileLevel),
        {"choices": [*ReconcileLevel], "default": ReconcileLevel.MEANING, "metavar": "LEVEL"},
    ),
    Argument("--files", "thư mục tệp kèm theo của tệp xuất", {"metavar": "FOLDER"}),
    Argument("--keep", "giữ kết quả để người xử lý từng khác biệt", {"action": "store_true"}),
    Argument("--by", f"{BY.help}, khi giữ kết quả", {"metavar": "ACCOUNT"}),
    Argument("--json", "trả lời bằng một dòng JSON", {"action": "store_true"}),
)


class Command(Door):
    """Compares two sides."""

    help = "Đối chiếu hai bên; kết thúc bằng 1 khi có khác biệt."

    def verbs(self) -> tuple[Verb, ...]:
        """There is only one thing to do."""
        return (Verb("reconcile", self.help, _reconcile),)

    def add_arguments(self, parser: CommandParser) -> None:
        """Two sides, and how deep."""
        for argument in ARGUMENTS:
            parser.add_argument(argument.name, help=argument.help, **argument.settings)

    def handle(self, *_: Any, **options: Any) -> None:
        """Compare, and end with 1 on a difference."""
        super().handle(**{"verb": "reconcile", **options})


def _reconcile(asked: Asked) -> Told:
    level = ReconcileLevel(asked.text("level"))
    files = Path(asked.text("files")) if asked.text("files") else None
    if asked.flag("keep"):
        return _kept(asked, level, files)
    found = reconcile(
        asked.text("left"),
        asked.text("right"),
        level=level,
        at=asked.at,
        files=files,
        partner=books.opener(at=asked.at),
    )
    data: dict[str, Json] = {
        "level": level.value,
        "left": found.left,
        "right": found.right,
        "looked_into": found.looked_into,
        "left_out": found.left_out,
        "unheard": list(found.unheard),
        "differences": [encode(one) for one in found.differences],
    }
    return Told(data, _lines(found), is_sound=found.is_equal)


def _kept(asked: Asked, level: ReconcileLevel, files: Path | None) -> Told:
    number = make(
        asked.text("left"),
        asked.text("right"),
        level=level,
        by=asked.person(),
        at=asked.at,
        files=files,
        partner=books.opener(at=asked.at),
    )
    return told(queries.comparison(number))


def _lines(found: Reconciled) -> Iterator[str]:
    yield f"Mức {LEVEL[found.level]}: bên trái {found.left} hồ sơ, bên phải {found.right} hồ sơ."
    for one in found.differences[:SHOWN]:
        yield difference(one)
    if len(found.differences) > SHOWN:
        yield f"… và {len(found.differences) - SHOWN} khác biệt nữa; xem hết bằng --json."
    if found.unheard:
        yield "Chưa so tệp: một bên không kèm tệp; chỉ thư mục tệp bằng --files để so."
    if found.is_equal:
        yield "Hai bên khớp nhau."
    else:
        yield f"Có {len(found.differences)} khác biệt."
    if found.left_out:
        yield f"Còn {found.left_out} hồ sơ khác nữa chưa xét: hai bên khác nhau quá nhiều."

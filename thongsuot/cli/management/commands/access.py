"""`thongsuot access`: who looked at people's data."""

from __future__ import annotations

from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.queries import looks as queries
from thongsuot.queries.looks import LookLine
from thongsuot.records.codec import encode
from thongsuot.words import reading
from thongsuot.words.labels import PURPOSE
from thongsuot.words.moments import short

LOOKS = (
    Argument("--about", "chỉ lượt xem hồ sơ này, hoặc người có số định danh này"),
    Argument("--account", "chỉ lượt xem của tài khoản này"),
    Argument("--before", "xem tiếp trước lượt này", {"metavar": "NUMBER"}),
    Argument("--limit", "nhiều nhất bao nhiêu dòng, mặc định 50", {"metavar": "N"}),
)


class Command(Door):
    """Looks at people's data."""

    help = "Nhật ký xem dữ liệu cá nhân."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the log."""
        return (Verb("looks", "ai đã xem gì, mới nhất ở trên", _looks, LOOKS),)


def _looks(asked: Asked) -> Told:
    page = queries.looks(
        account=asked.text("account"),
        about=asked.text("about"),
        before=reading.if_given(reading.number, asked.given, "before", 0),
        limit=reading.if_given(reading.number, asked.given, "limit", 50),
    )
    lines = [_line(line) for line in page.lines] or ["Không có lượt xem nào."]
    if page.next:
        lines.append(f"Còn nữa: thêm --before {page.next}")
    return Told({"looks": [encode(line) for line in page.lines], "next": page.next}, lines)


def _line(line: LookLine) -> str:
    return f"{short(line.at)}  {line.account}  {line.about}  {PURPOSE.get(line.purpose, line.purpose)} ({line.door})"

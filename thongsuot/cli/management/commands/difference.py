"""`thongsuot difference`: what two accounts do not agree about is decided, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thongsuot.actions import reconciliation as actions
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.exchange import books
from thongsuot.queries import reconciliation as queries
from thongsuot.queries.reconciliation import ReconciliationPage
from thongsuot.records.codec import Json, encode
from thongsuot.words.reconciliation import ACT, DECIDED, LEVEL, STATE, difference

NUMBER = Argument("number", "số của lần đối chiếu", {"metavar": "NUMBER", "type": int})
LINES = Argument(
    "--line",
    "số của khác biệt; ghi nhiều lần được",
    {"action": "append", "type": int, "default": []},
)
ALL = Argument("--all", "mọi khác biệt còn chờ", {"action": "store_true"})
REASON = Argument("--reason", "lý do", {"required": True})
FILES = Argument("--files", "thư mục tệp kèm theo của tệp xuất", {"metavar": "FOLDER"})


class Command(Door):
    """Differences that were kept."""

    help = "Xử lý khác biệt của một lần đối chiếu đã giữ (thongsuot reconcile --keep)."

    def verbs(self) -> tuple[Verb, ...]:
        """See, decide, compare again."""
        chosen = (NUMBER, LINES, ALL, REASON)
        return (
            Verb("list", "các khác biệt; kết thúc bằng 1 khi còn chờ xử lý", _list, (NUMBER,)),
            Verb("mend", "ghi lại theo bên kia", _mend, (*chosen, FILES, BY), acts=True),
            Verb("leave", "giữ như ở đây", _leave, (*chosen, BY), acts=True),
            Verb("again", "đối chiếu lại hai bên ấy", _again, (NUMBER, FILES, BY), acts=True),
        )


def told(page: ReconciliationPage) -> Told:
    """A comparison and what differs in it."""
    head = page.head
    data: dict[str, Json] = {
        "number": head.number,
        "left": head.left,
        "right": head.right,
        "level": head.level,
        "state": head.state,
        "left_many": head.left_many,
        "right_many": head.right_many,
        "differences": head.differences,
        "waiting": head.waiting,
        "left_out": head.left_out,
        "lines": [
            {"line": one.number, "act": one.act, "reason": one.reason, **_encoded(one)}
            for one in page.lines
        ],
    }
    is_sound = head.state == "done" and not head.waiting and not head.left_out
    return Told(data, _lines(page), is_sound=is_sound)


def _encoded(one: queries.DifferenceLine) -> dict[str, Json]:
    value = encode(one.value)
    return value if isinstance(value, dict) else {}


def _lines(page: ReconciliationPage) -> Iterator[str]:
    head = page.head
    yield f"Lần {head.number}, mức {LEVEL[head.level]}: {STATE[head.state]}. {head.said}".rstrip()
    yield f"Trái {head.left}: {head.left_many} hồ sơ; phải {head.right}: {head.right_many} hồ sơ."
    for one in page.lines:
        decided = f" [{ACT[one.act]}: {one.reason} – {one.by}]" if one.act else ""
        yield f"{one.number}. {difference(one.value)}{decided}"
    if len(page.lines) < head.differences:
        yield f"… và {head.differences - len(page.lines)} khác biệt nữa; xem trên màn hình đối chiếu."
    yield f"Có {head.differences} khác biệt, còn {head.waiting} chờ xử lý."


def _number(asked: Asked) -> int:
    given = asked.given.get("number")
    return given if isinstance(given, int) else 0


def _chosen(asked: Asked) -> list[int]:
    if asked.flag("all"):
        return list(queries.undecided(_number(asked)))
    given = asked.given.get("line")
    return [one for one in given if isinstance(one, int)] if isinstance(given, list) else []


def _files(asked: Asked) -> Path | None:
    return Path(asked.text("files")) if asked.text("files") else None


def _list(asked: Asked) -> Told:
    return told(queries.comparison(_number(asked)))


def _mend(asked: Asked) -> Told:
    many = actions.mend(
        _number(asked),
        _chosen(asked),
        reason=asked.text("reason"),
        by=asked.person(),
        at=asked.at,
        files=_files(asked),
    )
    return Told({"decided": many}, [DECIDED.format(many=many)])


def _leave(asked: Asked) -> Told:
    many = actions.leave(
        _number(asked),
        _chosen(asked),
        reason=asked.text("reason"),
        by=asked.person(),
        at=asked.at,
    )
    return Told({"decided": many}, [DECIDED.format(many=many)])


def _again(asked: Asked) -> Told:
    head = queries.comparison(_number(asked)).head
    number = actions.make(
        head.left,
        head.right,
        level=ReconcileLevel(head.level),
        by=asked.person(),
        at=asked.at,
        files=_files(asked),
        partner=books.opener(at=asked.at),
    )
    return told(queries.comparison(number))

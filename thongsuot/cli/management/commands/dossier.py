"""`thongsuot dossier`: look at dossiers, take them in, move them, and check them all."""

from __future__ import annotations

from collections.abc import Iterator

from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier import moves
from thongsuot.cli import files
from thongsuot.cli.door import BY, REASON, Argument, Asked, Door, Told, Verb
from thongsuot.cli.progress import counted
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.looks import ReadingToken
from thongsuot.queries import dossier as queries
from thongsuot.queries import register
from thongsuot.queries.register import RegisterLine
from thongsuot.records.access import account
from thongsuot.records.codec import Json, encode
from thongsuot.words import payload, reading
from thongsuot.words.labels import EVENT, STATUS
from thongsuot.words.moments import moment, short
from thongsuot.words.reading import BadField, Expected

CODE = Argument("code", "mã hồ sơ, hoặc mã ở hệ thống khác")
FILE = Argument("--file", "tệp JSON của hồ sơ; - là đầu vào", {"metavar": "FILE", "required": True})
SET = Argument(
    "--set",
    "một mục của việc này; lặp lại được, mục nhiều dòng thì lặp cùng tên",
    {"metavar": "FIELD=VALUE", "action": "append", "default": []},
)
FILTERS = (
    Argument("--office", "chỉ hồ sơ đang ở cơ quan này", {"metavar": "CODE"}),
    Argument("--procedure", "chỉ hồ sơ của thủ tục này", {"metavar": "CODE"}),
    Argument("--status", "chỉ hồ sơ ở trạng thái này, 1 đến 10"),
    Argument("--standing", "chỉ hồ sơ on_time, near hoặc late"),
    Argument("--search", "chỉ hồ sơ có mã hoặc tên người nộp chứa từ này"),
    Argument("--after", "xem tiếp sau hồ sơ này", {"metavar": "CODE"}),
    Argument("--limit", "nhiều nhất bao nhiêu dòng, mặc định 50", {"metavar": "N"}),
)
MOVE = (
    CODE,
    Argument("move", "tên việc, ví dụ assign, propose, approve"),
    BY,
    SET,
    Argument("--seen", "phiên bản hồ sơ đã xem; đã khác thì từ chối", {"metavar": "VERSION"}),
)
PROCESS = (
    CODE,
    Argument(
        "--to", "quy trình và phiên bản, ví dụ cap-xa@2", {"metavar": "KEY", "required": True}
    ),
    Argument("--stage", "bước tiếp tục trong quy trình mới", {"required": True}),
    REASON,
    BY,
)


class Command(Door):
    """Dossiers."""

    help = "Hồ sơ: xem, tiếp nhận, xử lý, kiểm tra."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of dossiers."""
        writes = {"acts": True, "rehearses": True}
        return (
            Verb("show", "một hồ sơ với nhật ký và đồng hồ", _show, (CODE,)),
            Verb("list", "sổ hồ sơ theo thứ tự tiếp nhận", _list, FILTERS),
            Verb("receive", "tiếp nhận một hồ sơ", _receive, (FILE, BY), **writes),
            Verb("move", "làm một việc trên hồ sơ", _move, MOVE, **writes),
            Verb("process", "chuyển hồ sơ sang quy trình khác", _process, PROCESS, **writes),
            Verb("gaps", "các số hồ sơ đã lấy mà không dùng", _gaps),
            Verb("verify", "dựng lại mọi hồ sơ từ nhật ký và so sánh", _verify),
        )


def _show(asked: Asked) -> Told:
    code = asked.text("code")
    look = asked.reading(code)
    return Told(queries.show(code, reading=look), _story(code, look))


def _story(code: str, look: ReadingToken) -> Iterator[str]:
    dossier, timeline = queries.story(code, reading=look)
    yield from _state(dossier)
    yield ""
    for line in timeline:
        yield f"{line.version:>3}  {short(line.occurred_at)}  {EVENT[line.name]}  ({line.by}, {line.office})"


def _state(dossier: Dossier) -> Iterator[str]:
    yield f"{dossier.code}  {dossier.procedure_name}"
    yield f"Người nộp: {dossier.applicant.name}"
    yield f"Trạng thái: {STATUS[dossier.status]}, ở {dossier.office}, bước {dossier.stage or '-'}"
    yield f"Tiếp nhận: {moment(dossier.received_at)}"
    if dossier.promised_at:
        yield f"Hẹn trả: {moment(dossier.promised_at)}"
    if dossier.due_at and dossier.due_at != dossier.promised_at:
        yield f"Hạn nay: {moment(dossier.due_at)}"


def _list(asked: Asked) -> Told:
    limit = reading.if_given(reading.number, asked.given, "limit", 50)
    wanted = register.read_wanted(asked.given)
    page = register.listed(
        wanted,
        at=asked.at,
        reading=asked.reading(register.ABOUT),
        after=asked.text("after"),
        limit=limit,
    )
    lines = [_line(line) for line in page.lines] or ["Không có hồ sơ nào."]
    if page.next:
        lines.append(f"Còn nữa: thêm --after {page.next}")
    return Told({"dossiers": [encode(line) for line in page.lines], "next": page.next}, lines)


def _line(line: RegisterLine) -> str:
    due = short(line.due_at) if line.due_at else "-"
    return f"{line.code}  {STATUS[line.status]}  hạn {due}  {line.applicant}: {line.procedure_name}"


def _receive(asked: Asked) -> Told:
    by = account(asked.text("by"))
    request = actions.read_reception(
        payload.parse(files.read(asked.text("file"))),
        at=asked.at,
        receiving_point=by.reception_point,
    )
    if asked.flag("dry_run"):
        planned = actions.preview(request=request, by=by.person(), at=asked.at)
        promised = moment(planned.promised_at) if planned.promised_at else "–"
        return Told(encode(planned), (f"Sẽ hẹn trả: {promised} (chưa ghi gì)",))
    dossier = actions.take_in(request=request, by=by.person(), at=asked.at)
    lines = (*_state(dossier), f"Xem tiếp: thongsuot dossier show {dossier.code}")
    return Told(encode(dossier), lines)


def _move(asked: Asked) -> Told:
    move = moves.find(asked.text("move"))
    dossier = actions.make(
        code=asked.text("code"),
        move=move.act.value,
        given=_fields(asked.given.get("set")),
        by=asked.person(),
        at=asked.at,
        seen_version=reading.maybe(reading.number, asked.given, "seen"),
    )
    return Told(encode(dossier), _state(dossier))


def _fields(given: object) -> dict[str, object]:
    """The fields given one by one; a name given again is another line of the same field."""
    found: dict[str, object] = {}
    for pair in given if isinstance(given, list) else []:
        name, equals, value = str(pair).partition("=")
        if not equals:
            raise BadField.holding("set", pair, Expected.FIELDS)
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found


def _process(asked: Asked) -> Told:
    dossier = actions.change_process(
        code=asked.text("code"),
        to=asked.text("to"),
        stage=asked.text("stage"),
        reason=asked.text("reason"),
        by=asked.person(),
        at=asked.at,
    )
    said = f"Hồ sơ {dossier.code} theo quy trình {dossier.process_version}, bước {dossier.stage}."
    return Told(encode(dossier), (said,))


def _gaps(_: Asked) -> Told:
    found = list(register.gaps())
    data: Json = [
        {"office": office, "day": day.isoformat(), "number": number}
        for office, day, number in found
    ]
    lines = [f"{office}, {day:%d/%m/%Y}: số {number}" for office, day, number in found]
    return Told(data, lines or ["Không có số nào bị bỏ."])


def _verify(_: Asked) -> Told:
    looked, wrong = 0, dict[str, list[str]]()
    for code, columns in counted(queries.verified(), of=register.count(), what="hồ sơ"):
        looked += 1
        if columns:
            wrong[code] = columns
    lines = [f"{code}: khác ở {', '.join(columns)}" for code, columns in wrong.items()]
    return Told(
        {
            "looked_at": looked,
            "different": [{"code": c, "columns": [*f]} for c, f in wrong.items()],
        },
        [*lines, f"Đã dựng lại {looked} hồ sơ từ nhật ký; {len(wrong)} hồ sơ khác với sổ."],
        is_sound=not wrong,
    )

"""`thongsuot cutover`: fields that move to the ministries' systems, from readiness to the last dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thongsuot.actions import cutover as actions
from thongsuot.cli.door import BY, REASON, Argument, Asked, Door, Told, Verb
from thongsuot.cli.files import LARGEST, opened
from thongsuot.domain.cutover import FieldAct
from thongsuot.exchange import set_up
from thongsuot.queries import board as queries
from thongsuot.queries.board import STATES, FieldLine, Numbers
from thongsuot.records.codec import Json, encode
from thongsuot.words import cutover as words
from thongsuot.words import reading
from thongsuot.words.labels import CUTOVER_ACT
from thongsuot.words.moments import short

FIELD = Argument("--field", "tên lĩnh vực", {"required": True, "metavar": "NAME"})
OFFICE = Argument("--office", "chỉ cơ quan này", {"metavar": "CODE"})


class Command(Door):
    """Where fields go."""

    help = "Chuyển lĩnh vực sang hệ thống của bộ: bảng, xuất, đối chiếu, hồ sơ thử, tạm giữ."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of a cut-over."""
        return (*_looking(), *_readying(), *_acting())


def _looking() -> tuple[Verb, ...]:
    state = Argument("--state", "chỉ loại này", {"choices": STATES, "default": "open"})
    return (
        Verb("board", "từng lĩnh vực với số hồ sơ và mức sẵn sàng", _board, acts=True),
        Verb(
            "left",
            "hồ sơ còn ở đây; kết thúc bằng 1 khi còn",
            _left,
            (FIELD, OFFICE, state),
            acts=True,
        ),
    )


def _readying() -> tuple[Verb, ...]:
    out = Argument("--out", "tệp để ghi", {"required": True, "metavar": "FILE"})
    told = Argument(
        "file", "tệp JSON; không ghi là đọc qua kết nối", {"nargs": "?", "metavar": "FILE"}
    )
    code = Argument("--code", "mã hồ sơ thử", {"required": True})
    return (
        Verb(
            "export",
            "xuất quy trình, tài khoản của một lĩnh vực ra tệp JSON",
            _export,
            (FIELD, BY, out),
            acts=True,
        ),
        Verb(
            "read-back",
            "đối chiếu cấu hình của bộ, từ tệp hoặc qua kết nối; kết thúc bằng 1 khi khác",
            _read_back,
            (FIELD, BY, told),
            acts=True,
        ),
        Verb(
            "test",
            "ghi mã hồ sơ thử ở hệ thống của bộ để theo dõi kết quả",
            _test,
            (FIELD, BY, code),
            acts=True,
        ),
    )


def _acting() -> tuple[Verb, ...]:
    given = (
        Argument("what", "việc", {"choices": [act.value for act in FieldAct]}),
        FIELD,
        BY,
        REASON,
        Argument("--decision", "số văn bản"),
        Argument("--effective", "có hiệu lực từ", {"metavar": "MOMENT"}),
        Argument("--despite", "vẫn bắt đầu khi chưa sẵn sàng", {"action": "store_true"}),
    )
    what = "tạm giữ, bắt đầu hoặc đưa một lĩnh vực về tỉnh"
    return (Verb("act", what, _act, given, acts=True, rehearses=True),)


def _board(asked: Asked) -> Told:
    found = queries.board(at=asked.at)
    return Told({"fields": [_as_json(line) for line in found]}, _lines(found))


def _as_json(line: FieldLine) -> Json:
    return {
        "field": line.field,
        "system": line.system.code if line.system else "",
        "since": line.since.isoformat(),
        "decision": line.decision,
        "is_moved": line.is_moved,
        "last_act": line.last_act,
        "procedures": line.procedures,
        "ready": line.ready,
        "bodies": line.bodies,
        "lacking": {check.value: many for check, many in line.red},
        **_numbers(line.numbers),
    }


def _numbers(numbers: Numbers) -> dict[str, Json]:
    return {
        "open": numbers.open,
        "drained": numbers.drained,
        "failed": numbers.failed,
        "stuck": numbers.stuck,
        "after": numbers.after,
        "there": numbers.there,
        "sent": numbers.sent,
    }


def _lines(found: tuple[FieldLine, ...]) -> Iterator[str]:
    for line in found:
        n = line.numbers
        state = words.STANDS.get(line.last_act, words.MOVED if line.is_moved else words.COMING)
        yield f"{line.field} → {line.system.body if line.system else '?'} từ {short(line.since)}: {state}"
        yield (
            f"  sẵn sàng {line.ready}/{line.bodies} cơ quan; còn mở {n.open}, đã xong {n.drained}, "
            f"gửi lỗi {n.failed}, kẹt {n.stuck}; nhận ở đây sau đó {n.after}; ở bộ {n.there}; "
            f"đã hướng dẫn đi {n.sent}"
        )
    if not found:
        yield "Chưa có lĩnh vực nào chuyển hệ thống."


def _left(asked: Asked) -> Told:
    lines, count = queries.left(
        asked.text("field"), at=asked.at, office=asked.text("office"), state=asked.text("state")
    )
    shown = [f"{line.code}  {line.office}  {line.stage}" for line in lines]
    told: Json = {"count": count, "dossiers": [encode(line) for line in lines]}
    return Told(told, [*shown, f"{count} hồ sơ."], is_sound=count == 0)


def _export(asked: Asked) -> Told:
    field, out = asked.text("field"), Path(asked.text("out"))
    many = actions.export(field=field, by=asked.person(), at=asked.at)
    out.write_bytes(actions.as_bytes(actions.document(field, at=asked.at)))
    return Told({"bodies": many, "file": str(out)}, [f"Đã xuất {many} cơ quan vào {out}."])


def _read_back(asked: Asked) -> Told:
    field, file = asked.text("field"), asked.text("file")
    if file:
        with opened(file) as read:
            content, source = read.read(LARGEST), Path(file).name
    else:
        content, source = set_up.fetched(field, at=asked.at)
    many, found = actions.read_back(
        field=field, content=content, source=source, by=asked.person(), at=asked.at
    )
    told = words.READ_BACK.format(many=many, differences=found)
    return Told({"bodies": many, "differences": found}, [told], is_sound=found == 0)


def _test(asked: Asked) -> Told:
    row = actions.note_test(
        field=asked.text("field"), code=asked.text("code"), by=asked.person(), at=asked.at
    )
    return Told(
        {"code": row.code, "partner": row.partner}, [words.TEST_NOTED.format(code=row.code)]
    )


def _act(asked: Asked) -> Told:
    taken = actions.act(
        field=asked.text("field"),
        act=FieldAct(asked.text("what")),
        effective_at=reading.maybe(reading.moment, asked.given, "effective"),
        decision=asked.text("decision"),
        reason=asked.text("reason"),
        despite=asked.flag("despite"),
        by=asked.person(),
        at=asked.at,
    )
    said = words.ACTED.format(act=CUTOVER_ACT[taken.act.value], at=short(taken.effective_at))
    return Told({"act": taken.act.value, "effective_at": taken.effective_at.isoformat()}, [said])

"""`thongsuot handover`: dossiers go to a ministry's system, and are followed to the last one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from thongsuot.actions import evidence
from thongsuot.actions import handover as actions
from thongsuot.cli.door import BY, REASON, Argument, Asked, Door, Told, Verb
from thongsuot.domain.handover import HandoverBooks
from thongsuot.exchange import handing
from thongsuot.queries import handover as queries
from thongsuot.records.codec import Json
from thongsuot.words import reading
from thongsuot.words.handover import LINE, STATE

NUMBER = Argument("handover", "số của đợt bàn giao", {"metavar": "NUMBER", "type": int})
SHOWN = 20


class Command(Door):
    """Hand-overs."""

    help = "Bàn giao hồ sơ sang hệ thống của bộ: đóng băng, kiểm tra, duyệt, gửi, theo dõi đến hết."

    def verbs(self) -> tuple[Verb, ...]:
        """Every step of a hand-over, in its order."""
        return (*_planning(), *_sending(), *_ending())


def _planning() -> tuple[Verb, ...]:
    return (
        Verb("list", "các đợt bàn giao", _list),
        Verb(
            "plan",
            "đóng băng danh sách hồ sơ đang mở của một lĩnh vực",
            _plan,
            (
                Argument("--field", "lĩnh vực sẽ bàn giao", {"required": True}),
                Argument("--office", "chỉ hồ sơ của cơ quan này", {"metavar": "CODE"}),
                Argument(
                    "--from",
                    "chỉ hồ sơ tiếp nhận từ lúc này",
                    {"metavar": "MOMENT", "dest": "received_from"},
                ),
                Argument(
                    "--before",
                    "chỉ hồ sơ tiếp nhận trước lúc này; không ghi là bây giờ",
                    {"metavar": "MOMENT", "dest": "received_before"},
                ),
                Argument("--decision", "văn bản làm căn cứ", {"required": True}),
                BY,
            ),
            acts=True,
        ),
        Verb(
            "check",
            "kiểm tra từng hồ sơ theo mẫu của bộ, chưa gửi gì",
            _check,
            (NUMBER, BY),
            acts=True,
        ),
        Verb(
            "approve",
            "người thứ hai duyệt danh sách theo mã băm đã xem",
            _approve,
            (NUMBER, Argument("--digest", "mã băm của danh sách", {"required": True}), BY),
            acts=True,
        ),
    )


def _sending() -> tuple[Verb, ...]:
    return (
        Verb(
            "send",
            "đưa hồ sơ vào hàng gửi; bị ngắt thì gọi lại để gửi tiếp",
            _send,
            (NUMBER, BY),
            acts=True,
        ),
        Verb(
            "status",
            "cập nhật theo sổ trao đổi; kết thúc bằng 1 khi còn hồ sơ chờ",
            _status,
            (NUMBER,),
            acts=True,
        ),
        Verb(
            "report",
            "từng hồ sơ: đã nhận, ở lại, trở lại, với lý do",
            _report,
            (
                NUMBER,
                Argument(
                    "--state",
                    "chỉ hồ sơ ở tình trạng này",
                    {"choices": [*LINE], "metavar": "STATE"},
                ),
                Argument("--after", "từ sau dòng số", {"type": int, "default": 0}),
            ),
        ),
    )


def _ending() -> tuple[Verb, ...]:
    return (
        Verb(
            "certify",
            "lập bằng chứng: mỗi hồ sơ một giấy xác nhận, cả đợt một chữ ký",
            _certify,
            (
                NUMBER,
                Argument("file", "tệp bằng chứng sẽ ghi", {"metavar": "FILE"}),
                Argument("--key", "tệp khóa ký", {"metavar": "FILE", "required": True}),
                BY,
            ),
            acts=True,
        ),
        Verb("withdraw", "rút đợt bàn giao khi chưa gửi", _withdraw, (NUMBER, REASON, BY), True),
        Verb("close", "đóng khi không còn hồ sơ chờ", _close, (NUMBER, BY), acts=True),
    )


def _number(asked: Asked) -> int:
    given = asked.given.get("handover")
    return given if isinstance(given, int) else 0


def _moment(asked: Asked, name: str) -> datetime | None:
    """Raises BadField."""
    return reading.maybe(reading.moment, asked.given, name)


def _list(_: Asked) -> Told:
    found = queries.handovers()
    told: list[Json] = [
        {"number": one.number, "field": one.field, "state": one.state, **_books(one.books)}
        for one in found
    ]
    lines = [
        f"{one.number}. {one.field} → {one.system}: {STATE[one.state]}; {_sheet(one.books)}"
        for one in found
    ]
    return Told({"handovers": told}, lines or ["Chưa có đợt bàn giao nào."])


def _plan(asked: Asked) -> Told:
    row = actions.plan(
        field=asked.text("field"),
        office=asked.text("office"),
        received_from=_moment(asked, "received_from"),
        received_before=_moment(asked, "received_before"),
        decision=asked.text("decision"),
        by=asked.person(),
        at=asked.at,
    )
    told: dict[str, Json] = {"number": row.pk, "chosen": row.chosen, "system": row.system}
    line = f"Đợt {row.pk}: đóng băng {row.chosen} hồ sơ để bàn giao sang {row.system_name}."
    return Told(told, [line, f"Tiếp theo: thongsuot handover check {row.pk}"])


def _check(asked: Asked) -> Told:
    number = _number(asked)
    books = handing.check(number, by=asked.person(), at=asked.at)
    page = queries.page(number)
    told: dict[str, Json] = {"digest": page.digest, **_books(books)}
    lines = [f"Kiểm tra theo {page.shape}: {books.fit} hồ sơ đi được, {books.kept} ở lại."]
    lines += [f"  {many} hồ sơ: {reason}" for reason, many in page.kept_because]
    lines += [f"Mã băm để duyệt: {page.digest}"]
    return Told(told, lines)


def _approve(asked: Asked) -> Told:
    number = _number(asked)
    row = actions.approve(number, digest=asked.text("digest"), by=asked.person(), at=asked.at)
    return Told(
        {"number": number, "approved_by": row.approved_by},
        [f"Đã duyệt; tiếp theo: thongsuot handover send {number}"],
    )


def _send(asked: Asked) -> Told:
    number = _number(asked)
    gone, kept = actions.send(number, by=asked.person(), at=asked.at)
    line = f"{gone} hồ sơ lên đường qua hàng gửi của đối tác, {kept} ở lại vì đã đổi."
    return Told({"owed": gone, "kept": kept}, [line])


def _status(asked: Asked) -> Told:
    number = _number(asked)
    books = actions.follow(number, at=asked.at)
    page = queries.page(number)
    told: dict[str, Json] = {"state": page.head.state, **_books(books)}
    lines = [f"{STATE[page.head.state]}: {_sheet(books)}"]
    lines += [f"  {many} hồ sơ chưa gửi được: {error}" for error, many in page.troubles]
    return Told(told, lines, is_sound=books.is_settled)


def _report(asked: Asked) -> Told:
    number = _number(asked)
    after = asked.given.get("after")
    found = queries.lines(
        number, state=asked.text("state"), after=after if isinstance(after, int) else 0
    )
    told: list[Json] = [
        {
            "line": one.number,
            "code": one.code,
            "state": one.state,
            "reference": one.reference,
            "reasons": [*one.reasons],
        }
        for one in found
    ]
    books = queries.page(number).head.books
    lines = [_sheet(books)]
    lines += [
        f"{one.code}: {LINE[one.state]}{f' ({one.reference})' if one.reference else ''}"
        f"{'. ' + ' '.join(one.reasons) if one.reasons else ''}"
        for one in found[:SHOWN]
    ]
    return Told({"lines": told, **_books(books)}, lines, is_sound=books.difference == 0)


def _certify(asked: Asked) -> Told:
    made = actions.certify(
        _number(asked), key=Path(asked.text("key")), by=asked.person(), at=asked.at
    )
    Path(asked.text("file")).write_bytes(evidence.as_bytes(made))
    told: dict[str, Json] = {"count": made["count"], "root": made["root"]}
    return Told(told, [f"Đã lập {made['count']} giấy xác nhận, gốc {made['root']}."])


def _withdraw(asked: Asked) -> Told:
    number = _number(asked)
    actions.withdraw(number, reason=asked.text("reason"), by=asked.person(), at=asked.at)
    return Told({"number": number}, ["Đã rút; mọi hồ sơ vẫn ở nơi đang giữ."])


def _close(asked: Asked) -> Told:
    number = _number(asked)
    books = actions.close(number, by=asked.person(), at=asked.at).books()
    return Told({"number": number, **_books(books)}, [f"Đã đóng: {_sheet(books)}"])


def _books(books: HandoverBooks) -> dict[str, Json]:
    return {
        "chosen": books.chosen,
        "there": books.there,
        "returned": books.returned,
        "kept": books.kept,
        "withdrawn": books.withdrawn,
        "pending": books.pending,
        "difference": books.difference,
    }


def _sheet(books: HandoverBooks) -> str:
    return (
        f"chọn {books.chosen} = bộ đã nhận {books.there} + trở lại {books.returned} + ở lại "
        f"{books.kept} + đã rút {books.withdrawn} + chờ {books.pending}; chênh {books.difference}."
    )

"""`thongsuot calendar`: when something is due and why, and what a new calendar would change."""

from __future__ import annotations

from collections.abc import Iterator

from thongsuot.actions.dossier import accept_due
from thongsuot.cli import files
from thongsuot.cli.door import BY, REASON, Answers, Argument, Asked, Door, Told, Verb
from thongsuot.domain.deadline import Deadline
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import calendar as queries
from thongsuot.queries import dossier
from thongsuot.queries.calendar import Almanac, YearDay, read_question
from thongsuot.records.codec import Json, encode
from thongsuot.words import payload, reading
from thongsuot.words.clock import STATUS, reason, why
from thongsuot.words.moments import day as day_words
from thongsuot.words.moments import moment, short
from thongsuot.words.refusals import told

QUESTION = (
    Argument("--received", "lúc nhận hồ sơ, ví dụ 2025-04-25T14:10", {"metavar": "MOMENT"}),
    Argument("--term", "thời hạn, ví dụ “15 ngày làm việc”"),
    Argument("--procedure", "mã thủ tục, thay cho --term", {"metavar": "CODE"}),
    Argument("--case", "trường hợp của thủ tục"),
    Argument("--channel", "in_person, online hoặc post"),
    Argument("--office", "cơ quan có giờ làm việc riêng", {"metavar": "CODE"}),
    Argument("--after-15h", "nhận từ 15 giờ thì tính từ hôm sau", {"action": "store_true"}),
    Argument(
        "--pause",
        "một lần tạm dừng; lặp lại được",
        {"metavar": "FROM/TO", "action": "append", "default": []},
    ),
    Argument("--batch", "tệp JSON mỗi dòng một câu hỏi; - là đầu vào", {"metavar": "FILE"}),
)


class Command(Door):
    """The calendar and the clock of the law."""

    help = "Lịch làm việc và đồng hồ của pháp luật."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the calendar."""
        year = Argument("--year", "năm cần xem", {"required": True})
        code = Argument("code", "mã hồ sơ")
        return (
            Verb("due", "tính hạn, kèm sổ từng ngày", _due, QUESTION),
            Verb("show", "các ngày đặc biệt của một năm", _show, (year,)),
            Verb("differences", "hồ sơ đang mở mà lịch mới cho hạn khác", _differences),
            Verb(
                "accept",
                "chấp nhận hạn theo lịch mới cho một hồ sơ",
                _accept,
                (code, REASON, BY),
                acts=True,
                rehearses=True,
            ),
        )


def _due(asked: Asked) -> Told | Answers:
    if asked.text("batch"):
        return Answers(_answers(asked.text("batch")))
    deadline = queries.due_moment(read_question(_question(asked)))
    return Told(queries.told(deadline), _explained(deadline))


def _question(asked: Asked) -> dict[str, object]:
    named = ("received", "term", "procedure", "case", "channel", "office")
    pauses = asked.given.get("pause")
    return {
        **{name: asked.given.get(name) for name in named},
        "after_15h": asked.flag("after_15h") or None,
        "pauses": [str(pause).split("/") for pause in pauses] if isinstance(pauses, list) else None,
    }


def _answers(name: str) -> Iterator[Json]:
    """One answer a line: a bad line is answered by its refusal, and the next one goes on."""
    almanac = Almanac()
    for line in files.lines(name):
        try:
            yield queries.told(almanac.due_moment(read_question(payload.parse(line))))
        except Refusal as refusal:
            yield told(refusal)


def _explained(deadline: Deadline) -> Iterator[str]:
    yield f"Hạn giải quyết: {moment(deadline.at)}"
    yield f"Thời hạn {deadline.term}, tính từ {moment(deadline.starts_at)}"
    yield ""
    for entry in deadline.ledger():
        counted = f"{entry.counted:g}".replace(".", ",")
        yield f"  {day_words(entry.day):<20} {counted:>4}   {why(entry)}"
    yield ""
    for step in deadline.because():
        yield f"- {reason(step)}" + (f" [{step.source}]" if step.source else "")


def _show(asked: Asked) -> Told:
    year = queries.year(reading.number("year", asked.given.get("year")))
    head = f"Năm {year.year}: {year.working_days} ngày làm việc (lịch {year.version})"
    return Told(encode(year), (head, *(_day(line) for line in year.days)))


def _day(line: YearDay) -> str:
    sign = "làm" if line.is_working else "nghỉ"
    return f"  {day_words(line.day):<20} {sign:<5} {line.name}{STATUS.get(line.status, '')}"


def _differences(_: Asked) -> Told:
    found = list(dossier.recalculated())
    lines = [f"{code}: hạn đã hẹn {short(was)}, lịch mới {short(new)}" for code, was, new in found]
    data: Json = [
        {"code": code, "due": encode(was), "due_by_newest": encode(new)} for code, was, new in found
    ]
    return Told(data, lines or ["Không hồ sơ nào có hạn khác đi theo lịch mới nhất."])


def _accept(asked: Asked) -> Told:
    after = accept_due(
        code=asked.text("code"), reason=asked.text("reason"), by=asked.person(), at=asked.at
    )
    due = moment(after.due_at) if after.due_at else "không có"
    said = f"Hồ sơ {after.code}: hạn mới {due}, theo lịch {after.calendar_version}."
    return Told(encode(after), (said,))

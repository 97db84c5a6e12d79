"""`thongsuot catalogue`: procedures by day, and whether the processes can run."""

from __future__ import annotations

from collections.abc import Iterator

from thongsuot.cli.door import ON, Argument, Asked, Door, Told, Verb
from thongsuot.domain.catalogue import Procedure
from thongsuot.queries import catalogue as queries
from thongsuot.queries.catalogue import ProcedureLine, ProcessLine
from thongsuot.records.codec import encode
from thongsuot.words.labels import CHANNEL, LEVEL
from thongsuot.words.moments import day as day_words
from thongsuot.words.processes import fault

CODE = Argument("code", "mã thủ tục")
WORDS = Argument("words", "các từ cần tìm, có dấu hoặc không", {"nargs": "+"})


class Command(Door):
    """Procedures and processes."""

    help = "Thủ tục hành chính và quy trình giải quyết."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the catalogue."""
        return (
            Verb("show", "một thủ tục vào một ngày", _show, (CODE, ON)),
            Verb("search", "tìm thủ tục theo tên hoặc mã", _search, (WORDS, ON)),
            Verb("check", "kiểm tra mọi quy trình", _check),
        )


def _show(asked: Asked) -> Told:
    code, on = asked.text("code"), asked.day()
    return Told(queries.show(code, on=on), _lines(queries.get(code, on=on)))


def _lines(procedure: Procedure) -> Iterator[str]:
    yield f"{procedure.code}  {procedure.name}"
    yield f"Lĩnh vực: {procedure.field}"
    yield f"Cấp giải quyết: {', '.join(sorted(LEVEL[level] for level in procedure.levels))}"
    yield f"Công bố: {procedure.decision}, hiệu lực từ {day_words(procedure.valid.start)}"
    for rule in procedure.terms:
        case = f" ({rule.case})" if rule.case else ""
        yield f"Thời hạn, {CHANNEL[rule.channel]}{case}: {rule.term or 'không quy định'}"
    for paper in procedure.papers:
        yield f"Giấy tờ: {paper.name}"


def _search(asked: Asked) -> Told:
    words = asked.given.get("words")
    text = " ".join(str(word) for word in words) if isinstance(words, list) else ""
    found = queries.search(text, on=asked.day())
    return Told(
        [encode(line) for line in found],
        [_line(line) for line in found] or ["Không tìm thấy; thử ít từ hơn."],
    )


def _line(line: ProcedureLine) -> str:
    return f"{line.code}  {line.name} [{line.field}]"


def _check(_: Asked) -> Told:
    found = queries.processes()
    return Told(
        [encode(line) for line in found],
        [_checked(line) for line in found] or ["Chưa có quy trình nào; nạp dữ liệu trước."],
        is_sound=not any(line.faults for line in found),
    )


def _checked(line: ProcessLine) -> str:
    approved = "" if line.is_approved else " (mẫu, chưa phê duyệt)"
    said = "; ".join(fault(found) for found in line.faults) or "dùng được"
    return f"{line.key}  {line.name}{approved}: {said}"

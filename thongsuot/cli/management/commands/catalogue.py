"""`thongsuot catalogue`: procedures by day, changed by decision, and whether processes can run."""

from __future__ import annotations

import json
from collections.abc import Iterator

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import exchange
from thongsuot.actions.catalogue.reading import DECISION
from thongsuot.actions.catalogue.reading import decision as read_decision
from thongsuot.cli import files
from thongsuot.cli.door import BY, ON, Argument, Asked, Door, Told, Verb
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.decisions import Decision
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.publication import Change
from thongsuot.queries import catalogue as queries
from thongsuot.queries import publication
from thongsuot.queries.catalogue import ProcedureLine, ProcessLine
from thongsuot.records.codec import encode
from thongsuot.words import reading
from thongsuot.words.labels import CHANGE, CHANNEL, LEVEL
from thongsuot.words.moments import day as day_words
from thongsuot.words.processes import fault

CODE = Argument("code", "mã thủ tục")
WORDS = Argument("words", "các từ cần tìm, có dấu hoặc không", {"nargs": "+"})
FILE = Argument("--file", "tệp JSON; - là đầu vào", {"metavar": "FILE", "required": True})
BY_DECISION = (
    CODE,
    Argument("--number", "số quyết định", {"required": True, "metavar": "NUMBER"}),
    Argument("--issued-on", "ngày ký", {"required": True, "metavar": "DATE"}),
    Argument("--issuer", "người hoặc cơ quan ký", {"required": True}),
    Argument("--title", "trích yếu"),
    Argument("--valid-from", "ngày có hiệu lực, mặc định ngày ký", {"metavar": "DATE"}),
    BY,
)
FULFILS = Argument("--fulfils", "số dòng của phương án đơn giản hóa", {"metavar": "N"})
OTHER = Argument("--by-code", "mã thủ tục thay thế", {"required": True, "metavar": "CODE"})


class Command(Door):
    """Procedures and processes."""

    help = "Thủ tục hành chính và quy trình giải quyết."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the catalogue."""
        writes = {"acts": True, "rehearses": True}
        return (
            Verb("show", "một thủ tục vào một ngày", _show, (CODE, ON)),
            Verb("search", "tìm thủ tục theo tên hoặc mã", _search, (WORDS, ON)),
            Verb("check", "kiểm tra mọi quy trình", _check),
            Verb("publish", "công bố dự thảo theo quyết định", _publish, BY_DECISION, **writes),
            Verb("amend", "sửa đổi theo dự thảo", _amend, (*BY_DECISION, FULFILS), **writes),
            Verb("replace", "thay bằng thủ tục khác", _replace, (*BY_DECISION, OTHER), **writes),
            Verb("repeal", "bãi bỏ", _repeal, (*BY_DECISION, FULFILS), **writes),
            Verb("export", "kết xuất danh mục đang có hiệu lực ra JSON", _export, (ON,)),
            Verb("import", "nhập tệp JSON thành dự thảo", _import, (FILE, BY), **writes),
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


def _publish(asked: Asked) -> Told:
    made = actions.publish(
        code=_base(asked), decision=_decision(asked), by=asked.person(), at=asked.at
    )
    return _changed(made)


def _amend(asked: Asked) -> Told:
    made = actions.amend(
        code=_base(asked),
        decision=_decision(asked),
        by=asked.person(),
        at=asked.at,
        fulfils=reading.maybe(reading.number, asked.given, "fulfils"),
    )
    return _changed(made)


def _replace(asked: Asked) -> Told:
    other = reading.parsed("by_code", ProcedureCode.parse, asked.given.get("by_code")).base
    made = actions.replace_by(
        code=_base(asked),
        other=other,
        decision=_decision(asked),
        by=asked.person(),
        at=asked.at,
    )
    return _changed(made)


def _repeal(asked: Asked) -> Told:
    made = actions.repeal(
        code=_base(asked),
        decision=_decision(asked),
        by=asked.person(),
        at=asked.at,
        fulfils=reading.maybe(reading.number, asked.given, "fulfils"),
    )
    return _changed(made)


def _export(asked: Asked) -> Told:
    told = exchange.catalogue_file(publication.every(on=asked.day()))
    return Told(told, [json.dumps(told, ensure_ascii=False, indent=1)])


def _import(asked: Asked) -> Told:
    content = files.read(asked.text("file"))
    procedures = exchange.read_catalogue(content, on=asked.at.date())
    count = actions.import_procedures(procedures=procedures, by=asked.person(), at=asked.at)
    line = f"Đã nhập {count} dự thảo; mỗi dự thảo có hiệu lực khi được công bố theo quyết định."
    return Told({"drafts": count}, [line])


def _base(asked: Asked) -> str:
    return reading.parsed("code", ProcedureCode.parse, asked.given.get("code")).base


def _decision(asked: Asked) -> Decision:
    return read_decision({name: asked.given.get(name) for name in DECISION})


def _changed(made: Change) -> Told:
    version = made.begun or made.ended
    code = str(version.code) if version else ""
    day = day_words(made.decision.valid_from)
    line = f"{CHANGE[made.kind]} {code} theo {made.decision.number}, hiệu lực từ {day}."
    return Told(encode(made), [line])

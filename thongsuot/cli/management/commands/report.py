"""`thongsuot report`: any window, as of its cut-off, down to the dossiers behind a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from thongsuot.actions.reporting import catch_up
from thongsuot.cli import report_index
from thongsuot.cli.door import Answers, Argument, Asked, Door, Told, Verb
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.forms import Row
from thongsuot.queries.reporting import compiled as queries
from thongsuot.queries.reporting import files, frozen, life, rules
from thongsuot.queries.reporting.compiled import Compiled, DossierOfCell, Question
from thongsuot.queries.reporting.tallies import Hierarchy
from thongsuot.queries.reporting.verifying import verify
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading
from thongsuot.words import reporting as words
from thongsuot.words.moments import short

REPORT = Argument("report", "báo cáo hoặc biểu, ví dụ weekly, II.06a")
ENDING = Argument("--ending", "lúc chốt số liệu, ví dụ 2026-01-02T15:00", {"metavar": "MOMENT"})
PERIOD = Argument("--period", "kỳ, ví dụ 2025-Q2, 2026-W01", {"metavar": "PERIOD"})
UNIT = Argument("--unit", "mã đơn vị; không ghi là toàn tỉnh", {"metavar": "CODE", "default": ""})
HIERARCHY = Argument(
    "--hierarchy",
    "theo cơ quan lúc chốt (then) hay hiện nay (now)",
    {"choices": [each.value for each in Hierarchy], "default": Hierarchy.THEN.value},
)
KNOWN = Argument("--known", "như đã biết lúc nào; mặc định bây giờ", {"metavar": "MOMENT"})
WINDOW = (REPORT, ENDING, PERIOD, UNIT, HIERARCHY, KNOWN)


FILES = (
    Argument("--xlsx", "ghi ra tệp Excel", {"metavar": "FILE"}),
    Argument("--pdf", "ghi ra bản in PDF", {"metavar": "FILE"}),
    Argument("--docx", "ghi ra lời văn có số liệu", {"metavar": "FILE"}),
    Argument("--csv", "ghi ra bảng CSV", {"metavar": "FILE"}),
)


class PeriodNeeded(Refusal):
    """A report is of one window: named, or told by its end."""

    code = "period_needed"
    kind = Kind.MALFORMED


class FileNotWritable(Refusal):
    """The file cannot be written there."""

    code = "file_not_writable"


class Command(Door):
    """Reports."""

    help = "Báo cáo theo kỳ bất kỳ, từ số liệu lúc chốt đến từng hồ sơ."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of reports."""
        return (
            Verb("list", "các báo cáo và biểu đang có", _list),
            Verb(
                "compile",
                "tính một báo cáo",
                _compile,
                (*WINDOW, *FILES),
                acts=True,
            ),
            Verb(
                "cell",
                "hồ sơ phía sau một ô",
                _cell,
                (
                    *WINDOW,
                    Argument("--row", "dòng, ví dụ total, commune/H35.101", {"default": "total"}),
                    Argument("--column", "cột, ví dụ 10", {"required": True}),
                    Argument("--list", "liệt kê hồ sơ", {"action": "store_true"}),
                ),
                acts=True,
            ),
            Verb(
                "status",
                "đơn vị nào đã gửi, đúng hạn hay muộn",
                _status,
                (
                    REPORT,
                    Argument(
                        "--period", "kỳ, ví dụ 2025-Q2", {"metavar": "PERIOD", "required": True}
                    ),
                ),
                acts=True,
            ),
            report_index.verb(),
            Verb("verify", "kiểm tra mọi báo cáo đã gửi: mã băm, số liệu, chuyển kỳ", _verify),
        )


def _list(_: Asked) -> Told:
    known = rules.definitions()
    lines = [f"{each.key}: {each.name} ({', '.join(each.forms)})" for each in known]
    return Told(
        [encode(each) for each in known],
        lines or ["Chưa có báo cáo nào; hãy nạp: thongsuot load reports."],
    )


def _compile(asked: Asked) -> Told:
    catch_up()
    made = queries.compiled(_question(asked))
    text = frozen.text_of((made,))
    form = made.question.form.key
    makers: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: files.workbook(text, form),
        "pdf": lambda: files.pdf(text),
        "docx": lambda: files.letter(text),
        "csv": lambda: files.table(text, form),
    }
    written = []
    for kind, make in makers.items():
        if path := asked.text(kind):
            _write(kind, Path(path), make())
            written.append(path)
    return Told(as_json(made), _lines(made, written), is_sound=not made.broken)


def _cell(asked: Asked) -> Told | Answers:
    catch_up()
    of, row, column = _question(asked), asked.text("row"), asked.text("column")
    if asked.flag("list") and asked.flag("json"):
        return Answers(_dossier(one) for one in _every(of, row, column))
    made = queries.compiled(of)
    cell = next((each for each in made.rows if each.key == row), None)
    value = cell.cells.get(column) if cell else None
    said = words.counted(of.form.column(column), made.parts[0].asked.counting)
    lines = [f"{words.number(value)}: {said}"]
    if asked.flag("list"):
        lines += [_dossier_line(one) for one in _every(of, row, column)]
    told: dict[str, Json] = {"row": row, "column": column, "value": _plain(value), "counted": said}
    return Told(told, lines)


def _status(asked: Asked) -> Told:
    found = life.completeness(asked.text("report"), period=asked.text("period"), at=asked.at)
    told: dict[str, Json] = {
        "report": found.definition.key,
        "period": found.window.key,
        "expected": found.expected,
        "sent": found.sent,
        "in_time": found.in_time,
        "units": [
            {
                "unit": line.unit,
                "name": line.name,
                "state": line.state.value,
                "deadline": encode(line.timeliness.deadline),
                "submitted_at": encode(line.timeliness.submitted_at),
                "is_late": line.timeliness.late_by is not None,
            }
            for line in found.lines
        ],
    }
    head = f"{found.sent} trên {found.expected} đơn vị đã gửi, {found.in_time} đúng hạn."
    lines = [f"  {line.name}: {words.timeliness(line.timeliness)[1]}" for line in found.lines]
    return Told(told, [head, *lines])


def _verify(_: Asked) -> Told:
    catch_up()
    found = list(verify())
    lines = [
        f"{one.report} {one.period} {one.unit or 'toàn tỉnh'} bản {one.version}: "
        + (
            "; ".join(f"{words.VERIFIED_WRONG[check]} ({where})" for check, where in one.wrong)
            or "nguyên vẹn"
        )
        for one in found
    ]
    is_sound = not any(one.wrong for one in found)
    return Told(
        [encode(one) for one in found], lines or ["Chưa có báo cáo nào được gửi."], is_sound
    )


def _question(asked: Asked) -> Question:
    ends_at = reading.maybe(reading.moment, asked.given, "ending")
    period = asked.text("period")
    if ends_at is None and not period:
        raise PeriodNeeded("period")
    return queries.question(
        asked.text("report"),
        unit=asked.text("unit"),
        known_at=reading.if_given(reading.moment, asked.given, "known", asked.at),
        period=period,
        ends_at=ends_at,
        hierarchy=Hierarchy(asked.text("hierarchy")),
    )


def _every(of: Question, row: str, column: str) -> Iterator[DossierOfCell]:
    """All dossiers behind a cell, a page at a time."""
    after = 0
    while page := queries.dossiers(of, row=row, column=column, after=after):
        yield from page
        after = page[-1].number


def _write(kind: str, path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        raise FileNotWritable(kind, given=str(path)) from None


def as_json(made: Compiled) -> Json:
    """A report for machines, every number exact."""
    of = made.question
    return {
        "report": of.definition.key,
        "form": of.form.key,
        "unit": of.unit,
        "unit_name": made.unit_name,
        "period": of.window.key,
        "from": encode(of.window.start),
        "until": encode(of.window.end),
        "carried_from": encode(of.window.carried_from),
        "known_at": encode(of.known_at),
        "hierarchy": of.hierarchy.value,
        "is_provisional": made.is_provisional,
        "is_without_data": made.is_without_data,
        "windows": [
            {
                "reporters": part.reporters,
                "from": encode(part.window.start),
                "until": encode(part.window.end),
            }
            for part in made.parts
        ],
        "rows": [_row(each) for each in made.rows],
        "between": _row(made.between) if made.between else None,
        "broken": [{"row": one.row, "identity": str(one.identity)} for one in made.broken],
    }


def _row(each: Row) -> Json:
    cells: dict[str, Json] = {column: _plain(value) for column, value in each.cells.items()}
    return {"key": each.key, "name": each.name, "cells": cells}


def _plain(value: object) -> Json:
    number = getattr(value, "numerator", None)
    if value is None or number is None:
        return None
    whole = getattr(value, "denominator", 1) == 1
    return int(number) if whole else str(value)


def _lines(made: Compiled, written: Sequence[str]) -> Iterator[str]:
    of = made.question
    yield f"{of.form.number}: {of.form.title}"
    yield f"{made.unit_name or 'Toàn tỉnh'}. {words.span(of.window)}, {words.HIERARCHY[of.hierarchy]}."
    yield from words.notes(
        of.form, is_provisional=made.is_provisional, is_without_data=made.is_without_data
    )
    columns = of.form.columns
    yield "  ".join(["".ljust(40), *(f"({column.key})".rjust(7) for column in columns)])
    for each in (*made.rows, *([made.between] if made.between else [])):
        name = ("  " * each.depth + each.name)[:40].ljust(40)
        yield "  ".join([name, *(words.number(each.cells[c.key]).rjust(7) for c in columns)])
    for one in made.broken:
        yield f"Không khớp ở dòng {one.row}: {one.identity}"
    for path in written:
        yield f"Đã ghi {path}."


def _dossier(one: DossierOfCell) -> Json:
    return {
        "code": one.code,
        "procedure": one.procedure,
        "office": one.office,
        "received_at": encode(one.received_at),
        "due_at": encode(one.due_at),
        "ended_at": encode(one.ended_at),
        "intake": one.place.intake.value,
        "result": one.place.result.value,
    }


def _dossier_line(one: DossierOfCell) -> str:
    due = short(one.due_at) if one.due_at else "không có hạn"
    return f"  {one.code}  {one.office_name}  nhận {short(one.received_at)}  hạn {due}  {words.RESULT[one.place.result]}"

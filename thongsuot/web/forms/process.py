"""The form of a process: a table of steps and a table of ways, with the faults beside the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.http import QueryDict

from thongsuot.domain.workflow import Act, Fault, FaultKind, Process
from thongsuot.web.door import plain
from thongsuot.web.forms import rows
from thongsuot.web.forms.fields import FieldLine, Option, with_errors
from thongsuot.web.forms.rows import Column, Rows, Sheet, SheetLine
from thongsuot.web.refusals import Problem
from thongsuot.words.labels import ACT, LEVEL, STAGE_KIND
from thongsuot.words.processes import fault

_KINDS = tuple(Option(value, label) for value, label in STAGE_KIND.items())
# What moves a dossier from one step to the next.
_ACTS = tuple(
    Option(act.value, ACT[act.value])
    for act in (
        Act.FORWARD,
        Act.ASSIGN,
        Act.PROPOSE,
        Act.APPROVE,
        Act.SEND_BACK,
        Act.REFUSE,
        Act.ISSUE_RESULT,
        Act.HAND_OVER,
    )
)
ARROW = " → "  # between the steps of a circle
HEAD = (
    ("code", "Mã quy trình", "ví dụ ho-tich-cap-xa"),
    ("name", "Tên quy trình", ""),
    (
        "opinions",
        "Cơ quan phải lấy ý kiến",
        "mã cơ quan, cách nhau bằng dấu phẩy; để trống nếu không",
    ),
)
OPTIONAL = frozenset({"opinions"})


@dataclass(frozen=True, slots=True)
class ProcessDraft:
    """What was typed of a process."""

    values: Mapping[str, str]
    stages: Rows
    moves: Rows
    children: Rows
    levels: tuple[str, ...]
    procedures: str = ""

    def given(self) -> dict[str, object]:
        """As the action reads it."""
        parts = {"stages": self.stages, "moves": self.moves, "children": self.children}
        opinions = [code.strip() for code in self.values.get("opinions", "").split(",")]
        return {**self.values, "opinions": [code for code in opinions if code], **parts}


def sheets(roles: Mapping[str, str]) -> tuple[Sheet, Sheet, Sheet]:
    """The tables of steps, of ways and of interlinked procedures."""
    named = tuple(Option(code, name) for code, name in roles.items())
    return (
        Sheet(
            "stages",
            "Các bước",
            (
                Column("key", "Mã bước"),
                Column("name", "Tên bước"),
                Column("kind", "Loại bước", _KINDS),
                Column("role", "Vai trò", named),
                Column("term", "Thời hạn"),
                Column("two_people", "Hai người duyệt", (Option("True", "có"),)),
            ),
            "Một bước tiếp nhận, ít nhất một bước kết thúc; bước kết thúc không cần vai trò.",
        ),
        Sheet(
            "moves",
            "Các chuyển bước",
            (
                Column("act", "Việc", _ACTS),
                Column("source", "Từ bước"),
                Column("target", "Đến bước"),
                Column("name", "Tên gọi"),
            ),
            "Ghi mã bước ở bảng trên.",
        ),
        Sheet(
            "children",
            "Thủ tục liên thông mở tại bước",
            (Column("procedure", "Mã thủ tục"), Column("stage", "Bước")),
        ),
    )


def typed(post: QueryDict, roles: Mapping[str, str]) -> ProcessDraft:
    """What was typed, every part of it."""
    stages, moves, children = sheets(roles)
    return ProcessDraft(
        {name: plain(post.get(name)) for name, _, _ in HEAD},
        rows.typed(post, stages),
        rows.typed(post, moves),
        rows.typed(post, children),
        tuple(level for level in post.getlist("levels") if level in LEVEL),
        plain(post.get("procedures")),
    )


def of(value: Process, *, levels: Iterable[str] = (), procedures: str = "") -> ProcessDraft:
    """A process as the form begins with it."""
    stages, moves, children = sheets({})
    return ProcessDraft(
        {"code": value.code, "name": value.name, "opinions": ", ".join(value.opinions)},
        [_row(stages, stage) for stage in value.stages],
        [_row(moves, move) for move in value.moves],
        [_row(children, child) for child in value.children],
        tuple(levels),
        procedures,
    )


def shown(
    draft: ProcessDraft,
    roles: Mapping[str, str],
    faults: Iterable[Fault],
    problems: Iterable[Problem],
    *,
    spare: int,
) -> tuple[tuple[FieldLine, ...], tuple[SheetLine, ...]]:
    """The fields and the tables, with what is wrong beside each."""
    found, wrong = tuple(faults), tuple(problems)
    head = tuple(
        FieldLine(
            name,
            label,
            value=draft.values.get(name, ""),
            hint=hint,
            is_required=name not in OPTIONAL,
        )
        for name, label, hint in HEAD
    )
    stages, moves, children = sheets(roles)
    tables = (
        rows.shown(
            stages, draft.stages, wrong, remarks=_of_stages(draft.stages, found), spare=spare
        ),
        rows.shown(moves, draft.moves, wrong, remarks=_of_moves(draft.moves, found), spare=spare),
        rows.shown(children, draft.children, wrong, spare=1),
    )
    return with_errors(head, wrong), tables


def names(draft: ProcessDraft) -> list[str]:
    """The names of the fields of the form."""
    counts = (len(draft.stages), len(draft.moves), len(draft.children))
    tables = zip(sheets({}), counts, strict=True)
    head = [name for name, _, _ in HEAD]
    return [*head, *(n for sheet, count in tables for n in rows.names(sheet, count))]


def _of_stages(listed: Rows, faults: tuple[Fault, ...]) -> dict[int, tuple[str, ...]]:
    """What is wrong with a step, said beside its row."""
    return _beside(listed, faults, lambda row, found: row.get("key") in found.where.split(ARROW))


def _of_moves(listed: Rows, faults: tuple[Fault, ...]) -> dict[int, tuple[str, ...]]:
    """What is wrong with a way, said beside its row: it lies on a circle, or leads nowhere."""
    return _beside(listed, faults, _is_about_way)


def _is_about_way(row: Mapping[str, str], found: Fault) -> bool:
    ends = (row.get("source", ""), row.get("target", ""))
    match found.kind:
        case FaultKind.CYCLE:
            onward = row.get("act") != Act.SEND_BACK
            return onward and ends in pairwise(found.where.split(ARROW))
        case FaultKind.UNKNOWN_STAGE:
            return found.where in ends
        case _:
            return False


def _beside(
    listed: Rows, faults: tuple[Fault, ...], is_about: Callable[[Mapping[str, str], Fault], bool]
) -> dict[int, tuple[str, ...]]:
    said = {
        number: tuple(fault(found) for found in faults if is_about(row, found))
        for number, row in enumerate(listed)
    }
    return {number: remarks for number, remarks in said.items() if remarks}


def _row(sheet: Sheet, item: object) -> dict[str, str]:
    return {column.name: str(getattr(item, column.name) or "") for column in sheet.columns}

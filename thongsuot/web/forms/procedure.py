"""The form of a draft: what a procedure says, its parts as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from thongsuot.domain.catalogue import Procedure
from thongsuot.web.door import plain
from thongsuot.web.forms import rows
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.forms.rows import Column, Rows, Sheet
from thongsuot.web.refusals import Problem
from thongsuot.words.labels import CHANNEL, LEVEL, ORIGIN

_CHANNELS = tuple(Option(value, label) for value, label in CHANNEL.items())
_CASE = Column("case", "Trường hợp")
SHEETS = (
    Sheet(
        "terms",
        "Thời hạn giải quyết",
        (
            Column("channel", "Cách nộp", _CHANNELS),
            Column("term", "Thời hạn"),
            _CASE,
            Column("note", "Ghi chú"),
        ),
        "Ghi như “5 ngày làm việc”; để trống thời hạn nếu pháp luật không quy định.",
    ),
    Sheet(
        "papers",
        "Thành phần hồ sơ",
        (
            Column("name", "Tên giấy tờ", is_long=True),
            Column("originals", "Bản chính", is_number=True),
            Column("copies", "Bản sao", is_number=True),
            Column("form", "Mẫu đơn"),
            _CASE,
        ),
    ),
    Sheet(
        "fees",
        "Phí, lệ phí",
        (
            Column("channel", "Cách nộp", _CHANNELS),
            Column("amount", "Số tiền (đồng)", is_number=True),
            Column("note", "Ghi chú, căn cứ"),
        ),
        "Để trống số tiền khi chưa rõ mức; ghi 0 chỉ khi được miễn.",
    ),
    Sheet(
        "results",
        "Kết quả",
        (Column("name", "Tên kết quả"), Column("code", "Mã kết quả")),
    ),
)
_FLAGS = {
    "counts_from_next_day_after_15h": "Nhận sau 15 giờ thì tính từ ngày hôm sau",
    "about_reorganisation": "Thủ tục về sắp xếp tổ chức bộ máy",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed of a procedure."""

    values: Mapping[str, str]
    levels: tuple[str, ...] = ()
    parts: Mapping[str, Rows] = field(default_factory=dict)

    def given(self) -> dict[str, object]:
        """As the action reads it."""
        return {**self.values, "levels": [*self.levels], **self.parts}


@dataclass(frozen=True, slots=True)
class DraftForm:
    """A draft as its form shows it."""

    head: tuple[FieldLine, ...]
    levels: tuple[tuple[str, str, bool], ...]
    sheets: tuple[rows.SheetLine, ...]


def typed(post: QueryDict) -> Draft:
    """What was typed, every part of it."""
    names = ("code", "name", "field", "origin", *_FLAGS)
    return Draft(
        {name: plain(post.get(name)) for name in names},
        tuple(level for level in post.getlist("levels") if level in LEVEL),
        {sheet.name: rows.typed(post, sheet) for sheet in SHEETS},
    )


def of(value: Procedure) -> Draft:
    """A procedure as the form begins with it."""
    return Draft(
        {
            "code": str(value.code),
            "name": value.name,
            "field": value.field,
            "origin": value.origin.value,
            **{name: "on" for name in _FLAGS if getattr(value, name)},
        },
        tuple(level.value for level in value.levels),
        {sheet.name: _rows(sheet, getattr(value, sheet.name)) for sheet in SHEETS},
    )


def shown(draft: Draft, problems: Iterable[Problem] = (), *, spare: int = rows.SPARE) -> DraftForm:
    """The form with what was typed and what is wrong."""
    wrong = tuple(problems)
    return DraftForm(
        head=with_errors(_head(draft.values), wrong),
        levels=tuple(
            (key, label, key in draft.levels) for key, label in LEVEL.items() if key != "district"
        ),
        sheets=tuple(
            rows.shown(sheet, draft.parts.get(sheet.name, []), wrong, spare=spare)
            for sheet in SHEETS
        ),
    )


def names(draft: Draft) -> list[str]:
    """The names of the fields of the form."""
    own = ["code", "name", "field", "origin", *_FLAGS]
    return own + [
        name for sheet in SHEETS for name in rows.names(sheet, len(draft.parts.get(sheet.name, [])))
    ]


def _head(values: Mapping[str, str]) -> Iterable[FieldLine]:
    yield _text("code", "Mã thủ tục", values, "ví dụ 3.000901.H35")
    yield _text("field", "Lĩnh vực", values)
    yield FieldLine(
        name="origin",
        label="Nguồn gốc",
        widget=Widget.SELECT,
        value=values.get("origin", "provincial"),
        options=tuple(Option(value, label) for value, label in ORIGIN.items()),
    )
    yield FieldLine(
        name="name",
        label="Tên thủ tục",
        widget=Widget.LINES,
        value=values.get("name", ""),
        is_required=True,
    )
    for name, label in _FLAGS.items():
        yield FieldLine(name=name, label=label, widget=Widget.FLAG, value=values.get(name, ""))


def _text(name: str, label: str, values: Mapping[str, str], hint: str = "") -> FieldLine:
    return FieldLine(
        name=name, label=label, value=values.get(name, ""), hint=hint, is_required=True
    )


def _rows(sheet: Sheet, items: Sequence[object]) -> Rows:
    return [
        {column.name: _cell(getattr(item, column.name)) for column in sheet.columns}
        for item in items
    ]


def _cell(value: object) -> str:
    return "" if value is None else str(value)

"""The form of a decision: its number, its day, who signed, from when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict

from thongsuot.actions.catalogue.reading import DECISION
from thongsuot.web.door import plain
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import Problem

_LABELS = {
    "number": ("Số quyết định", "ví dụ 123/QĐ-UBND", True),
    "issued_on": ("Ngày ký", "", True),
    "issuer": ("Người hoặc cơ quan ký", "ví dụ Chủ tịch UBND tỉnh", True),
    "title": ("Trích yếu", "", False),
    "valid_from": ("Có hiệu lực từ ngày", "để trống nếu từ ngày ký", False),
}
_DAYS = frozenset({"issued_on", "valid_from"})


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed about the decision."""
    return {name: plain(post.get(name)) for name in DECISION}


def lines(values: Mapping[str, str], problems: Iterable[Problem] = ()) -> tuple[FieldLine, ...]:
    """The fields with what was typed, and what is wrong beside them."""
    fields = (
        FieldLine(
            name=name,
            label=_LABELS[name][0],
            widget=Widget.DAY if name in _DAYS else Widget.TEXT,
            value=values.get(name, ""),
            hint=_LABELS[name][1],
            is_required=_LABELS[name][2],
        )
        for name in DECISION
    )
    return with_errors(fields, problems)


def defaults(*, on: date) -> dict[str, str]:
    """What a new decision begins with."""
    return {"issued_on": on.isoformat()}

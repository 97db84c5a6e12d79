"""The form of many receptions of one kind: what is the same for all, and a line for each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from thongsuot.actions.table import TooManyRows
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.routing import Route
from thongsuot.queries.counter import Counter
from thongsuot.web.forms import reception as forms
from thongsuot.web.forms.rows import Column, Rows, Sheet
from thongsuot.words.reading import FieldNeeded
from thongsuot.words.together import PEOPLE, PEOPLE_HINT

# A form holds at most a thousand fields.
MOST = 150
SPARE_AT_FIRST = 5
SHEET = Sheet(
    "people",
    "Người nộp",
    tuple(
        Column(name, title, is_number=name in ("number", "phone")) for name, title in PEOPLE.items()
    ),
    PEOPLE_HINT,
)
_GROUP = "applicant."

Values = Mapping[str, str]


class RowTwice(Refusal):
    """The same person stands in two lines; one dossier each is taken in one line each."""

    code = "row_twice"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class ManyRead:
    """What was typed: a request for each line, and what is wrong, with all or with one line."""

    requests: tuple[dict[str, object], ...]
    wrong: tuple[Refusal, ...]


def read(
    values: Values, rows: Rows, here: Counter, routes: tuple[Route, ...], *, at: datetime
) -> ManyRead:
    """Every line read as the counter's own form would read it."""
    if not rows:
        return ManyRead((), (FieldNeeded("people.0.name", field="applicant.name"),))
    if len(rows) > MOST:
        return ManyRead((), (TooManyRows("file", count=len(rows), most=MOST),))
    requests, of_all, of_lines = list[dict[str, object]](), dict[str, Refusal](), list[Refusal]()
    for number, row in enumerate(rows):
        typed = {**values, **{f"{_GROUP}{name}": row.get(name, "") for name in PEOPLE}}
        _, wrong = forms.read(typed, here, routes, at=at)
        for refusal in wrong:
            group, _, part = refusal.where.rpartition(".")
            if f"{group}." == _GROUP:
                refusal.where = f"people.{number}.{part}"
                of_lines.append(refusal)
            else:
                of_all.setdefault(f"{refusal.where}:{refusal.code}", refusal)
        request = forms.request_of(typed, here)
        requests.append({**request, "receiving_point": here.point.key})
    return ManyRead(tuple(requests), (*of_all.values(), *of_lines, *_twice(rows)))


def _twice(rows: Rows) -> list[Refusal]:
    first: dict[str, int] = {}
    found: list[Refusal] = []
    for number, row in enumerate(rows):
        key = "".join(row.get("number", "").split())
        if key and key in first:
            found.append(RowTwice(f"people.{number}.number", line=first[key] + 1))
        first.setdefault(key, number)
    return found

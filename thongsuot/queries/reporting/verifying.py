"""Whether what was reported still holds: hashes, figures as they were known, what was carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.reporting.forms import Row, broken
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.reporting import files, frozen, rules
from thongsuot.queries.reporting.compiled import ELSEWHERE, TOTAL, Question, compiled
from thongsuot.queries.reporting.tallies import Hierarchy
from thongsuot.records import report_routes
from thongsuot.records.reports import FrozenReportRow

_LEFT_OPEN, _TAKEN_OVER = "11", "6"


class Check(StrEnum):
    """What is looked at of a frozen report."""

    HASH = "hash"
    IDENTITIES = "identities"
    FIGURES = "figures"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Verified:
    """One frozen version, and what was found wrong with it."""

    report: str
    unit: str
    period: str
    version: int
    sha256: str
    wrong: tuple[tuple[Check, str], ...]


def verify() -> Iterator[Verified]:
    """Every frozen version of every report, looked at one after the other."""
    for row in FrozenReportRow.objects.select_related("report").order_by("pk"):
        yield Verified(
            row.report.report,
            row.report.unit,
            row.report.period,
            row.version,
            row.sha256,
            tuple(_wrong(row)),
        )


def _wrong(row: FrozenReportRow) -> Iterator[tuple[Check, str]]:
    if not frozen.is_whole(row):
        yield Check.HASH, row.sha256
    for key in files.forms(row.content):
        try:
            question = _question(row, key)
        except Refusal as refusal:
            yield Check.FIGURES, f"{key}: {refusal.code}"
            continue
        kept = [each for each in frozen.rows(row.content, key) if each.key != "between"]
        for fault in broken(question.form, kept):
            yield Check.IDENTITIES, f"{key} {fault.row}: {fault.identity}"
        if any(column.intakes or column.results for column in question.form.columns):
            yield from _as_known(row, key, question)


def _as_known(row: FrozenReportRow, key: str, question: Question) -> Iterator[tuple[Check, str]]:
    """The figures counted anew as they were known; what this window took over from the last."""
    counted = {each.key: each for each in compiled(question).rows}
    for each in frozen.rows(row.content, key):
        again = counted.get(each.key)
        for column in question.form.columns:
            is_counted = bool(question.form.counted_in(column.key))
            apart = each.key.split("/")[0] in ("between", ELSEWHERE)  # the last words of others
            if apart or not is_counted:
                continue
            if again is None or again.cells[column.key] != each.cells[column.key]:
                yield Check.FIGURES, f"{key} {each.key} ({column.key})"
    yield from _carried(key, question, counted[TOTAL])


def _carried(key: str, question: Question, total: Row) -> Iterator[tuple[Check, str]]:
    """What lay between this window and the one before hands on what this one takes over."""
    window = question.window
    columns = {column.key for column in question.form.columns}
    if not window.carries or not {_LEFT_OPEN, _TAKEN_OVER} <= columns:
        return
    between = Window(window.key, window.carried_from, window.start, window.carried_from)
    told = compiled(replace(question, window=between)).rows
    before = next(each for each in told if each.key == TOTAL)
    if before.cells[_LEFT_OPEN] != total.cells[_TAKEN_OVER]:
        yield Check.CARRIED, f"{key} {window.start.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def _question(row: FrozenReportRow, key: str) -> Question:
    """The question that the frozen figures answer. Raises NoSuchReport, NoSuchForm, NoSuchPeriod."""
    definition, _ = rules.find(row.report.report)
    reporters = report_routes.reporter(definition, row.report.unit)
    window = rules.window(definition, reporters=reporters, period=row.report.period)
    form = rules.form(key, on=window.last_day)
    hierarchy = Hierarchy(json.loads(row.content)["hierarchy"])
    return Question(definition, form, row.report.unit, hierarchy, row.known_at, window)

"""Rules of cut-over are loaded line by line; two systems at one instant are refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import cast, rows
from tests.actions.files import table
from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_files, load_shipped
from thongsuot.actions.load.cutover import RULES
from thongsuot.records.cutover import CutoverRuleRow, ReceptionSystemRow

pytestmark = pytest.mark.django_db
RULE: Mapping[str, str] = {
    "field": "Hộ tịch",
    "procedure": "",
    "system": "bo-x",
    "since": "2026-01-01T00:00+07:00",
    "until": "",
    "decision": "CV 12",
    "source": "bịa ra để thử",
}


def _load(folder: Path, *lines: Mapping[str, str]) -> Report:
    file = table(folder, RULES, *lines)
    (report,) = load_files([file], folder=folder, subject=Subject.CUTOVER, at=cast.MONDAY)
    return report


def test_lines_that_cannot_hold_are_refused_with_their_reason(tmp_path: Path) -> None:
    rows.reception_system()
    wrong = (
        {**RULE, "system": "khong-co"},
        {**RULE, "procedure": "1.000101"},
        {**RULE, "since": "khi nào đó"},
        {**RULE, "until": "2025-12-31T00:00+07:00"},
        {**RULE, "since": "2026-02-01T00:00+07:00"},
    )

    report = _load(tmp_path, RULE, *wrong)

    assert report.loaded == 1
    assert [line.code for line in report.refused] == [
        "no_such_reception_system",
        "cutover_rule_of_nothing",
        "bad_field",
        "cutover_rule_of_nothing",
        "version_overlaps",
    ]


def test_a_rule_beside_one_that_holds_already_is_refused(tmp_path: Path) -> None:
    rows.reception_system()
    rows.moved("2025-12-01 00:00")

    report = _load(tmp_path, RULE)

    assert [line.code for line in report.refused] == ["version_overlaps"]
    assert CutoverRuleRow.objects.count() == 1


def test_what_ships_is_whole_and_loading_it_again_changes_nothing() -> None:
    subjects = frozenset({Subject.CUTOVER})
    first = load_shipped(env.ROOT / "data", at=cast.MONDAY, subjects=subjects)

    assert [len(report.refused) for report in first] == [0, 0, 0]
    assert {row.value().system for row in CutoverRuleRow.objects.all()} <= set(
        ReceptionSystemRow.objects.values_list("code", flat=True)
    )
    assert all(r.since == cast.moment("2026-01-01 00:00") for r in CutoverRuleRow.objects.all())

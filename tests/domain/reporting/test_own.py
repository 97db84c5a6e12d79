"""What a body says of itself beside what is computed; which duty its document meets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import cast
from thongsuot.domain.reporting.forms import Row
from thongsuot.domain.reporting.own import Apart, OpenDuty, OwnFigure, Reading, apart, duty_of

ENDED = cast.moment("2025-06-15 00:00")
SECOND = OpenDuty("quarterly", "2025-Q2", "Kiểm soát thủ tục", ENDED)
FIRST = OpenDuty("quarterly", "2025-Q1", "Kiểm soát thủ tục", ENDED)
FORMER = OpenDuty("quarterly", "2024-Q2", "Kiểm soát thủ tục", ENDED)


@pytest.mark.parametrize(
    ("subject", "met"),
    [
        ("Báo cáo công tác KSTTHC quý II năm 2025", SECOND),
        ("BÁO CÁO Quý 2/2025", SECOND),
        ("Báo cáo kiểm soát TTHC Quý I-2025", FIRST),
        ("Báo cáo quý II", None),  # of which year?
        ("Báo cáo năm 2025", None),  # of which quarter?
        ("Báo cáo quý III năm 2025", None),  # nothing owed
        ("Giấy mời họp quý II năm 2025", None),  # no report
        ("", None),
    ],
)
def test_a_document_meets_the_one_duty_that_its_subject_names(
    subject: str, met: OpenDuty | None
) -> None:
    assert duty_of(subject, [SECOND, FIRST, FORMER]) is met


def test_where_only_one_report_is_owed_the_word_report_is_enough() -> None:
    assert duty_of("Báo cáo tình hình giải quyết thủ tục", [SECOND]) is SECOND
    assert duty_of("Báo cáo", []) is None


def row(key: str, value: int) -> Row:
    return Row(key, key, {"3": Fraction(value)})


def test_cells_that_differ_are_told_with_the_readings_by_which_they_agree() -> None:
    told = [OwnFigure("total", "3", Fraction(12), "đếm tay"), OwnFigure("a", "3", Fraction(4))]
    others = {Reading.MOMENTS: [row("total", 11)], Reading.KNOWN_THEN: [row("total", 12)]}

    assert apart(told, [row("total", 11), row("a", 4)], others) == (
        Apart("total", "3", Fraction(12), Fraction(11), (Reading.KNOWN_THEN,), "đếm tay"),
    )


def test_a_row_in_which_no_dossier_of_ours_stands_counts_as_zero() -> None:
    told = [OwnFigure("commune/Thú y", "3", Fraction(2)), OwnFigure("x", "3", Fraction(0))]

    assert [(one.row, one.computed) for one in apart(told, [], {})] == [
        ("commune/Thú y", Fraction(0))
    ]

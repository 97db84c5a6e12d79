"""Procedures come from the tables of the national database without believing them too much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests import cast
from tests.actions.files import CHANNEL, PAPER, PROCEDURE, empty, table
from thongsuot.actions.load import Report, Subject, load_files
from thongsuot.actions.load.catalogue import (
    ABOUT_REORGANISATION,
    AFTER_15H,
    CHANNELS,
    FILES,
    PAPERS,
    PROCEDURES,
    RESULTS,
)
from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Term
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.spans import to_span

pytestmark = pytest.mark.django_db


def _load(folder: Path, *, as_of: date | None = None) -> dict[str, Report]:
    reports = load_files(
        [folder / PROCEDURES.path],
        folder=folder,
        subject=Subject.CATALOGUE,
        at=cast.MONDAY,
        as_of=as_of,
    )
    return {Path(report.file).stem: report for report in reports}


def _of(folder: Path, *channels: Mapping[str, str]) -> Procedure:
    """The one procedure that these lines about channels make."""
    empty(folder, FILES)
    table(folder, PROCEDURES, PROCEDURE)
    table(folder, CHANNELS, *channels)
    _load(folder)
    return ProcedureRow.objects.get().value()


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("- Tờ khai đăng ký;", "Tờ khai đăng ký"),
        ("+ Bản sao (nếu có).", "Bản sao (nếu có)"),
        ("\uf0fc Giấy chứng sinh ;.", "Giấy chứng sinh"),
        ("(1) Đơn đề nghị", "(1) Đơn đề nghị"),
        ("---", "---"),
    ],
)
def test_a_paper_is_named_without_the_marks_of_its_list(
    tmp_path: Path, told: str, name: str
) -> None:
    empty(tmp_path, FILES)
    table(tmp_path, PROCEDURES, PROCEDURE)
    table(tmp_path, CHANNELS, CHANNEL)
    table(tmp_path, PAPERS, {**PAPER, "name": told})

    _load(tmp_path)

    assert [paper.name for paper in ProcedureRow.objects.get().value().papers] == [name]


@pytest.mark.parametrize(
    ("time", "unit", "term"),
    [
        ("5", "Ngày làm việc", "5 ngày làm việc"),
        ("15", "Ngày", "15 ngày"),
        ("28", "Giờ", "28 giờ"),
        ("6", "Tháng", "6 tháng"),
    ],
)
def test_a_term_counts_in_the_unit_that_the_database_names(
    tmp_path: Path, time: str, unit: str, term: str
) -> None:
    procedure = _of(tmp_path, {**CHANNEL, "time": time, "unit": unit})

    assert procedure.term_for("", Channel.IN_PERSON) == Term.parse(term)


@pytest.mark.parametrize(("time", "unit"), [("1", ""), ("", ""), ("", "Ngày")])
def test_a_time_without_unit_is_no_term_and_says_so(tmp_path: Path, time: str, unit: str) -> None:
    procedure = _of(tmp_path, {**CHANNEL, "time": time, "unit": unit})

    assert procedure.terms[0].term is None
    assert "hẹn ngày" in procedure.terms[0].note


def test_terms_of_single_steps_are_not_the_term_of_the_whole(tmp_path: Path) -> None:
    step = {**CHANNEL, "is_step": "1"}

    procedure = _of(tmp_path, {**step, "time": "2"}, {**step, "time": "3"})

    (rule,) = procedure.terms
    assert rule.term is None
    assert "2 ngày làm việc + 3 ngày làm việc" in rule.note


def test_each_case_has_its_own_term(tmp_path: Path) -> None:
    short = {**CHANNEL, "case": "Trường hợp không phải xác minh", "time": "2"}
    long = {**CHANNEL, "case": "Trường hợp phải xác minh", "time": "4"}

    procedure = _of(tmp_path, short, long)

    assert procedure.term_for(short["case"], Channel.IN_PERSON) == Term.parse("2 ngày làm việc")
    assert procedure.term_for(long["case"], Channel.IN_PERSON) == Term.parse("4 ngày làm việc")


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        ({"fee": "0", "fee_shown": "Miễn phí"}, 0),
        ({"fee": "50000", "fee_shown": "50,000 VNĐ"}, 50000),
        ({"fee": "0", "quality": "ok;fee_zero_but_text_mentions_amount"}, None),
        ({"fee": "125", "fee_shown": "125 VNĐ"}, None),
        ({"fee": "10", "fee_shown": "10 USD", "currency": "USD"}, None),
        ({"fee": "", "fee_shown": "Không có thông tin", "currency": ""}, None),
    ],
)
def test_a_fee_that_is_not_certain_is_unknown_and_never_zero(
    tmp_path: Path, cells: Mapping[str, str], amount: int | None
) -> None:
    procedure = _of(tmp_path, {**CHANNEL, **cells})

    (fee,) = procedure.fees
    assert fee.amount == amount
    assert amount is not None or cells.get("fee_shown", "Miễn phí") in fee.note


def test_a_code_without_name_or_level_is_refused_and_its_lines_with_it(tmp_path: Path) -> None:
    empty(tmp_path, FILES)
    nameless = {**PROCEDURE, "code": "1.000102.H99", "name": ""}
    levelless = {**PROCEDURE, "code": "1.000103.H99", "levels": ""}
    table(tmp_path, PROCEDURES, PROCEDURE, nameless, levelless)
    table(tmp_path, PAPERS, PAPER, {**PAPER, "code": "1.000103.H99"})

    reports = _load(tmp_path)

    assert [line.code for line in reports["procedures"].refused] == [
        "name_missing",
        "level_missing",
    ]
    assert [line.code for line in reports["papers"].refused] == ["procedure_not_loaded"]
    assert (reports["papers"].loaded, ProcedureRow.objects.count()) == (1, 1)


def test_a_line_about_a_channel_that_cannot_be_read_is_left_out_alone(tmp_path: Path) -> None:
    empty(tmp_path, FILES)
    table(tmp_path, PROCEDURES, PROCEDURE)
    table(tmp_path, CHANNELS, CHANNEL, {**CHANNEL, "channel": "fax"}, {**CHANNEL, "time": "vài"})

    reports = _load(tmp_path)

    assert [line.code for line in reports["channels"].refused] == [
        "choice_unknown",
        "term_malformed",
    ]
    assert len(ProcedureRow.objects.get().value().terms) == 1


def test_the_15_hour_rule_and_the_subject_come_from_their_lists(tmp_path: Path) -> None:
    empty(tmp_path, FILES)
    table(tmp_path, PROCEDURES, PROCEDURE, {**PROCEDURE, "code": "1.000102", "field": "Khác"})
    table(tmp_path, AFTER_15H, {"field": "Thủy lợi", "source": "bịa"})
    table(tmp_path, ABOUT_REORGANISATION, {"code": "1.000102", "subject": "sáp nhập"})

    _load(tmp_path)

    first, second = (row.value() for row in ProcedureRow.objects.order_by("base"))
    assert (first.counts_from_next_day_after_15h, first.about_reorganisation) == (True, False)
    assert (second.counts_from_next_day_after_15h, second.about_reorganisation) == (False, True)


def test_a_procedure_is_found_by_its_words_without_accents(tmp_path: Path) -> None:
    empty(tmp_path, FILES)
    table(tmp_path, PROCEDURES, PROCEDURE)
    table(tmp_path, RESULTS, {"code": "1.000101", "name": "Giấy xác nhận", "result_code": ""})

    _load(tmp_path)

    row = ProcedureRow.objects.get()
    assert "cap giay xac nhan nguon nuoc thuy loi" in row.search
    assert "000101" in row.search
    assert row.value().results[0].name == "Giấy xác nhận"


def test_a_changed_procedure_becomes_a_new_version_from_the_day_given(tmp_path: Path) -> None:
    _of(tmp_path, CHANNEL)
    table(tmp_path, CHANNELS, {**CHANNEL, "time": "3"})

    silent = _load(tmp_path)["procedures"]
    dated = _load(tmp_path, as_of=date(2026, 3, 1))["procedures"]

    first, second = ProcedureRow.objects.order_by("version")
    assert [line.code for line in silent.refused] == ["content_differs"]
    assert dated.loaded == 1
    assert to_span(first.valid) == first.value().valid
    assert first.value().valid.end == second.value().valid.start == date(2026, 3, 1)
    assert second.value().version == second.version == 2
    assert second.value().terms[0].term == Term.parse("3 ngày làm việc")

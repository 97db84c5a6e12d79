"""The clock of the law, asked from the command line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests import cast, life, rows
from tests.cli.terminal import ask
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus
from thongsuot.records.calendar import MarkRow

pytestmark = pytest.mark.usefixtures("province")

GOOD = {"received": "2025-04-25T14:10", "term": "15 ngày làm việc"}


def test_a_term_is_answered_with_its_due_moment_and_its_ledger() -> None:
    said = ask(
        "calendar", "due", "--term", "15 ngày làm việc", "--received", "2025-04-25T14:10", "--json"
    )

    assert said.code == 0
    assert said.json["due"] == "2025-05-20T14:10:00+07:00"
    assert sum(day["counted"] for day in said.json["ledger"]) == 15
    assert said.json["ledger"][0] == {
        "day": "2025-04-25",
        "counted": 0,
        "why": "Ngày bắt đầu tính, chưa tính là một ngày",
    }


def test_people_read_the_ledger_day_by_day_with_reasons() -> None:
    said = ask("calendar", "due", "--term", "2 ngày làm việc", "--received", "2025-04-28T08:00")

    assert said.code == 0
    assert "Hạn giải quyết: 08 giờ 00, thứ Hai ngày 05/05/2025" in said.out
    assert "thứ Tư 30/04/2025" in said.out
    assert "Nghỉ lễ" in said.out
    assert "Thời hạn giải quyết: 2 ngày làm việc" in said.out


def test_a_procedure_stands_for_its_term() -> None:
    by_term = ask(
        "calendar", "due", "--term", "5 ngày làm việc", "--received", "2025-09-08T08:00", "--json"
    )
    by_code = ask(
        "calendar", "due", "--procedure", rows.FIVE_DAYS, "--received", "2025-09-08T08:00", "--json"
    )

    assert by_code.json["due"] == by_term.json["due"]


def test_every_circumstance_moves_the_moment() -> None:
    plain = [
        "calendar",
        "due",
        "--term",
        "3 ngày làm việc",
        "--received",
        "2025-09-08T15:30",
        "--json",
    ]

    later = ask(*plain, "--after-15h")
    paused = ask(*plain, "--pause", "2025-09-09T08:00/2025-09-10T08:00")
    elsewhere = ask(*plain, "--office", cast.BAN_MAY)

    assert ask(*plain).json["due"] == "2025-09-11T15:30:00+07:00"
    assert later.json["due"] == "2025-09-11T17:00:00+07:00"
    assert paused.json["due"] == "2025-09-12T15:30:00+07:00"
    assert elsewhere.json["due"] == "2025-09-11T15:30:00+07:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--received", "2025-04-25T14:10"], "term_or_procedure"),
        (["--term", "15 ngày làm việc"], "field_needed"),
        (["--term", "15 ngày làm việc", "--received", "hôm qua"], "bad_field"),
        (["--term", "15 ngày làm việc", "--received", "2025-04-25"], "bad_field"),
        (["--term", "mười ngày", "--received", "2025-04-25T14:10"], "term_malformed"),
        (["--term", "3 tuần", "--received", "2025-04-25T14:10"], "term_unit_unknown"),
        (["--term", "3 ngày", "--received", "2099-04-25T14:10"], "no_calendar_for_year"),
        (["--procedure", "x", "--received", "2025-04-25T14:10"], "procedure_code_malformed"),
        (["--procedure", "9.999999", "--received", "2025-04-25T14:10"], "no_such_procedure"),
        (["--procedure", rows.REPEALED, "--received", "2025-08-25T14:10"], "procedure_repealed"),
        (["--procedure", rows.NO_TERM, "--received", "2025-08-25T14:10"], "no_legal_term"),
        (
            ["--procedure", rows.FIVE_DAYS, "--received", "2025-08-25T14:10", "--case", "khác"],
            "no_such_case",
        ),
        (
            ["--term", "3 ngày", "--received", "2025-08-25T14:10", "--office", cast.BAN_CU],
            "office_closed",
        ),
        (
            ["--term", "3 ngày", "--received", "2025-08-25T14:10", "--pause", "2025-08-26T08:00"],
            "bad_field",
        ),
        (
            [
                *["--term", "3 ngày", "--received", "2025-08-25T14:10"],
                *["--pause", "2025-08-26T08:00/2025-08-26T08:00"],
            ],
            "pause_ends_before_it_starts",
        ),
        (["--term", "3 ngày", "--received", "2025-08-25T14:10", "--channel", "fax"], "bad_field"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_json_and_in_one_line(
    words: list[str], code: str
) -> None:
    as_json = ask("calendar", "due", *words, "--json")
    as_line = ask("calendar", "due", *words)

    assert (as_json.code, as_json.refusal, as_json.err) == (1, code, "")
    assert (as_line.code, as_line.out) == (1, "")
    assert len(as_line.err.splitlines()) == 1
    assert as_line.err.startswith(as_json.json["refusal"]["message"])


def test_a_batch_is_answered_line_by_line_in_order() -> None:
    asked: list[dict[str, object]] = [
        {**GOOD},
        {"received": "2025-04-25 14:10:30", "term": "0,5 ngày làm việc"},
        {"received": "2025-04-25T14:10", "term": "8 giờ làm việc"},
        {"received": "2025-04-25T14:10", "term": "15 ngày"},
        {"received": "2025-04-25T14:10", "term": "1 tháng"},
        {"received": "2025-09-08T08:00", "procedure": rows.FIVE_DAYS, "channel": "trực tuyến"},
        {**GOOD, "after_15h": True, "pauses": [["2025-05-05T07:30", "2025-05-06T07:30"]]},
    ]

    said = ask("calendar", "due", "--batch", "-", "--json", piped=_lines(asked))

    assert said.code == 0
    assert [answer["due"] for answer in said.answers] == [
        "2025-05-20T14:10:00+07:00",
        "2025-04-26T08:25:00+07:00",
        "2025-04-26T14:40:00+07:00",
        "2025-05-12T14:10:00+07:00",
        "2025-05-26T14:10:00+07:00",
        "2025-09-15T08:00:00+07:00",
        "2025-05-21T14:10:00+07:00",
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "json_malformed"),
        (b"   ", "json_malformed"),
        (b"{", "json_malformed"),
        (b"\xff\xfe", "json_malformed"),
        (b'{"received": NaN}', "json_malformed"),
        (b'{"term": 1, "term": 2}', "json_malformed"),
        (b"[" * 5000 + b"]" * 5000, "json_malformed"),
        (b"[" * 300 + b"]" * 300, "json_malformed"),
        (b'{"received": ' + b"1" * 5000 + b"}", "json_malformed"),
        (b"[]", "bad_field"),
        (b"null", "bad_field"),
        (b'"x"', "bad_field"),
        (b"{}", "term_or_procedure"),
        (b'{"received": "2025-04-25T14:10", "term": ""}', "term_or_procedure"),
        (b'{"received": "2025-04-25T14:10", "term": 15}', "bad_field"),
        (b'{"received": 20250425, "term": "15 ng\xc3\xa0y"}', "bad_field"),
        (b'{"received": "", "term": "15 ng\xc3\xa0y"}', "field_needed"),
        (b'{"received": "2025-02-30T14:10", "term": "15 ng\xc3\xa0y"}', "bad_field"),
        (b'{"received": "2025-04-25T24:10", "term": "15 ng\xc3\xa0y"}', "bad_field"),
        (b'{"received": "0001-01-01T00:00+14:00", "term": "1 ng\xc3\xa0y"}', "bad_field"),
        (b'{"received": "2025-04-25T14:10", "term": "\\u0000"}', "bad_field"),
        (b'{"received": "2025-04-25T14:10", "term": "\\ud800"}', "bad_field"),
        (b'{"recieved": "2025-04-25T14:10", "term": "15 ng\xc3\xa0y"}', "field_unknown"),
        (b'{"received": "2025-04-25T14:10", "term": "1 ng\xc3\xa0y", "pauses": {}}', "bad_field"),
        (
            b'{"received": "2025-04-25T14:10", "term": "1 ng\xc3\xa0y", "pauses": [["a"]]}',
            "bad_field",
        ),
        (
            b'{"received": "2025-04-25T14:10", "term": "1 ng\xc3\xa0y", "after_15h": "maybe"}',
            "bad_field",
        ),
        (
            b'{"received": "2025-04-25T14:10", "term": "1 ng\xc3\xa0y", "office": "x"}',
            "office_code_malformed",
        ),
        (
            b'{"received": "2025-04-25T14:10", "term": "1 ng\xc3\xa0y", "procedure": "1.000101"}',
            "term_or_procedure",
        ),
    ],
)
def test_a_bad_line_is_answered_by_its_refusal_and_the_next_one_goes_on(
    line: bytes, code: str
) -> None:
    good = json.dumps(GOOD).encode()

    said = ask("calendar", "due", "--batch", "-", "--json", piped=b"\n".join((good, line, good)))

    assert said.code == 0
    first, refused, last = said.answers
    assert first == last
    assert refused["refusal"]["code"] == code
    assert refused["refusal"]["message"]


def test_a_batch_may_be_empty_and_its_lines_may_end_as_they_like() -> None:
    windows = b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n"

    assert ask("calendar", "due", "--batch", "-", "--json", piped=b"").out == ""
    assert len(ask("calendar", "due", "--batch", "-", "--json", piped=windows).answers) == 1


def test_a_batch_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    said = ask("calendar", "due", "--batch", str(tmp_path / "none.jsonl"), "--json")

    assert (said.code, said.refusal) == (1, "file_unreadable")


def test_a_long_batch_asks_the_database_only_once_for_each_thing(
    django_assert_max_num_queries: object, tmp_path: Path
) -> None:
    line = json.dumps({**GOOD, "office": cast.BAN_MAY, "received": "2025-08-25T14:10"})
    other = json.dumps({"received": "2025-08-25T14:10", "procedure": rows.FIVE_DAYS})
    file = tmp_path / "many.jsonl"
    file.write_text(f"{line}\n{other}\n" * 1000)

    started = time.monotonic()
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture without a type
        said = ask("calendar", "due", "--batch", str(file), "--json")

    assert len(said.out.splitlines()) == 2000
    assert time.monotonic() - started < 10


def test_a_year_is_shown_with_its_special_days() -> None:
    as_json = ask("calendar", "show", "--year", "2025", "--json")
    as_text = ask("calendar", "show", "--year", "2025")

    holidays = {day["day"] for day in as_json.json["days"] if not day["is_working"]}
    assert {"2025-01-01", "2025-04-30", "2025-09-02"} <= holidays
    assert f"{as_json.json['working_days']} ngày làm việc" in as_text.out


@pytest.mark.parametrize(("year", "code"), [("2099", "no_calendar_for_year"), ("x", "bad_field")])
def test_a_year_without_a_calendar_is_refused(year: str, code: str) -> None:
    assert ask("calendar", "show", "--year", year, "--json").refusal == code


def test_a_new_calendar_moves_nothing_until_somebody_accepts_it() -> None:
    dossier = life.received()
    closed = CalendarDay(
        cast.MONDAY.date().replace(day=10),
        DayKind.HOLIDAY,
        "Nghỉ bão",
        DayStatus.OFFICIAL,
        "công điện",
    )
    assert ask("calendar", "differences", "--json").json == []

    rows.calendar("thu-2", extra=[closed])
    listed = ask("calendar", "differences", "--json").json
    words = ["calendar", "accept", dossier.code, "--reason", "Nghỉ bão", "--by", cast.NHUNG.account]
    tried = ask(*words, "--at", "2025-09-09T09:00", "--dry-run", "--json")
    still = ask("calendar", "differences")
    done = ask(*words, "--at", "2025-09-09T09:00")

    assert listed == [
        {
            "code": dossier.code,
            "due": "2025-09-15T08:00:00+07:00",
            "due_by_newest": "2025-09-16T08:00:00+07:00",
        }
    ]
    assert tried.json["due_at"] == "2025-09-16T08:00:00+07:00"
    assert dossier.code in still.out
    assert "08 giờ 00, thứ Ba ngày 16/09/2025" in done.out
    assert ask("calendar", "differences", "--json").json == []


def test_a_simulated_moment_is_refused_where_things_are_real() -> None:
    dossier = life.received()
    MarkRow.objects.update(kind="live")

    said = ask(
        "calendar",
        "accept",
        dossier.code,
        *["--reason", "thử", "--by", cast.NHUNG.account, "--at", "2025-09-09T09:00", "--json"],
    )

    assert (said.code, said.refusal) == (1, "simulated_clock_not_allowed")


def _lines(asked: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in asked).encode()

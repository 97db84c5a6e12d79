"""What a partner would not take is found before it is sent, value by value, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from thongsuot.domain.exchange.shape import Shape, Unfit, ValueType, Wanted

SHAPE = Shape(
    "thử",
    1,
    "bịa",
    (
        Wanted("code", "mã", is_required=True, longest=4),
        Wanted("who.number", "số", pattern="[0-9]{12}"),
        Wanted("papers[].name", "tên giấy tờ", is_required=True),
        Wanted("papers[].many", "số bản", ValueType.NUMBER),
        Wanted("due", "hạn", ValueType.MOMENT, is_required=True),
        Wanted("way", "cách", one_of=("0", "1")),
        Wanted("done", "xong", ValueType.YES_NO),
    ),
)
WHOLE: dict[str, Any] = {
    "code": "H1",
    "who": {"number": "012190000017"},
    "papers": [{"name": "Tờ khai", "many": 1}],
    "due": "2025-09-08T08:00:00.000+0700",
    "way": "1",
    "done": False,
}


def misfits(**other: Any) -> list[tuple[str, Unfit]]:
    return [(one.path, one.why) for one in SHAPE.misfits({**WHOLE, **other})]


@pytest.mark.parametrize(
    ("other", "path", "why"),
    [
        ({"code": ""}, "code", Unfit.MISSING),
        ({"code": None}, "code", Unfit.MISSING),
        ({"code": "H1234"}, "code", Unfit.TOO_LONG),
        ({"code": 7}, "code", Unfit.TYPE),
        ({"who": {"number": "12"}}, "who.number", Unfit.PATTERN),
        ({"papers": [{"name": "Tờ khai"}, {"many": 2}]}, "papers[].name", Unfit.MISSING),
        ({"papers": [{"name": "Tờ khai", "many": "2"}]}, "papers[].many", Unfit.TYPE),
        ({"papers": [{"name": "Tờ khai", "many": True}]}, "papers[].many", Unfit.TYPE),
        ({"due": "mai"}, "due", Unfit.TYPE),
        ({"due": "2025-09-08T08:00:00"}, "due", Unfit.TYPE),  # of no zone
        ({"way": "2"}, "way", Unfit.NOT_ONE_OF),
        ({"done": "false"}, "done", Unfit.TYPE),
    ],
)
def test_a_value_that_is_not_taken_is_named_with_why(
    other: dict[str, Any], path: str, why: Unfit
) -> None:
    assert misfits(**other) == [(path, why)]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert misfits(code="", way="9", due=None) == [
        ("code", Unfit.MISSING),
        ("due", Unfit.MISSING),
        ("way", Unfit.NOT_ONE_OF),
    ]


def test_what_fits_is_left_alone_and_what_may_be_absent_may_be() -> None:
    assert misfits() == []
    assert misfits(who={}, papers=[], way="", done=None) == []


def test_something_else_than_a_list_of_values_is_no_list() -> None:
    assert ("papers[].many", Unfit.TYPE) in misfits(papers="một")

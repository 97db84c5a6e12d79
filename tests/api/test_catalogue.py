"""The catalogue and the bodies through the API, page by page."""

from __future__ import annotations

import pytest

from tests import cast, rows
from tests.api.machines import Machine


def walked(machine: Machine, path: str, name: str, key: str = "code") -> list[str]:
    """Every line of a list, two at a time."""
    found, after = list[str](), ""
    for _ in range(50):
        page = machine.get(path, limit=2, **({"after": after} if after else {})).json
        found += [line[key] for line in page[name]]
        after = page["next"]
        if not after:
            return found
    raise AssertionError("no end")


@pytest.mark.parametrize(
    ("path", "name", "key", "known"),
    [
        ("/catalogue/procedures", "procedures", "code", rows.FIVE_DAYS),
        ("/catalogue/processes", "processes", "key", "chung@1"),
        ("/directory/offices", "offices", "code", cast.BAN_MAY),
    ],
)
def test_a_list_is_walked_to_its_end_and_each_line_comes_once(
    hoa: Machine, path: str, name: str, key: str, known: str
) -> None:
    found = walked(hoa, path, name, key)

    assert known in found
    assert found == sorted(set(found))
    assert hoa.get(path, after="\uffff").json == {name: [], "next": ""}


def test_a_body_is_found_by_words_without_accents(hoa: Machine) -> None:
    found = hoa.get("/directory/offices", search="MAY ban", on="2025-09-08").json["offices"]

    assert [line["code"] for line in found] == [cast.BAN_MAY]


def test_a_process_tells_its_stages(hoa: Machine) -> None:
    told = hoa.get("/catalogue/processes/chung@1").json

    assert told["stages"] and told["moves"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/catalogue/procedures", {"on": "hôm qua"}, "bad_field"),
        ("/catalogue/procedures", {"limit": "-1"}, "bad_field"),
        ("/directory/offices", {"after": "\x00"}, "bad_field"),
        ("/catalogue/processes", {"q": "x"}, "field_unknown"),
        ("/catalogue/processes/khong@99999999999", {}, "no_process"),
        ("/catalogue/processes/khong", {}, "no_process"),
    ],
)
def test_a_bad_question_is_one_sentence(
    hoa: Machine, path: str, query: dict[str, str], code: str
) -> None:
    assert hoa.get(path, **query).refusal == code

"""The worked examples of the law, kept where somebody who does not program can read them."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import TypedDict

import pytest

from tests.domain.calendars import lai_chau_calendar
from thongsuot.domain.deadline import Deadline, Pause, PauseKind, Term, due
from thongsuot.domain.workdays import VIETNAM

EXAMPLES = sorted((Path(__file__).parent / "examples" / "clock").glob("*.toml"))

PausedExample = TypedDict("PausedExample", {"from": datetime, "to": datetime, "kind": str})


class Example(TypedDict, total=False):
    title: str
    source: str
    received: datetime
    term: str
    after_15h: bool
    pauses: list[PausedExample]
    due: datetime
    because: list[str]
    counted: dict[str, float]
    minutes: dict[str, int]
    why: dict[str, str]


def examples() -> list[Example]:
    found: list[Example] = []
    for path in EXAMPLES:
        found += tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    return found


def local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIETNAM)


def deadline(example: Example) -> Deadline:
    pauses = [
        Pause(local(pause["from"]), local(pause["to"]), PauseKind(pause["kind"]))
        for pause in example.get("pauses", [])
    ]
    return due(
        local(example["received"]),
        Term.parse(example["term"]),
        lai_chau_calendar(),
        pauses=pauses,
        after_15h=example.get("after_15h", False),
    )


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["title"])
def test_a_worked_example_of_the_law(example: Example) -> None:
    counted = deadline(example)
    ledger = {entry.day.isoformat(): entry for entry in counted.ledger()}

    assert counted.at == local(example["due"])
    assert [reason.code for reason in counted.because()] == example["because"]
    for day, share in example.get("counted", {}).items():
        assert (day, ledger[day].counted) == (day, share)
    for day, minutes in example.get("minutes", {}).items():
        assert (day, ledger[day].minutes) == (day, minutes)
    for day, why in example.get("why", {}).items():
        assert (day, ledger[day].why) == (day, why)


def test_every_example_names_its_source() -> None:
    assert all(example["source"] for example in examples())
    assert len(examples()) >= 25

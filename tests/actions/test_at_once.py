"""Many people at once: numbers in order, one first, and never half a dossier."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.refusals import Conflict
from thongsuot.domain.identifiers import DossierCode
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import dossier as queries
from thongsuot.records import dossier as records
from thongsuot.records.dossier import DossierRow, EventRow, code_gaps

pytestmark = pytest.mark.usefixtures("lasting_province")

WRITERS = 32
Made = TypeVar("Made")


def at_once(count: int, work: Callable[[int], Made]) -> list[Made | Refusal]:
    """What several people get who do the same at the same moment, each on their own connection."""
    start = Barrier(count)

    def one(number: int) -> Made | Refusal:
        try:
            start.wait(timeout=30)
            return work(number)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def receive(_: int) -> Dossier:
    return life.received()


def numbers() -> list[int]:
    codes = DossierRow.objects.order_by("id").values_list("code", flat=True)
    return sorted(DossierCode.parse(code).number for code in codes)


def test_thirty_two_writers_get_thirty_two_numbers_in_order() -> None:
    made = at_once(WRITERS, receive)

    assert [m for m in made if isinstance(m, Refusal)] == []
    assert numbers() == list(range(1, WRITERS + 1))
    assert list(code_gaps()) == []


def test_a_number_whose_dossier_was_not_kept_is_a_gap_listed_and_never_used_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given three writers of whom the second breaks down after taking a number
    def break_down(*_: object, **__: object) -> None:
        raise ConnectionError("the machine stopped")

    life.received()
    with monkeypatch.context() as broken:
        broken.setattr(records, "append", break_down)
        with pytest.raises(ConnectionError):
            life.received()
    life.received()

    # then its number is missing, told, and stays so
    assert numbers() == [1, 3]
    assert list(code_gaps()) == [(cast.BAN_MAY, MONDAY.date(), 2)]
    assert life.received().code.endswith("-0004")


def test_of_two_who_saw_the_same_version_one_acts_and_one_is_told() -> None:
    dossier = life.received()

    def forward(_: int) -> Dossier:
        return actions.make(
            code=dossier.code,
            move="forward",
            given={},
            by=cast.HOA,
            at=MONDAY + timedelta(minutes=1),
            seen_version=dossier.version,
        )

    made = at_once(8, forward)

    assert sum(isinstance(m, Dossier) for m in made) == 1
    assert {type(m) for m in made if isinstance(m, Refusal)} == {Conflict}
    assert EventRow.objects.filter(dossier__code=dossier.code).count() == 2


def test_many_who_do_different_things_leave_every_dossier_whole() -> None:
    dossier = life.received()
    what = ("forward", "stop", "ask_supplement", "digitise")
    fields: dict[str, dict[str, object]] = {
        "forward": {},
        "stop": {"reason": "Không cần"},
        "ask_supplement": {"missing": "Ảnh", "reason": "thiếu"},
        "digitise": {"paper": "Tờ khai"},
    }

    def act(number: int) -> Dossier:
        name = what[number % len(what)]
        return actions.make(
            code=dossier.code,
            move=name,
            given=fields[name],
            by=cast.HOA,
            at=MONDAY + timedelta(minutes=1),
        )

    made = at_once(12, act)

    done = sum(isinstance(m, Dossier) for m in made)
    row = DossierRow.objects.get()
    assert (
        row.version
        == row.events.count()
        == rows.count("records_outboxrow") + _scans(row)
        == done + 1
    )
    assert [found for _, found in queries.verified()] == [[]]


def _scans(row: DossierRow) -> int:
    return row.events.filter(name="digitised").count()

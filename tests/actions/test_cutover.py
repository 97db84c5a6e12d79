"""A field gets ready by evidence; it is started, held and taken back by right, on the record."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.actions import cutover as actions
from thongsuot.actions import inbox, remote
from thongsuot.domain.cutover import FieldAct, StepBeforeNow, StepNotNow
from thongsuot.domain.cutover.set_up import Check
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Arrival
from thongsuot.queries import board as queries
from thongsuot.queries.board import BodyLine
from thongsuot.records.access import RoleRow
from thongsuot.records.cutover import CutoverStepRow
from thongsuot.records.exchange import ConnectionRow
from thongsuot.words.payload import JsonMalformed
from thongsuot.words.reading import FieldNeeded

FIELD = "Hộ tịch"
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def moving(province: None) -> None:
    """The field moves at the end of September to the system of a ministry."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.reception_system(partner="bo-x")
    rows.moved("2025-10-01 00:00")


def body() -> BodyLine:
    page = queries.page(FIELD, at=LATER)
    assert page is not None
    return next(line for line in page.bodies if line.office == cast.BAN_MAY)


def red() -> set[Check]:
    return {check for check, ok in body().checks if not ok}


def exported() -> dict[str, Any]:
    actions.export(field=FIELD, by=cast.MINH, at=MONDAY)
    return actions.document(FIELD, at=MONDAY)


def read(told: object) -> tuple[int, int]:
    content = json.dumps(told).encode()
    return actions.read_back(field=FIELD, content=content, source="bo.json", by=cast.MINH, at=LATER)


def act(what: FieldAct, *, by: Any = cast.MINH, **given: Any) -> None:
    usual: dict[str, Any] = {
        "effective_at": None,
        "decision": "QĐ 9",
        "reason": "theo chỉ đạo",
        "despite": True,
        "at": MONDAY,
    }
    actions.act(field=FIELD, act=what, by=by, **usual | given)


def test_only_whoever_keeps_the_systems_of_the_province_does_any_of_it() -> None:
    with pytest.raises(NotYourRight):
        actions.export(field=FIELD, by=cast.HOA, at=MONDAY)
    with pytest.raises(NotYourRight):
        actions.note_test(field=FIELD, code="x", by=cast.HOA, at=MONDAY)
    with pytest.raises(NotYourRight):
        act(FieldAct.FREEZE, by=cast.HOA)


def test_what_makes_no_sense_is_refused_and_keeps_nothing() -> None:
    with pytest.raises(actions.NoSuchField):
        actions.export(field="Không có", by=cast.MINH, at=MONDAY)
    with pytest.raises(actions.NothingExported):
        read({"bodies": []})
    exported()
    wrong: tuple[object, ...] = ([], {"bodies": {}}, {"bodies": [{"office": cast.BAN_MAY}]})
    for broken in wrong:
        with pytest.raises(actions.SetUpUnreadable):
            read(broken)
    with pytest.raises(JsonMalformed):
        actions.read_back(field=FIELD, content=b"{", source="x", by=cast.MINH, at=LATER)
    assert Check.READ_BACK in red()


def test_an_export_read_back_unchanged_is_ready_and_a_change_is_listed() -> None:
    told = exported()
    assert Check.EXPORTED not in red()

    assert read(told)[1] == 0
    assert Check.READ_BACK not in red()

    mine = next(one for one in told["bodies"] if one["office"] == cast.BAN_MAY)
    mine["procedures"][0]["steps"][0]["term"] = "9 giờ"
    assert read(told)[1] == 1
    page = queries.page(FIELD, at=LATER)
    assert page is not None
    assert [line.difference.there for line in page.differences] == ["9 giờ"]
    assert body().differences == 1


def test_a_person_who_comes_makes_the_export_stale() -> None:
    read(exported())
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)

    assert {Check.EXPORTED, Check.READ_BACK} <= red()


def test_a_test_dossier_passes_when_the_ministry_tells_its_result() -> None:
    actions.note_test(field=FIELD, code="THU-1", by=cast.MINH, at=MONDAY)
    assert Check.TESTED in red()

    told = {
        "code": "THU-1",
        "procedure": rows.FIVE_DAYS,
        "status": "10",
        "received_at": MONDAY.isoformat(),
    }
    inbox.take_in(Arrival("bo-x", "1", remote.KIND, told), at=LATER)

    assert Check.TESTED not in red()


def test_the_connection_counts_once_it_is_live() -> None:
    assert Check.CONNECTED in red()
    ConnectionRow.objects.create(
        partner="bo-x",
        version=1,
        kind="x",
        address="http://127.0.0.1:1",
        state="live",
        since=MONDAY,
        decided_by="bịa",
    )
    assert Check.CONNECTED not in red()


def test_a_field_that_is_not_ready_starts_only_on_purpose() -> None:
    with pytest.raises(actions.FieldNotReady):
        act(FieldAct.START, despite=False)
    with pytest.raises(FieldNeeded):
        act(FieldAct.START, decision="")
    with pytest.raises(FieldNeeded):
        act(FieldAct.FREEZE, reason="")

    act(FieldAct.START)

    assert CutoverStepRow.objects.get().by == "minh"


def test_steps_go_forward_in_time_and_are_never_changed() -> None:
    act(FieldAct.FREEZE)
    with pytest.raises(StepNotNow):
        act(FieldAct.FREEZE, at=LATER)
    with pytest.raises(StepBeforeNow):
        act(FieldAct.START, effective_at=MONDAY, at=LATER)
    act(FieldAct.ROLL_BACK, at=LATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        CutoverStepRow.objects.update(reason="khác")
    page = queries.page(FIELD, at=LATER)
    assert page is not None
    assert page.line.last_act == "roll_back"
    assert page.acts_now == (FieldAct.START,)


def test_what_was_open_at_the_switch_is_drained_until_zero() -> None:
    first = life.received(at=MONDAY)
    at = cast.moment("2025-10-20 08:00")

    lines, count = queries.left(FIELD, at=at, state="stuck")
    line = next(one for one in queries.board(at=at) if one.field == FIELD)

    assert (count, lines[0].code, lines[0].is_late) == (1, first.code, True)
    assert (line.is_moved, line.numbers.open, line.numbers.stuck) == (True, 1, 1)
    assert queries.left(FIELD, at=at, state="after") == ((), 0)
    assert queries.left(FIELD, at=at, office=cast.NAM_SUONG)[1] == 0

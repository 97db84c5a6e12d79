"""A service is published only after a test dossier went from the portal here, to its result and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import builders, cast, life, rows
from tests.cast import MONDAY
from thongsuot.actions import dossier as dossiers
from thongsuot.actions import online as actions
from thongsuot.domain.catalogue import Channel, NoSuchProcedure
from thongsuot.domain.cutover.online import (
    NoSuchService,
    Obstacle,
    PartNeedsReason,
    ServiceLevel,
    ServiceNotTested,
    ServiceStepNotNow,
)
from thongsuot.domain.dossier.events import Identifier
from thongsuot.domain.duties import NotYourRight
from thongsuot.queries import online as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.online import OnlineServiceRow, OnlineServiceStepRow
from thongsuot.words.reading import FieldNeeded

LATER = MONDAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def keeper(province: None) -> None:
    """Minh keeps the systems of the province."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])


def register(level: ServiceLevel = ServiceLevel.WHOLE, **given: Any) -> OnlineServiceRow:
    usual: dict[str, Any] = {
        "procedure": rows.FIVE_DAYS,
        "reason": "",
        "decision": "QĐ 1",
        "by": cast.MINH,
        "at": MONDAY,
    }
    return actions.register(level=level, **usual | given)


def publish(dossier: str, **given: Any) -> None:
    usual: dict[str, Any] = {"decision": "QĐ 2", "by": cast.MINH, "at": LATER}
    actions.publish(procedure=rows.FIVE_DAYS, dossier=dossier, **usual | given)


def withdraw(**given: Any) -> None:
    usual: dict[str, Any] = {"reason": "lỗi", "decision": "QĐ 3", "by": cast.MINH, "at": LATER}
    actions.withdraw(procedure=rows.FIVE_DAYS, **usual | given)


def from_portal() -> str:
    """A dossier that was handed in on the national portal."""
    submission = builders.submission(
        channel=Channel.ONLINE, identifiers=(Identifier("national_portal", "G01-1"),)
    )
    asked = life.request(submission=submission)
    return dossiers.receive(request=asked, by=cast.HOA, at=MONDAY).code


def ended(code: str) -> None:
    """As if it had gone its way: what the acts of a dossier write is tested where they are."""
    DossierRow.objects.filter(code=code).update(status="9", ended_at=LATER)


def told(code: str) -> None:
    row = DossierRow.objects.get(code=code)
    OutboxRow.objects.create(
        partner="national_portal",
        dossier=row,
        seq=9,
        kind="result",
        payload={},
        payload_hash="x",
        owed_at=LATER,
        sent_at=LATER,
        reference="DVC-77",
    )


def test_who_may_not_what_is_not_there_and_a_part_without_a_reason_are_refused() -> None:
    with pytest.raises(NotYourRight):
        register(by=cast.HOA)
    with pytest.raises(NoSuchProcedure):
        register(procedure="9.999999")
    with pytest.raises(PartNeedsReason):
        register(ServiceLevel.PART)
    with pytest.raises(FieldNeeded):
        register(decision="")
    with pytest.raises(NoSuchService):
        publish("x")

    assert not OnlineServiceRow.objects.exists()


def test_what_a_ministry_receives_is_not_ours_to_publish() -> None:
    rows.reception_system()
    rows.moved("2025-09-08 00:00")

    with pytest.raises(actions.ServiceElsewhere):
        register()
    assert queries.page(rows.FIVE_DAYS, at=MONDAY).elsewhere == "Hệ thống bo-x"


def test_each_part_of_the_way_must_be_behind_before_it_is_published() -> None:
    register()
    own = life.received().code
    code = from_portal()
    missing = []

    for dossier, step in ((own, None), (code, None), (code, ended), (code, told)):
        if step is not None:
            step(dossier)
        try:
            publish(dossier)
        except ServiceNotTested as refused:
            missing.append(refused.facts["ways"])

    assert missing == [
        ["from_portal", "result", "back_at_portal"],
        ["result", "back_at_portal"],
        ["back_at_portal"],
    ]
    page = queries.page(rows.FIVE_DAYS, at=LATER)
    assert page.line is not None
    assert page.line.state == "published"
    evidence = page.steps[0].evidence
    assert evidence is not None
    assert (evidence.portal_code, evidence.reference) == ("G01-1", "DVC-77")


def test_the_national_database_is_owed_what_was_published_and_withdrawn_in_this_order() -> None:
    register(ServiceLevel.PART, reason="phải có mặt")
    withdraw()  # never published: nobody outside knew of it
    register()
    code = from_portal()
    ended(code)
    told(code)
    publish(code)
    withdraw(reason="lỗi biểu mẫu", at=LATER + timedelta(hours=1))

    owed = list(ErrandRow.objects.filter(kind="publish_service").order_by("id"))
    assert {(one.partner, one.about) for one in owed} == {
        ("procedure_database", f"service:{rows.FIVE_DAYS}")
    }
    published, withdrawn = (one.payload for one in owed)
    assert (published["isOnline"], published["isFullProcess"]) == (True, True)
    assert published["testDossier"] == code
    assert (withdrawn["isOnline"], withdrawn["reason"]) == (False, "lỗi biểu mẫu")


def test_nothing_is_owed_where_the_register_did_not_change() -> None:
    register()

    with pytest.raises(ServiceNotTested):
        publish(life.received().code)

    assert not ErrandRow.objects.exists()


def test_the_register_tells_how_it_stands_with_the_national_side() -> None:
    register()
    code = from_portal()
    ended(code)
    told(code)
    publish(code)
    owed = ErrandRow.objects.get(kind="publish_service")
    states = []

    for change in ({}, {"set_aside_at": LATER, "last_error": "400"}, {"sent_at": LATER}):
        ErrandRow.objects.filter(pk=owed.pk).update(**change)
        line, step = queries.services().lines[0], queries.page(rows.FIVE_DAYS, at=LATER).steps[0]
        assert line.told == step.told
        assert line.told is not None
        states.append((line.told.state, line.told.reason))

    assert states == [("waiting", ""), ("aside", "400"), ("done", "400")]


def test_a_published_service_is_withdrawn_with_a_reason_and_may_begin_again() -> None:
    register(ServiceLevel.PART, reason="phải có mặt")
    code = from_portal()
    ended(code)
    told(code)
    publish(code)

    with pytest.raises(ServiceStepNotNow):
        register()
    with pytest.raises(FieldNeeded):
        withdraw(reason="")
    withdraw()
    with pytest.raises(ServiceStepNotNow):
        publish(code)
    register()

    assert OnlineServiceStepRow.objects.count() == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineServiceStepRow.objects.update(reason="khác")


def test_the_review_tells_what_stands_against_offering_a_procedure_whole() -> None:
    lines, count = queries.review(at=MONDAY, only_fit=False)
    fit, none = queries.review(at=MONDAY, only_fit=True)

    known = {line.procedure: line for line in lines}
    assert count == len(lines)
    assert Obstacle.ORIGINALS in known[rows.FIVE_DAYS].obstacles
    assert Obstacle.NO_CHANNEL in known[rows.NO_TERM].obstacles
    assert (fit, none) == ((), 0)
    register()
    assert queries.review(at=MONDAY, only_fit=False)[1] == count - 1
    assert queries.services().whole == 1

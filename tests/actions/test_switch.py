"""A switch passes every open dossier on, moves no deadline, loses nothing, and can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, life
from tests.switches import AT, LATER, NEW, PLAN, approved, columns, received_by_the_heir, switched
from thongsuot.actions import messages
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import NotYourRight, Person
from thongsuot.domain.messages import UNWORDED, hash_of
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as dossiers
from thongsuot.records import reorganisation as records
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.messages import OutboxRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def undone(operation: int | None = None) -> undoing.Undone:
    return undoing.undo(key=PLAN.id, operation=operation, by=cast.NHUNG, at=LATER)


def at_work() -> Dossier:
    """A dossier that Tâm of Bản Mây has."""
    return life.assigned(life.received())


def row(dossier: Dossier) -> DossierRow:
    return DossierRow.objects.get(code=dossier.code)


def names(dossier: Dossier) -> list[str]:
    found = EventRow.objects.filter(dossier__code=dossier.code).order_by("version")
    return list(found.values_list("name", flat=True))


def columns_agree_with_events() -> None:
    for one, events in dossiers.each_with_events():
        assert dossiers.differences(one, events) == []


def test_partners_are_told_the_whole_dossier_when_the_turn_of_its_message_comes() -> None:
    works = at_work()
    switched()
    owed = OutboxRow.objects.get(partner="national_portal", payload__event="custody_passed")
    assert owed.payload_hash == UNWORDED
    before = OutboxRow.objects.filter(partner=owed.partner).exclude(pk=owed.pk)
    before.update(sent_at=AT)

    (parcel,) = messages.take(owed.partner, at=AT, lease=timedelta(minutes=5), limit=10)

    last = before.latest("seq").payload
    same = ("code", "papers", "fees", "supplements", "identifiers", "applicant", "due_at", "status")
    assert last["papers"]
    assert [parcel.payload[name] for name in same] == [last[name] for name in same]
    assert parcel.payload["competent_office"] == NEW
    assert parcel.payload["seq"] == parcel.seq == row(works).version
    owed.refresh_from_db()
    assert (owed.payload, owed.payload_hash) == (parcel.payload, hash_of(owed.payload))


def test_before_its_instant_nothing_is_switched() -> None:
    key = approved()

    with pytest.raises(switching.SwitchTooEarly):
        switching.switch(key=key, at=PLAN.effective_at - timedelta(seconds=1))

    assert records.find(key).state == PlanState.APPROVED.value
    assert not CensusRow.objects.exists()


def test_open_dossiers_pass_to_their_heirs_and_no_deadline_moves() -> None:
    waits, works = life.received(), at_work()
    due = row(works).due_at, row(works).next_check_at, row(works).stage

    switched()

    for one in (waits, works):
        now = row(one)
        assert (now.office, now.competent_office, now.return_office) == (NEW, NEW, NEW)
        assert now.return_point == f"MC-{NEW}"
        assert names(one)[-1] == "custody_passed"
    now = row(works)
    assert (now.due_at, now.next_check_at, now.stage) == due
    assert now.assignee == cast.TAM.account  # he went with the work
    columns_agree_with_events()
    assert records.find(PLAN.id).state == PlanState.SWITCHED.value


def test_what_ended_and_was_given_out_stays_as_it_is() -> None:
    done = life.handed_over(life.received())
    switched()
    assert "custody_passed" not in names(done)


def test_again_nothing_is_passed_twice() -> None:
    works = at_work()
    switched()
    before = columns()

    switching.switch(key=PLAN.id, at=AT + timedelta(minutes=1))
    switching.catch_up(PLAN.id, at=AT + timedelta(minutes=2))

    assert columns() == before
    assert names(works).count("custody_passed") == 1


def test_stopped_after_any_batch_it_goes_on_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [life.received() for _ in range(5)]
    monkeypatch.setattr(switching, "BATCH", 2)

    class Stopped(Exception):
        pass

    def stop(_: int) -> None:
        raise Stopped

    key = approved()
    for _ in range(3):
        with pytest.raises(Stopped):
            switching.switch(key=key, at=AT, tell=stop)
    switching.switch(key=key, at=AT)

    assert {row(one).office for one in made} == {NEW}
    assert all(names(one).count("custody_passed") == 1 for one in made)
    assert set(CensusRow.objects.values_list("fate", flat=True)) == {Fate.PASSED.value}


def test_what_a_counter_takes_in_meanwhile_goes_where_its_own_moment_says() -> None:
    life.received()
    key = approved()
    switching.begin(key=key, by=None, at=AT)
    old_order = life.received()  # kept a moment after the census was taken

    switching.switch(key=key, at=AT)

    assert row(old_order).office == NEW
    assert CensusRow.objects.get(dossier=row(old_order)).is_since


def test_the_applicants_are_told_once_and_partners_hear_of_it() -> None:
    mine = life.received()
    DossierRow.objects.filter(code=mine.code).update(applicant_email="my@example.org")

    switched()
    switching.owe_notices(records.find(PLAN.id), at=AT)

    letter = OutboxRow.objects.get(partner="email", payload__notice="reorganised")
    assert "UBND xã Mây Sương" in letter.payload["body"]
    assert OutboxRow.objects.filter(partner="national_portal", seq=row(mine).version).exists()


def test_undoing_a_plan_gives_every_dossier_back_as_it_was() -> None:
    life.received(), at_work()
    before = columns()
    switched()
    assert columns() != before

    told = undone()

    assert (told.operations, told.dossiers, told.refused) == ((1, 2, 3), 2, ())
    assert columns() == before
    columns_agree_with_events()
    assert records.find(PLAN.id).state == PlanState.UNDONE.value
    assert undone().dossiers == 0


def test_what_the_heir_took_in_since_keeps_its_code_and_goes_to_the_old_body() -> None:
    switched()
    dossier = received_by_the_heir()
    code, received_at = dossier.code, row(dossier).received_at

    told = undone()

    now = row(dossier)
    assert told.received_since == 1
    assert (now.code, now.received_at) == (code, received_at)
    assert now.competent_office in (cast.BAN_MAY, cast.NAM_SUONG)


def test_an_heir_that_decided_keeps_its_operation_and_the_sentence_names_it() -> None:
    works = at_work()
    switched()
    dossier = life.do(
        works, Act.PROPOSE, cast.TAM, LATER - timedelta(minutes=20), proposal="Đủ điều kiện"
    )
    life.do(dossier, Act.APPROVE, cast.SON, LATER - timedelta(minutes=10))

    with pytest.raises(undoing.HeirHasDecided) as refused:
        undone(2)

    assert refused.value.facts["code"] == works.code
    assert row(works).office == NEW
    assert undone(3).operations == (3,)


def test_of_a_whole_plan_an_heir_that_decided_keeps_what_it_needs_to_stand() -> None:
    works = at_work()
    switched()
    dossier = life.do(
        works, Act.PROPOSE, cast.TAM, LATER - timedelta(minutes=20), proposal="Đủ điều kiện"
    )
    life.do(dossier, Act.APPROVE, cast.SON, LATER - timedelta(minutes=10))

    told = undone()

    assert told.operations == (3,)
    assert [number for number, _ in told.refused] == [2]
    assert row(works).office == NEW
    columns_agree_with_events()


def test_an_operation_that_the_plan_does_not_have_is_refused() -> None:
    switched()
    with pytest.raises(undoing.OperationUnknown):
        undoing.undo(key=PLAN.id, operation=9, by=Person("nhung", ""), at=LATER)


def test_only_who_keeps_the_registers_of_the_province_takes_a_plan_back() -> None:
    works = at_work()
    switched()

    with pytest.raises(NotYourRight):
        undoing.undo(key=PLAN.id, operation=None, by=cast.TAM, at=LATER)

    assert row(works).office == NEW

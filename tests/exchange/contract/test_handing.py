"""A field's dossiers go to a ministry: whatever it does meanwhile, each has exactly one end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_django

from tests import builders, cast, handovers, life, rows
from tests.exchange.contract.cases import IGATE, LGSP
from tests.exchange.partners import SECRET, Partners
from thongsuot.actions import dossier as acts
from thongsuot.actions import evidence, handover, messages
from thongsuot.actions.dossier.keeping import keep
from thongsuot.actions.handover.drafting import ChangedSinceFrozen
from thongsuot.actions.handover.shapes import NoShape
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.dossier.refusals import HeldByAnotherSystem, OnItsWay
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.handover import (
    HandoverBooks,
    HandoverChanged,
    HandoverNotNow,
    HandoverPending,
    NothingToHandOver,
    SamePersonApproves,
)
from thongsuot.domain.messages import hash_of
from thongsuot.domain.workflow import Act
from thongsuot.exchange import handing
from thongsuot.exchange.connections import opened
from thongsuot.exchange.outbox import LEASE, send_due
from thongsuot.queries import handover as queries
from thongsuot.queries import messages as owed
from thongsuot.records import dossier as records
from thongsuot.records.access import AccountRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.handover import HandoverRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.words.refusals import sentence

pytestmark = pytest.mark.django_db
FROZEN = cast.MONDAY + timedelta(hours=2)
LATER = FROZEN + timedelta(minutes=20)
APART = timedelta(minutes=20)


@pytest.fixture(autouse=True)
def ministry(town: Partners, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field goes to a system of the kind iGate, which is connected and well."""
    rows.province()
    handovers.ministry(town.address(IGATE.partner))
    monkeypatch.setenv(handovers.SECRET, SECRET)
    town.well()
    town.forget(IGATE.partner)
    town.forget(LGSP.partner)


def open_dossiers(many: int = 3) -> list[Dossier]:
    return [life.received(at=cast.MONDAY + timedelta(minutes=n)) for n in range(many)]


def planned(**given: object) -> int:
    usual: dict[str, object] = {
        "field": handovers.FIELD,
        "decision": "CV 12 (bịa)",
        "by": cast.MINH,
    }
    return handover.plan(**{**usual, "at": FROZEN, **given}).pk  # type: ignore[arg-type] # fields by their names


def checked(**given: object) -> int:
    number = planned(**given)
    handing.check(number, by=cast.MINH, at=FROZEN)
    return number


def approved() -> int:
    number = checked()
    digest = HandoverRow.objects.get(pk=number).digest
    handover.approve(number, digest=digest, by=cast.NHUNG, at=FROZEN)
    return number


def sent() -> int:
    number = approved()
    handover.send(number, by=cast.MINH, at=FROZEN)
    return number


def drained(number: int, *, at: datetime = LATER, rounds: int = 30) -> HandoverBooks:
    """Rounds of the worker until nothing is tried any more."""
    for _ in range(rounds):
        connector, manners = opened(IGATE.partner, at=at)
        if not send_due(IGATE.partner, connector, at=at, manners=manners).tried:
            break
        at += APART
    return handover.follow(number, at=at)


def there(town: Partners) -> list[str]:
    """The codes of ours that the ministry has, each as often as it has it."""
    book = town.book(IGATE.partner, "dossiers")
    return sorted(words[-1]["value"]["code"] for words in book.values())


def is_here(code: str) -> bool:
    """Whether the province goes on with it."""
    row = DossierRow.objects.get(code=code)
    return row.ended_at is None and not row.is_handed_over


def test_only_whoever_keeps_the_systems_of_the_province_hands_over() -> None:
    open_dossiers(1)
    number = checked()
    digest = HandoverRow.objects.get(pk=number).digest

    for forbidden in (
        lambda: planned(by=cast.HOA),
        lambda: handing.check(number, by=cast.HOA, at=FROZEN),
        lambda: handover.approve(number, digest=digest, by=cast.HOA, at=FROZEN),
        lambda: handover.send(number, by=cast.HOA, at=FROZEN),
        lambda: handover.withdraw(number, reason="thử", by=cast.HOA, at=FROZEN),
        lambda: handover.close(number, by=cast.HOA, at=FROZEN),
    ):
        with pytest.raises(NotYourRight):
            forbidden()


def test_what_has_no_open_dossier_is_no_hand_over() -> None:
    life.handed_over(life.received())

    with pytest.raises(NothingToHandOver):
        planned()
    assert HandoverRow.objects.count() == 0


def test_the_set_is_chosen_by_body_and_by_day() -> None:
    first, second = life.received(), life.received(at=cast.MONDAY + timedelta(days=1))
    at = cast.MONDAY + timedelta(days=2)

    with pytest.raises(NothingToHandOver):
        planned(office=cast.NAM_SUONG, at=at)
    number = planned(office=cast.BAN_MAY, received_before=second.received_at, at=at)

    assert [line.code for line in queries.lines(number)] == [first.code]


def test_a_dossier_is_in_one_hand_over_at_a_time() -> None:
    open_dossiers(2)
    planned()

    with pytest.raises(NothingToHandOver):
        planned()
    (new,) = open_dossiers(1)
    assert [line.code for line in queries.lines(planned())] == [new.code]


def test_what_cannot_go_is_told_with_every_reason_before_anything_is_sent(town: Partners) -> None:
    whole = life.received()
    nobody = builders.submission(applicant=Applicant("Người không số"))
    unknown = acts.receive(request=life.request(submission=nobody), by=cast.HOA, at=cast.MONDAY)
    decided = life.approved(life.received())

    books = queries.page(checked()).head.books

    lines = {line.code: line for line in queries.lines(HandoverRow.objects.get().pk)}
    assert (books.fit, books.kept, books.pending) == (1, 2, 1)
    assert lines[whole.code].state == "fit"
    assert "Số định danh" in lines[unknown.code].reasons[0]
    assert "đã có quyết định" in lines[decided.code].reasons[0]
    assert there(town) == []
    assert OutboxRow.objects.count() == 0
    assert all(is_here(code) for code in lines)


def test_what_the_ministry_does_not_take_is_named_value_by_value(
    town: Partners, tmp_path: Path, settings: pytest_django.Settings
) -> None:
    folder = tmp_path / "handover"
    folder.mkdir()
    (folder / "ministry_igate.toml").write_text(
        'version = 7\nsource = "bịa"\n'
        '[[value]]\npath = "code"\nname = "mã hồ sơ"\nlongest = 5\n'
        '[[value]]\npath = "applicant.data.zip"\nname = "mã bưu chính"\nrequired = true\n'
    )
    settings.DATA_DIR = tmp_path
    open_dossiers(1)

    (line,) = queries.lines(checked())

    assert line.state == "kept"
    assert ["dài hơn 5" in line.reasons[0], "còn trống" in line.reasons[1]] == [True, True]
    assert queries.page(HandoverRow.objects.get().pk).shape == "ministry_igate bản 7"


def test_without_a_specification_nothing_is_checked_and_nothing_goes(
    tmp_path: Path, settings: pytest_django.Settings
) -> None:
    settings.DATA_DIR = tmp_path
    open_dossiers(1)
    number = planned()

    with pytest.raises(NoShape):
        handing.check(number, by=cast.MINH, at=FROZEN)
    with pytest.raises(HandoverNotNow):
        handover.approve(number, digest="", by=cast.NHUNG, at=FROZEN)


def test_a_system_that_only_tells_of_its_own_takes_nothing() -> None:
    open_dossiers(1)
    number = planned()
    handovers.connect(handovers.NOBODY, replace(IGATE, maps={}), kind="ministry_polled")

    with pytest.raises(handing.TakesNoDossier):
        handing.check(number, by=cast.MINH, at=FROZEN)


def test_nobody_approves_their_own_plan_nor_what_they_did_not_see() -> None:
    open_dossiers(1)
    number = checked()
    digest = HandoverRow.objects.get(pk=number).digest

    with pytest.raises(SamePersonApproves):
        handover.approve(number, digest=digest, by=cast.MINH, at=FROZEN)
    with pytest.raises(HandoverChanged):
        handover.approve(number, digest="0" * 64, by=cast.NHUNG, at=FROZEN)
    with pytest.raises(HandoverNotNow):
        handover.send(number, by=cast.MINH, at=FROZEN)
    assert HandoverRow.objects.get(pk=number).state == "checked"


def test_a_new_way_to_speak_to_the_ministry_is_checked_anew(town: Partners) -> None:
    open_dossiers(1)
    number = approved()
    handovers.connect(town.address(IGATE.partner), IGATE)

    with pytest.raises(HandoverChanged):
        handover.send(number, by=cast.MINH, at=FROZEN)
    handing.check(number, by=cast.MINH, at=FROZEN)

    assert HandoverRow.objects.get(pk=number).approved_by == ""


def test_a_dossier_that_changed_after_the_freeze_stays_and_the_others_go(town: Partners) -> None:
    touched, other = open_dossiers(2)
    number = approved()
    life.do(touched, Act.FORWARD, cast.HOA, FROZEN)

    assert handover.send(number, by=cast.MINH, at=LATER) == (1, 1)
    books = drained(number)

    assert (books.there, books.kept, books.difference) == (1, 1, 0)
    assert there(town) == [other.code]
    kept = next(line for line in queries.lines(number) if line.code == touched.code)
    assert kept.reasons == (sentence(ChangedSinceFrozen("dossier", code=touched.code)),)
    assert is_here(touched.code)


def test_what_stayed_may_go_with_another_hand_over_and_then_is_that_ones() -> None:
    touched, _ = open_dossiers(2)
    first = planned()
    life.do(touched, Act.FORWARD, cast.HOA, FROZEN)
    handing.check(first, by=cast.MINH, at=FROZEN)
    second = checked()

    books = handing.check(first, by=cast.MINH, at=FROZEN)

    assert (books.fit, books.kept, books.difference) == (1, 1, 0)
    assert [line.code for line in queries.lines(second, state="fit")] == [touched.code]


def test_what_only_time_did_to_a_dossier_is_no_change() -> None:
    (dossier,) = open_dossiers(1)
    number = approved()
    late = (dossier.due_at or LATER) + timedelta(days=1)
    acts.notice_due(at=late)

    assert handover.send(number, by=cast.MINH, at=late) == (1, 0)


def test_on_its_way_nobody_acts_on_a_dossier_and_every_door_says_why() -> None:
    (dossier,) = open_dossiers(1)
    sent()

    with pytest.raises(OnItsWay) as refused:
        life.do(dossier, Act.FORWARD, cast.HOA, LATER)
    assert "đang được bàn giao sang Hệ thống bo-x" in sentence(refused.value)


def test_acknowledged_it_lives_there_with_a_trace_here(town: Partners) -> None:
    (dossier,) = open_dossiers(1)
    number = sent()

    books = drained(number)

    assert (books.there, books.pending, books.difference) == (1, 0, 0)
    assert there(town) == [dossier.code]
    (line,) = queries.lines(number)
    assert records.find(line.reference).code == dossier.code  # found by its name there
    assert not is_here(dossier.code)
    trace = RemoteDossierRow.objects.get(partner=IGATE.partner, code=dossier.code)
    assert (trace.received_at, trace.is_over) == (dossier.received_at, False)
    row = DossierRow.objects.get(code=dossier.code)
    assert records.differences(row, list(row.events.order_by("version"))) == []
    with pytest.raises(HeldByAnotherSystem) as refused:
        life.do(dossier, Act.FORWARD, cast.HOA, LATER + timedelta(days=1))
    assert "https://motcua.bo-x.example" in sentence(refused.value)


def test_what_a_ministry_answers_is_followed_also_when_the_sender_has_left() -> None:
    open_dossiers(1)
    number = sent()
    AccountRow.objects.filter(username=cast.MINH.account).update(is_active=False)

    assert drained(number).there == 1


def test_a_ministry_that_is_down_loses_nothing_and_says_why_it_waits(town: Partners) -> None:
    open_dossiers(2)
    number = sent()
    town.fail(IGATE.partner, "down")

    books = drained(number, rounds=3)

    assert (books.owed, books.there) == (2, 0)
    assert queries.page(number).troubles
    with pytest.raises(HandoverPending):
        handover.close(number, by=cast.MINH, at=LATER)
    town.well()
    assert drained(number, at=LATER + timedelta(days=1)).there == 2


@pytest.mark.parametrize(
    ("mode", "how"),
    [
        ("times_out_after", {"count": 1, "seconds": 0.4}),
        ("duplicate", {}),
        ("error_200", {"count": 2}),
        ("already_exists", {"count": 1}),
        ("throttled", {"count": 1}),
        ("expired_session", {"count": 1}),
    ],
)
def test_whatever_the_ministry_does_each_dossier_is_there_once(
    town: Partners, mode: str, how: dict[str, float]
) -> None:
    dossiers = open_dossiers(3)
    number = sent()
    town.fail(IGATE.partner, mode, **how)

    drained(number, rounds=6)
    town.well()
    for row in OutboxRow.objects.filter(sent_at=None, set_aside_at__isnull=False):
        messages.replay([row.pk], reason="đối tác chưa có", by=cast.MINH, at=LATER)
    books = drained(number, at=LATER + timedelta(days=1))

    assert (books.there + books.returned, books.difference, books.pending) == (3, 0, 0)
    gone = [line.code for line in queries.lines(number, state="there")]
    assert there(town) == sorted(gone)
    assert owed.verify() == ()
    assert {one.code for one in dossiers} == {line.code for line in queries.lines(number)}


def test_what_the_ministry_refuses_is_back_with_its_holder_and_its_reason(town: Partners) -> None:
    dossier, other = open_dossiers(2)
    number = sent()
    row = OutboxRow.objects.get(dossier__code=dossier.code)
    messages_of = {**row.payload, "competent_office": ""}
    OutboxRow.objects.filter(pk=row.pk).update(
        payload=messages_of, payload_hash=hash_of(messages_of)
    )

    books = drained(number)

    assert (books.returned, books.there, books.difference) == (1, 1, 0)
    back = next(line for line in queries.lines(number) if line.code == dossier.code)
    assert back.reasons[0]
    assert is_here(dossier.code)
    assert there(town) == [other.code]
    assert not OutboxRow.objects.filter(sent_at=None).exists()  # nothing of it is owed any more
    life.do(dossier, Act.FORWARD, cast.HOA, LATER + timedelta(days=1))  # and work goes on


def test_what_people_decide_not_to_send_comes_back(town: Partners) -> None:
    (dossier,) = open_dossiers(1)
    number = sent()
    town.fail(IGATE.partner, "down")
    drained(number, rounds=1)
    OutboxRow.objects.update(set_aside_at=LATER)
    messages.skip(
        number=OutboxRow.objects.get().pk, reason="bộ báo chưa nhận", by=cast.MINH, at=LATER
    )

    books = handover.follow(number, at=LATER)

    assert (books.returned, books.difference) == (1, 0)
    assert queries.lines(number)[0].reasons == ("bộ báo chưa nhận",)
    assert is_here(dossier.code)


def test_in_doubt_a_dossier_neither_goes_nor_comes_back_until_people_looked() -> None:
    (dossier,) = open_dossiers(1)
    number = sent()
    OutboxRow.objects.update(set_aside_at=LATER, last_error="in_doubt: không rõ đã đến chưa")

    books = handover.follow(number, at=LATER)

    assert (books.owed, books.difference) == (1, 0)
    with pytest.raises(OnItsWay):
        life.do(dossier, Act.FORWARD, cast.HOA, LATER)


def test_a_sender_that_is_killed_on_the_way_doubles_nothing(town: Partners) -> None:
    open_dossiers(2)
    number = sent()
    connector, _ = opened(IGATE.partner, at=LATER)
    taken = messages.take(IGATE.partner, at=LATER, lease=LEASE, limit=10)
    connector.send(taken[0])  # done there, and nobody noted it; the other was never sent

    books = drained(number, at=LATER + LEASE + timedelta(minutes=1))

    assert (books.there, books.difference) == (2, 0)
    assert len(there(town)) == 2


def test_sending_that_was_stopped_goes_on_and_owes_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_dossiers(3)
    number = approved()
    real = keep
    calls = iter(range(9))

    def killed(*given: object, **named: object) -> Dossier:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(*given, **named)  # type: ignore[arg-type] # fields by their names

    monkeypatch.setattr("thongsuot.actions.handover.sending.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        handover.send(number, by=cast.MINH, at=LATER)
    assert OutboxRow.objects.count() == 1
    assert HandoverRow.objects.get(pk=number).state == "sending"
    monkeypatch.undo()

    assert handover.send(number, by=cast.MINH, at=LATER) == (2, 0)
    assert OutboxRow.objects.count() == 3


def test_before_anything_is_sent_it_can_be_withdrawn_and_never_after(town: Partners) -> None:
    dossiers = open_dossiers(2)
    number = approved()
    handover.withdraw(number, reason="bộ chưa sẵn sàng", by=cast.MINH, at=LATER)

    page = queries.page(number)
    assert (page.head.books.withdrawn, page.head.books.difference) == (2, 0)
    assert all(is_here(one.code) for one in dossiers)
    with pytest.raises(HandoverNotNow):
        handover.send(number, by=cast.MINH, at=LATER)
    other = sent()  # free for another hand-over
    with pytest.raises(HandoverNotNow):
        handover.withdraw(other, reason="muộn", by=cast.MINH, at=LATER)


def test_it_is_closed_at_zero_and_its_evidence_holds_without_us(
    town: Partners, tmp_path: Path
) -> None:
    dossiers = open_dossiers(3)
    number = sent()
    key = tmp_path / "khoa.pem"
    public = evidence.new_key(key)
    with pytest.raises(HandoverPending):
        handover.certify(number, key=key, by=cast.MINH, at=LATER)
    drained(number)
    handover.close(number, by=cast.NHUNG, at=LATER)

    made = evidence.as_bytes(handover.certify(number, key=key, by=cast.MINH, at=LATER))

    about, wrong = evidence.verify(made, key=public)
    assert (about["count"], wrong) == (3, [])
    assert not any(one.applicant.number.encode() in made for one in dossiers)
    single = handover.certificate_of(number, dossiers[1].code)
    assert evidence.verify(evidence.as_bytes(single), key=public)[1] == []
    forged = json.loads(made)
    forged["certificates"][0]["dossier"]["reference"] = "khác"
    assert evidence.verify(json.dumps(forged).encode())[1] == [dossiers[0].code]


def test_a_bus_that_takes_whole_documents_is_handed_the_same(town: Partners) -> None:
    (dossier,) = open_dossiers(1)
    handovers.connect(town.address(LGSP.partner), LGSP)

    books = drained(sent())

    assert (books.there, books.difference) == (1, 0)
    assert dossier.code in town.book(LGSP.partner, "documents")

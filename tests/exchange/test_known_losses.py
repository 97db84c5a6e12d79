"""The ten ways in which a known system loses messages between systems; none of them here.

Each was read in the code of such a system. The tests are numbered as the ways are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from tests import builders, cast, life, rows
from thongsuot.actions import dossier as actions
from thongsuot.actions import messages
from thongsuot.domain.exchange import (
    Acknowledged,
    Asked,
    Failed,
    NotTaken,
    Outcome,
    Parcel,
    Refused,
    Unavailable,
    ValueUnmapped,
)
from thongsuot.exchange.connector import Sent
from thongsuot.exchange.outbox import LEASE, Round, send_due
from thongsuot.records import messages as records
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import InboxRow, OutboxRow
from thongsuot.workers import schedule, tasks

PORTAL, OTHER = "national_portal", "ministry"
LATER = cast.MONDAY + timedelta(days=1)
pytestmark = pytest.mark.django_db
Answer = Callable[[Parcel], Outcome]


class Partner:
    """A partner that answers as a test says, and remembers what it took."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.took: list[Parcel] = []
        self.answer = answer or (lambda _: Acknowledged())

    def send(self, parcel: Parcel) -> Sent:
        outcome = self.answer(parcel)
        if isinstance(outcome, Acknowledged):
            self.took.append(parcel)
        return Sent(outcome)

    def ask(self, _: Parcel) -> Asked:
        return NotTaken()

    def faults(self, _: object) -> tuple[str, ...]:
        return ()

    def events(self, code: str) -> list[str]:
        return [str(one.payload["event"]) for one in self.took if one.dossier == code]


@pytest.fixture(autouse=True)
def province() -> None:
    rows.province()


def rounds(partner: Partner, to: str = PORTAL, *, at: object = None, many: int = 30) -> Round:
    """Rounds half an hour apart until nothing is due."""
    moment, done = cast.MONDAY if at is None else LATER, Round()
    for _ in range(many):
        done = send_due(to, partner, at=moment)
        moment += timedelta(minutes=30)
    return done


def unsent(partner: str = PORTAL) -> int:
    return OutboxRow.objects.filter(partner=partner, sent_at=None).count()


def test_1_a_first_failure_is_not_for_ever() -> None:
    code = life.received().code
    fails: Iterator[Outcome] = iter([Failed("lỗi"), Failed("lỗi"), Unavailable("nghỉ")])
    partner = Partner(lambda _: next(fails, Acknowledged()))

    rounds(partner)

    assert (partner.events(code), unsent()) == (["received"], 0)


def test_2_what_one_partner_refuses_stops_no_other_partner_of_the_same_dossier() -> None:
    rows.partner(OTHER)
    code = life.proposed(life.received()).code
    refusing, other = Partner(lambda _: Refused("-1", "không nhận")), Partner()

    rounds(refusing)
    rounds(other, OTHER)

    assert other.events(code) == ["received", "forwarded", "assigned", "proposed"]
    assert unsent(OTHER) == 0
    # what waits behind the refused one still waits its turn; only the refused one is set aside
    assert OutboxRow.objects.filter(partner=PORTAL, set_aside_at__isnull=False).count() == 1


def test_3_a_sender_that_dies_after_it_took_a_message_does_not_take_it_to_its_grave() -> None:
    code = life.received().code
    messages.take(PORTAL, at=cast.MONDAY, lease=LEASE, limit=10)
    partner = Partner()

    send_due(PORTAL, partner, at=cast.MONDAY + LEASE)

    assert (partner.events(code), unsent()) == (["received"], 0)


def test_4_an_exception_in_a_connector_leaves_nothing_marked_as_sent() -> None:
    code = life.received().code

    def broken(_: Parcel) -> Outcome:
        raise RuntimeError("hỏng")

    send_due(PORTAL, Partner(broken), at=cast.MONDAY)
    assert unsent() == 1
    mended = Partner()
    rounds(mended, at=LATER)

    assert (mended.events(code), unsent()) == (["received"], 0)
    assert LedgerRow.objects.filter(dossier=code, step="doubtful").exists()


def test_5_every_status_on_the_way_is_told_as_it_was_however_long_the_partner_was_away() -> None:
    # given a dossier that went all its way while the partner was away
    code = life.handed_over(life.received()).code
    partner = Partner()

    rounds(partner)

    assert partner.events(code) == [
        *("received", "forwarded", "assigned", "proposed", "approved", "result_issued"),
        "handed_over",
    ]
    statuses = [one.payload["status"] for one in partner.took]
    assert statuses == ["2", "2", "4", "4", "4", "9", "10"]


def test_6_a_linked_dossier_is_sent_and_never_reported_as_sent_without_being_sent() -> None:
    parent = life.assigned(life.received(rows.LINKED))
    child = actions.open_child(
        parent=parent.code,
        request=life.request(submission=builders.submission(received_at=LATER)),
        by=cast.TAM,
        at=LATER,
    )
    partner = Partner()

    rounds(partner, at=LATER)

    assert partner.events(child.code) == ["received"]
    assert "child_opened" in partner.events(parent.code)
    assert unsent() == 0


def test_7_rounds_that_find_nothing_or_fail_whole_never_stop_those_after_them() -> None:
    assert send_due(PORTAL, Partner(), at=cast.MONDAY).tried == 0
    code = life.received().code

    def gone(_: Parcel) -> Outcome:
        raise LookupError("không tìm thấy hàng đợi")

    for minutes in range(0, 60, 10):
        send_due(PORTAL, Partner(gone), at=cast.MONDAY + timedelta(minutes=minutes))
    partner = Partner()
    rounds(partner, at=LATER)

    assert (partner.events(code), unsent()) == (["received"], 0)


def test_8_a_fact_whose_message_cannot_be_kept_did_not_happen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr(records, "owe", broken)
    monkeypatch.setattr("thongsuot.actions.dossier.keeping.owe", broken, raising=False)

    with pytest.raises(OSError, match="đĩa đầy"):
        life.received()
    assert not DossierRow.objects.exists()
    assert not EventRow.objects.exists()


def test_9_a_status_without_a_name_is_never_sent_as_a_blank() -> None:
    code = life.received().code

    def unmapped(parcel: Parcel) -> Outcome:
        raise ValueUnmapped("status", partner=parcel.partner, value="2", on="2025-09-08")

    partner = Partner(unmapped)
    rounds(partner)

    waits = OutboxRow.objects.get(partner=PORTAL)
    assert (partner.took, waits.sent_at) == ([], None)
    assert "chưa có giá trị tương ứng với “2”" in waits.last_error
    assert LedgerRow.objects.filter(dossier=code, step="refused").exists()


def test_10_nothing_that_runs_by_itself_removes_a_dossier_or_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    life.received()
    rounds(Partner())
    InboxRow.objects.create(
        partner=PORTAL, key="1", kind="x", body={}, state="quarantined", came_at=cast.MONDAY
    )
    kept = (DossierRow, EventRow, OutboxRow, InboxRow, LedgerRow)
    before = [table.objects.count() for table in kept]
    forgetting = [line for line in schedule.SCHEDULE if line.task.name.startswith("forget_")]

    monkeypatch.setattr(tasks, "now", lambda: cast.MONDAY + timedelta(days=3650))
    for line in forgetting:
        if line.task.name != "forget_jobs":  # of the queue alone
            line.task()

    assert forgetting
    assert all(before)
    assert [table.objects.count() for table in kept] == before

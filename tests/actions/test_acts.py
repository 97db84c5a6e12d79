"""Acts on a dossier: the whole way, who may make them, when, and what stays when one fails."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier import keeping
from thongsuot.actions.dossier.moves import FieldNeeded, FieldUnknown, UnknownMove
from thongsuot.domain.directory import NoSuchOffice, OfficeClosed
from thongsuot.domain.dossier import Status
from thongsuot.domain.dossier.refusals import (
    ActNotNow,
    AlreadyHandedOver,
    Conflict,
    DossierEnded,
    NoSuchDossier,
    OutOfOrder,
)
from thongsuot.domain.duties import NotOfRole, NotYourDuty, Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act, BranchNeeded, NoSuchMove
from thongsuot.queries import dossier as queries
from thongsuot.records.access import NoSuchOfficial
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.messages import OutboxRow

pytestmark = pytest.mark.usefixtures("province")


def test_a_dossier_goes_from_the_counter_to_the_applicants_hands() -> None:
    dossier = life.handed_over(life.received())

    names = EventRow.objects.filter(dossier__code=dossier.code).order_by("version")
    assert [*names.values_list("name", flat=True)] == [
        "received",
        "forwarded",
        "assigned",
        "proposed",
        "approved",
        "result_issued",
        "handed_over",
    ]
    assert dossier.status is Status.RETURNED


def test_through_the_province_the_dossier_changes_offices() -> None:
    dossier = life.received(rows.AT_PROVINCE, competent=cast.DEPARTMENT)
    offices = [dossier.office]
    for act, by, given in (
        (Act.FORWARD, cast.HOA, {}),
        (Act.ARRIVE, cast.HUY, {}),
        (Act.ASSIGN, cast.HUY, {"official": cast.DUNG.account}),
        (Act.PROPOSE, cast.DUNG, {"proposal": "Đủ"}),
        (Act.APPROVE, cast.LONG, {}),
        (Act.ISSUE_RESULT, cast.MAI, {"number": "12"}),
        (Act.HAND_OVER, cast.HOA, {"to": "Giàng Thị Mỷ"}),
    ):
        dossier = life.do(dossier, act, by, **given)
        offices.append(dossier.office)

    assert offices == [cast.BAN_MAY, *[cast.DEPARTMENT] * 5, cast.BAN_MAY, cast.BAN_MAY]


@pytest.mark.parametrize(
    ("act", "by"),
    [
        (Act.FORWARD, cast.TAM),  # a handler is no counter
        (Act.FORWARD, cast.SUNG),  # the counter of another commune
        (Act.FORWARD, cast.KHACH),  # nobody
        (Act.BEGIN_INCIDENT, cast.HOA),  # only those who run the systems
    ],
)
def test_a_move_without_the_duty_is_refused_and_leaves_nothing(act: Act, by: Person) -> None:
    dossier = life.received()
    given = {"what": "mất mạng", "announced_in": "TB"} if act is Act.BEGIN_INCIDENT else {}

    with pytest.raises(NotYourDuty):
        life.do(dossier, act, by, **given)

    assert DossierRow.objects.get(code=dossier.code).version == 1
    assert rows.count("records_eventrow") == 1


def test_a_stage_is_left_to_the_role_that_it_names() -> None:
    # given Son, who may assign at other stages, but the intake belongs to the intake
    at_intake = life.forwarded(life.received())

    with pytest.raises(NotYourDuty):
        life.do(at_intake, Act.ASSIGN, cast.SON, official=cast.TAM.account)

    # and once it is on a desk, the leader may give it to another who works on such
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    on_the_desk = life.do(at_intake, Act.ASSIGN, cast.PAO, official=cast.TAM.account)
    with pytest.raises(NotOfRole):
        life.do(on_the_desk, Act.ASSIGN, cast.SON, official=cast.SON.account, reason="tự làm")
    again = life.do(
        on_the_desk, Act.ASSIGN, cast.SON, official=cast.LAN.account, reason="Tâm đi học"
    )
    assert again.assignee == cast.LAN.account


def test_nobody_is_given_work_who_could_not_go_on_with_it() -> None:
    at_intake = life.forwarded(life.received())

    for stranger in (cast.LAI, cast.SON):
        with pytest.raises(NotOfRole):
            life.do(at_intake, Act.ASSIGN, cast.PAO, official=stranger.account)


def test_those_who_serve_the_whole_province_act_in_every_office() -> None:
    dossier = life.do(
        life.received(), Act.BEGIN_INCIDENT, cast.MINH, what="mất mạng", announced_in="TB 5"
    )

    assert dossier.is_paused


def test_a_substitute_acts_during_the_absence_and_the_event_says_for_whom() -> None:
    week = Span(date(2025, 9, 8), date(2025, 9, 13))
    rows.substitution(cast.TAM, cast.LAN, week)
    dossier = life.assigned(life.received())

    proposed = life.do(dossier, Act.PROPOSE, cast.LAN, proposal="Đủ")

    event = EventRow.objects.get(dossier__code=proposed.code, name="proposed")
    assert (event.by, event.on_behalf_of) == (cast.LAN.account, cast.TAM.account)
    assert EventRow.objects.filter(on_behalf_of="").count() == 3


def test_after_the_absence_the_substitute_has_no_duty_left() -> None:
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 1), date(2025, 9, 8)))

    with pytest.raises(NotYourDuty):
        life.do(life.assigned(life.received()), Act.PROPOSE, cast.LAN, proposal="Đủ")


def test_every_act_but_a_receipt_happens_now() -> None:
    dossier = life.received()
    now = MONDAY + timedelta(hours=1)

    for other in (now - timedelta(minutes=1), now + timedelta(minutes=1)):
        with pytest.raises(ActNotNow):
            actions.make(
                code=dossier.code, move="forward", given={}, by=cast.HOA, at=now, occurred_at=other
            )
    with pytest.raises(OutOfOrder):
        life.do(dossier, Act.FORWARD, cast.HOA, MONDAY - timedelta(minutes=1))


def test_who_looked_at_an_older_version_is_told_that_somebody_was_first() -> None:
    dossier = life.received()
    life.forwarded(dossier)

    with pytest.raises(Conflict):
        actions.make(
            code=dossier.code,
            move="stop",
            given={"reason": "x"},
            by=cast.HOA,
            at=MONDAY + timedelta(hours=1),
            seen_version=1,
        )


def test_a_dossier_that_ended_is_only_handed_over_and_a_turned_away_one_not_even_that() -> None:
    stopped = life.do(life.received(), Act.STOP, cast.HOA, reason="Không cần")
    declined = actions.decline(
        request=life.request(), reason="Không thuộc thẩm quyền", by=cast.HOA, at=MONDAY
    )

    with pytest.raises(DossierEnded):
        life.do(stopped, Act.FORWARD, cast.HOA)
    with pytest.raises(DossierEnded):
        life.do(declined, Act.FORWARD, cast.HOA)
    with pytest.raises(AlreadyHandedOver):
        life.do(declined, Act.HAND_OVER, cast.HOA, to="Mỷ")
    assert life.do(stopped, Act.HAND_OVER, cast.HOA, to="Mỷ").is_handed_over


def test_a_branch_is_chosen_by_its_target() -> None:
    dossier = life.forwarded(life.received(rows.BRANCHING))
    official = cast.TAM.account

    with pytest.raises(BranchNeeded):
        life.do(dossier, Act.ASSIGN, cast.PAO, official=official)
    with pytest.raises(NoSuchMove):
        life.do(dossier, Act.ASSIGN, cast.PAO, official=official, target="issue")
    chosen = life.do(dossier, Act.ASSIGN, cast.PAO, official=official, target="field_work")

    assert chosen.stage == "field_work"
    assert life.do(chosen, Act.PROPOSE, cast.TAM, proposal="Đủ").stage == "approval"


def test_an_opinion_is_given_by_the_body_that_was_asked() -> None:
    asked = life.do(
        life.assigned(life.received()),
        Act.ASK_OPINION,
        cast.TAM,
        of=cast.CONSTRUCTION,
        question="Quy hoạch?",
    )

    with pytest.raises(NotYourDuty):
        life.do(asked, Act.GIVE_OPINION, cast.SON, opinion="1", answer="Đồng ý")
    answered = life.do(asked, Act.GIVE_OPINION, cast.BINH, opinion="1", answer="Đồng ý")

    assert answered.opinions_open == ()


BAD: dict[str, tuple[type[Refusal], Act, dict[str, object]]] = {
    "an office that never was": (NoSuchOffice, Act.ASK_OPINION, {"of": "H99.999", "question": "?"}),
    "an office that is closed": (OfficeClosed, Act.ASK_OPINION, {"of": cast.BAN_CU, "question": "?"}),
    "something left empty": (FieldNeeded, Act.ASK_OPINION, {"of": cast.CONSTRUCTION}),
    "something nobody asked for": (FieldUnknown, Act.PROPOSE, {"proposal": "Đủ", "x": "1"}),
    "an official of another office": (
        NoSuchOfficial,
        Act.ASSIGN,
        {"official": cast.DUNG.account, "reason": "x"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(BAD))
def test_what_an_act_names_must_exist(what: str) -> None:
    refusal, act, given = BAD[what]
    dossier = life.assigned(life.received())
    by = cast.SON if act is Act.ASSIGN else cast.TAM

    with pytest.raises(refusal):
        life.do(dossier, act, by, **given)

    assert DossierRow.objects.get(code=dossier.code).version == dossier.version


def test_an_unknown_act_and_an_unknown_dossier_are_refused() -> None:
    with pytest.raises(UnknownMove):
        actions.make(code="x", move="fly", given={}, by=cast.HOA, at=MONDAY)
    with pytest.raises(NoSuchDossier):
        actions.make(code="H99.101-250908-9999", move="forward", given={}, by=cast.HOA, at=MONDAY)


def test_when_an_act_breaks_halfway_nothing_of_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = life.received()
    owed = OutboxRow.objects.count()

    def break_down(*_: object, **__: object) -> None:
        raise ConnectionError("the machine stopped")

    monkeypatch.setattr(keeping, "owe", break_down)
    with pytest.raises(ConnectionError):
        life.forwarded(dossier)
    with pytest.raises(ConnectionError):
        life.received()

    assert DossierRow.objects.get().stage == "reception"
    assert EventRow.objects.count() == 1
    assert OutboxRow.objects.count() == owed
    assert list(queries.verified()) == [(dossier.code, [])]


def test_what_a_fact_makes_us_owe_is_kept_in_order_with_its_hash() -> None:
    dossier = life.handed_over(life.received())

    owed = OutboxRow.objects.filter(dossier__code=dossier.code).order_by("id")
    assert [row.seq for row in owed] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.kind for row in owed][:2] == ["dossier", "progress"]
    assert owed[5].kind == "result"
    assert all(row.payload["seq"] == row.seq for row in owed)
    assert all(row.payload_hash == _hash(row.payload) for row in owed)
    assert len({row.payload_hash for row in owed}) == 7


def _hash(payload: object) -> str:
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

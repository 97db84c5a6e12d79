"""One act on many: shown, begun once, made line by line, told line by line."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests import cast, life, rows
from thongsuot.actions import together
from thongsuot.actions.dossier import moves
from thongsuot.actions.together import NothingChosen, NotTogether, TooManyChosen
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as dossiers
from thongsuot.records import together as records
from thongsuot.records.access import AccountRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.together import BulkLineRow, BulkRow, NoSuchRun
from thongsuot.words import together as words

LATER = cast.moment("2025-09-08 14:00")

pytestmark = pytest.mark.usefixtures("province")


def two_at_intake() -> list[Dossier]:
    return [life.forwarded(life.received()) for _ in range(2)]


def begun(
    act: str,
    dossiers: list[Dossier],
    by: Person,
    *,
    key: str = "mot",
    **shared: object,
) -> int:
    seen = {each.code: each.version for each in dossiers}
    return together.begin(
        act=act, seen=seen, shared=shared, by=by, office=cast.BAN_MAY, key=key, at=LATER
    )


def work_off(run: int) -> int:
    made = 0
    while together.do_next(run=run, at=LATER):
        made += 1
    return made


def states(run: int) -> list[str]:
    lines = BulkLineRow.objects.filter(run=run).order_by("number")
    return list(lines.values_list("state", flat=True))


def test_nothing_too_much_and_what_needs_a_text_of_its_own_is_refused() -> None:
    with pytest.raises(NothingChosen):
        together.rehearse(act="claim", codes=["", ""], shared={}, by=cast.TAM, at=LATER)
    with pytest.raises(TooManyChosen):
        codes = [f"H99.101-250908-{n:04}" for n in range(together.MOST + 1)]
        together.rehearse(act="claim", codes=codes, shared={}, by=cast.TAM, at=LATER)
    with pytest.raises(NotTogether):
        together.rehearse(act="propose", codes=["x"], shared={}, by=cast.TAM, at=LATER)
    with pytest.raises(NotTogether):
        together.begin(act="x", seen={"x": 1}, shared={}, by=cast.TAM, office="", key="k", at=LATER)


def test_what_is_shown_beforehand_says_of_each_what_will_happen_and_writes_nothing() -> None:
    one, other = two_at_intake()
    life.do(other, Act.CLAIM, cast.TAM)
    events, runs = EventRow.objects.count(), BulkRow.objects.count()

    codes = [one.code, other.code, "khong-co"]
    found = together.rehearse(act="claim", codes=codes, shared={}, by=cast.TAM, at=LATER)

    assert [line.refusal.code if line.refusal else "" for line in found] == [
        "",
        "held_already",
        "no_such_dossier",
    ]
    assert found[0].applicant == cast.MY.name
    assert (EventRow.objects.count(), BulkRow.objects.count()) == (events, runs)


def test_who_has_no_duty_there_learns_no_name() -> None:
    dossier = life.received()

    (line,) = together.rehearse(
        act="forward", codes=[dossier.code], shared={}, by=cast.SUNG, at=LATER
    )

    assert isinstance(line.refusal, NotYourDuty)
    assert (line.applicant, line.procedure) == ("", "")


def test_each_line_is_made_once_and_a_refused_one_holds_no_other_up() -> None:
    one, other = two_at_intake()
    run = begun("claim", [one, other], cast.TAM)
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    life.do(one, Act.CLAIM, cast.LAN)

    made = work_off(run)

    assert made == 2
    assert states(run) == ["refused", "done"]
    assert "vừa thao tác" in BulkLineRow.objects.get(run=run, number=1).said
    assert DossierRow.objects.get(code=other.code).assignee == cast.TAM.account
    assert BulkRow.objects.get().ended_at == LATER
    assert work_off(run) == 0


def test_the_same_form_sent_twice_begins_one_run_and_one_job() -> None:
    pair = two_at_intake()

    first, second = begun("claim", pair, cast.TAM), begun("claim", pair, cast.TAM)

    assert first == second
    assert BulkRow.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [together.TASK]
        )
        assert cursor.fetchone() == (1,)


def test_the_whole_intake_is_assigned_and_given_again_with_a_reason() -> None:
    pair = two_at_intake()
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    work_off(begun("assign", pair, cast.PAO, official=cast.TAM.account))
    again = [dossiers.load(each.code).dossier for each in pair]

    without = begun("assign", again, cast.SON, key="hai", official=cast.LAN.account)
    work_off(without)
    with_reason = begun(
        "assign", again, cast.SON, key="ba", official=cast.LAN.account, reason="Tâm đi học"
    )
    work_off(with_reason)

    assert states(without) == ["refused", "refused"]
    assert states(with_reason) == ["done", "done"]
    assert set(DossierRow.objects.values_list("assignee", flat=True)) == {cast.LAN.account}
    assert BulkLineRow.objects.filter(said=f"Đã phân công cho {cast.LAN.name}.").count() == 2


def test_results_go_to_each_applicant_unless_one_person_takes_them_all() -> None:
    pair = [life.issued(life.received()) for _ in range(2)]

    alone = begun("hand_over", pair[:1], cast.HOA, to="", how="in_person")
    jointly = begun("hand_over", pair[1:], cast.HOA, key="hai", to="Lò Văn Trưởng", how="")
    work_off(alone)
    work_off(jointly)

    told = [EventRow.objects.filter(name="handed_over", dossier__code=d.code).get() for d in pair]
    assert [each.body["to"] for each in told] == [cast.MY.name, "Lò Văn Trưởng"]


def test_what_has_not_begun_is_cancelled_and_may_be_done_after_all() -> None:
    pair = two_at_intake()
    run = begun("claim", pair, cast.TAM)
    together.do_next(run=run, at=LATER)

    stopped = together.cancel(run=run, by=cast.TAM, at=LATER)
    left = work_off(run)
    assert (stopped, left, states(run)) == (1, 0, ["done", "cancelled"])

    waiting = together.again(run=run, by=cast.TAM)

    assert waiting == 1
    assert work_off(run) == 1
    assert states(run) == ["done", "done"]


def test_what_was_refused_is_tried_again_as_it_stands_then() -> None:
    dossier = life.received()
    run = begun("claim", [dossier], cast.TAM)
    work_off(run)
    life.forwarded(dossier)

    together.again(run=run, by=cast.TAM)
    work_off(run)

    assert states(run) == ["done"]


def test_a_run_is_only_of_the_one_who_began_it() -> None:
    run = begun("claim", two_at_intake(), cast.TAM)

    with pytest.raises(NoSuchRun):
        together.cancel(run=run, by=cast.SON, at=LATER)
    with pytest.raises(NoSuchRun):
        together.again(run=run, by=cast.SON)

    assert states(run) == ["waiting", "waiting"]


def test_who_lost_the_role_or_the_account_meanwhile_does_nothing_more() -> None:
    run = begun("claim", two_at_intake(), cast.TAM)
    AccountRow.objects.filter(username=cast.TAM.account).update(is_active=False)

    work_off(run)

    assert states(run) == ["refused", "refused"]
    assert set(DossierRow.objects.values_list("assignee", flat=True)) == {""}


def test_a_fault_in_one_line_is_told_and_the_rest_is_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pair = two_at_intake()
    run = begun("claim", pair, cast.TAM)
    decide = moves.make

    def faulty(**given: Any) -> Dossier:
        made = decide(**given)
        if given["code"] == pair[0].code:
            raise KeyError("không ai ngờ")
        return made

    monkeypatch.setattr(moves, "make", faulty)
    work_off(run)

    assert states(run) == ["refused", "done"]
    assert BulkLineRow.objects.get(run=run, number=1).said == words.FAULT
    assert DossierRow.objects.get(code=pair[0].code).assignee == ""
    assert "không ai ngờ" in caplog.text


REQUEST = {
    "procedure": rows.FIVE_DAYS,
    "channel": "in_person",
    "receiving_point": cast.AT_BAN_MAY,
    "applicant": {"name": "Giàng Thị Mỷ", "phone": "0900000017"},
    "papers": [{"name": "Tờ khai", "originals": "1"}],
}


def test_many_of_one_kind_each_get_a_code_and_an_appointment_of_the_moment_they_came() -> None:
    other = REQUEST | {"applicant": {"name": "Sùng A Tủa"}}
    run = together.begin_receptions(
        requests=[REQUEST, other],
        title="Thử",
        by=cast.HOA,
        office=cast.BAN_MAY,
        key="mot",
        at=cast.MONDAY,
    )

    work_off(run)

    taken = DossierRow.objects.order_by("code")
    assert [row.applicant_name for row in taken] == ["Giàng Thị Mỷ", "Sùng A Tủa"]
    assert {row.received_at for row in taken} == {cast.MONDAY}
    assert len({row.code for row in taken}) == 2
    assert list(BulkLineRow.objects.values_list("given", "about")) == [({}, ""), ({}, "")]


def test_a_reception_is_rehearsed_with_its_appointment_and_takes_no_number() -> None:
    said = together.rehearse_reception(request=REQUEST, by=cast.HOA, at=cast.MONDAY)

    assert said == "hẹn trả 15/09/2025 08:00"
    assert DossierRow.objects.count() == 0
    assert rows.count("records_codesequencerow") == 0
    with pytest.raises(Refusal):
        together.rehearse_reception(
            request=REQUEST | {"channel": "post", "procedure": rows.NO_TERM},
            by=cast.HOA,
            at=cast.MONDAY,
        )


def test_two_workers_share_the_lines_of_a_run() -> None:
    run = begun("claim", two_at_intake(), cast.TAM)

    first = records.next_waiting(run)

    assert first is not None
    assert first.number == 1

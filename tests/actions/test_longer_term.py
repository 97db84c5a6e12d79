"""A plan with a legal basis lets dossiers be due later: every one, told, balanced and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests import cast, life, rows
from tests.switches import AT, LATER, NEW, PLAN, approved, columns
from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.actions.reorganisation.rehearsal import look
from thongsuot.domain.deadline import Term, due
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import CustodyPassed
from thongsuot.domain.reorganisation import GapKind, LongerTerm, longer
from thongsuot.domain.workdays import NoCalendarForYear
from thongsuot.domain.workflow import Act
from thongsuot.queries.balance import balance
from thongsuot.records import calendar, census
from thongsuot.records import dossier as dossiers
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import DossierRow
from thongsuot.records.messages import OutboxRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

LATER_PLAN = replace(PLAN, longer_term=LongerTerm(3, "NQ bịa 7/2025 Đ.2"))


def row(dossier: Dossier) -> DossierRow:
    return DossierRow.objects.get(code=dossier.code)


def switched() -> None:
    switching.switch(key=approved(LATER_PLAN), at=AT)


def undone() -> undoing.Undone:
    return undoing.undo(key=PLAN.id, operation=None, by=cast.NHUNG, at=LATER)


def three_days_after(moment: datetime | None) -> datetime:
    assert moment is not None
    own = calendar.calendar(office=cast.BAN_MAY)
    return due(moment, Term.parse("3 ngày làm việc"), own).at


def columns_agree_with_events() -> None:
    for one, events in dossiers.each_with_events():
        assert dossiers.differences(one, events) == []


def test_every_open_dossier_that_passes_is_due_later_by_the_days_of_the_plan() -> None:
    works, ended = life.assigned(life.received()), life.issued(life.received())
    before = row(works).due_at, row(ended).due_at
    check = row(works).next_check_at

    switched()

    now = row(works)
    assert now.due_at == now.extended_to == three_days_after(before[0])
    assert now.next_check_at is not None
    assert check is not None
    assert now.next_check_at > check
    assert row(ended).due_at == before[1]
    columns_agree_with_events()


def test_a_clock_that_stands_loses_no_part_of_its_pause() -> None:
    def waiting() -> Dossier:
        asked = life.do(
            life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing="Ảnh", reason="thiếu"
        )
        assert row(asked).is_paused
        return asked

    waits = waiting()
    switched()
    assert row(waits).next_check_at is None

    back = life.do(waits, Act.RECEIVE_SUPPLEMENT, cast.HOA, LATER)

    columns_agree_with_events()
    started = next(p.start for p in back.pauses)
    own = calendar.calendar(office=cast.BAN_MAY)
    term, received = Term.parse(back.term), back.competent_received_at
    assert received is not None
    bare = due(received, term, own, pauses=back.pauses).at
    assert started < AT < LATER
    assert back.due_at == three_days_after(bare)


def test_the_applicant_is_told_the_new_moment_and_its_basis() -> None:
    mine = life.received()
    DossierRow.objects.filter(code=mine.code).update(applicant_email="my@example.org")

    switched()

    letter = OutboxRow.objects.get(partner="email", payload__notice="reorganised_later")
    due_at = row(mine).due_at
    assert due_at is not None
    assert "Theo NQ bịa 7/2025 Đ.2, ngày hẹn trả kết quả lùi đến" in letter.payload["body"]
    assert f"{due_at:%d/%m/%Y}" in letter.payload["body"]
    assert "không đổi" not in letter.payload["body"]


def test_the_balance_closes_and_finds_a_moment_that_moved_otherwise() -> None:
    works = life.assigned(life.received())
    switched()
    told = balance(PLAN.id, on=AT.date())
    check = told.checks[0]

    assert (check.key, check.wrong, told.closes) == ("due_moments_by_basis", 0, True)
    assert told.longer == LATER_PLAN.longer_term

    DossierRow.objects.filter(code=works.code).update(due_at=AT + timedelta(days=90))
    assert balance(PLAN.id, on=AT.date()).checks[0].codes == (works.code,)


def test_undo_takes_the_days_back() -> None:
    life.received(), life.assigned(life.received()), life.issued(life.received())
    life.do(life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing="Ảnh", reason="thiếu")
    before = columns()
    switched()
    assert columns() != before

    undone()

    assert columns() == before
    columns_agree_with_events()
    assert balance(PLAN.id, on=AT.date()).checks[0].wrong == 0


def test_undone_after_a_pause_the_moment_is_that_of_the_pause_alone() -> None:
    waits = life.do(life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing="Ảnh", reason="thiếu")
    switched()
    back = life.do(waits, Act.RECEIVE_SUPPLEMENT, cast.HOA, AT + timedelta(hours=9))

    undone()

    received = back.competent_received_at
    assert received is not None
    own = calendar.calendar(office=cast.BAN_MAY)
    bare = due(received, Term.parse(back.term), own, pauses=back.pauses).at
    assert row(back).due_at == bare
    assert row(back).extended_to is None
    columns_agree_with_events()


def test_what_somebody_extended_since_keeps_the_day_that_the_applicant_was_told() -> None:
    works = life.assigned(life.received())
    switched()
    promised = three_days_after(row(works).due_at)
    now = life.do(works, Act.APOLOGISE, cast.TAM, LATER, reason="thiếu người", new_day=promised)
    assert now.due_at == promised

    undone()

    assert row(works).due_at == promised
    columns_agree_with_events()


def test_a_year_without_a_calendar_is_a_gap_of_the_rehearsal() -> None:
    life.assigned(life.received())
    far = life.received(rows.FIVE_DAYS)
    DossierRow.objects.filter(code=far.code).update(due_at=cast.moment("2031-12-31 16:00"))

    gaps = look(LATER_PLAN, at=cast.MONDAY).gaps

    found = [(gap.kind, code) for gap, code in gaps if gap.kind is GapKind.NO_CALENDAR]
    assert found == [(GapKind.NO_CALENDAR, far.code)]


def test_a_year_without_a_calendar_holds_only_its_own_dossier_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    works, far = life.assigned(life.received()), life.received()

    def unknown(d: Dossier, *args: object, **given: object) -> CustodyPassed:
        if d.code == far.code:
            raise NoCalendarForYear(year=2031)
        return longer.passed_later(d, *args, **given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr("thongsuot.actions.reorganisation.clocks.passed_later", unknown)
    switched()

    assert row(works).office == NEW
    assert row(far).office == cast.BAN_MAY
    assert CensusRow.objects.get(dossier=row(far)).fate == Fate.HELD.value


def test_without_a_longer_term_no_history_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = life.received()
    read: list[object] = []
    monkeypatch.setattr(census, "stories", lambda *asked: read.append(asked))

    switching.switch(key=approved(), at=AT)

    assert row(dossier).office == NEW
    assert read == []

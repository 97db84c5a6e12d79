"""What comes to a running dossier: children, another process, another calendar, time itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import builders, cast, life, rows
from tests.cast import MONDAY, moment
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier.refusals import (
    ChildNotLinked,
    NoSuchDossier,
)
from thongsuot.domain.workdays import CalendarDay, DayKind, DayStatus
from thongsuot.domain.workflow import Act
from thongsuot.queries import dossier as queries
from thongsuot.records.calendar import OfficeHoursRow
from thongsuot.records.catalogue import save_process
from thongsuot.records.dossier import DossierRow, EventRow

pytestmark = pytest.mark.usefixtures("province")


def test_an_interlinked_procedure_is_opened_under_its_parent() -> None:
    parent = life.assigned(life.received(rows.LINKED))
    now = MONDAY + timedelta(hours=1)

    child = actions.open_child(
        parent=parent.code,
        request=life.request(submission=builders.submission(received_at=now)),
        by=cast.HOA,
        at=now,
    )

    assert child.parent == parent.code
    assert child.due_at == moment("2025-09-15 09:00")
    assert DossierRow.objects.get(code=parent.code).version == parent.version + 1


def test_a_child_that_the_process_does_not_link_leaves_no_trace() -> None:
    parent = life.assigned(life.received())
    now = MONDAY + timedelta(hours=1)
    asked = life.request(submission=builders.submission(received_at=now, parent=parent.code))

    with pytest.raises(ChildNotLinked):
        actions.receive(request=asked, by=cast.HOA, at=now)

    assert DossierRow.objects.count() == 1
    assert life.received().code == "H99.101-250908-0002"


def test_a_parent_is_a_dossier_that_exists() -> None:
    asked = life.request(submission=builders.submission(parent="H99.101-250908-0077"))

    with pytest.raises(NoSuchDossier):
        actions.receive(request=asked, by=cast.HOA, at=MONDAY)


def test_a_running_dossier_stays_with_its_process_until_moved_on_purpose() -> None:
    dossier = life.forwarded(life.received())
    save_process(builders.process(version=2), source=rows.SOURCE)

    still = life.do(dossier, Act.ASSIGN, cast.PAO, official=cast.TAM.account)
    moved = actions.change_process(
        code=dossier.code,
        to="chung@2",
        stage="intake",
        reason="QĐ 2/QĐ-UBND",
        by=cast.NHUNG,
        at=MONDAY + timedelta(hours=2),
    )

    assert still.process_version == "chung@1"
    assert (moved.process_version, moved.stage) == ("chung@2", "intake")


def test_a_newer_calendar_moves_an_appointment_only_when_it_is_accepted() -> None:
    # given a storm announced for Thursday after the appointment was given
    dossier = life.received()
    storm = CalendarDay(date(2025, 9, 11), DayKind.HOLIDAY, "Nghỉ bão", DayStatus.OFFICIAL, "CĐ 1")
    rows.calendar("thu-2", extra=[storm])

    # when work goes on, nothing moves but the difference is listed
    dossier = life.forwarded(dossier)
    differences = list(queries.recalculated())

    assert dossier.due_at == moment("2025-09-15 08:00")
    assert differences == [(dossier.code, dossier.due_at, moment("2025-09-16 08:00"))]

    # then accepting it moves the due moment, and never the promise
    accepted = actions.accept_due(
        code=dossier.code, reason="CĐ 1", by=cast.NHUNG, at=MONDAY + timedelta(hours=1)
    )
    assert accepted.due_at == moment("2025-09-16 08:00")
    assert accepted.promised_at == moment("2025-09-15 08:00")
    assert list(queries.recalculated()) == []


def test_office_hours_changed_later_move_no_appointment_in_silence() -> None:
    # given a supplement asked before the hours of the province change
    dossier = life.do(life.received(), Act.ASK_SUPPLEMENT, cast.HOA, missing="Ảnh", reason="thiếu")
    OfficeHoursRow.objects.update(intervals=[["09:00", "12:00"]])
    rows.calendar("thu-2")

    # when it comes a day later
    back = life.do(dossier, Act.RECEIVE_SUPPLEMENT, cast.HOA, moment("2025-09-09 08:10"))

    # then the clock ran by the hours of the appointment, and the difference is listed
    assert back.due_at == moment("2025-09-16 08:00")
    assert [code for code, _, _ in queries.recalculated()] == [dossier.code]


def test_noticing_records_what_became_near_and_late_once() -> None:
    dossier = life.received()

    found = [
        actions.notice_due(at=moment(text))
        for text in (
            "2025-09-10 08:00",
            "2025-09-12 08:00",
            "2025-09-12 09:00",
            "2025-09-15 08:00",
            "2025-09-15 08:01",
            "2025-09-16 08:00",
        )
    ]

    assert found == [0, 1, 0, 0, 1, 0]
    events = EventRow.objects.filter(dossier__code=dossier.code).order_by("version")
    assert [*events.values_list("name", flat=True)] == ["received", "became_near", "became_late"]
    assert DossierRow.objects.get().next_check_at is None


def test_missing_a_night_loses_nothing() -> None:
    life.received()

    assert actions.notice_due(at=moment("2025-10-15 08:00")) == 1
    assert DossierRow.objects.get().standing == "late"

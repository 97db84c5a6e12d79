"""A plan is rehearsed on live data, approved by another, switched subject by subject, undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import serializers
from django.db.models import Model

from tests import cast, life, rows
from thongsuot.actions.reorganisation import approve, keep, rehearse
from thongsuot.actions.reorganisation.course import (
    EffectBeforeLastAct,
    PlanHasGaps,
    PointsNotReady,
    SamePersonApproves,
)
from thongsuot.actions.reorganisation.rehearsal import Rehearsal
from thongsuot.actions.reorganisation.subjects import TABLES, switch_subjects, undo_subjects
from thongsuot.domain.directory import OfficeClosed
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.reorganisation import GapKind, PlanNotSound, Subject
from thongsuot.domain.reorganisation.course import MoveStep, PlanNotAtThisStep, PlanState
from thongsuot.domain.spans import Span
from thongsuot.queries import run_off
from thongsuot.records import directory, reorganisation
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.directory import ReceptionPointRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.records.reorganisation import MovedRow, ReorganisationRow
from thongsuot.records.spans import to_span

KEY = "may-trang-thu"
DAY = date(2025, 10, 1)
NEW = "H99.110"
NOW = cast.moment("2025-09-10 09:00")
SWITCH = cast.moment("2025-10-01 00:00")
TEXT = f"""
phương án: {KEY}
tên: Hai xã thành một, hai sở thành một (bịa ra để thử)
tỉnh: "90"
hiệu lực: 2025-10-01
căn cứ: [QĐ thử số 1]
thao tác:
  - việc: lập
    mã: {NEW}
    tên: UBND xã Mây Sương
    loại: ủy ban xã
    cấp: xã
    thuộc: H99
    địa bàn: "90101"
  - việc: nhập
    cơ quan: [{cast.BAN_MAY}, {cast.NAM_SUONG}]
    vào: {NEW}
  - việc: nhập
    cơ quan: [{cast.CONSTRUCTION}]
    vào: {cast.DEPARTMENT}
"""
SPLIT = f"""
  - việc: kết thúc
    cơ quan: {cast.CONSTRUCTION}
    còn lại: {cast.DEPARTMENT}
    phần việc:
      - về: xã của địa bàn
        cấp giải quyết: xã
"""


@pytest.fixture(autouse=True)
def planners(province: None) -> None:
    """Minh and Nhung keep the registers of the whole province."""
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])


def drafted(text: str = TEXT) -> ReorganisationRow:
    return keep(text, by=cast.NHUNG, at=NOW)


def ready() -> None:
    """The plan rehearsed by Nhung and approved by Minh, who lets what is red pass."""
    drafted()
    rehearse(KEY, by=cast.NHUNG, at=NOW)
    approve(KEY, by=cast.MINH, at=NOW, waive="Quầy cũ vẫn mở đến ngày chuyển.")


def touched(found: Rehearsal, subject: Subject) -> list[tuple[str, str]]:
    return [(move.body, move.to) for move in found.moves if move.subject is subject]


def world() -> dict[str, str]:
    """All that a switch may write, as text."""
    models: list[type[Model]] = list(TABLES.values())
    return {
        one.__name__: serializers.serialize("json", one._default_manager.order_by("pk"))
        for one in models
    }


def test_a_rehearsal_tells_what_goes_where_and_writes_nothing_of_it() -> None:
    dossier = life.assigned(life.received(at=cast.MONDAY))
    drafted()
    before = world()

    found = rehearse(KEY, by=cast.NHUNG, at=NOW)

    assert found.is_whole, found.gaps
    assert [(one.code, one.body, one.to, one.rule) for one in found.dossiers] == [
        (dossier.code, cast.BAN_MAY, NEW, "2:merged")
    ]
    assert found.totals[Subject.ACCOUNTS.value] == 9
    assert set(touched(found, Subject.ROLES)) == {
        (cast.BAN_MAY, NEW),
        (cast.NAM_SUONG, NEW),
        (cast.CONSTRUCTION, cast.DEPARTMENT),
    }
    assert ("", NEW) in touched(found, Subject.RECEPTION_POINTS)
    assert world() == before
    assert reorganisation.find(KEY).state == PlanState.REHEARSED.value


def test_what_a_plan_leaves_open_is_a_gap_and_keeps_it_from_being_approved() -> None:
    life.assigned(life.received())
    GrantRow.objects.filter(role__code="handler", office=cast.BAN_MAY).delete()
    drafted()

    found = rehearse(KEY, by=cast.NHUNG, at=NOW)

    assert [(gap.kind, gap.office, gap.role) for gap, _ in found.gaps] == [
        (GapKind.ROLE_WITHOUT_HOLDER, NEW, "handler")
    ]
    with pytest.raises(PlanHasGaps):
        approve(KEY, by=cast.MINH, at=NOW, waive="x")


def test_only_another_person_approves_and_what_is_red_is_waived_with_a_reason() -> None:
    drafted()
    with pytest.raises(PlanNotAtThisStep):
        approve(KEY, by=cast.MINH, at=NOW)
    rehearse(KEY, by=cast.NHUNG, at=NOW)

    with pytest.raises(SamePersonApproves):
        approve(KEY, by=cast.NHUNG, at=NOW)
    with pytest.raises(NotYourRight):
        approve(KEY, by=cast.HOA, at=NOW)
    with pytest.raises(PointsNotReady):
        approve(KEY, by=cast.MINH, at=NOW)
    approve(KEY, by=cast.MINH, at=NOW, waive="Máy tính đến ngày 28/9.")

    assert reorganisation.find(KEY).state == PlanState.APPROVED.value
    assert {note.by for note in ReadinessNoteRow.objects.all()} == {cast.MINH.account}


def test_a_plan_does_not_take_effect_before_the_last_act_of_a_body_that_it_touches() -> None:
    life.received(at=cast.moment("2025-10-06 09:00"))
    drafted()
    rehearse(KEY, by=cast.NHUNG, at=NOW)

    with pytest.raises(EffectBeforeLastAct):
        approve(KEY, by=cast.MINH, at=NOW, waive="x")


def test_a_plan_that_is_not_sound_is_not_kept() -> None:
    with pytest.raises(PlanNotSound):
        drafted(TEXT.replace(f"vào: {cast.DEPARTMENT}", "vào: H99.777"))
    with pytest.raises(reorganisation.PlanCannotBeRead):
        drafted("phương án: [")
    assert not ReorganisationRow.objects.exists()


def test_bodies_counters_people_and_roles_are_switched_once_and_moved_back_whole() -> None:
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 1), date(2025, 12, 1)))
    ready()
    row = reorganisation.find(KEY)
    before = world()

    moved = switch_subjects(row, row.value(), SWITCH, cast.MINH)

    assert moved == MovedRow.objects.count() > 20
    assert directory.office(NEW, on=DAY).name == "UBND xã Mây Sương"
    with pytest.raises(OfficeClosed):
        directory.office(cast.BAN_MAY, on=DAY)
    hoa = AccountRow.objects.get(username=cast.HOA.account)
    assert (hoa.office, hoa.reception_point) == (NEW, f"MC-{NEW}")
    held = GrantRow.objects.filter(account=hoa).order_by("pk")
    assert [(one.office, to_span(one.valid).contains(DAY)) for one in held] == [
        (cast.BAN_MAY, False),
        (NEW, True),
    ]
    assert switch_subjects(row, row.value(), SWITCH, cast.MINH) == 0
    after = world()

    for number in (3, 2, 1):
        undo_subjects(row, number, SWITCH, cast.MINH)
    assert world() == before
    undone = MovedRow.objects.filter(step=MoveStep.UNDONE.value).count()
    assert undone == moved
    switch_subjects(row, row.value(), SWITCH, cast.MINH)
    assert {name: text.count('"pk"') for name, text in world().items()} == {
        name: text.count('"pk"') for name, text in after.items()
    }


def test_a_body_that_received_meanwhile_keeps_its_days_when_it_is_undone() -> None:
    ready()
    row = reorganisation.find(KEY)
    switch_subjects(row, row.value(), SWITCH, cast.MINH)
    dossier = life.received(
        at=cast.moment("2025-10-01 09:00"), point=f"MC-{NEW}", by=cast.HOA, competent=NEW
    )

    for number in (3, 2, 1):
        undo_subjects(row, number, cast.moment("2025-10-02 09:00"), cast.MINH)

    assert DossierRow.objects.get(code=dossier.code).receiving_office == NEW
    assert directory.office(NEW, on=DAY).valid == Span(DAY, date(2025, 10, 2))
    assert directory.office(cast.BAN_MAY, on=date(2025, 10, 2)).valid.end is None


def test_what_the_data_says_already_is_noted_and_not_done_again() -> None:
    ready()
    row = reorganisation.find(KEY)
    switch_subjects(row, row.value(), SWITCH, cast.MINH)
    other = keep(TEXT.replace(KEY, "lan-hai"), by=cast.NHUNG, at=NOW)
    before = world()

    switch_subjects(other, other.value(), SWITCH, cast.MINH)

    assert world() == before
    codes = MovedRow.objects.filter(plan=other, subject=Subject.CODES.value)
    assert set(codes.values_list("rule", flat=True)) == {"already_so"}
    assert ReceptionPointRow.objects.filter(office=NEW).count() == 1


def test_the_fallback_of_a_plan_is_counted_apart() -> None:
    life.received(rows.AT_PROVINCE, competent=cast.CONSTRUCTION)
    head = TEXT[: TEXT.index(f"  - việc: nhập\n    cơ quan: [{cast.CONSTRUCTION}]")]
    drafted(head + SPLIT.removeprefix("\n"))

    found = rehearse(KEY, by=cast.NHUNG, at=NOW)

    assert found.by_fallback == 1
    assert [one.rule for one in found.dossiers] == ["3:fallback"]


def test_from_its_approval_on_the_run_off_board_knows_who_closes() -> None:
    life.assigned(life.received())
    assert DAY not in run_off.closing_days()

    ready()

    assert DAY in run_off.closing_days()
    board = run_off.board(switch_on=DAY, at=NOW)
    assert {line.code: line.numbers.open for line in board.lines} == {
        cast.BAN_MAY: 1,
        cast.NAM_SUONG: 0,
        cast.CONSTRUCTION: 0,
    }
    heirs = {line.code: line.heirs for line in board.lines}
    assert heirs[cast.CONSTRUCTION] == ("Sở Nông nghiệp và Môi trường",)

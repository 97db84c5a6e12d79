"""Certificates at a reorganisation, readiness, incidents, run-off: what the rules say of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import builders, cast
from thongsuot.domain.certificates import (
    Certificate,
    CertificateHolder,
    CertificateTask,
    Turn,
    address_work,
    certificate_work,
    turns,
)
from thongsuot.domain.directory import Level, Office, OfficeKind, Succession, SuccessionKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.incidents import (
    Incident,
    IncidentNotTold,
    IncidentOutOfOrder,
    IncidentOver,
    require_order,
    require_running,
    require_told,
)
from thongsuot.domain.readiness import (
    NothingToWaive,
    ReadinessComputed,
    ReadinessFact,
    ReadinessItem,
    ReadinessNote,
    ReadinessVerdict,
    assess,
    is_ready,
    require_notable,
)
from thongsuot.domain.run_off import Hindrance, Remaining, run_off, steps_left
from thongsuot.domain.spans import Span
from thongsuot.domain.training import (
    AcknowledgedByOneself,
    FingerprintMalformed,
    Lesson,
    LessonKind,
    require_acknowledgeable,
    require_attendable,
)

DAY = date(2025, 7, 1)
BEFORE, SINCE, LONG = Span(date(2020, 1, 1), DAY), Span(DAY), Span(date(2020, 1, 1))
NOW = cast.moment("2025-06-25 08:00")
SWITCH = cast.moment("2025-07-01 00:00")


def office(code: str, valid: Span, name: str = "") -> Office:
    kind, level = OfficeKind.COMMUNE, Level.COMMUNE
    return Office(OfficeCode.parse(code), name or code, kind, level, None, "", valid, "bịa")


OFFICES = (
    office("H99.1", BEFORE),
    office("H99.2", SINCE),
    office("H99.3", BEFORE, "cũ"),
    office("H99.3", SINCE, "mới"),
    office("H99.4", BEFORE, "như cũ"),
    office("H99.4", SINCE, "như cũ"),
    office("H99.5", LONG),
)
LINES = (Succession(SuccessionKind.MERGED, "H99.1", "H99.2", DAY, "NQ"),)


def certificate(
    office: str,
    holder: CertificateHolder = CertificateHolder.BODY,
    valid: Span = LONG,
    revoked_on: date | None = None,
) -> Certificate:
    return Certificate(f"{office}-{holder}", holder, "Tên", office, valid, revoked_on)


def test_bodies_begin_end_and_are_renamed_and_others_do_nothing() -> None:
    found = turns(OFFICES, LINES, on=DAY)

    assert [(t.code, t.turn, t.heirs) for t in found] == [
        ("H99.1", Turn.ENDS, ("H99.2",)),
        ("H99.2", Turn.BEGINS, ()),
        ("H99.3", Turn.RENAMED, ()),
    ]


def test_certificates_are_issued_changed_and_revoked_at_a_reorganisation() -> None:
    held = (
        certificate("H99.1"),
        certificate("H99.1", CertificateHolder.PERSON),
        certificate("H99.3"),
        certificate("H99.5"),
    )

    work = certificate_work(turns(OFFICES, LINES, on=DAY), held, on=DAY)

    assert [(one.turn.code, one.task, one.serial) for one in work] == [
        ("H99.1", CertificateTask.REVOKE, "H99.1-body"),
        ("H99.1", CertificateTask.CHANGE, "H99.1-person"),
        ("H99.2", CertificateTask.ISSUE, ""),
        ("H99.3", CertificateTask.CHANGE, "H99.3-body"),
    ]


def test_what_is_done_with_certificates_is_told_no_more() -> None:
    held = (
        certificate("H99.1", revoked_on=DAY),
        certificate("H99.2", valid=SINCE),
        certificate("H99.3", valid=SINCE),
    )

    assert list(certificate_work(turns(OFFICES, LINES, on=DAY), held, on=DAY)) == []


def test_shared_addresses_follow_their_bodies() -> None:
    work = address_work(turns(OFFICES, LINES, on=DAY), {"H99.1": ["cu@bia.example"]})

    assert [(one.task, one.serial) for one in work] == [
        (CertificateTask.REVOKE, "cu@bia.example"),
        (CertificateTask.ISSUE, ""),
    ]


def note(verdict: ReadinessVerdict) -> ReadinessNote:
    return ReadinessNote(ReadinessItem.DEVICES, verdict, "", "ai", NOW)


def test_data_speaks_before_notes_and_a_waiver_lifts_what_is_red() -> None:
    facts = {
        ReadinessItem.ACCOUNTS: ReadinessFact(is_ready=False),
        ReadinessItem.ROSTER: ReadinessFact(is_ready=False),
        ReadinessItem.HOTLINE: ReadinessFact(is_ready=True, count=1),
    }
    notes = {
        ReadinessItem.DEVICES: note(ReadinessVerdict.READY),
        ReadinessItem.ACCOUNTS: note(ReadinessVerdict.READY),
        ReadinessItem.ROSTER: note(ReadinessVerdict.WAIVED),
        ReadinessItem.HOTLINE: note(ReadinessVerdict.NOT_READY),
    }

    verdicts = {check.item: check.verdict for check in assess(facts, notes)}

    assert verdicts[ReadinessItem.DEVICES] is ReadinessVerdict.READY
    assert verdicts[ReadinessItem.ACCOUNTS] is ReadinessVerdict.NOT_READY
    assert verdicts[ReadinessItem.ROSTER] is ReadinessVerdict.WAIVED
    assert verdicts[ReadinessItem.HOTLINE] is ReadinessVerdict.READY
    assert verdicts[ReadinessItem.NOTICE] is ReadinessVerdict.NOT_READY


def test_a_point_is_ready_when_nothing_is_red() -> None:
    facts = {item: ReadinessFact(is_ready=True) for item in ReadinessItem}

    assert is_ready(assess(facts, {}))
    assert not is_ready(assess({}, {}))


def test_what_data_knows_is_not_noted_and_what_is_ready_not_waived() -> None:
    checks = assess({ReadinessItem.ACCOUNTS: ReadinessFact(is_ready=True)}, {})
    known = next(check for check in checks if check.item is ReadinessItem.ACCOUNTS)

    with pytest.raises(ReadinessComputed):
        require_notable(known, ReadinessVerdict.READY)
    with pytest.raises(NothingToWaive):
        require_notable(known, ReadinessVerdict.WAIVED)


def test_an_incident_goes_in_order_and_pauses_only_by_a_notice() -> None:
    found = Incident("Mất mạng", NOW)
    told = Incident("Mất mạng", NOW, NOW, "TB 1")

    with pytest.raises(IncidentOutOfOrder):
        require_order(Incident("x", NOW, NOW - timedelta(hours=1)), at=NOW)
    with pytest.raises(IncidentOutOfOrder):
        require_order(Incident("x", NOW + timedelta(hours=1)), at=NOW)
    with pytest.raises(IncidentNotTold):
        require_told(found)
    with pytest.raises(IncidentOver):
        require_running(Incident("x", NOW, NOW, "TB 1", NOW))
    require_told(told)
    assert told.mend_by == NOW + timedelta(hours=24)
    assert told.is_mended_late(NOW + timedelta(hours=25))
    assert not found.is_mended_late(NOW + timedelta(days=9))


def test_rules_are_acknowledged_by_oneself_and_training_is_noted() -> None:
    rules, session = (Lesson(kind, "x", DAY) for kind in (LessonKind.RULES, LessonKind.TRAINING))

    with pytest.raises(AcknowledgedByOneself):
        require_acknowledgeable(session)
    with pytest.raises(AcknowledgedByOneself):
        require_attendable(rules)
    with pytest.raises(FingerprintMalformed):
        Lesson(LessonKind.RULES, "x", DAY, sha256="zz")


def test_the_board_adds_up_and_each_dossier_counts_once() -> None:
    soon = NOW + timedelta(days=2)
    listed = (
        Remaining("1", soon, is_paused=False, steps=2),
        Remaining("2", soon, is_paused=True, steps=2),
        Remaining("3", NOW - timedelta(days=1), is_paused=False, steps=1),
        Remaining("4", SWITCH + timedelta(days=3), is_paused=False, steps=1),
        Remaining("5", soon, is_paused=False, steps=9),
        Remaining("6", None, is_paused=False, steps=1),
    )

    board = run_off(listed, switch_at=SWITCH, at=NOW, working_days=4)

    assert (board.open, board.due_before, board.will_not_finish) == (6, 4, 5)
    assert dict(board.hindered) == {
        Hindrance.LATE: 1,
        Hindrance.WAITING: 1,
        Hindrance.DUE_AFTER: 2,
        Hindrance.STEPS: 1,
    }


def test_the_fewest_steps_to_the_end_are_counted() -> None:
    process = builders.process()
    left = [steps_left(process, stage.key) for stage in process.stages]

    assert left[0] == max(left)
    assert min(left) == 0
    assert steps_left(process, "la") == len(process.stages)

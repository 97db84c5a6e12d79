"""Certificates, training, readiness and incidents: what somebody does with them, and cannot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast, life, rows
from thongsuot.actions import certificates, incidents, readiness, training
from thongsuot.domain.certificates import (
    CertificateHolder,
    CertificateRevoked,
    CertificateTaken,
    NoSuchCertificate,
)
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.incidents import IncidentNotTold, IncidentOver, NobodyChosen
from thongsuot.domain.readiness import ReadinessComputed, ReadinessItem, ReadinessVerdict
from thongsuot.domain.spans import Span
from thongsuot.domain.training import AcknowledgedByOneself, Lesson, LessonKind
from thongsuot.queries import certificates as told_of_certificates
from thongsuot.queries import incidents as told_of_incidents
from thongsuot.queries import readiness as told_of_readiness
from thongsuot.queries import run_off
from thongsuot.records.access import AccountRow, RoleRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.incidents import IncidentDossierRow
from thongsuot.records.readiness import ReadinessNoteRow
from thongsuot.records.spans import to_range
from thongsuot.records.training import LessonTakenRow
from thongsuot.words.reading import FieldNeeded

NOW = cast.moment("2025-09-10 09:00")
DAY = NOW.date()


@pytest.fixture(autouse=True)
def keepers(province: None) -> None:
    """Minh keeps the registers of the province, Sơn those of Bản Mây; Hoa sits at its counter."""
    RoleRow.objects.filter(code__in=("operator", "leader")).update(rights=["systems"])
    AccountRow.objects.filter(username=cast.HOA.account).update(reception_point=cast.AT_BAN_MAY)


def _register(serial: str = "CT-1", office: str = cast.BAN_MAY, by: object = cast.SON) -> None:
    certificates.register(
        serial=serial,
        holder=CertificateHolder.BODY,
        name="UBND xã Bản Mây",
        office=office,
        valid=Span(date(2025, 7, 1)),
        by=by,  # type: ignore[arg-type]  # of the cast
        at=NOW,
    )


def test_a_certificate_is_registered_once_and_revoked_once_by_name() -> None:
    _register()
    with pytest.raises(CertificateTaken):
        _register()
    with pytest.raises(NotYourRight):
        _register("CT-2", cast.NAM_SUONG)
    with pytest.raises(NoSuchCertificate):
        certificates.revoke(serial="CT-9", reason="mất", by=cast.SON, at=NOW)

    certificates.revoke(serial="CT-1", reason="mất thiết bị", by=cast.SON, at=NOW)

    (line,) = told_of_certificates.register(on=DAY, offices=frozenset({""})).lines
    assert (line.state, line.reason) == ("revoked", "mất thiết bị")
    with pytest.raises(CertificateRevoked):
        certificates.revoke(serial="CT-1", reason="nữa", by=cast.SON, at=NOW)


def test_the_worklist_of_a_day_needs_only_the_directory_and_the_register() -> None:
    before = told_of_certificates.work(on=rows.MERGED_ON)

    _register()

    after = told_of_certificates.work(on=rows.MERGED_ON)
    done = {(line.subject, line.office) for line in before} - {
        (line.subject, line.office) for line in after
    }
    assert done == {("certificate", cast.BAN_MAY)}
    assert rows.MERGED_ON in told_of_certificates.turn_days()


def _learn() -> tuple[int, int]:
    lessons = (Lesson(kind, kind.value, DAY) for kind in (LessonKind.RULES, LessonKind.TRAINING))
    rules, session = (training.add(lesson=one, by=cast.MINH, at=NOW) for one in lessons)
    return rules, session


def test_rules_are_acknowledged_by_oneself_and_attendance_noted_by_the_keeper() -> None:
    rules, session = _learn()

    training.acknowledge(number=rules, by=cast.HOA, at=NOW)
    training.acknowledge(number=rules, by=cast.HOA, at=NOW)
    with pytest.raises(AcknowledgedByOneself):
        training.acknowledge(number=session, by=cast.HOA, at=NOW)
    with pytest.raises(AcknowledgedByOneself):
        training.attend(number=rules, accounts=("hoa",), by=cast.MINH, at=NOW)
    with pytest.raises(NotYourRight):
        training.attend(number=session, accounts=("sung",), by=cast.SON, at=NOW)
    assert training.attend(number=session, accounts=("hoa", "hoa"), by=cast.SON, at=NOW) == 1

    assert LessonTakenRow.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        LessonTakenRow.objects.all().delete()


def _verdicts() -> dict[ReadinessItem, ReadinessVerdict]:
    found = told_of_readiness.readiness(cast.AT_BAN_MAY, at=NOW)
    return {check.item: check.verdict for check in found.checks}


def _note(item: ReadinessItem, verdict: ReadinessVerdict, by: object, remark: str = "") -> None:
    readiness.note(
        point=cast.AT_BAN_MAY,
        item=item,
        verdict=verdict,
        remark=remark,
        by=by,  # type: ignore[arg-type]  # of the cast
        at=NOW,
    )


def test_a_point_becomes_ready_by_data_by_notes_and_by_a_waiver() -> None:
    assert not told_of_readiness.readiness(cast.AT_BAN_MAY, at=NOW).is_ready
    rules, session = _learn()
    training.acknowledge(number=rules, by=cast.HOA, at=NOW)
    training.attend(number=session, accounts=("hoa",), by=cast.SON, at=NOW)
    _register()
    OfficeContactRow.objects.create(
        office=cast.BAN_MAY, hotline="0213000000", valid=to_range(rows.ALWAYS), source="bịa"
    )
    for item in (ReadinessItem.DEVICES, ReadinessItem.LINK, ReadinessItem.NOTICE):
        _note(item, ReadinessVerdict.READY, cast.SON)
    assert [item for item, v in _verdicts().items() if v is ReadinessVerdict.NOT_READY] == [
        ReadinessItem.ROSTER
    ]

    with pytest.raises(NotYourRight):
        _note(ReadinessItem.ROSTER, ReadinessVerdict.WAIVED, cast.SON, "chờ quyết định")
    with pytest.raises(FieldNeeded):
        _note(ReadinessItem.ROSTER, ReadinessVerdict.WAIVED, cast.MINH)
    with pytest.raises(ReadinessComputed):
        _note(ReadinessItem.ACCOUNTS, ReadinessVerdict.READY, cast.MINH)
    _note(ReadinessItem.ROSTER, ReadinessVerdict.WAIVED, cast.MINH, "chờ quyết định")

    assert told_of_readiness.readiness(cast.AT_BAN_MAY, at=NOW).is_ready
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadinessNoteRow.objects.update(by="ai đó")


def _incident(announced_in: str = "TB 12") -> int:
    number = incidents.find(
        what="Mất mạng", system="", found_at=NOW, found_by="Trực", by=cast.MINH, at=NOW
    )
    if announced_in:
        incidents.tell(
            number=number,
            told_at=NOW,
            told_to="VNPT",
            announced_in=announced_in,
            by=cast.MINH,
            at=NOW,
        )
    return number


def test_no_clock_stops_without_a_notice_or_for_nobody() -> None:
    code = life.received().code
    silent, told = _incident(""), _incident()

    with pytest.raises(IncidentNotTold):
        incidents.pause(number=silent, codes=(code,), by=cast.MINH, at=NOW)
    with pytest.raises(NobodyChosen):
        incidents.pause(number=told, codes=(), by=cast.MINH, at=NOW)
    with pytest.raises(NoSuchDossier):
        incidents.pause(number=told, codes=(code, "H99.1-250101-0001"), by=cast.MINH, at=NOW)
    with pytest.raises(NotYourRight):
        incidents.pause(number=told, codes=(code,), by=cast.SON, at=NOW)
    assert not IncidentDossierRow.objects.exists()


def test_clocks_stop_for_an_incident_and_run_on_when_it_is_fixed() -> None:
    code = life.received().code
    before = DossierRow.objects.get(code=code).due_at
    number = _incident()

    assert incidents.pause(number=number, codes=(code, code), by=cast.MINH, at=NOW) == 1
    assert DossierRow.objects.get(code=code).is_paused
    later = NOW + timedelta(days=2)
    incidents.fix(number=number, fixed_at=later, how="thay cáp", by=cast.MINH, at=later)

    after = DossierRow.objects.get(code=code)
    assert not after.is_paused
    assert before is None or (after.due_at is not None and after.due_at >= before)
    assert told_of_incidents.incident(number, at=later).states == (("resumed", 1),)
    with pytest.raises(IncidentOver):
        incidents.pause(number=number, codes=(code,), by=cast.MINH, at=later)


def test_the_worker_goes_on_and_one_that_cannot_be_paused_holds_no_other_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incidents, "AT_ONCE", 0)
    paused, runs = life.received().code, life.received().code
    number, other = _incident(), _incident("TB 13")
    incidents.pause(number=other, codes=(paused,), by=cast.MINH, at=NOW)
    incidents.go_on(at=NOW)

    incidents.pause(number=number, codes=(paused, runs), by=cast.MINH, at=NOW)
    assert incidents.go_on(at=NOW, limit=1) == 1
    assert incidents.go_on(at=NOW) == 1
    assert incidents.go_on(at=NOW) == 0

    states = dict(told_of_incidents.incident(number, at=NOW).states)
    assert states == {"paused": 1, "refused": 1}


def test_the_board_counts_what_a_closing_body_has_left() -> None:
    moment = cast.moment("2025-06-20 09:00")
    found = run_off.board(switch_on=rows.MERGED_ON, at=moment)
    assert [(line.code, line.numbers.open) for line in found.lines] == [(cast.BAN_CU, 0)]
    code = life.received().code
    DossierRow.objects.filter(code=code).update(
        competent_office=cast.BAN_CU, office=cast.BAN_CU, due_at=cast.moment("2025-08-01 09:00")
    )

    board = run_off.board(switch_on=rows.MERGED_ON, at=moment)

    (line,) = board.lines
    assert (line.numbers.open, line.numbers.due_before, line.numbers.will_not_finish) == (1, 0, 1)
    assert line.heirs == ("UBND xã Bản Mây",)
    _, lines = run_off.remaining(cast.BAN_CU, switch_on=rows.MERGED_ON, at=moment)
    assert [(one.code, one.hindrance) for one in lines] == [(code, "due_after")]

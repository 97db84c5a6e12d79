"""An online service is registered, published once it was tested the whole way, withdrawn alike."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction

from thongsuot.domain.cutover.online import (
    Journey,
    ServiceLevel,
    ServiceState,
    ServiceStep,
    require_reason,
    require_tested,
    take,
)
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, catalogue, cutover, errands
from thongsuot.records import online as records
from thongsuot.records.codec import encode
from thongsuot.records.online import (
    DATABASE,
    TOLD,
    OnlineServiceRow,
    OnlineServiceStepRow,
    about,
    told_by,
)
from thongsuot.words import reading

LONGEST_REASON = 500


class ServiceElsewhere(Refusal):
    """The procedure is received on a ministry's system: that one publishes it, not we."""

    code = "service_elsewhere"


@transaction.atomic
def register(
    *,
    procedure: str,
    level: ServiceLevel,
    reason: object,
    decision: object,
    by: Person,
    at: datetime,
) -> OnlineServiceRow:
    """Register that a procedure is to be offered whole, or in part and why, by a decision.

    Raises NotYourRight, ProcedureCodeMalformed, NoSuchProcedure, ProcedureRepealed,
    ServiceElsewhere, ServiceStepNotNow, PartNeedsReason, FieldNeeded, FieldTooLong.
    """
    _require(by, at)
    base = _of_ours(procedure, at)
    said = reading.if_given(reading.text, {"reason": reason}, "reason", "")[:LONGEST_REASON]
    require_reason(level, said)
    row = OnlineServiceRow.objects.select_for_update().filter(procedure=base).first()
    take(records.state_of(row) if row else None, ServiceStep.REGISTER)
    row = row or OnlineServiceRow(procedure=base)
    row.level, row.reason = level.value, said
    row.decision = reading.text("decision", decision, longest=200)
    _keep(row, ServiceStep.REGISTER, reason=said, evidence=None, by=by, at=at)
    return row


@transaction.atomic
def publish(*, procedure: str, dossier: object, decision: object, by: Person, at: datetime) -> None:
    """Publish a service whose test dossier went from the portal here, to its result and back.

    The evidence is kept with the step, and the national side is owed the word in the same
    transaction. Raises NotYourRight, NoSuchService, ServiceElsewhere, ServiceStepNotNow, ServiceNotTested,
    FieldNeeded, FieldTooLong.
    """
    _require(by, at)
    row = records.service(_of_ours(procedure, at), lock=True)
    take(records.state_of(row), ServiceStep.PUBLISH)
    code = reading.text("dossier", dossier, longest=60)
    way = records.way_of(code, procedure=row.procedure)
    require_tested(way)
    row.decision = reading.text("decision", decision, longest=200)
    _owe(_keep(row, ServiceStep.PUBLISH, reason="", evidence=way, by=by, at=at))


@transaction.atomic
def withdraw(*, procedure: str, reason: object, decision: object, by: Person, at: datetime) -> None:
    """Withdraw a service by a decision and with a reason; the national side is owed the word.

    Raises NotYourRight, NoSuchService, ServiceStepNotNow, FieldNeeded, FieldTooLong.
    """
    _require(by, at)
    row = records.service(procedure, lock=True)
    take(records.state_of(row), ServiceStep.WITHDRAW)
    said = reading.text("reason", reason, longest=LONGEST_REASON)
    row.decision = reading.text("decision", decision, longest=200)
    was_published = records.state_of(row) is ServiceState.PUBLISHED
    step = _keep(row, ServiceStep.WITHDRAW, reason=said, evidence=None, by=by, at=at)
    if was_published:
        _owe(step)


def _keep(
    row: OnlineServiceRow,
    step: ServiceStep,
    *,
    reason: str,
    evidence: Journey | None,
    by: Person,
    at: datetime,
) -> OnlineServiceStepRow:
    state = ServiceState(row.state) if row.pk else None
    row.state, row.since = take(state, step).value, at
    row.save()
    return OnlineServiceStepRow.objects.create(
        service=row,
        step=step.value,
        level=row.level,
        reason=reason,
        decision=row.decision,
        evidence=encode(evidence) if evidence else {},
        by=by.account,
        at=at,
    )


def _owe(step: OnlineServiceStepRow) -> None:
    """Owe the national database what the portal is to show from this step on.

    The portal's adapter has no service that takes it; the database that its pages are made of
    tells of each procedure whether it is offered whole.
    """
    errands.owe(
        partner=DATABASE,
        kind=TOLD,
        about=about(step.service.procedure),
        key=told_by(step.pk),
        payload=_told(step),
        by=step.by,
        at=step.at,
    )


def _told(step: OnlineServiceStepRow) -> dict[str, Any]:
    is_online = step.step == ServiceStep.PUBLISH.value
    version = max(catalogue.versions(step.service.procedure), key=attrgetter("version"))
    return {
        "codeNotation": str(version.code),
        "name": version.name,
        "isOnline": is_online,
        "isFullProcess": is_online and step.level == ServiceLevel.WHOLE.value,
        "reason": step.reason or step.service.reason,
        "decisionNo": step.decision,
        "since": step.at.isoformat(),
        "testDossier": step.evidence.get("dossier", ""),
    }


def _of_ours(procedure: str, at: datetime) -> str:
    code = reading.parsed("procedure", ProcedureCode.parse, procedure)
    asked = catalogue.procedure(code, on=_day(at))
    found = cutover.destination(asked, received_at=at)
    if found.system != settings.HOME_SYSTEM:
        system = cutover.system(found.system, on=_day(at))
        raise ServiceElsewhere("procedure", procedure=str(code), system_name=system.name)
    return code.base


def _require(by: Person, at: datetime) -> None:
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=_day(at))


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

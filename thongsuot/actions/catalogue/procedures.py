"""Procedures are drafted by the Office and changed only by a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thongsuot.actions.catalogue.rights import require_office
from thongsuot.domain import publication as rules
from thongsuot.domain import simplification
from thongsuot.domain.catalogue import NoSuchProcedure, Procedure
from thongsuot.domain.decisions import Decision
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.duties import Person
from thongsuot.domain.publication import Change
from thongsuot.records import catalogue
from thongsuot.records import decisions as records
from thongsuot.records import simplification as plans

DRAFTED_HERE = "soạn tại Văn phòng UBND tỉnh"
IMPORTED = "nhập từ tệp của hệ thống khác"


@transaction.atomic
def draft_procedure(*, procedure: Procedure, by: Person, at: datetime) -> None:
    """Keep a draft; it changes nothing until a decision. Raises CatalogueDutyNeeded."""
    require_office(by, at=at)
    records.save_draft(procedure, source=DRAFTED_HERE, by=by.account, at=at)


@transaction.atomic
def import_procedures(*, procedures: Sequence[Procedure], by: Person, at: datetime) -> int:
    """Keep procedures of another installation as drafts; how many. Raises CatalogueDutyNeeded."""
    require_office(by, at=at)
    for procedure in procedures:
        records.save_draft(procedure, source=IMPORTED, by=by.account, at=at)
    return len(procedures)


@transaction.atomic
def publish(*, code: str, decision: Decision, by: Person, at: datetime) -> Change:
    """Put the draft of a procedure in force.

    Raises CatalogueDutyNeeded, NoSuchDraft, DraftIncomplete, AlreadyPublished,
    LaterVersionExists. Source: NĐ 63/2010/NĐ-CP Đ.15.
    """
    require_office(by, at=at)
    draft = records.draft(code)
    change = rules.publish(catalogue.versions(code), draft.value(), decision)
    _keep(change, code, source=draft.source, by=by, at=at)
    draft.delete()
    return change


@transaction.atomic
def amend(
    *, code: str, decision: Decision, by: Person, at: datetime, fulfils: int | None = None
) -> Change:
    """Put the draft in force in place of the version before, from a day.

    `fulfils` is the line of a simplification plan that this carries out.
    Raises CatalogueDutyNeeded, NoSuchDraft, what `publication.amend` raises, NoSuchPlan,
    PlanOfAnother, AlreadyFulfilled.
    """
    require_office(by, at=at)
    draft = records.draft(code)
    change = rules.amend(catalogue.versions(code), draft.value(), decision)
    _keep(change, code, source=draft.source, by=by, at=at, fulfils=fulfils)
    draft.delete()
    return change


@transaction.atomic
def replace_by(*, code: str, other: str, decision: Decision, by: Person, at: datetime) -> Change:
    """End a procedure, another one taking its place.

    Raises CatalogueDutyNeeded, what `publication.replace_by` raises.
    """
    require_office(by, at=at)
    versions = _versions(code)
    change = rules.replace_by(versions, catalogue.versions(other), decision, code=other)
    _keep(change, code, source="", by=by, at=at)
    return change


@transaction.atomic
def repeal(
    *, code: str, decision: Decision, by: Person, at: datetime, fulfils: int | None = None
) -> Change:
    """End a procedure; dossiers under way are resolved by the version they began with.

    Raises CatalogueDutyNeeded, what `publication.repeal` raises, NoSuchPlan, PlanOfAnother,
    AlreadyFulfilled.
    """
    require_office(by, at=at)
    change = rules.repeal(_versions(code), decision, code=code)
    _keep(change, code, source="", by=by, at=at, fulfils=fulfils)
    return change


def _versions(code: str) -> list[Procedure]:
    versions = catalogue.versions(code)
    if not versions:
        raise NoSuchProcedure("procedure", given=code)
    return versions


def _keep(
    change: Change, base: str, *, source: str, by: Person, at: datetime, fulfils: int | None = None
) -> None:
    search = _search(change.begun) if change.begun else ""
    decision = records.save_change(
        change, base=base, search=search, source=source, by=by.account, at=at
    )
    if fulfils is not None:
        line = plans.line(fulfils)
        simplification.fulfil(line.value(), procedure=base)
        line.amended_by = decision
        line.save(update_fields=["amended_by"])


def _search(value: Procedure) -> str:
    return " ".join(fold(f"{value.name} {value.field} {value.code} {value.decision}"))


def as_draft(value: Procedure) -> Procedure:
    """A version as the beginning of its amendment."""
    return replace(value, decision="", version=1)

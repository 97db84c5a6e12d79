"""The national procedure database is mirrored, and told of what is the province's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from thongsuot.domain.catalogue import Channel, Origin, Procedure
from thongsuot.domain.exchange import Line, Step
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import catalogue, directory, errands, exchange
from thongsuot.records import mirror as records
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.simplification import PlanLineRow

DATABASE = "procedure_database"
FORMALITY, SIMPLIFICATION, BODY = "publish_formality", "publish_simplified", "publish_body"
METHOD = {Channel.ONLINE: "ONLINE", Channel.IN_PERSON: "DIRECT", Channel.POST: "POSTAL"}
UNIT = {"working_day": "WORKING_DAY", "day": "DAY", "month": "MONTH", "hour": "HOUR"}


@transaction.atomic
def keep_mirrored(
    told: Mapping[str, Any], raw: Mapping[str, Any], *, answer: str, at: datetime
) -> bool:
    """Keep a procedure as the database tells it; whether it changed. Raises ProcedureCodeMalformed."""
    base = ProcedureCode.parse(str(told["code"])).base
    return records.keep(answer, base, told, raw, at=at)


@transaction.atomic
def end_reading(*, answer: str, began_at: datetime, read: int, unread: int, at: datetime) -> int:
    """After a whole reading: what was not found is gone there; how many. It is a ledger line."""
    gone = records.gone(answer, not_seen_since=began_at, at=at) if not unread else 0
    told = f"{answer}: {read} read, {unread} unread, {gone} gone"
    exchange.enter([Line(partner=DATABASE, step=Step.LOOKED_UP, at=at, told=told)])
    return gone


@transaction.atomic
def owe_publications(*, at: datetime) -> int:
    """Owe the database the province's own entries, what was simplified, and codes of bodies.

    Each version, line and code is owed once; how many are new.
    Source: Luật 63/2025/QH15; QĐ 09/2025/QĐ-TTg.
    """
    on = at.astimezone(VIETNAM).date()
    wanted = (*_formalities(on), *_simplified(), *_bodies(at))
    return sum(
        errands.owe(
            partner=DATABASE,
            kind=kind,
            about=about,
            key=key,
            payload=payload,
            by=settings.HOME_SYSTEM,
            at=at,
        )
        for kind, about, key, payload in wanted
    )


_Owed = tuple[str, str, str, dict[str, Any]]


def _formalities(on: date) -> Iterator[_Owed]:
    rows = ProcedureRow.objects.filter(origin=Origin.PROVINCIAL.value, valid__contains=on)
    for row in rows.order_by("base", "version"):
        value = catalogue.procedure_version(row.base, row.version)
        key = f"{FORMALITY}:{value.code}:{value.version}"
        yield FORMALITY, f"formality:{value.code}", key, _formality(value)


def _formality(value: Procedure) -> dict[str, Any]:
    return {
        "codeNotation": str(value.code),
        "name": value.name,
        "decisionNo": value.decision,
        "state": "ACTIVE",
        "formalityType": "LOCAL_REGULATION",
        "isProvince": True,
        "executionMethods": [
            {
                "submissionMethod": METHOD[rule.channel],
                "processingTime": rule.term.halves // 2,
                "processingTimeUnit": UNIT.get(rule.term.unit.value, "OTHER"),
                "fees": [
                    {"type": "SERVICE_FEE", "value": fee.amount, "description": fee.note}
                    for fee in value.fees
                    if fee.channel is rule.channel and fee.amount is not None
                ],
            }
            for rule in value.terms
            if rule.term
        ],
        "executionCases": [
            {
                "name": "",
                "profileComponents": [
                    {"name": one.name, "originalQty": one.originals, "copyQty": one.copies}
                    for one in value.papers
                ],
            }
        ],
        "resultsDetails": [{"name": one.name, "code": one.code} for one in value.results],
    }


def _simplified() -> Iterator[_Owed]:
    """Lines of plans that were carried out, by the decision that amended the procedure."""
    rows = PlanLineRow.objects.filter(amended_by__isnull=False).select_related("amended_by")
    for row in rows.order_by("pk"):
        line = row.value()
        told = {
            "codeNotation": line.procedure,
            "measure": line.measure,
            "decisionNo": line.amended_by,
            "papersBefore": line.before.papers,
            "papersAfter": line.after.papers,
            "costBefore": line.before.cost,
            "costAfter": line.after.cost,
        }
        yield SIMPLIFICATION, f"simplified:{line.procedure}", f"{SIMPLIFICATION}:{row.pk}", told


def _bodies(at: datetime) -> Iterator[_Owed]:
    on = at.astimezone(VIETNAM).date()
    for ours, theirs, valid in exchange.bodies_of(DATABASE, at=at):
        name = directory.name_of(ours)
        if not name:
            continue
        is_open = valid.contains(on) and directory.is_open(ours, on=on)
        told = {"code": theirs, "name": name, "isActive": is_open}
        key = f"{BODY}:{theirs}:{name}:{is_open}"
        yield BODY, f"body:{theirs}", key[:160], told

"""A field is exported for the ministry, compared with what it set up, tested, started, held, taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from thongsuot.domain.cutover import FieldAct, FieldStep, Rule, take
from thongsuot.domain.cutover.set_up import (
    Person,
    ProcedureSetUp,
    SetUp,
    SetUpDifference,
    StepSetUp,
    checks,
    differences,
)
from thongsuot.domain.duties import Person as Official
from thongsuot.domain.duties import Right
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, board, cutover, set_up
from thongsuot.records.decided import Decided
from thongsuot.records.set_up import CutoverTestRow, SetUpExportRow, SetUpReadRow
from thongsuot.words import reading
from thongsuot.words.payload import parse

VERSION = 1
LONGEST_REASON = 1000


class NoSuchField(Refusal):
    """No rule moves a field of this name."""

    code = "no_such_moved_field"
    kind = Kind.UNKNOWN


class FieldNotReady(Refusal):
    """A field is started although some of its bodies are not ready; that is said on purpose."""

    code = "field_not_ready"


class NothingExported(Refusal):
    """What a ministry set up is compared with what was exported: nothing was yet."""

    code = "nothing_exported"


class SetUpUnreadable(Refusal):
    """A file of a ministry's set-up is not in the form in which it was exported."""

    code = "set_up_unreadable"
    kind = Kind.MALFORMED


class SystemWithoutPartner(Refusal):
    """A system is spoken to by a partner's connection, and this one names none."""

    code = "system_without_partner"


@transaction.atomic
def export(*, field: str, by: Official, at: datetime) -> int:
    """Export processes and accounts of a field for every body, to be set up there; how many bodies.

    Raises NotYourRight, NoSuchField.
    """
    require_keeper(by, at)
    require_moved(field)
    decided = Decided(_day(at), (field,))
    bodies = decided.bodies(field)
    for office in bodies:
        made = decided.set_up(field, office)
        set_up.keep_export(made, asdict(made), by=by.account, at=at)
    return len(bodies)


@transaction.atomic
def read_back(
    *, field: str, content: bytes, source: str, by: Official, at: datetime
) -> tuple[int, int]:
    """Compare what a system set up with what was exported last; bodies read, and differences.

    A body that the file does not name is compared with nothing: all of it is missing there.
    Raises NotYourRight, NoSuchField, NothingExported, SetUpUnreadable, JsonMalformed.
    """
    require_keeper(by, at)
    require_moved(field)
    exported = set_up.exports((field,))
    if not exported:
        raise NothingExported("file", field_name=field)
    there = _bodies(parse(content), field)
    found = 0
    for (_, office), row in exported.items():
        told = there.get(office, SetUp(field, office, (), ()))
        decided = _set_up(SetUpExportRow.objects.get(pk=row.pk).content)
        apart = list(differences(decided, told))
        found += len(apart)
        SetUpReadRow.objects.create(
            export=row,
            source=source,
            content=asdict(told),
            differences=[asdict(one) for one in apart],
            by=by.account,
            at=at,
        )
    return len(there), found


@transaction.atomic
def note_test(
    *, field: str, code: object, told: str = "", by: Official, at: datetime
) -> CutoverTestRow:
    """Note the code of a test dossier; it has passed once its system tells of its result.

    Raises NotYourRight, NoSuchField, FieldNeeded, FieldTooLong, SystemWithoutPartner.
    """
    require_keeper(by, at)
    system = cutover.system(require_moved(field).system, on=_day(at))
    if not system.partner:
        raise SystemWithoutPartner("system", system_name=system.name)
    row, _ = CutoverTestRow.objects.update_or_create(
        partner=system.partner,
        code=reading.text("code", code, longest=80),
        defaults={
            "field": field,
            "system": system.code,
            "told": told[:300],
            "by": by.account,
            "at": at,
        },
    )
    return row


@transaction.atomic
def act(
    *,
    field: str,
    act: FieldAct,
    effective_at: datetime | None,
    decision: object,
    reason: object,
    despite: bool,
    by: Official,
    at: datetime,
) -> FieldStep:
    """Freeze, start or take back a field from a moment on, by decision and with a reason.

    Raises NotYourRight, NoSuchField, StepNotNow, StepBeforeNow, FieldNotReady, FieldNeeded,
    FieldTooLong.
    """
    require_keeper(by, at)
    require_moved(field)
    if act is FieldAct.START and not despite:
        _require_ready(field, at)
    needs_paper = act is not FieldAct.FREEZE
    given = {"decision": decision}
    step = FieldStep(
        field,
        act,
        effective_at or at,
        reading.text("decision", decision, longest=200)
        if needs_paper
        else reading.if_given(reading.text, given, "decision", "")[:200],
    )
    taken = take(cutover.steps(field), step, at=at)
    said = reading.text("reason", reason, longest=LONGEST_REASON)
    cutover.keep_step(taken, reason=said, by=by.account, at=at)
    return taken


def _require_ready(field: str, at: datetime) -> None:
    known = board.evidence((field,), at=at)
    red = sum(not all(ok for _, ok in checks(one, on=_day(at))) for one in known.values())
    if red:
        raise FieldNotReady("despite", field_name=field, red=red, many=len(known))


def require_keeper(by: Official, at: datetime) -> None:
    """Raises NotYourRight unless somebody keeps the systems of the whole province."""
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=_day(at))


def require_moved(field: str) -> Rule:
    """The rule that moves a field, or procedures of it, last. Raises NoSuchField."""
    rules = cutover.moved((field,)).get(field, ())
    if not rules:
        raise NoSuchField("field", given=field)
    return rules[-1]


def document(field: str, *, at: datetime) -> dict[str, Any]:
    """The last export of a field as the file that a ministry gets. Raises NothingExported."""
    rows = set_up.exports((field,)).values()
    if not rows:
        raise NothingExported("file", field_name=field)
    whole = SetUpExportRow.objects.filter(pk__in=[row.pk for row in rows]).order_by("office")
    return {
        "version": VERSION,
        "field": field,
        "made_at": at.astimezone(VIETNAM).isoformat(),
        "bodies": [row.content for row in whole],
    }


def _bodies(told: object, field: str) -> dict[str, SetUp]:
    bodies = told.get("bodies") if isinstance(told, Mapping) else None
    if not isinstance(bodies, list):
        raise SetUpUnreadable("file", place="bodies")
    found = (_set_up({**one, "field": field}) for one in bodies if isinstance(one, Mapping))
    return {one.office: one for one in found}


def _set_up(told: Mapping[str, Any]) -> SetUp:
    """A set-up as a file tells it. Raises SetUpUnreadable."""
    try:
        return SetUp(
            str(told["field"]),
            str(told["office"]),
            tuple(_procedure(one) for one in told["procedures"]),
            tuple(
                Person(str(one["account"]), str(one.get("name", "")), tuple(one.get("roles", ())))
                for one in told.get("people", ())
            ),
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise SetUpUnreadable("file", place=str(wrong)[:80]) from None


def _procedure(told: Mapping[str, Any]) -> ProcedureSetUp:
    return ProcedureSetUp(
        str(told["code"]),
        str(told.get("name", "")),
        tuple(map(str, told.get("terms", ()))),
        str(told.get("process", "")),
        str(told.get("decision", "")),
        tuple(
            StepSetUp(
                str(step["name"]),
                str(step.get("role", "")),
                str(step.get("term", "")),
                tuple(map(str, step.get("people", ()))),
            )
            for step in told.get("steps", ())
        ),
    )


def as_bytes(told: Mapping[str, Any]) -> bytes:
    """A document as the bytes of its file."""
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def difference_of(told: Mapping[str, Any]) -> SetUpDifference:
    """A difference as it was kept."""
    return SetUpDifference(**told)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

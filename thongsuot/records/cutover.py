"""Systems of reception, the rules by which dossiers go to them, and those sent there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import connections, models
from django.db.models import F, Func, Q

from thongsuot.domain import cutover as rules
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.reference import remembered
from thongsuot.records.spans import never_overlapping


class NoSuchReceptionSystem(Refusal):
    """No system of reception stands under this code on that day."""

    code = "no_such_reception_system"
    kind = Kind.UNKNOWN


class ReceptionSystemRow(models.Model):
    """A system that receives dossiers, as it is while this is valid."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    protocol = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    certificate = models.CharField(max_length=120, blank=True)
    certificate_until = models.DateField(null=True)
    test_address = models.CharField(max_length=300, blank=True)
    live_address = models.CharField(max_length=300, blank=True)
    partner = models.CharField(max_length=40, blank=True)
    valid = DateRangeField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [never_overlapping("reception_systems_do_not_overlap", "code")]

    def value(self) -> rules.ReceptionSystem:
        """The system that this row stands for."""
        return rules.ReceptionSystem(
            code=self.code,
            name=self.name,
            body=self.body,
            contact=self.contact,
            protocol=self.protocol,
            state=rules.SystemState(self.state),
            certificate=self.certificate,
            certificate_until=self.certificate_until,
            test_address=self.test_address,
            live_address=self.live_address,
            partner=self.partner,
            source=self.source,
        )


class CutoverRuleRow(models.Model):
    """A field or a procedure is received by a system between two instants."""

    field = models.CharField(max_length=200, blank=True)
    procedure = models.CharField(max_length=10, blank=True)
    system = models.CharField(max_length=40, db_index=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    decision = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="cutover_rules_do_not_overlap",
                expressions=[
                    ("field", RangeOperators.EQUAL),
                    ("procedure", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), RangeBoundary(), function="TSTZRANGE"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="cutover_rule_is_of_a_procedure_or_a_field",
                condition=~Q(procedure="", field="") & (Q(procedure="") | Q(field="")),
            ),
        ]

    def value(self) -> rules.Rule:
        """The rule that this row stands for."""
        return rules.Rule(
            system=self.system,
            since=self.since,
            until=self.until,
            decision=self.decision,
            source=self.source,
            field=self.field,
            procedure=self.procedure,
        )


class CutoverStepRow(models.Model):
    """What was done with the cut-over of a field; never changed, never removed (a trigger)."""

    field = models.CharField(max_length=200, db_index=True)
    act = models.CharField(max_length=10)
    effective_at = models.DateTimeField()
    decision = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def value(self) -> rules.FieldStep:
        """The step that this row stands for."""
        act = rules.FieldAct(self.act)
        return rules.FieldStep(self.field, act, self.effective_at, self.decision)


class SentElsewhereRow(models.Model):
    """Somebody came with a dossier that another system receives; nothing of the person is kept.

    `digest` tells one dossier from another, so that a second try at the same counter on the
    same day is not counted again.
    """

    procedure = models.CharField(max_length=10)
    field = models.CharField(max_length=200)
    system = models.CharField(max_length=40, db_index=True)
    office = models.CharField(max_length=35)
    point = models.CharField(max_length=40)
    by = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)
    digest = models.CharField(max_length=64, unique=True)


def destination(procedure: Procedure, *, received_at: datetime) -> rules.Destination:
    """The one system that receives a procedure at an instant, and why."""
    own, steps = _speaking(procedure.code.base, procedure.field)
    return rules.destination(
        procedure,
        received_at=received_at,
        rules=own,
        steps=steps,
        home=settings.HOME_SYSTEM,
    )


@remembered
def _speaking(
    procedure: str, field: str
) -> tuple[tuple[rules.Rule, ...], tuple[rules.FieldStep, ...]]:
    """The rules and the steps that speak of a procedure or its field."""
    about = Q(procedure=procedure) | Q(procedure="", field=field)
    rows = CutoverRuleRow.objects.filter(about).order_by("since")
    taken = CutoverStepRow.objects.filter(field=field).order_by("effective_at", "id")
    return tuple(row.value() for row in rows), tuple(row.value() for row in taken)


def moved(fields: Collection[str] = ()) -> dict[str, tuple[rules.Rule, ...]]:
    """The rules that move each field, or procedures of it, elsewhere; of some fields, or of all."""
    rows = CutoverRuleRow.objects.exclude(system=settings.HOME_SYSTEM).order_by("since", "id")
    named = ProcedureRow.objects.filter(base__in=rows.exclude(procedure="").values("procedure"))
    of = dict(named.order_by("version").values_list("base", "field"))
    found: dict[str, tuple[rules.Rule, ...]] = {}
    for row in rows:
        field = row.field or of.get(row.procedure, "")
        if field and (not fields or field in fields):
            found[field] = (*found.get(field, ()), row.value())
    return found


@remembered
def system(code: str, *, on: date) -> rules.ReceptionSystem:
    """A system of reception as it is on a day. Raises NoSuchReceptionSystem."""
    row = ReceptionSystemRow.objects.filter(code=code, valid__contains=on).first()
    if row is None:
        raise NoSuchReceptionSystem("system", given=code)
    return row.value()


def systems(*, on: date) -> tuple[rules.ReceptionSystem, ...]:
    """Every system of reception of a day."""
    rows = ReceptionSystemRow.objects.filter(valid__contains=on).order_by("code")
    return tuple(row.value() for row in rows)


def steps(field: str) -> tuple[rules.FieldStep, ...]:
    """What was done with the cut-over of a field."""
    rows = CutoverStepRow.objects.filter(field=field).order_by("effective_at", "id")
    return tuple(row.value() for row in rows)


def steps_of(fields: Iterable[str]) -> dict[str, tuple[rules.FieldStep, ...]]:
    """What was done with the cut-over of each of some fields."""
    rows = CutoverStepRow.objects.filter(field__in=list(fields)).order_by("effective_at", "id")
    found: dict[str, tuple[rules.FieldStep, ...]] = {}
    for row in rows:
        found[row.field] = (*found.get(row.field, ()), row.value())
    return found


def keep_step(step: rules.FieldStep, *, reason: str, by: str, at: datetime) -> None:
    """Keep what was done with a field."""
    CutoverStepRow.objects.create(
        field=step.field,
        act=step.act.value,
        effective_at=step.effective_at,
        decision=step.decision,
        reason=reason,
        by=by,
        at=at,
    )


_COUNT = """
INSERT INTO records_sentelsewhererow
    (procedure, field, system, office, point, "by", received_at, at, digest)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (digest) DO NOTHING
"""


def count_sent_elsewhere(
    procedure: Procedure,
    *,
    system: str,
    office: str,
    point: str,
    by: str,
    received_at: datetime,
    at: datetime,
    digest: str,
) -> None:
    """Count somebody who was shown another system; kept though the reception is refused.

    It goes over the connection of the codes, as what is refused is undone on the other.
    """
    with connections["codes"].cursor() as cursor:
        cursor.execute(
            _COUNT,
            [
                procedure.code.base,
                procedure.field,
                system,
                office,
                point,
                by,
                received_at,
                at,
                digest,
            ],
        )


def sent_elsewhere(*, since: datetime, offices: Iterable[str]) -> list[SentElsewhereRow]:
    """Those shown another system since a moment, by the counters of some offices ("" of all)."""
    wanted = set(offices)
    rows = SentElsewhereRow.objects.filter(at__gte=since).order_by("-at")
    return list(rows if "" in wanted else rows.filter(office__in=wanted))


def day_of(at: datetime) -> date:
    """The office's day of an instant."""
    return at.astimezone(VIETNAM).date()

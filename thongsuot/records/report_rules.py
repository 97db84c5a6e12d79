"""Reports, forms, ways of counting, files to enter and the index as files say; older texts are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.entry import EntryFile
from thongsuot.domain.reporting.figures import Counting
from thongsuot.domain.reporting.forms import ReportForm
from thongsuot.domain.reporting.index import Index
from thongsuot.domain.reporting.reminders import ReminderRule
from thongsuot.records.codec import Json, decode, encode

Rule = ReportDefinition | ReportForm | Counting | EntryFile | Index | ReminderRule

_KINDS: dict[type[Rule], str] = {
    ReportDefinition: "report",
    ReportForm: "form",
    Counting: "counting",
    EntryFile: "entry",
    Index: "index",
    ReminderRule: "reminders",
}


class ReportRuleRow(models.Model):
    """One text of a report, a form, a way of counting or a file to enter; the newest is in use."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=40)
    since = models.DateField(null=True)  # a form and a way of counting have versions by days
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "since"], name="report_rule_of")]


def save(key: str, rule: Rule, *, sha256: str, by: str, at: datetime) -> bool:
    """Keep a text where it says something new; whether it did."""
    kind = _KINDS[type(rule)]
    since = None if isinstance(rule, ReportDefinition) else rule.valid.start
    body = encode(rule)
    last = ReportRuleRow.objects.filter(kind=kind, key=key, since=since).order_by("-pk").first()
    if last is not None and last.body == body:
        return False
    ReportRuleRow.objects.create(
        kind=kind, key=key, since=since, body=body, sha256=sha256, recorded_at=at, by=by
    )
    return True


def definitions() -> dict[str, ReportDefinition]:
    """The reports by their keys."""
    return {key: decode(ReportDefinition, body) for key, _, body in _newest("report")}


def forms() -> tuple[ReportForm, ...]:
    """Every version of every form, the older ones first."""
    return tuple(decode(ReportForm, body) for _, _, body in _newest("form"))


def countings() -> tuple[tuple[str, Counting], ...]:
    """Every way of counting with its key, the older ones first."""
    return tuple((key, decode(Counting, body)) for key, _, body in _newest("counting"))


def entries() -> tuple[EntryFile, ...]:
    """Every version of every file to enter, the older ones first."""
    return tuple(decode(EntryFile, body) for _, _, body in _newest("entry"))


def indexes() -> tuple[Index, ...]:
    """Every version of every index, the older ones first."""
    return tuple(decode(Index, body) for _, _, body in _newest("index"))


def reminders(*, on: date) -> dict[str, ReminderRule]:
    """How bodies are reminded on a day, by series; "" for all others."""
    known = [decode(ReminderRule, body) for _, _, body in _newest("reminders")]
    return {rule.series: rule for rule in known if rule.valid.contains(on)}


def _newest(kind: str) -> Iterable[tuple[str, date | None, Json]]:
    rows = ReportRuleRow.objects.filter(kind=kind).order_by("since", "pk")
    found = {(row.key, row.since): row.body for row in rows}
    return [(key, since, body) for (key, since), body in found.items()]

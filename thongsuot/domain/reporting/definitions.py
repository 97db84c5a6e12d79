"""A report as the letters order it: who, which windows, by when, on which forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.obligations import (
    DutiesOverlap,
    ReportDuty,
    ReporterKind,
    ReportersUnknown,
    overlapping,
)
from thongsuot.domain.reporting.windows import WindowRule
from thongsuot.domain.spans import Span


class NoSuchReport(Refusal):
    """No report of this key is defined, nor one with a form of this key."""

    code = "no_such_report"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class ReceivingBody:
    """To whom the province sends the summary, while a text says so."""

    name: str
    valid: Span
    source: str


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """A report: its reporters, windows, duties, forms, bases and receivers."""

    key: str
    name: str
    forms: tuple[str, ...]
    legal_bases: tuple[str, ...]
    reporters: tuple[ReporterKind, ...]
    windows: tuple[WindowRule, ...]
    duties: tuple[ReportDuty, ...]
    receivers: tuple[ReceivingBody, ...]
    source: str

    def receiver(self, on: date) -> ReceivingBody | None:
        """To whom the province sends it on a day; None where no text is known."""
        return next((body for body in self.receivers if body.valid.contains(on)), None)


def faults(definition: ReportDefinition) -> tuple[Refusal, ...]:
    """What of a definition contradicts itself: duties that overlap, reporters nobody described."""
    known = {kind.key for kind in definition.reporters} | {""}
    found: list[Refusal] = [
        DutiesOverlap(f"duty {second + 1}", first=first + 1, second=second + 1)
        for first, second in overlapping(definition.duties)
    ]
    found += [
        ReportersUnknown(f"window {index}", given=rule.reporters)
        for index, rule in enumerate(definition.windows, 1)
        if rule.reporters not in known
    ]
    found += [
        ReportersUnknown(f"duty {index}", given=duty.reporters)
        for index, duty in enumerate(definition.duties, 1)
        if duty.reporters not in known
    ]
    return tuple(found)

"""The steps of a report, each by somebody who may take it; what is sent is frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thongsuot.domain.duties import NotYourRight, Person, Right
from thongsuot.domain.files import MediaType
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reporting.course import (
    OF_REPORTER,
    Course,
    NothingToRestate,
    ReportDoesNotAgree,
    ReportStep,
    StepTaken,
    WindowNotOver,
)
from thongsuot.domain.reporting.definitions import ReportDefinition
from thongsuot.domain.reporting.entry import ToEnter
from thongsuot.domain.reporting.forms import Broken, number
from thongsuot.domain.reporting.obligations import NobodyToReportTo, Way
from thongsuot.domain.reporting.windows import Window
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, errands, files, report_routes
from thongsuot.records import reports as records
from thongsuot.records.reports import FrozenReportRow, ReportRow

REPORT_FILE = "report_file"


class ReportChangedMeanwhile(Refusal):
    """Somebody else did something with the report since it was opened."""

    code = "report_changed_meanwhile"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class OfReport:
    """Which report: what, of which window, of which body."""

    definition: ReportDefinition
    window: Window
    unit: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What is frozen: the canonical text of the figures, and the hash of each file of it.

    `to_enter` are those with which it is entered in other systems. `steps` is after how many steps it was worked out: what came meanwhile makes it void.
    """

    text: str
    files: Mapping[str, str]
    to_enter: tuple[ToEnter, ...]
    known_at: datetime
    steps: int

    @property
    def sha256(self) -> str:
        """The hash over the canonical text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@transaction.atomic
def fill(
    *,
    report: OfReport,
    cells: Mapping[tuple[str, str, str], str],
    source: str,
    by: Person,
    at: datetime,
) -> None:
    """Fill numbers into cells that are not counted, with where they are from.

    Raises NotYourRight, TextInNumberCell, RemarksNeeded, ReportIsLocked, ReportStepNotNow.
    """
    row = _begun(report, ReportStep.FILL, by=by, at=at, remarks=source)
    kept = {
        at_: str(number(text, where=_place(at_))) if text.strip() else ""
        for at_, text in cells.items()
    }
    records.fill(row, kept, source=source, by=by.account, at=at)
    records.take(row, StepTaken(ReportStep.FILL, by.account, at, source))


@transaction.atomic
def check(*, report: OfReport, broken: tuple[Broken, ...], by: Person, at: datetime) -> None:
    """Note that the report was looked through; where columns do not agree it cannot be.

    Raises ReportDoesNotAgree, NotYourRight, ReportIsLocked, ReportStepNotNow.
    """
    row = _begun(report, ReportStep.CHECK, by=by, at=at)
    if broken:
        raise ReportDoesNotAgree("check", row=broken[0].row, given=str(broken[0].identity))
    records.take(row, StepTaken(ReportStep.CHECK, by.account, at))


@transaction.atomic
def submit(*, report: OfReport, contents: Contents, by: Person, at: datetime) -> int:
    """Send the report: it is frozen as it was known; the number of the version.

    Raises WindowNotOver, ReportChangedMeanwhile, NotYourRight, ReportStepNotNow, ReportIsLocked.
    """
    if at < report.window.end:
        raise WindowNotOver("window", end=report.window.end.isoformat(timespec="minutes"))
    row = _begun(report, ReportStep.SUBMIT, by=by, at=at)
    version = _freeze(row, contents, ReportStep.SUBMIT, by=by, at=at)
    _owe(report, contents, version, by=by, at=at)
    return version


@transaction.atomic
def restate(*, report: OfReport, contents: Contents, reason: str, by: Person, at: datetime) -> int:
    """Send the report again as it is known now; it has to be accepted anew.

    Raises NothingToRestate, ReportChangedMeanwhile, RemarksNeeded, NotYourRight,
    ReportStepNotNow, ReportIsLocked.
    """
    row = _begun(report, ReportStep.RESTATE, by=by, at=at, remarks=reason)
    last = row.frozen.order_by("-version").first()
    if last is not None and json.loads(last.content)["forms"] == json.loads(contents.text)["forms"]:
        raise NothingToRestate("report", version=last.version)
    version = _freeze(row, contents, ReportStep.RESTATE, by=by, at=at, reason=reason)
    _owe(report, contents, version, by=by, at=at)
    return version


def return_(*, report: OfReport, remarks: str, by: Person, at: datetime) -> None:
    """Give the report back with what is to be mended. Raises as every step, RemarksNeeded."""
    _simply(report, ReportStep.RETURN, by=by, at=at, remarks=remarks)


def accept(*, report: OfReport, by: Person, at: datetime) -> None:
    """Accept what was sent. Raises NotYourRight, ReportStepNotNow, ReportIsLocked."""
    _simply(report, ReportStep.ACCEPT, by=by, at=at)


def lock(*, report: OfReport, by: Person, at: datetime) -> None:
    """Close an accepted report. Raises NotYourRight, ReportStepNotNow, ReportIsLocked."""
    _simply(report, ReportStep.LOCK, by=by, at=at)


def ask_unlock(*, report: OfReport, reason: str, by: Person, at: datetime) -> None:
    """Ask that a locked report be opened. Raises as every step, RemarksNeeded."""
    _simply(report, ReportStep.ASK_UNLOCK, by=by, at=at, remarks=reason)


def unlock(*, report: OfReport, by: Person, at: datetime) -> None:
    """Open a locked report because somebody else asked. Raises as every step, SecondPersonNeeded."""
    _simply(report, ReportStep.UNLOCK, by=by, at=at)


@transaction.atomic
def _simply(
    report: OfReport, step: ReportStep, *, by: Person, at: datetime, remarks: str = ""
) -> Course:
    row = _begun(report, step, by=by, at=at, remarks=remarks)
    return records.take(row, StepTaken(step, by.account, at, remarks))


def _begun(
    report: OfReport, step: ReportStep, *, by: Person, at: datetime, remarks: str = ""
) -> ReportRow:
    """The report locked for a step that may be taken now, by this person."""
    _require_right(report, step, by=by, at=at)
    row = records.load(report.definition.key, report.window.key, report.unit)
    row.course().require(step, by=by.account, remarks=remarks)
    return row


def _require_right(report: OfReport, step: ReportStep, *, by: Person, at: datetime) -> None:
    """The body that reports does its steps, the body that receives does the others'."""
    held = access.duties(by.account).holding(
        by.account, Right.REPORTS, at.astimezone(VIETNAM).date()
    )
    place = report.unit
    if step not in OF_REPORTER and report.unit:
        place = report_routes.route(report.definition, report.unit, report.window, at=at).receiver
    if not held & {"", place}:
        raise NotYourRight("by", person=by.name, right=Right.REPORTS.value)


def _freeze(
    row: ReportRow,
    contents: Contents,
    step: ReportStep,
    *,
    by: Person,
    at: datetime,
    reason: str = "",
) -> int:
    if row.steps.count() != contents.steps:
        raise ReportChangedMeanwhile("report")
    after = records.take(row, StepTaken(step, by.account, at, reason))
    FrozenReportRow.objects.create(
        report=row,
        version=after.versions,
        known_at=contents.known_at,
        content=contents.text,
        sha256=contents.sha256,
        files=dict(contents.files),
        reason=reason,
        by=by.account,
    )
    return after.versions


def _owe(report: OfReport, contents: Contents, version: int, *, by: Person, at: datetime) -> None:
    """What was frozen is owed to the systems in which it is entered, unless it goes by document."""
    try:
        unit = report.unit or report_routes.province_on(at.astimezone(VIETNAM).date())
        duty = report_routes.route(report.definition, unit, report.window, at=at).duty
    except NobodyToReportTo:
        return
    if duty.way is not Way.SYSTEM:
        return
    about = f"report:{report.definition.key}:{report.window.key}:{report.unit}"
    for one in contents.to_enter:
        kept = files.save(
            one.content, name=one.name, media_type=MediaType.JSON, pages=0, by=by.account, at=at
        )
        errands.owe(
            partner=one.partner,
            kind=REPORT_FILE,
            about=f"{about}:{one.key}"[:120],
            key=f"{about}:{one.key}:{version}"[:160],
            payload={
                "system": one.system,
                "name": one.name,
                "sha256": kept.sha256,
                "type": kept.media_type.value,
            },
            by=by.account,
            at=at,
        )


def _place(at: tuple[str, str, str]) -> str:
    form, row, column = at
    return f"{form}, dòng {row}, cột {column}"

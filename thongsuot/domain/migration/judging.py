"""One dossier of an old system, judged: what it is here, what is wrong with it, how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.directory import Level, Office
from thongsuot.domain.dossier import Dossier, Entry, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.state import Status
from thongsuot.domain.migration.books import RowOutcome
from thongsuot.domain.migration.cleaning import (
    SHOWN,
    Days,
    composed,
    day_or_moment,
    plain_number,
)
from thongsuot.domain.migration.findings import Defect, Finding, outcome_of
from thongsuot.domain.migration.legacy import FoundFile, LegacyDossier, Told
from thongsuot.domain.migration.mapping import CodeMaps, MapKind, MappedValue, NotMapped
from thongsuot.domain.migration.retelling import RESULT, Facts, Step, Supplement, retold
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Process

LONGEST_CODE = 60
LONGEST: Mapping[str, int] = {
    "applicant": 200,
    "phone": 20,
    "email": 120,
    "address": 300,
    "proxy": 200,
    "result_number": 200,
}
SHORT = min(LONGEST.values())
# What people typed where a number was asked for and none was there.
_PLACEHOLDERS = frozenset({"000000001", "000000000001", "123456789", "012345678", "123456789012"})
_ALIKE = re.compile(r"([0-9])\1+")
# The citizen's number, the identity card before it, a business's and a branch's tax number.
_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}|[0-9]{10}(-?[0-9]{3})?|(?=.*[0-9])[A-Z][A-Z0-9]{5,8}")
_AMOUNT = re.compile(r"[0-9]{1,12}")
_STATUSES = frozenset(status.value for status in Status)
_CHANNELS = frozenset(channel.value for channel in Channel)
# What a report of defects does not repeat.
_PERSONAL = frozenset({"applicant", "applicant_number"})
_OPEN = frozenset(
    {Status.RECEIVED, Status.PROCESSING, Status.WAITING_SUPPLEMENT, Status.WAITING_PAYMENT}
)
_DONE = frozenset({Status.FINISHED, Status.RETURNED})
_UNDONE = frozenset({Status.WAITING_SUPPLEMENT, Status.WAITING_PAYMENT, Status.STOPPED})


@dataclass(frozen=True, slots=True)
class Around:
    """What a judgement looks up: maps, catalogue, directory, and the moment of the export."""

    system: str
    told_at: datetime  # when the old system told it
    at: datetime
    home_system: str
    calendar_version: str
    days: Days
    maps: CodeMaps
    channels: Mapping[str, str]
    procedure: Callable[[str, date], tuple[Procedure | None, bool]]  # and whether it was in force
    office: Callable[[str, date], Office | None]
    process: Callable[[Procedure, Level, date], Process | None]
    point: Callable[[str, date], str]
    place: Callable[[str, date], e.PlaceGiven | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one telling: the dossier with its events, or why there is none."""

    findings: tuple[Finding, ...]
    mapped: tuple[MappedValue, ...]
    entries: tuple[Entry, ...] = ()
    dossier: Dossier | None = None

    @property
    def outcome(self) -> RowOutcome:
        """How its row ends."""
        return outcome_of(self.findings)

    def refused(self, finding: Finding) -> Judged:
        """The same, refused for one more reason."""
        return Judged((*self.findings, finding), self.mapped)


def judge(legacy: LegacyDossier, around: Around, files: tuple[FoundFile, ...] = ()) -> Judged:
    """Everything that one old dossier is here, each doubt named; nothing is looked up twice."""
    row = _Row(legacy, around)
    if not row.is_one():
        return Judged(tuple(row.findings), ())
    facts = row.facts(files)
    mapped = tuple(row.mapped)
    if facts is None or outcome_of(row.findings) is RowOutcome.REFUSED:
        return Judged(tuple(row.findings), mapped)
    entries = retold(facts)
    return Judged(tuple(row.findings), mapped, entries, replay(entries))


def news(
    judged: Judged, before: Dossier, *, reason: str, files_only: bool = False
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """What a newer telling of a dossier adds, and what it would change that is not changed so.

    Who applied, for what and when stays as it was loaded; a difference there is for people. Files
    that were not here come to it; with `files_only`, they alone.
    """
    told = judged.dossier
    if told is None:
        return (), []
    findings = [
        Finding(Defect.CORE_CHANGED, name, *(("", "") if name in _PERSONAL else (old, new)))
        for name, old, new in (
            ("applicant", before.applicant.name, told.applicant.name),
            ("applicant_number", before.applicant.number, told.applicant.number),
            ("procedure", before.procedure, told.procedure),
            ("received_at", before.received_at.isoformat(), told.received_at.isoformat()),
            ("office", before.competent_office, told.competent_office),
        )
        if old != new
    ]
    kept = {(scan.paper, scan.file) for scan in before.scans}
    files = tuple(
        entry
        for entry in judged.entries
        if isinstance(entry.event, e.Digitised)
        and (entry.event.paper, entry.event.file) not in kept
    )
    last = judged.entries[-1]
    has_result = told.approved_draft not in ("", before.approved_draft)
    is_news = has_result or (not files_only and _standing(told) != _standing(before))
    if not is_news or not isinstance(last.event, e.ProgressReported):
        return files, findings
    due_at = told.due_at if told.due_at != before.due_at else None
    anew = replace(last, event=replace(last.event, due_at=due_at, reason=reason))
    return (*files, anew), findings


def _standing(d: Dossier) -> tuple[object, ...]:
    return (
        d.status,
        d.due_at,
        d.ended_at,
        d.outcome,
        d.is_handed_over,
        d.handed_over_at,
        d.assignee,
        d.result_number,
    )


class _Row:
    """One telling while it is judged."""

    def __init__(self, legacy: LegacyDossier, around: Around) -> None:
        self.legacy = legacy
        self.around = around
        self.findings: list[Finding] = []
        self.mapped: list[MappedValue] = []

    def find(self, defect: Defect, field: str = "", given: str = "", made: str = "") -> None:
        self.findings.append(Finding(defect, field, given[:SHOWN], made[:SHOWN]))

    def is_one(self) -> bool:
        """Whether the row is a dossier at all."""
        if "header" in self.legacy.marks:
            self.find(Defect.HEADER_REPEATED)
        elif "cut" in self.legacy.marks:
            self.find(Defect.ROW_CUT, given=self.legacy.code)
        elif not self.legacy.code:
            self.find(Defect.CODE_MISSING, "code")
        elif len(self.legacy.code) > LONGEST_CODE:
            self.find(Defect.CODE_TOO_LONG, "code", self.legacy.code)
        return not self.findings

    def text(self, field: str, of: Told | None = None) -> str:
        """A cell as text, in one form, as long as it may be."""
        told = self.legacy.told if of is None else of
        raw = told.get(field, "")
        if not raw:
            return ""
        cleaned = composed(raw)
        for defect in cleaned.defects:
            self.find(defect, field)
        text = cleaned.text
        if len(text) <= SHORT:
            return text
        longest = LONGEST.get(field)
        if longest and len(text) > longest:
            self.find(Defect.TEXT_TOO_LONG, field, str(len(text)))
            return text[:longest]
        return text

    def moment(self, field: str, of: Told | None = None) -> datetime | None:
        return day_or_moment(self.around.days, field, self.text(field, of), self.findings)

    def map(self, kind: MapKind, theirs: str, on: date) -> str:
        """What a code is here; "" where no map says so."""
        try:
            value = self.around.maps.ours(kind, theirs, on)
        except NotMapped:
            return ""
        self.mapped.append(value)
        return value.ours

    def facts(self, files: tuple[FoundFile, ...]) -> Facts | None:
        """What the row says, in our words; None where it cannot be told at all."""
        received_at = self.received_at()
        if received_at is None:
            return None
        on = received_at.astimezone(VIETNAM).date()
        status = self.status(on)
        procedure = self.procedure(on)
        office = self.office(on, status)
        if status is None or procedure is None or office is None:
            return None
        is_open = status in _OPEN
        process = self.process(procedure, office, status)
        supplement = self.supplement()
        steps = self.steps(on)
        ended_at = self.ended_at(status, received_at)
        self.suspect(status, ended_at, supplement, steps)
        returned_at = self.moment("returned_at")
        code = composed(self.legacy.code).text
        return Facts(
            system=self.around.system,
            code=code,
            national_code=self.text("national_code"),
            procedure=procedure,
            office=office.code.canonical,
            point=self.point(office.code.canonical, on),
            channel=self.channel(),
            applicant=self.applicant(),
            place=self.place(on),
            received_at=received_at,
            due_at=self.due_at(received_at),
            ended_at=ended_at,
            returned_at=returned_at if not is_open else None,
            status=status,
            status_told=self.text("status"),
            status_rule=self.mapped_rule(MapKind.STATUS),
            process=process,
            holder=self.holder(on) if is_open else "",
            result_number=self.text("result_number"),
            reason=self.text("reason") or self.text("note"),
            supplement=supplement,
            steps=steps,
            fees=self.fees(),
            files=self.files(files),
            told_at=self.around.told_at,
            at=self.around.at,
            home_system=self.around.home_system,
            calendar_version=self.around.calendar_version,
        )

    def point(self, office: str, on: date) -> str:
        """The counter of the body on its day, else the one of today."""
        today = self.around.at.astimezone(VIETNAM).date()
        return self.around.point(office, on) or self.around.point(office, today)

    def mapped_rule(self, kind: MapKind) -> str:
        return next((value.rule for value in self.mapped if value.kind is kind), "")

    def received_at(self) -> datetime | None:
        moment = self.moment("received_at")
        if moment is None:
            self.find(
                Defect.RECEIPT_MISSING, "received_at", self.legacy.told.get("received_at", "")
            )
        elif moment > self.around.told_at:
            self.find(Defect.RECEIPT_IN_FUTURE, "received_at", f"{moment:%d/%m/%Y}")
            return None
        return moment

    def due_at(self, received_at: datetime) -> datetime | None:
        due = self.moment("due_at")
        if due is None:
            self.find(Defect.DUE_MISSING, "due_at")
        elif due.date() < received_at.date():
            self.find(Defect.DUE_BEFORE_RECEIPT, "due_at", f"{due:%d/%m/%Y}")
        return due

    def ended_at(self, status: Status, received_at: datetime) -> datetime | None:
        """When the work ended as told; what cannot be so stays missing and is said."""
        ended = self.moment("ended_at")
        if status in _OPEN:
            if ended is not None:
                self.find(Defect.STATUS_AGAINST_DATES, "ended_at", f"{ended:%d/%m/%Y}")
            return None
        if ended is None:
            self.find(Defect.END_MISSING, "ended_at")
        elif ended > self.around.told_at:
            self.find(Defect.END_IN_FUTURE, "ended_at", f"{ended:%d/%m/%Y}")
            return None
        elif ended.date() < received_at.date():
            self.find(Defect.END_BEFORE_RECEIPT, "ended_at", f"{ended:%d/%m/%Y}")
            return None
        elif ended < received_at:  # only the day was told: it did not end before it began
            return received_at
        return ended

    def status(self, on: date) -> Status | None:
        told = self.text("status")
        ours = self.map(MapKind.STATUS, told, on)
        if ours not in _STATUSES:
            self.find(Defect.STATUS_UNMAPPED, "status", told)
            return None
        if ours == Status.REGISTERED:
            self.find(Defect.NOT_RECEIVED_YET, "status", told)
            return None
        return Status(ours)

    def procedure(self, on: date) -> Procedure | None:
        told = self.text("procedure") or self.text("procedure_name")
        ours = self.map(MapKind.PROCEDURE, told, on)
        if not ours:
            self.find(Defect.PROCEDURE_UNMAPPED, "procedure", told)
            return None
        found, was_in_force = self.around.procedure(ours, on)
        if found is None:
            self.find(Defect.PROCEDURE_UNKNOWN, "procedure", told, ours)
        elif not was_in_force:
            self.find(Defect.VERSION_NOT_IN_FORCE, "procedure", told, f"{ours} v{found.version}")
        return found

    def office(self, on: date, status: Status | None) -> Office | None:
        """Who resolves it: the body of its day; an open dossier needs one that stands today."""
        told = self.text("office") or self.text("office_name")
        ours = self.map(MapKind.OFFICE, told, on)
        if not ours:
            self.find(Defect.OFFICE_UNMAPPED, "office", told)
            return None
        today = self.around.office(ours, self.around.at.astimezone(VIETNAM).date())
        then = self.around.office(ours, on)
        if today is None and then is None:
            self.find(Defect.OFFICE_UNKNOWN, "office", told, ours)
        elif today is None and status in _OPEN:
            self.find(Defect.OFFICE_CLOSED, "office", told, ours)
        return then or today

    def process(self, procedure: Procedure, office: Office, status: Status) -> Process | None:
        """By which process the work goes on; over and done work needs none."""
        if status not in _OPEN and status is not Status.FINISHED:
            return None
        today = self.around.at.astimezone(VIETNAM).date()
        found = self.around.process(procedure, office.level, today)
        if found is None and status in _OPEN:
            self.find(Defect.NO_PROCESS, "procedure", str(procedure.code))
        return found

    def holder(self, on: date) -> str:
        told = self.text("holder")
        ours = self.map(MapKind.PERSON, told, on) if told else ""
        if told and not ours:
            self.find(Defect.PERSON_UNMAPPED, "holder", told)
        return ours

    def channel(self) -> Channel:
        """How it was handed in; where nothing is told, at a counter.

        Source: QĐ 766/QĐ-TTg, công thức 3.3 (trực tiếp = 1 hoặc để trống).
        """
        told = self.text("channel")
        if not told:
            return Channel.IN_PERSON
        ours = self.around.channels.get(told.lower(), "")
        if ours not in _CHANNELS:
            self.find(Defect.CHANNEL_UNKNOWN, "channel", told)
            return Channel.IN_PERSON
        return Channel(ours)

    def applicant(self) -> e.Applicant:
        name = self.text("applicant")
        if not name:
            self.find(Defect.APPLICANT_MISSING, "applicant")
        number, kind = self.number("applicant_number"), self.text("applicant_kind").lower()
        is_organisation = kind in {"organisation", "tổ chức", "doanh nghiệp", "2", "3"}
        return e.Applicant(
            name=name,
            number=self.personal(number),
            phone=self.number("phone")[: LONGEST["phone"]],
            email=self.text("email"),
            address=self.text("address"),
            proxy=self.text("proxy"),
            kind=e.ApplicantKind.ORGANISATION if is_organisation else e.ApplicantKind.PERSON,
        )

    def number(self, field: str) -> str:
        cleaned = plain_number(self.text(field))
        for defect in cleaned.defects:  # a person's number is not repeated in a report
            self.find(defect, field, f"…{cleaned.text[-3:]}.0", f"…{cleaned.text[-3:]}")
        return cleaned.text

    def personal(self, number: str) -> str:
        """A number that can be somebody's; another is kept only in what was told."""
        if not number:
            return ""
        if number in _PLACEHOLDERS or _ALIKE.fullmatch(number):
            self.find(Defect.IDENTITY_PLACEHOLDER, "applicant_number", f"{len(number)}")
            return ""
        if not _NUMBER.fullmatch(number.upper()):
            self.find(Defect.PERSON_NUMBER_LENGTH, "applicant_number", f"{len(number)}")
            return ""
        return number.upper()

    def place(self, on: date) -> e.PlaceGiven:
        told = self.text("place")
        found = self.around.place(told, on) if told else None
        if told and found is None:
            self.find(Defect.PLACE_UNKNOWN, "place", told)
        return found or e.PlaceGiven("", "")

    def supplement(self) -> Supplement | None:
        asked_at = self.moment("supplement_asked_at")
        if asked_at is None:
            return None
        return Supplement(
            asked_at,
            self.text("supplement_reason"),
            self.moment("supplement_received_at"),
            self.moment("supplement_due_at"),
        )

    def steps(self, on: date) -> tuple[Step, ...]:
        found = []
        for told in self.legacy.steps:
            status = self.text("status", told)
            ours = self.map(MapKind.STATUS, status, on) if status else ""
            did = self.text("did", told) or status or self.text("note", told)
            found.append(Step(self.moment("at", told), did, self.text("by", told), ours))
        return tuple(found)

    def suspect(
        self,
        status: Status,
        ended_at: datetime | None,
        supplement: Supplement | None,
        steps: tuple[Step, ...],
    ) -> None:
        """A dossier that was called finished while its own history says that it waits."""
        last = next((step.status for step in reversed(steps) if step.status), "")
        waits = supplement is not None and supplement.received_at is None
        if status in _DONE and ended_at is None and (waits or last in _UNDONE):
            self.find(Defect.STATUS_REWRITTEN, "status", self.text("status"))

    def fees(self) -> tuple[e.FeeCollected, ...]:
        lines = [*self.legacy.fees]
        if self.legacy.told.get("fee_amount"):
            names = {"name": "fee_name", "amount": "fee_amount", "how": "fee_how"}
            lines.append({k: self.legacy.told.get(of, "") for k, of in names.items()})
        return tuple(fee for line in lines if (fee := self.fee(line)))

    def fee(self, line: Told) -> e.FeeCollected | None:
        amount = plain_number(self.text("amount", line).replace(".", "").replace(",", "")).text
        how = _WAYS.get(self.text("how", line).lower())
        if not _AMOUNT.fullmatch(amount) or not int(amount):
            return None
        if how is None:
            self.find(Defect.FEE_WITHOUT_WAY, "fee_how", self.text("how", line), amount)
            return None
        name = self.text("name", line)
        return e.FeeCollected(name, int(amount), how, self.text("reference", line))

    def files(self, found: tuple[FoundFile, ...]) -> tuple[FoundFile, ...]:
        """The files that are here whole; a submitted paper is nobody's result."""
        submitted = {f.stored.sha256 for f in found if f.stored and f.role != RESULT}
        kept = []
        for file in found:
            if file.is_changed:
                self.find(Defect.FILE_CHANGED, "files", file.told)
            elif file.stored is None:
                self.find(Defect.FILE_MISSING, "files", file.told)
            elif file.role == RESULT and file.stored.sha256 in submitted:
                self.find(Defect.SUBMITTED_AS_RESULT, "files", file.told)
            else:
                kept.append(file)
        return tuple(kept)


_WAYS: Mapping[str, e.Payment] = {
    "tiền mặt": e.Payment.CASH,
    "cash": e.Payment.CASH,
    "chuyển khoản": e.Payment.TRANSFER,
    "transfer": e.Payment.TRANSFER,
    "trực tuyến": e.Payment.PLATFORM,
    "paymentplatform": e.Payment.PLATFORM,
    "platform": e.Payment.PLATFORM,
}

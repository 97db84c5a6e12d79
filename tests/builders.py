"""Values of the domain with what most tests do not care about already filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from tests import cast
from tests.domain.calendars import lai_chau_calendar
from thongsuot.domain.catalogue import Channel, Origin, Paper, Procedure, TermRule
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Dossier, Entry, Event, evolve
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.policies import Lead, Policies
from thongsuot.domain.dossier.reasons import Phrase
from thongsuot.domain.dossier.reception import receive
from thongsuot.domain.dossier.submission import Counter, Submission
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act, ChildLink, Move, Process, Stage, StageKind

CALENDAR = lai_chau_calendar()
ALWAYS = Span(date(2020, 1, 1))
POLICIES = Policies(
    transfer_next_morning_from=time(15),
    supplements_at_most=1,
    extensions_at_most=1,
    apology_lead_days=1,
    apology_lead_counted_in=Lead.CALENDAR_DAYS,
    near_working_hours=8,
)
PHRASES = (
    Phrase(("sap xep", "sap nhap"), ("bo may", "xa", "don vi"), 4, ALWAYS, "NQ 190/2025/QH15"),
)
STAGES = (
    Stage("reception", "Tiếp nhận", StageKind.RECEPTION, "counter"),
    Stage("intake", "Nhận và phân công", StageKind.INTAKE, "intake"),
    Stage("work", "Thụ lý", StageKind.WORK, "handler"),
    Stage("approval", "Ký duyệt", StageKind.APPROVAL, "leader"),
    Stage("issue", "Đóng dấu", StageKind.ISSUE, "clerk"),
    Stage("handover", "Trả kết quả", StageKind.HANDOVER, "counter"),
    Stage("end", "Kết thúc", StageKind.END),
)
MOVES = (
    Move(Act.FORWARD, "reception", "intake", "Chuyển"),
    Move(Act.ASSIGN, "intake", "work", "Phân công"),
    Move(Act.SEND_BACK, "intake", "reception", "Trả lại quầy"),
    Move(Act.PROPOSE, "work", "approval", "Trình"),
    Move(Act.SEND_BACK, "approval", "work", "Trả lại thụ lý"),
    Move(Act.APPROVE, "approval", "issue", "Duyệt"),
    Move(Act.REFUSE, "approval", "handover", "Từ chối"),
    Move(Act.ISSUE_RESULT, "issue", "handover", "Phát hành"),
    Move(Act.HAND_OVER, "handover", "end", "Trả"),
)
FIELD_WORK = Stage("field_work", "Kiểm tra thực địa", StageKind.WORK, "handler")


def process(
    code: str = "chung",
    *,
    version: int = 1,
    stages: Iterable[Stage] = STAGES,
    moves: Iterable[Move] = MOVES,
    children: Iterable[ChildLink] = (),
    decision: str = "QĐ 1/QĐ-UBND",
) -> Process:
    """The process from the counter to the hand-over, with one way through it."""
    return Process(
        code=code,
        version=version,
        name="Quy trình chung",
        stages=tuple(stages),
        moves=tuple(moves),
        decision=decision,
        children=tuple(children),
    )


def branching_process() -> Process:
    """The same process with two ways on from the intake: at the desk, or on the spot."""
    on_the_spot = (
        Move(Act.ASSIGN, "intake", "field_work", "Phải kiểm tra thực địa"),
        Move(Act.PROPOSE, "field_work", "approval", "Trình kèm biên bản"),
    )
    return process(
        "hai-nhanh", stages=(*STAGES[:3], FIELD_WORK, *STAGES[3:]), moves=(*MOVES, *on_the_spot)
    )


def procedure(
    code: str = "1.000101",
    *,
    term: str | None = "5 ngày làm việc",
    terms: tuple[TermRule, ...] = (),
    channels: Iterable[Channel] = tuple(Channel),
    levels: frozenset[Level] = frozenset({Level.COMMUNE}),
    valid: Span = ALWAYS,
    version: int = 1,
    after_15h: bool = False,
    about_reorganisation: bool = False,
) -> Procedure:
    """A procedure of the commune with one term for every channel."""
    legal = Term.parse(term) if term else None
    return Procedure(
        code=ProcedureCode.parse(code),
        name=f"Thủ tục {code}",
        field="Hộ tịch",
        levels=levels,
        origin=Origin.NATIONAL,
        valid=valid,
        decision="QĐ 9/QĐ-UBND",
        version=version,
        terms=terms or tuple(TermRule(channel, legal) for channel in channels),
        papers=(Paper("Tờ khai", originals=1),),
        counts_from_next_day_after_15h=after_15h,
        about_reorganisation=about_reorganisation,
    )


def submission(
    *,
    received_at: datetime = cast.MONDAY,
    channel: Channel = Channel.IN_PERSON,
    case: str = "",
    place: str = "",
    identifiers: tuple[e.Identifier, ...] = (),
    parent: str = "",
    late_entry_reason: str = "",
    appointment: datetime | None = None,
    appointment_basis: str = "",
    applicant: e.Applicant = cast.MY,
) -> Submission:
    """Mrs Mỷ hands in an application form."""
    return Submission(
        applicant=applicant,
        place=e.PlaceGiven(place, ""),
        channel=channel,
        received_at=received_at,
        case=case,
        papers=(e.PaperGiven("Tờ khai", originals=1),),
        identifiers=identifiers,
        parent=parent,
        late_entry_reason=late_entry_reason,
        appointment=appointment,
        appointment_basis=appointment_basis,
    )


def counter(*, competent: str = cast.BAN_MAY, at: str = cast.BAN_MAY) -> Counter:
    """The counter of Bản Mây, for its own people committee unless another body resolves."""
    return Counter(
        receiving_point=f"MC-{at}",
        receiving_official=cast.HOA.account,
        receiving_office=at,
        competent_office=competent,
        return_point=f"MC-{at}",
        return_office=at,
    )


def receipt(
    *,
    at: datetime = cast.MONDAY,
    term: str | None = "5 ngày làm việc",
    competent: str = cast.BAN_MAY,
) -> e.Received:
    """The counter takes a dossier in."""
    return receive(
        submission(
            received_at=at,
            appointment=None if term else cast.moment("2025-09-19 16:00"),
            appointment_basis="" if term else "Công văn 12/UBND",
        ),
        code=f"{competent}-250908-0001",
        counter=counter(competent=competent),
        procedure=procedure(term=term),
        process=process(),
        calendar=CALENDAR,
        policies=POLICIES,
        home_system="provincial",
        at=at,
    )


def received(
    *,
    at: datetime = cast.MONDAY,
    term: str | None = "5 ngày làm việc",
    competent: str = cast.BAN_MAY,
) -> Dossier:
    """A dossier as the counter has just taken it in."""
    return after(None, receipt(at=at, term=term, competent=competent), at)


def after(dossier: Dossier | None, event: Event, at: datetime = cast.MONDAY) -> Dossier:
    """The dossier after one more event, made and recorded at the same moment."""
    return evolve(dossier, entry(event, at))


def entry(event: Event, at: datetime = cast.MONDAY) -> Entry:
    """An event as Hoa would have made it at her counter."""
    return Entry(event, at, at, cast.HOA.account, cast.BAN_MAY, "provincial")


def at_stage(dossier: Dossier, stage: str) -> Dossier:
    """The same dossier standing at another stage."""
    return replace(dossier, stage=stage)

"""The papers, each with what must stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.spans import Span
from thongsuot.paper.values.pieces import (
    Addressee,
    Appointment,
    BatchLine,
    CustodyCount,
    CustodyLine,
    DossierLine,
    Enclosure,
    FeeLine,
    FigureColumn,
    FigureLine,
    Handover,
    Letterhead,
    Lookup,
    Moved,
    RegisterLine,
    ResultLine,
    Signer,
)


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    point: str
    enclosures: tuple[Enclosure, ...]
    sets: int
    term: str
    received_at: datetime
    due_at: datetime
    return_at: str
    submitted_by: str
    received_by: str
    copy_for: str = ""
    later: Appointment | None = None
    fees: tuple[FeeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplementPaper:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    missing: tuple[Enclosure, ...]
    requests: tuple[str, ...]
    reason: str
    contact: str
    contact_phone: str
    guided_by: str


@dataclass(frozen=True, slots=True)
class DeclinePaper:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    point: str
    submitted_at: datetime
    reasons: tuple[str, ...]
    submitted_by: str
    received_by: str
    refused_by: str = ""  # the body that refuses, where it is not the counter


@dataclass(frozen=True, slots=True)
class ApologyPaper:
    """Phiếu xin lỗi và hẹn lại; from 15/9/2025 văn bản xin lỗi và đề nghị gia hạn."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    office: str
    received_at: datetime
    due_at: datetime
    reason: str
    new_due_at: datetime
    extension: str
    signer: Signer
    sent_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopPaper:
    """Thông báo dừng giải quyết hồ sơ."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    office: str
    received_at: datetime
    asked_at: datetime
    asked_by: str
    reason: str
    bases: tuple[str, ...]
    given_back: tuple[str, ...]
    fee_given_back: str
    signer: Signer
    sent_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ControlPaper:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: one block for each hand-over."""

    head: Letterhead
    dossier: DossierLine
    addressee: Addressee
    received_at: datetime
    due_at: datetime
    competent_office: str
    cooperating_offices: tuple[str, ...]
    handovers: tuple[Handover, ...]


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """Sổ theo dõi hồ sơ of a field over some days."""

    head: Letterhead
    book: str
    field: str
    during: Span
    lines: tuple[RegisterLine, ...]
    produced_at: datetime
    produced_by: str


@dataclass(frozen=True, slots=True)
class BatchReceiptPaper:
    """Phiếu tiếp nhận nhiều hồ sơ."""

    head: Letterhead
    addressee: Addressee
    lookup: Lookup
    point: str
    lines: tuple[BatchLine, ...]
    received_at: datetime
    return_at: str
    submitted_by: str
    received_by: str


@dataclass(frozen=True, slots=True)
class ResultHandoverPaper:
    """Phiếu bàn giao kết quả."""

    head: Letterhead
    from_office: str
    to_office: str
    at: datetime
    lines: tuple[ResultLine, ...]
    given_by: str
    taken_by: str


@dataclass(frozen=True, slots=True)
class CustodyMinutesPaper:
    """Biên bản bàn giao hồ sơ of a reorganisation, from one body to one other."""

    head: Letterhead
    plan: str
    basis: tuple[str, ...]
    from_office: str
    to_office: str
    at: datetime
    total: int
    counts: tuple[CustodyCount, ...]
    lines: tuple[CustodyLine, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """The page for the notice board of a unit: where to go, when, whom to call, what moved."""

    head: Letterhead
    unit: str
    address: str
    hours: tuple[str, ...]
    hotline: str
    email: str
    since: date
    lookup: Lookup
    moved: tuple[Moved, ...]
    signer: Signer


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Biểu số liệu báo cáo, in the layout of its form."""

    head: Letterhead
    number: str
    basis: str
    title: str
    span: str
    period: str
    reporter: str
    receiver: str
    counted_in: str
    first: str
    columns: tuple[FigureColumn, ...]
    lines: tuple[FigureLine, ...]
    notes: tuple[str, ...]
    known_at: datetime


Paper = (
    ReceiptPaper
    | SupplementPaper
    | DeclinePaper
    | ApologyPaper
    | StopPaper
    | ControlPaper
    | RegisterPaper
    | BatchReceiptPaper
    | ResultHandoverPaper
    | CustodyMinutesPaper
    | NoticePaper
    | ReportPaper
)

"""The counter's page in words: the fields, the papers, and the card of what will be promised."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Office
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import counter as queries
from thongsuot.queries import directory
from thongsuot.queries.counter import Appointment, Counter
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import Problem, problems
from thongsuot.web.strip import Strip, strip
from thongsuot.words.labels import CHANNEL, LEVEL
from thongsuot.words.refusals import sentence
from thongsuot.words.screens import money

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the checklist of papers."""

    number: int
    name: str
    form: str
    is_here: bool
    originals: FieldLine
    copies: FieldLine


@dataclass(frozen=True, slots=True)
class Screen:
    """The form of a reception."""

    procedure: Procedure
    counter: Counter
    case: str
    key: str
    about: tuple[FieldLine, ...]
    applicant: tuple[FieldLine, ...]
    papers: tuple[PaperRow, ...]
    more_papers: FieldLine
    bodies: tuple[FieldLine, ...]
    entry: tuple[FieldLine, ...]
    appointment: tuple[FieldLine, ...]
    reason: FieldLine
    is_late_entry: bool
    is_declining: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee by one channel."""

    channel: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term by one channel."""

    channel: str
    term: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A term that is known, be it that the law gives none."""

    term: Term | None


@dataclass(frozen=True, slots=True)
class Card:
    """What the counter promises: who resolves it, by when and why, for how much."""

    body: Office | None
    is_own: bool
    appointment: Appointment | None
    strip: Strip | None
    terms: tuple[TermLine, ...]
    fees: tuple[FeeLine, ...]
    refused: str = ""


def new_key() -> str:
    """A key for one filled-in form, so that it makes one dossier however often it is sent."""
    return f"web:{uuid.uuid4()}"


def screen(here: Counter, values: Values, wrong: tuple[Refusal, ...], *, on: date) -> Screen:
    """The form with what was typed and what is wrong with it."""
    case = _case(here.procedure, values)
    papers = _papers(here.procedure, case, values)
    groups = {
        "about": _about(here, case, values),
        "applicant": _applicant(here, values, on),
        "bodies": _bodies(here, values),
        "entry": _entry(values),
        "appointment": _appointment(here, case, values),
        "single": (_line("more_papers", values), _line("reason", values)),
        "counts": tuple(line for row in papers for line in (row.originals, row.copies)),
    }
    found = problems(wrong, [line.name for lines in groups.values() for line in lines])
    shown = {name: with_errors(lines, found) for name, lines in groups.items()}
    more_papers, reason = shown["single"]
    return Screen(
        procedure=here.procedure,
        counter=here,
        case=case,
        key=values.get("key", ""),
        about=shown["about"],
        applicant=shown["applicant"],
        papers=_with_counts(papers, shown["counts"]),
        more_papers=more_papers,
        bodies=shown["bodies"],
        entry=shown["entry"],
        appointment=shown["appointment"],
        reason=reason,
        is_late_entry=any(line.value or line.error for line in shown["entry"]),
        is_declining=bool(reason.value or reason.error),
        problems=found,
    )


def card(here: Counter, values: Values, *, at: datetime) -> Card:
    """What would be promised if the dossier were taken in with what is typed now."""
    body = here.body(values.get("competent_office", ""))
    case, channel = _case(here.procedure, values), _channel(here.procedure, values)
    told, refused = None, ""
    try:
        if body and (case or not here.procedure.cases):
            received_at = _received_at(values) or at
            told = queries.appointment(
                here, body=body, case=case, channel=channel, received_at=received_at
            )
    except Refusal as refusal:
        refused = sentence(refusal)
    return Card(
        body=body,
        is_own=bool(body and body == here.own),
        appointment=told,
        strip=strip(told.deadline, today=at.date()) if told and told.deadline else None,
        terms=tuple(_terms(here.procedure, case, channel)),
        fees=tuple(_fees(here.procedure)),
        refused=refused,
    )


LABEL: dict[str, tuple[str, Widget, str]] = {
    "case": ("Trường hợp", Widget.SELECT, ""),
    "channel": ("Cách nộp", Widget.RADIO, ""),
    "applicant.name": ("Họ và tên hoặc tên tổ chức", Widget.TEXT, ""),
    "applicant.number": (
        "Số định danh hoặc mã số thuế",
        Widget.TEXT,
        "12 chữ số trên thẻ căn cước",
    ),
    "applicant.phone": ("Điện thoại", Widget.TEXT, ""),
    "applicant.email": ("Thư điện tử", Widget.TEXT, ""),
    "applicant.address": ("Địa chỉ", Widget.TEXT, "số nhà, thôn, bản, tổ dân phố"),
    "applicant.proxy": ("Người nộp thay", Widget.TEXT, "để trống nếu tự nộp"),
    "place": ("Xã, phường", Widget.SELECT, "chọn được cả tên trước 01/07/2025"),
    "competent_office": ("Cơ quan có thẩm quyền", Widget.SELECT, ""),
    "return_point": ("Nơi trả kết quả", Widget.SELECT, ""),
    "received_at": ("Nhận lúc", Widget.MOMENT, "để trống nếu nhận bây giờ"),
    "late_entry_reason": ("Lý do nhập bù", Widget.LINES, ""),
    "appointment": ("Hẹn trả lúc", Widget.MOMENT, "pháp luật không quy định thời hạn"),
    "appointment_basis": ("Căn cứ của lịch hẹn", Widget.TEXT, ""),
    "more_papers": ("Giấy tờ khác", Widget.LINES, "mỗi dòng một giấy tờ"),
    "reason": ("Lý do không tiếp nhận", Widget.LINES, ""),
}
KEYS: dict[str, str] = {
    "applicant.number": "numeric",
    "applicant.phone": "tel",
    "applicant.email": "email",
}


def _line(
    name: str,
    values: Values,
    *,
    options: tuple[Option, ...] = (),
    empty: str = "",
    is_required: bool = False,
) -> FieldLine:
    label, widget, hint = LABEL[name]
    return FieldLine(
        name=name,
        label=label,
        widget=widget,
        value=values.get(name, ""),
        options=options,
        empty=empty,
        hint=hint,
        is_required=is_required,
        keys=KEYS.get(name, ""),
    )


def _about(here: Counter, case: str, values: Values) -> tuple[FieldLine, ...]:
    channels = tuple(Option(c.value, CHANNEL[c.value]) for c in _channels(here.procedure))
    chosen = {"channel": _channel(here.procedure, values).value, "case": case}
    lines = [_line("channel", chosen, options=channels, is_required=True)]
    if here.procedure.cases:
        cases = tuple(Option(name, name) for name in here.procedure.cases)
        ask = "— chọn trường hợp —"
        lines.insert(0, _line("case", chosen, options=cases, empty=ask, is_required=True))
    return tuple(lines)


def _applicant(here: Counter, values: Values, on: date) -> tuple[FieldLine, ...]:
    now = directory.communes(province=here.province, on=on)
    former = directory.former_communes(province=here.province, on=on)
    places = (
        *(Option(code, name, "Hiện nay") for code, name in now),
        *(Option(code, name, "Trước khi sắp xếp") for code, name in former),
    )
    return (
        _line("applicant.name", values, is_required=True),
        _line("applicant.number", values),
        _line("applicant.phone", values),
        _line("applicant.email", values),
        _line("place", values, options=places, empty="— chọn —"),
        _line("applicant.address", values),
        _line("applicant.proxy", values),
    )


def _bodies(here: Counter, values: Values) -> tuple[FieldLine, ...]:
    own = {"competent_office": str(here.own.code)} if here.own else {}
    bodies = tuple(Option(str(o.code), o.name, LEVEL[o.level.value]) for o in here.bodies)
    back = {"return_point": here.point.key}
    points = tuple(Option(point.key, point.name) for point in here.points)
    return (
        _line(
            "competent_office",
            own | _typed(values, "competent_office"),
            options=bodies,
            empty="" if here.own else "— chọn cơ quan —",
            is_required=True,
        ),
        _line("return_point", back | _typed(values, "return_point"), options=points),
    )


def _entry(values: Values) -> tuple[FieldLine, ...]:
    return (_line("received_at", values), _line("late_entry_reason", values))


def _appointment(here: Counter, case: str, values: Values) -> tuple[FieldLine, ...]:
    """Asked for only where the law gives no term."""
    found = _term(here.procedure, case, _channel(here.procedure, values))
    if found is None or found.term is not None:
        return ()
    return (
        _line("appointment", values, is_required=True),
        _line("appointment_basis", values, is_required=True),
    )


def _papers(procedure: Procedure, case: str, values: Values) -> tuple[PaperRow, ...]:
    return tuple(
        PaperRow(
            number=number,
            name=paper.name,
            form=paper.form,
            is_here=f"has-{number}" in values,
            originals=_count(f"originals-{number}", "bản chính", paper.originals, values),
            copies=_count(f"copies-{number}", "bản sao", paper.copies, values),
        )
        for number, paper in enumerate(procedure.papers)
        if paper.case in ("", case)
    )


def _count(name: str, label: str, asked: int, values: Values) -> FieldLine:
    value = values.get(name, str(asked))
    return FieldLine(name=name, label=label, widget=Widget.NUMBER, value=value, keys="numeric")


def _with_counts(rows: tuple[PaperRow, ...], counts: tuple[FieldLine, ...]) -> tuple[PaperRow, ...]:
    pairs = zip(rows, counts[::2], counts[1::2], strict=True)
    return tuple(
        PaperRow(row.number, row.name, row.form, row.is_here, originals, copies)
        for row, originals, copies in pairs
    )


def _typed(values: Values, name: str) -> dict[str, str]:
    return {name: values[name]} if values.get(name) else {}


def _case(procedure: Procedure, values: Values) -> str:
    case = values.get("case", "")
    return case if case in procedure.cases else ""


def _channels(procedure: Procedure) -> tuple[Channel, ...]:
    """The channels by which the procedure is received, the counter's own first."""
    known = {rule.channel for rule in procedure.terms}
    return tuple(channel for channel in Channel if channel in known)


def _channel(procedure: Procedure, values: Values) -> Channel:
    known = _channels(procedure)
    chosen = [channel for channel in known if channel.value == values.get("channel")]
    return (chosen or list(known) or [Channel.IN_PERSON])[0]


def _received_at(values: Values) -> datetime | None:
    """The moment typed, if it can be read; what is wrong with it is said beside the field."""
    try:
        return datetime.fromisoformat(values.get("received_at", "")).replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def _terms(procedure: Procedure, case: str, chosen: Channel) -> list[TermLine]:
    terms = ((c, _term(procedure, case, c)) for c in _channels(procedure))
    return [
        TermLine(CHANNEL[c.value], _said(found.term), is_chosen=c is chosen)
        for c, found in terms
        if found
    ]


def _said(term: Term | None) -> str:
    return str(term) if term else "không quy định, hẹn trả"


def _term(procedure: Procedure, case: str, channel: Channel) -> _Found | None:
    """The term of a case by a channel; None while it is not clear which term it is."""
    try:
        return _Found(procedure.term_for(case, channel))
    except Refusal:
        return None


def _fees(procedure: Procedure) -> list[FeeLine]:
    return [
        FeeLine(
            CHANNEL[fee.channel.value],
            "chưa rõ mức thu" if fee.amount is None else money(fee.amount),
            fee.note,
        )
        for fee in procedure.fees
    ]

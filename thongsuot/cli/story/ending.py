"""What is told when the story is over: numbers, what happened, one clock day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from thongsuot.cli.story.teller import Note, Teller
from thongsuot.domain.dossier import replay
from thongsuot.queries import dossier as queries
from thongsuot.queries.tally import Tally, tally
from thongsuot.records import dossier as records
from thongsuot.records.codec import Json, encode
from thongsuot.words.clock import reason, why
from thongsuot.words.labels import CHANNEL, STATUS
from thongsuot.words.moments import day, moment, short

UNITS = {
    "working_day": "ngày làm việc",
    "working_hour": "giờ làm việc",
    "hour": "giờ",
    "day": "ngày",
    "month": "tháng",
    "": "không ghi thời hạn, hẹn theo căn cứ",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """Everything that is told at the end; `clocks` are those reckoned anew, `astray` those off."""

    tally: Tally
    parts: Mapping[str, tuple[Note, ...]]
    refused: int
    different: tuple[str, ...]
    clocks: int
    astray: tuple[str, ...]
    told: str

    @property
    def is_sound(self) -> bool:
        """Whether every dossier is what its events say, and every clock what its days say."""
        return not self.different and not self.astray

    def as_json(self) -> Json:
        """For machines."""
        return {
            "tally": asdict(self.tally),
            "notes": encode([note for notes in self.parts.values() for note in notes]),
            "refused": self.refused,
            "different": [*self.different],
            "clocks": self.clocks,
            "astray": [*self.astray],
            "told": self.told,
        }


def ending(tellers: Mapping[str, Teller], *, told: str, at: datetime) -> Ending:
    """Count, verify, and choose the dossier whose clock is told; tellers by their chapter."""
    different = tuple(code for code, columns in queries.verified() if columns)
    clocks = dict(queries.clocks())
    return Ending(
        tally=tally(at=at),
        parts={title: tuple(teller.notes) for title, teller in tellers.items()},
        refused=sum(sum(teller.refused.values()) for teller in tellers.values()),
        different=different,
        clocks=len(clocks),
        astray=tuple(code for code, is_right in clocks.items() if not is_right),
        told=told,
    )


def lines(end: Ending, *, at: datetime) -> Iterator[str]:
    """For people."""
    for title, notes in end.parts.items():
        yield f"{title}:"
        yield from (f"  {short(note.at)}  {note.code or '—':<22} {note.text}" for note in notes)
        yield ""
    yield from clock(end.told, at=at)
    yield ""
    yield from _numbers(end)


def _numbers(end: Ending) -> Iterator[str]:
    t = end.tally
    yield f"{t.dossiers} hồ sơ của {t.procedures} thủ tục, {t.events} sự kiện."
    yield "  Trạng thái: " + _counts(t.by_status, STATUS)
    yield "  Kênh nộp:   " + _counts(t.by_channel, CHANNEL)
    yield "  Thời hạn:   " + _counts(t.by_term, UNITS)
    yield f"  Nhận hộ cơ quan khác: {t.received_elsewhere}"
    yield f"  Đã giải quyết đúng hạn {t.ended_on_time}, trễ hạn {t.ended_late};"
    yield f"  đang giải quyết trong hạn {t.open_on_time} (chờ bổ sung, nộp tiền: {t.waiting}), quá hạn {t.open_late}."
    yield f"  Thông điệp phải gửi các hệ thống khác: {t.owed}, còn nợ {t.unsent}; số hồ sơ bị bỏ: {t.code_gaps}."
    yield f"  Việc trái quy định bị hệ thống từ chối: {end.refused}."
    checked = f"{len(end.different)} hồ sơ khác với sổ" if end.different else "khớp với sổ"
    yield f"  Dựng lại cả {t.dossiers} hồ sơ từ nhật ký: {checked}."
    right = f"{len(end.astray)} hạn sai" if end.astray else "đúng cả"
    yield f"  Tính lại {end.clocks} đồng hồ theo từng ngày: {right}."


def _counts(counts: object, words: dict[str, str]) -> str:
    known = counts if isinstance(counts, dict) else {}
    return ", ".join(f"{words.get(key, key)} {many}" for key, many in known.items())


def clock(code: str, *, at: datetime) -> Iterator[str]:
    """One dossier's clock, day by day."""
    dossier = replay(records.entries_of(records.find(code)))
    if dossier is None:
        return
    deadline = queries.clock_of(dossier, at).deadline
    yield f"Đồng hồ của hồ sơ {code}: {dossier.procedure_name}"
    if deadline is None:
        return
    yield f"  Nhận {moment(dossier.received_at)}; thời hạn {dossier.term}; hạn {moment(deadline.at)}"
    for entry in deadline.ledger():
        counted = f"{entry.counted:g}".replace(".", ",")
        yield f"  {day(entry.day):<22} {counted:>4}   {why(entry)}"
    for step in deadline.because():
        yield f"  - {reason(step)}" + (f" [{step.source}]" if step.source else "")

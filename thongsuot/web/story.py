"""The story of a dossier: who did what, when, and how long after the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from thongsuot.queries.dossier import TimelineLine
from thongsuot.records.codec import Json
from thongsuot.words.labels import ASKED_AGAIN, CHANNEL, EVENT, FIELD, PAYMENT, SCAN_EXCEPTION
from thongsuot.words.moments import moment, short
from thongsuot.words.reorganisation import rule_sentence
from thongsuot.words.screens import PAGES_OF, SYSTEM, TOLD, TOLD_FLAG, money
from thongsuot.words.screens import after as after_words

Names = Mapping[str, str]
BY_NOBODY = frozenset({"became_near", "became_late"})
TONE: dict[str, str] = {
    "became_late": "late",
    "became_near": "near",
    "supplement_asked": "paused",
    "financial_duty_raised": "paused",
    "incident_began": "paused",
    "refused": "late",
    "declined": "late",
    "result_issued": "good",
    "handed_over": "good",
    "approved": "good",
    "endorsed": "good",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that an event says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One event in words."""

    title: str
    tone: str
    at: str
    by: str
    office: str
    after: str
    details: tuple[Detail, ...]


def story(lines: tuple[TimelineLine, ...], names: Names) -> tuple[StoryLine, ...]:
    """The events of a dossier, the newest first; `names` knows accounts and offices."""
    since = ["", *(_since(before, after) for before, after in pairwise(lines))]
    told = [_told(line, after, names) for line, after in zip(lines, since, strict=True)]
    return tuple(reversed(told))


def named(lines: tuple[TimelineLine, ...]) -> frozenset[str]:
    """The accounts and offices that a story speaks of."""
    found: set[str] = set()
    for line in lines:
        found |= {line.by, line.office}
        found |= {str(line.body[key]) for key in _NAMED if line.body.get(key)}
    return frozenset(found)


def _since(before: TimelineLine, after: TimelineLine) -> str:
    return after_words(after.recorded_at - before.recorded_at)


def _told(line: TimelineLine, after: str, names: Names) -> StoryLine:
    nobody = line.name in BY_NOBODY
    return StoryLine(
        title=EVENT[line.name],
        tone=TONE.get(line.name, "plain"),
        at=short(line.occurred_at),
        by=SYSTEM if nobody else names.get(line.by, line.by),
        office="" if nobody else names.get(line.office, line.office),
        after=after,
        details=tuple(_details(line, names)),
    )


def _details(line: TimelineLine, names: Names) -> Iterator[Detail]:
    for key, say in _SAID.items():
        value = line.body.get(key)
        if value and (line.name, key) not in _UNSAID:
            of_event = _SAID_OF.get((line.name, key), say)
            told = TOLD_FLAG[key] if key in TOLD_FLAG else of_event(value, names)
            yield Detail(TOLD.get(key) or FIELD[key], told)
    if line.name == "received" and line.occurred_at != line.recorded_at:
        yield Detail(TOLD["recorded_at"], short(line.recorded_at))


def _text(value: Json, _: Names) -> str:
    return str(value)


def _name(value: Json, names: Names) -> str:
    return names.get(str(value), str(value))


def _moment(value: Json, _: Names) -> str:
    return moment(datetime.fromisoformat(str(value)))


def _digest(value: Json, _: Names) -> str:
    return str(value)[:12]


def _day(value: Json, _: Names) -> str:
    return f"{date.fromisoformat(str(value)):%d/%m/%Y}"


def _list(value: Json, _: Names) -> str:
    items = value if isinstance(value, list) else []
    texts = [str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in items]
    return "; ".join(texts)


def _money(value: Json, _: Names) -> str:
    return money(int(value)) if isinstance(value, int | float) else str(value)


def _channel(value: Json, _: Names) -> str:
    return CHANNEL.get(str(value), str(value))


def _said_as(words: Mapping[str, str]) -> Callable[[Json, Names], str]:
    return lambda value, _: words.get(str(value), str(value))


def _rule(value: Json, _: Names) -> str:
    return rule_sentence(str(value))


def _file(value: Json, _: Names) -> str:
    file = value if isinstance(value, dict) else {}
    return PAGES_OF.format(name=file.get("name", ""), pages=file.get("pages", 0))


_NAMED = ("official", "from_office", "to_office", "of", "competent_office")
_SAID: Mapping[str, Callable[[Json, Names], str]] = {
    "paper": _text,
    "official": _name,
    "from_office": _name,
    "to_office": _name,
    "is_late": _text,
    "of": _name,
    "question": _text,
    "stops_clock": _text,
    "answer": _text,
    "proposal": _text,
    "note": _text,
    "missing": _list,
    "amount": _money,
    "what": _text,
    "receipt": _text,
    "announced_in": _text,
    "number": _text,
    "to": _text,
    "how": _said_as(CHANNEL | PAYMENT),
    "why": _said_as(SCAN_EXCEPTION),
    "file": _file,
    "from_dossier": _text,
    "asked_again_because": _said_as(ASKED_AGAIN),
    "receipt_number": _text,
    "reference": _text,
    "channel": _channel,
    "reason": _text,
    "basis": _text,
    "draft": _digest,
    "answer_by": _day,
    "without_opinions": _text,
    "withdraws_decision": _text,
    "papers": _list,
    "late_entry_reason": _text,
    "aware_of": _list,
    "appointment_basis": _text,
    "promised_at": _moment,
    "new_day": _moment,
    "too_late": _text,
    "due_at": _moment,
    "child": _text,
    "process_version": _text,
    "system": _text,
    "told": _text,
    "by_there": _text,
    "rule": _text,
    "system_name": _text,
    "known_as": _text,
    "link": _text,
    "plan": _text,
    "ended_at": _moment,
    "handed_over_at": _moment,
}
# A reception says its appointment; the papers have a card of their own.
_UNSAID = frozenset(
    {
        ("received", "due_at"),
        ("received", "papers"),
        ("received", "process_version"),
        ("apologised", "due_at"),
        ("paper_reused", "from_office"),
        ("offered_to_system", "system"),
        ("taken_by_system", "system"),
        ("returned_by_system", "system"),
    }
)
# The rule of a plan is kept in a short form; another system's is told in its own words.
_SAID_OF: Mapping[tuple[str, str], Callable[[Json, Names], str]] = {
    ("custody_passed", "rule"): _rule
}

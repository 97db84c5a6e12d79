"""Two accounts of the same dossiers are compared, from their number down to what they mean.

Equal parts cost little: each side sums the digests of its dossiers by segment, and only where
two sums differ is anything looked at.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from thongsuot.domain.dossier import Dossier, Entry, name_of
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.fees import collected
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM

SEGMENTS = 4096
Key = TypeVar("Key", int, str)
# Whose values are told only as digests.
PERSONAL = frozenset({"applicant", "applicant_number", "phone", "email", "address", "proxy"})
# What was received: from whom, for what, by whom it is resolved.
FIELDS = frozenset(
    {
        "procedure",
        "case",
        "channel",
        "applicant",
        "applicant_number",
        "applicant_kind",
        "phone",
        "email",
        "address",
        "proxy",
        "place",
        "office",
        "received_at",
        "identifiers",
    }
)
# How a dossier stands: what another side's report can set right.
STANDING = frozenset(
    {
        "status",
        "outcome",
        "result_number",
        "due_at",
        "ended_at",
        "handed_over_at",
        "is_handed_over",
        "holder",
    }
)
# The rule of a report that a repair made: no part of the path that both sides went.
REPAIR = "reconcile:"
# What the system notes by itself is no part of what happened.
_BY_ITSELF = (e.NoticeSent, e.BecameNear, e.BecameLate)


class NothingToTell(Refusal):
    """The dossier stands on both sides alike: what differs is no matter of how it stands."""

    code = "nothing_to_tell"


class LevelUnknown(Refusal):
    """Two sides are compared at one of five levels."""

    code = "reconcile_level_unknown"
    kind = Kind.MALFORMED


class ReconcileLevel(StrEnum):
    """How deep two sides are compared; each level holds those before it."""

    COUNTS = "counts"
    KEYS = "keys"
    FIELDS = "fields"
    FILES = "files"
    MEANING = "meaning"

    @classmethod
    def parse(cls, text: str) -> ReconcileLevel:
        """The level of this name. Raises LevelUnknown."""
        if text not in list(cls):
            raise LevelUnknown("level", given=text[:40])
        return cls(text)

    @property
    def parts(self) -> tuple[str, ...]:
        """What of a portrait is compared at this level."""
        order = ("fields", "files", "meaning")
        deep = {ReconcileLevel.FIELDS: 1, ReconcileLevel.FILES: 2, ReconcileLevel.MEANING: 3}
        return order[: deep.get(self, 0)]


class Nature(StrEnum):
    """In what way two values differ."""

    OTHER = "other"
    MISSING = "missing"  # on the right
    EXTRA = "extra"  # on the right
    DOUBLED = "doubled"
    SWAPPED = "swapped"  # with another dossier
    FORM = "form"  # the same letters, in another form of Unicode
    CUT = "cut"  # the beginning of the other
    ORDER = "order"  # the same things, in another order
    REPEATED = "repeated"  # the same things, some of them once more
    GAP = "gap"  # some of the things are not there
    LISTED = "listed"  # the events agree, what lists show does not
    UNREADABLE = "unreadable"  # one side's events cannot be understood


class Repair(StrEnum):
    """What would mend a difference; people decide."""

    LOAD_AGAIN = "load_again"
    TELL_AGAIN = "tell_again"
    FETCH_FILE = "fetch_file"
    ASK_PEOPLE = "ask_people"
    REMOVE_DOUBLE = "remove_double"
    SHOW_AGAIN = "show_again"
    SEND_AGAIN = "send_again"


@dataclass(frozen=True, slots=True)
class Portrait:
    """A dossier as far as two systems must agree about it, all of it as texts."""

    code: str
    fields: Mapping[str, str]
    files: Mapping[str, str]
    meaning: Mapping[str, str]
    rules: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, str] = field(default_factory=dict)  # as lists show it, where it is asked
    is_readable: bool = True
    silent_on: frozenset[str] = frozenset()  # the parts of which its side can tell nothing
    is_partial: bool = False  # its side tells of some values only: of others it says nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about which two sides do not agree, and what would mend it."""

    code: str
    nature: Nature
    repair: Repair
    part: str = ""
    field: str = ""
    left: str = ""
    right: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """How many dossiers of a side fall here, and the sum of what stands for them."""

    many: int = 0
    total: int = 0

    def plus(self, digest: int) -> Segment:
        """With one dossier more."""
        return Segment(self.many + 1, self.total + digest)


def segment_of(code: str) -> int:
    """In which segment a dossier falls, on every side alike."""
    digest = hashlib.md5(code.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:2]) // (65536 // SEGMENTS)


def segments(digests: Iterable[tuple[str, int]]) -> dict[int, Segment]:
    """A side in short: as many sums as there are segments, however many dossiers.

    Each dossier comes with its code and what stands for it.
    """
    found: dict[int, Segment] = {}
    for code, digest in digests:
        place = segment_of(code)
        found[place] = found.get(place, Segment()).plus(digest)
    return found


def differing(left: Mapping[Key, Segment], right: Mapping[Key, Segment]) -> frozenset[Key]:
    """The segments, or the dossiers, in which two sides do not agree."""
    places = left.keys() | right.keys()
    return frozenset(place for place in places if left.get(place) != right.get(place))


def compare(
    left: Iterable[Portrait], right: Iterable[Portrait], level: ReconcileLevel
) -> list[Difference]:
    """Everything about which two sides differ, in the order of the codes."""
    ours, theirs = _by_code(left), _by_code(right)
    swapped = _swapped(ours, theirs, level)
    found = list[Difference]()
    for code in sorted(ours.keys() | theirs.keys()):
        found += _of_code(code, ours.get(code, []), theirs.get(code, []), level, swapped)
    return found


def masked(one: Difference) -> Difference:
    """A difference that may be shown without a look being logged: of a person only digests."""
    if one.field not in PERSONAL:
        return one
    return replace(one, left=_digest_of(one.left), right=_digest_of(one.right))


def _digest_of(text: str) -> str:
    return f"#{hashlib.sha256(text.encode()).hexdigest()[:8]}" if text else ""


def portrait(
    d: Dossier, entries: Sequence[Entry], rules: Mapping[str, str] | None = None
) -> Portrait:
    """A dossier as it is compared; its events tell its path."""
    who = d.applicant
    fields = {
        "procedure": d.procedure,
        "case": d.case,
        "channel": d.channel.value,
        "applicant": who.name,
        "applicant_number": who.number,
        "applicant_kind": who.kind.value,
        "phone": who.phone,
        "email": who.email,
        "address": who.address,
        "proxy": who.proxy,
        "place": d.place.given,
        "office": d.competent_office,
        "received_at": _moment(d.received_at),
        "identifiers": "; ".join(sorted(f"{one.system}:{one.code}" for one in d.identifiers)),
    }
    meaning = {
        "status": d.status.value,
        "outcome": d.outcome.value if d.outcome else "",
        "result_number": d.result_number,
        "promised_at": _moment(d.promised_at),
        "due_at": _moment(d.due_at),
        "ended_at": _moment(d.ended_at),
        "handed_over_at": _moment(d.handed_over_at),
        "is_handed_over": str(d.is_handed_over),
        "holder": f"{d.office}/{d.assignee}",
        "fees": str(collected(d)),
        "pauses": "; ".join(
            [f"{one.kind.value} {_moment(one.start)}–{_moment(one.end)}" for one in d.pauses]
            + [f"{one.kind.value} {_moment(one.start)}–" for one in d.open_pauses]
        ),
        "path": "\n".join(_path(entries)),
    }
    return Portrait(d.code, fields, _files(d), meaning, rules or {})


def unreadable(code: str) -> Portrait:
    """A dossier whose events nobody can make sense of."""
    return Portrait(code, {}, {}, {}, is_readable=False)


def _path(entries: Sequence[Entry]) -> Iterator[str]:
    """What happened, in its order; scans and fees are compared by what they are."""
    for entry in entries:
        event = entry.event
        if isinstance(event, (*_BY_ITSELF, e.Digitised)):
            continue
        if isinstance(event, e.ProgressReported) and event.rule.startswith(REPAIR):
            continue
        said = ""
        if isinstance(event, e.ProgressReported):
            said = f" {event.told} {event.by_there} {event.status}"
        elif isinstance(event, e.FeeCollected):
            said = f" {event.name} {event.amount} {event.how.value}"
        yield f"{_moment(entry.occurred_at)} {name_of(event)}{said}".rstrip()


def _files(d: Dossier) -> dict[str, str]:
    found: dict[str, str] = {}
    for scan in d.scans:
        if scan.file:
            at = sum(name.rpartition("#")[0] == scan.paper for name in found) + 1
            found[f"{scan.paper}#{at}"] = scan.file.sha256
    return found


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds") if moment else ""


def _by_code(portraits: Iterable[Portrait]) -> dict[str, list[Portrait]]:
    found: dict[str, list[Portrait]] = {}
    for one in portraits:
        found.setdefault(one.code, []).append(one)
    return found


def _swapped(
    ours: Mapping[str, list[Portrait]],
    theirs: Mapping[str, list[Portrait]],
    level: ReconcileLevel,
) -> frozenset[str]:
    """The codes whose whole content stands under another code, whose own stands under them."""
    if not level.parts:
        return frozenset()
    silent = frozenset[str]().union(
        *(one.silent_on for side in (ours, theirs) for many in side.values() for one in many[:1])
    )
    parts = [part for part in level.parts if part not in silent]
    left = {code: _content(many[0], parts) for code, many in ours.items()}
    right = {code: _content(many[0], parts) for code, many in theirs.items()}
    of: dict[str, str] = {}
    for code, content in left.items():
        of.setdefault(content, code)
    found = set()
    for code, content in right.items():
        other = of.get(content)
        if (
            other
            and other != code
            and left.get(code) != content
            and right.get(other) == left.get(code)
        ):
            found |= {code, other}
    return frozenset(found)


def _content(one: Portrait, parts: Sequence[str]) -> str:
    values = [
        (part, name, value.replace(one.code, ""))
        for part in parts
        for name, value in sorted(getattr(one, part).items())
    ]
    return repr(values)


def _of_code(
    code: str,
    ours: list[Portrait],
    theirs: list[Portrait],
    level: ReconcileLevel,
    swapped: frozenset[str],
) -> Iterator[Difference]:
    if not theirs:
        yield Difference(code, Nature.MISSING, Repair.LOAD_AGAIN)
    elif not ours:
        yield Difference(code, Nature.EXTRA, Repair.ASK_PEOPLE)
    elif len(ours) != len(theirs):
        many = str(len(ours)), str(len(theirs))
        yield Difference(code, Nature.DOUBLED, Repair.REMOVE_DOUBLE, left=many[0], right=many[1])
    elif code in swapped:
        yield Difference(code, Nature.SWAPPED, Repair.ASK_PEOPLE)
    else:
        for left, right in zip(ours, theirs, strict=True):
            yield from _of_pair(left, right, level)


def _of_pair(left: Portrait, right: Portrait, level: ReconcileLevel) -> Iterator[Difference]:
    if left.is_readable != right.is_readable:
        yield Difference(left.code, Nature.UNREADABLE, Repair.ASK_PEOPLE)
        return
    found = list(_of_values(left, right, level))
    yield from found or _of_lists(left, right)


def _of_lists(left: Portrait, right: Portrait) -> Iterator[Difference]:
    """What lists show is made of events: told only where the events agree."""
    for name in sorted(left.listed.keys() & right.listed.keys()):
        one, other = left.listed[name], right.listed[name]
        if one != other:
            yield Difference(
                left.code, Nature.LISTED, Repair.SHOW_AGAIN, "listed", name, one, other
            )


def _of_values(left: Portrait, right: Portrait, level: ReconcileLevel) -> Iterator[Difference]:
    for part in level.parts:
        if part in left.silent_on | right.silent_on:
            continue
        ours: Mapping[str, str] = getattr(left, part)
        theirs: Mapping[str, str] = getattr(right, part)
        names = ours.keys() | theirs.keys()
        for side, told in ((left, ours), (right, theirs)):
            names = names & told.keys() if side.is_partial else names
        for name in sorted(names):
            one, other = ours.get(name, ""), theirs.get(name, "")
            if one != other:
                yield Difference(
                    left.code,
                    _nature(name, one, other),
                    _repair(part, name),
                    part,
                    name,
                    one,
                    other,
                    left.rules.get(name) or right.rules.get(name, ""),
                )


def _nature(name: str, left: str, right: str) -> Nature:
    if not right:
        return Nature.MISSING
    if not left:
        return Nature.EXTRA
    if name in ("path", "pauses"):
        return _nature_of_path(left, right)
    if unicodedata.normalize("NFC", left) == unicodedata.normalize("NFC", right):
        return Nature.FORM
    short, long = sorted((left, right), key=len)
    return Nature.CUT if long.startswith(short) else Nature.OTHER


def _nature_of_path(left: str, right: str) -> Nature:
    ours, theirs = left.split("\n"), right.split("\n")
    # The same things at the same moments, but not each at its own.
    if all(
        sorted(line.partition(" ")[part] for line in ours)
        == sorted(line.partition(" ")[part] for line in theirs)
        for part in (0, 2)
    ):
        return Nature.ORDER
    if set(ours) == set(theirs):
        return Nature.REPEATED
    return Nature.GAP if set(theirs) < set(ours) else Nature.OTHER


def _repair(part: str, name: str) -> Repair:
    if part == "files":
        return Repair.FETCH_FILE
    return Repair.TELL_AGAIN if name in STANDING else Repair.ASK_PEOPLE


def told_again(
    theirs: Dossier, ours: Dossier, *, system: str, told: str, repair: str, reason: str
) -> e.ProgressReported:
    """How a dossier stands on the other side, as that side told it: an event like any report.

    Raises NothingToTell where it stands alike.
    """
    if _standing(theirs) == _standing(ours):
        raise NothingToTell("dossier", code=ours.code)
    return e.ProgressReported(
        system=system,
        told=told,
        status=theirs.status.value,
        rule=f"{REPAIR}{repair}",
        assignee=theirs.assignee,
        due_at=theirs.due_at if theirs.due_at != ours.due_at else None,
        ended_at=theirs.ended_at,
        handed_over_at=theirs.handed_over_at,
        is_handed_over=theirs.is_handed_over,
        outcome=theirs.outcome.value if theirs.outcome else "",
        result_number=theirs.result_number,
        reason=reason,
    )


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

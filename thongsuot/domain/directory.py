"""Who exists on which day: offices, places, and who follows whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span

_HOTLINE = re.compile(r"\+?\d(?:[ .-]?\d){2,14}", re.ASCII)
_MAILBOX = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+")


class NoSuchOffice(Refusal):
    """No office ever carried this code here."""

    code = "no_such_office"
    kind = Kind.UNKNOWN


class OfficeClosed(Refusal):
    """The office does not exist on this day; its heirs are named."""

    code = "office_closed"


class OfficeNotYetOpen(Refusal):
    """The office will exist, but not on this day."""

    code = "office_not_yet_open"


class NoSuchPlace(Refusal):
    """No commune ever carried this code, or not on this day."""

    code = "no_such_place"
    kind = Kind.UNKNOWN


class NoSuchReceptionPoint(Refusal):
    """No counter of this key is open on this day."""

    code = "no_such_reception_point"
    kind = Kind.UNKNOWN


class ReceptionPointClosed(Refusal):
    """The counter has closed; those of the bodies that carry on its work are named."""

    code = "reception_point_closed"


class HotlineMalformed(Refusal):
    """A telephone number has 3 to 15 digits, and between them blanks, dots and dashes."""

    code = "hotline_malformed"
    kind = Kind.MALFORMED


class MailboxMalformed(Refusal):
    """A mailbox is written as name@domain."""

    code = "mailbox_malformed"
    kind = Kind.MALFORMED


class NothingAnnounced(Refusal):
    """An announcement says a telephone number, or a mailbox, or both."""

    code = "nothing_announced"
    kind = Kind.MALFORMED


class Level(StrEnum):
    """The level of government that resolves."""

    PROVINCE = "province"
    DISTRICT = "district"  # only before 01/07/2025
    COMMUNE = "commune"


class OfficeKind(StrEnum):
    """What an office is in the order of the state."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    SERVICE_CENTRE = "service_centre"
    VERTICAL = "vertical"
    OTHER = "other"


class SuccessionKind(StrEnum):
    """How one body became another."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Office:
    """One version of a body: its name and place in the order while it holds."""

    code: OfficeCode
    name: str
    kind: OfficeKind
    level: Level
    parent: OfficeCode | None
    place: str
    valid: Span
    source: str
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day, one body's work passes to another; several lines make n:m."""

    kind: SuccessionKind
    old: str
    new: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, district or province as the statistics code names it, while it holds."""

    code: str
    name: str
    kind: str
    parent: str
    valid: Span


@dataclass(frozen=True, slots=True)
class ReceptionPoint:
    """A counter: where people come, which is not always the body that resolves.

    Source: NĐ 118/2025 Đ.8, Đ.14.
    """

    key: str
    name: str
    office: OfficeCode
    address: str
    valid: Span


def heirs(successions: Iterable[Succession], code: str, on: date) -> tuple[str, ...]:
    """Who carries on a body's work on a day, followed to the end of the line; itself if none.

    A body that gave part of its work away follows itself; what it took over later goes on from
    the day on which it came.
    """
    following: dict[str, list[Succession]] = {}
    for line in successions:
        if line.on <= on and line.new:
            following.setdefault(line.old, []).append(line)
    found: dict[str, None] = {}
    walk = [(code, date.min)]
    seen: set[tuple[str, date]] = set()
    while walk:
        body, since = walk.pop(0)
        if (body, since) in seen:
            continue
        seen.add((body, since))
        lines = [line for line in following.get(body, ()) if line.on >= since]
        if not lines or any(_goes_on_at_last(body, lines)):
            found[body] = None
        walk.extend((line.new, line.on) for line in lines if line.new != body)
    return tuple(found)


def _goes_on_at_last(body: str, lines: list[Succession]) -> Iterator[bool]:
    """Whether the last day on which a body gave work away left it standing."""
    last = max(line.on for line in lines)
    return (line.new == body for line in lines if line.on == last)


def as_of(
    versions: Iterable[Office], *, code: str, on: date, successions: Iterable[Succession] = ()
) -> Office:
    """The office as it is on a day.

    Raises NoSuchOffice, OfficeNotYetOpen, OfficeClosed.
    """
    known = sorted(versions, key=lambda office: office.valid.start)
    if not known:
        raise NoSuchOffice("office", given=code)
    for office in known:
        if office.valid.contains(on):
            return office
    if on < known[0].valid.start:
        raise OfficeNotYetOpen("office", given=code, since=known[0].valid.start.isoformat())
    last = [office for office in known if office.valid.end and office.valid.end <= on][-1]
    following = [heir for heir in heirs(successions, str(last.code), on) if heir != str(last.code)]
    raise OfficeClosed(
        "office",
        given=code,
        name=last.name,
        until=last.valid.end.isoformat() if last.valid.end else "",
        heirs=following,
        next=", ".join(following),
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """How people reach an office: its hotline and its mailbox."""

    hotline: str
    mailbox: str

    def __post_init__(self) -> None:
        """Raises NothingAnnounced, HotlineMalformed, MailboxMalformed."""
        if not self.hotline and not self.mailbox:
            raise NothingAnnounced("hotline")
        if self.hotline and not _HOTLINE.fullmatch(self.hotline):
            raise HotlineMalformed("hotline", given=self.hotline)
        if self.mailbox and not _MAILBOX.fullmatch(self.mailbox):
            raise MailboxMalformed("mailbox", given=self.mailbox)

"""Official signing certificates, and what becomes of them when bodies begin, end or are renamed.

Source: letter of Lai Châu 6/2025 (UBND-HCC) point 2; NĐ 68/2024/NĐ-CP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.directory import Office, Succession, heirs
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span


class NoSuchCertificate(Refusal):
    """No certificate is registered under this serial number."""

    code = "no_such_certificate"
    kind = Kind.UNKNOWN


class CertificateTaken(Refusal):
    """A serial number names one certificate."""

    code = "certificate_taken"
    kind = Kind.CONFLICT


class CertificateRevoked(Refusal):
    """The certificate was revoked already."""

    code = "certificate_revoked"


class CertificateHolder(StrEnum):
    """Who signs with a certificate: the body, or somebody in its name."""

    BODY = "body"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of a body, or of a person who signs for it, while it is valid."""

    serial: str
    holder: CertificateHolder
    name: str
    office: str
    valid: Span
    revoked_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether somebody may sign with it on a day."""
        return self.valid.contains(on) and (self.revoked_on is None or on < self.revoked_on)


class Turn(StrEnum):
    """What happens to a body on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class BodyTurn:
    """A body that begins, ends or gets another name on a day, and who carries on its work."""

    turn: Turn
    code: str
    name: str
    heirs: tuple[str, ...] = ()


class CertificateTask(StrEnum):
    """What is to be done: issue, change, revoke. Source: L1 point 2."""

    ISSUE = "issue"
    CHANGE = "change"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class CertificateWork:
    """One thing to do with a certificate or a shared address ("" for one yet to be)."""

    task: CertificateTask
    turn: BodyTurn
    serial: str = ""
    holder: str = ""


def turns(
    offices: Iterable[Office], successions: Iterable[Succession], *, on: date
) -> tuple[BodyTurn, ...]:
    """What happens to each body on a day, in the order of their codes."""
    versions: dict[str, list[Office]] = {}
    for office in offices:
        versions.setdefault(office.code.canonical, []).append(office)
    lines = tuple(successions)
    found = (_turn(code, versions[code], lines, on) for code in sorted(versions))
    return tuple(turn for turn in found if turn is not None)


def _turn(
    code: str, versions: list[Office], lines: tuple[Succession, ...], on: date
) -> BodyTurn | None:
    ends = next((office for office in versions if office.valid.end == on), None)
    begins = next((office for office in versions if office.valid.start == on), None)
    if ends is not None and begins is not None:
        return BodyTurn(Turn.RENAMED, code, begins.name) if ends.name != begins.name else None
    if begins is not None:
        return BodyTurn(Turn.BEGINS, code, begins.name)
    if ends is not None:
        following = tuple(heir for heir in heirs(lines, code, on) if heir != code)
        return BodyTurn(Turn.ENDS, code, ends.name, following)
    return None


def certificate_work(
    happening: Iterable[BodyTurn], certificates: Iterable[Certificate], *, on: date
) -> Iterator[CertificateWork]:
    """What is still to be done: what is done already shows in the certificates, and is not told.

    A body that begins needs its own; the body's of one that ends is revoked, and its people's are
    changed to where they go; those of a renamed body are changed.
    """
    by_office: dict[str, list[Certificate]] = {}
    for certificate in certificates:
        by_office.setdefault(certificate.office, []).append(certificate)
    for turn in happening:
        yield from _work(turn, by_office.get(turn.code, []), on)


def _work(turn: BodyTurn, held: list[Certificate], on: date) -> Iterator[CertificateWork]:
    live = [certificate for certificate in held if certificate.is_in_force(on)]
    match turn.turn:
        case Turn.BEGINS:
            if not any(one.holder is CertificateHolder.BODY for one in live):
                yield CertificateWork(CertificateTask.ISSUE, turn)
        case Turn.ENDS:
            for one in live:
                is_body = one.holder is CertificateHolder.BODY
                task = CertificateTask.REVOKE if is_body else CertificateTask.CHANGE
                yield CertificateWork(task, turn, one.serial, one.name)
        case Turn.RENAMED:
            for one in live:
                if one.valid.start < on:
                    yield CertificateWork(CertificateTask.CHANGE, turn, one.serial, one.name)


def address_work(
    happening: Iterable[BodyTurn], addresses: Mapping[str, Iterable[str]]
) -> Iterator[CertificateWork]:
    """The shared addresses to issue and to revoke, by the addresses that each body has."""
    for turn in happening:
        held = tuple(addresses.get(turn.code, ()))
        if turn.turn is Turn.BEGINS and not held:
            yield CertificateWork(CertificateTask.ISSUE, turn)
        if turn.turn is Turn.ENDS:
            for address in held:
                yield CertificateWork(CertificateTask.REVOKE, turn, address)

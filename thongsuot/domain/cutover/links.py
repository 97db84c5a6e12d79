"""A file that partners fetch by its address: signed, for a time, renewed while it is whole.

Source: NĐ 45/2020/NĐ-CP; the national portal keeps the address of a result, not the result.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from thongsuot.domain.refusal import Kind, Refusal

# An address is renewed by itself when less than this is left of it.
RENEWED_BEFORE = timedelta(days=30)
_TOKEN = re.compile(r"([0-9]{1,18})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})")


class NoSuchLink(Refusal):
    """No file was handed out under this address, or the address was changed."""

    code = "no_such_link"
    kind = Kind.UNKNOWN


class LinkExpired(Refusal):
    """The time of an address is over and nobody renewed it."""

    code = "link_expired"


class LinkRevoked(Refusal):
    """An address was taken back by name, with a reason."""

    code = "link_revoked"


@dataclass(frozen=True, slots=True)
class FileLink:
    """One file of one dossier, handed out to one partner."""

    number: int
    partner: str
    dossier: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Token:
    """What an address says: the number, until when, and the signature over both and the file."""

    number: int
    until: datetime
    signature: str

    def __str__(self) -> str:
        return f"{self.number}.{int(self.until.timestamp())}.{self.signature}"


def sign(link: FileLink, *, until: datetime, key: bytes) -> Token:
    """The token of a link; whole seconds, so that reading it gives the same."""
    second = datetime.fromtimestamp(int(until.timestamp()), UTC)
    return Token(link.number, second, _signature(link, second, key))


def parse(text: str) -> Token:
    """The token that an address holds. Raises NoSuchLink."""
    read = _TOKEN.fullmatch(text)
    if read is None:
        raise NoSuchLink("link")
    number, until, signature = read.groups()
    return Token(int(number), datetime.fromtimestamp(int(until), UTC), signature)


def require_signed(token: Token, link: FileLink, *, key: bytes) -> None:
    """Raises NoSuchLink for a token that we did not sign for this file."""
    if not hmac.compare_digest(token.signature, _signature(link, token.until, key)):
        raise NoSuchLink("link")


def require_open(
    token: Token, *, renewed_until: datetime | None, is_revoked: bool, at: datetime
) -> None:
    """Raises LinkRevoked, LinkExpired for an address that does not hold any more."""
    if is_revoked:
        raise LinkRevoked("link")
    until = max(token.until, renewed_until or token.until)
    if at >= until:
        raise LinkExpired("link", until=until.isoformat())


def _signature(link: FileLink, until: datetime, key: bytes) -> str:
    told = f"{link.number}|{link.partner}|{link.dossier}|{link.sha256}|{int(until.timestamp())}"
    made = hmac.new(key, told.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()

"""SMTP to a post office: one letter a conversation, and what it said to it."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

from thongsuot.exchange.transports.http import READ_SECONDS, Away, NoAnswer

USUAL_PORT = 587


@dataclass(frozen=True, slots=True)
class Said:
    """The last word of a post office about a letter; 250 says that it has it."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Smtp:
    """A post office at `smtp://host:port`, and how we prove who we are; no user: it asks nobody."""

    address: str
    is_sealed: bool = True
    authority: Path | None = None
    user: str = ""
    password: str = ""
    seconds: float = READ_SECONDS

    def carry(self, letter: Message, *, sender: str, to: str) -> Said:
        """Hand one letter over. Raises Away, NoAnswer."""
        try:
            line = self._opened()
        except (OSError, smtplib.SMTPException) as reason:
            # Without the words: they may hold who we are.
            raise Away(type(reason).__name__) from reason
        try:
            return _handed(line, letter, sender=sender, to=to)
        finally:
            _leave(line)

    def _opened(self) -> smtplib.SMTP:
        parts = urlsplit(self.address)
        port = parts.port or USUAL_PORT
        line = smtplib.SMTP(parts.hostname or "", port, timeout=self.seconds)
        try:
            self._known(line)
        except (OSError, smtplib.SMTPException):
            _leave(line)
            raise
        return line

    def _known(self, line: smtplib.SMTP) -> None:
        if self.is_sealed:
            line.starttls(context=ssl.create_default_context(cafile=self.authority))
        if self.user:
            line.login(self.user, self.password)


def _leave(line: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):
        line.quit()
    line.close()


def _handed(line: smtplib.SMTP, letter: Message, *, sender: str, to: str) -> Said:
    try:
        line.send_message(letter, from_addr=sender, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = refused.recipients[to]
        return Said(code, _text(words))
    except smtplib.SMTPResponseException as refused:
        return Said(refused.smtp_code, _text(refused.smtp_error))
    except smtplib.SMTPNotSupportedError as refused:
        return Said(553, str(refused))
    except (OSError, smtplib.SMTPException) as reason:
        raise NoAnswer(type(reason).__name__) from reason
    return Said(250, "")


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words

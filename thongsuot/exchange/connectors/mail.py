"""The post office for e-mail: letters of notice to applicants, reminders to bodies, one each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.text import MIMEText
from email.utils import format_datetime
from pathlib import Path

from thongsuot.domain.exchange import Acknowledged, Failed, Outcome, Parcel, Refused
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection, Sent, no_answer, no_service
from thongsuot.exchange.transports.http import READ_SECONDS, Away, NoAnswer
from thongsuot.exchange.transports.smtp import Said, Smtp

NOTICE, REMINDER = "notice", "reminder"
HAS_IT, NEVER = 250, 500


class Mail:
    """Settings: `from`, `tls`, `user`, `authority`; the secret `password`.

    A letter keeps its Message-ID however often it is sent, so that a mailbox knows one that
    comes twice: it may be repeated.
    """

    def __init__(self, connection: Connection) -> None:
        self._to = connection

    def faults(self, _: datetime) -> Iterator[str]:
        """Settings that are missing."""
        if not self._to.setting("from"):
            yield "thiếu thiết lập from"

    def send(self, parcel: Parcel, /) -> Sent:
        """Hand one letter over; what the post office says of it never names the mailbox."""
        if parcel.kind not in (NOTICE, REMINDER):
            return no_service(parcel)
        to = str(parcel.payload["to"])
        try:
            letter = self._letter(parcel, to)
            request = letter.as_bytes()
        except ValueError as wrong:
            return Sent(Refused("address_malformed", type(wrong).__name__))
        try:
            said = self._smtp().carry(letter, sender=self._to.setting("from"), to=to)
        except (Away, NoAnswer) as reason:
            return Sent(no_answer(reason, may_repeat=True), request)
        words = said.words.replace(to, "…")
        return Sent(_meant(Said(said.code, words)), request, f"{said.code} {words}".encode())

    def may_repeat(self, _: Parcel, /) -> bool:
        """The same letter is known by its name."""
        return True

    def _letter(self, parcel: Parcel, to: str) -> Message:
        if len(to.split()) != 1:
            raise ValueError("no mailbox")
        letter = MIMEText(str(parcel.payload["body"]), "plain", "utf-8")
        letter["From"] = self._to.setting("from")
        letter["To"] = to
        # EmailMessage would fold a long subject so that the blank between two words is lost.
        letter["Subject"] = _folded(str(parcel.payload["subject"]))
        letter["Date"] = format_datetime(parcel.owed_at.astimezone(VIETNAM))
        name = f"{parcel.payload_hash[:32]}.{parcel.number}"
        letter["Message-ID"] = f"<{name}@thongsuot>"
        return letter

    def _smtp(self) -> Smtp:
        user, authority = self._to.setting("user"), self._to.setting("authority")
        return Smtp(
            self._to.address,
            is_sealed=self._to.settings.get("tls") is not False,
            authority=Path(authority) if authority else None,
            user=user,
            password=self._to.secret("password") if user else "",
            seconds=float(self._to.settings.get("read_seconds", READ_SECONDS)),
        )


def _folded(subject: str) -> str:
    return Header(subject, "utf-8", header_name="Subject").encode()


def _meant(said: Said) -> Outcome:
    if said.code == HAS_IT:
        return Acknowledged()
    if said.code >= NEVER:
        return Refused(str(said.code), said.words)
    return Failed(f"{said.code} {said.words}".strip())

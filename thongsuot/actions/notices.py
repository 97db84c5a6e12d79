"""Notices leave by e-mail: tried again when the post office is down, set aside when it refuses."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from thongsuot.actions.dossier.keeping import keep
from thongsuot.domain.dossier.events import NoticeSent
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Line, Step
from thongsuot.domain.notices import ATTEMPTS_AT_MOST, wait_after
from thongsuot.records import dossier, exchange
from thongsuot.records import notices as records
from thongsuot.records.messages import OutboxRow

# Longer than the post office may keep us waiting: nobody else sends the same meanwhile.
CLAIMED_FOR = timedelta(minutes=10)
PERMANENT = range(500, 600)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MailServer:
    """A post office other than that of the settings, such as the one of a story."""

    host: str
    port: int


def send_due(*, at: datetime, limit: int = 200, through: MailServer | None = None) -> int:
    """Send the notices whose moment has come; how many went out.

    Without a post office (THONGSUOT_SMTP_HOST, or the one given) they stay owed.
    """
    if not settings.EMAIL_HOST and through is None:
        return 0
    sent = 0
    for _ in range(limit):
        row = _taken(at)
        if row is None:
            break
        sent += _sent(row, at, through)
    return sent


@transaction.atomic
def _taken(at: datetime) -> OutboxRow | None:
    """The next notice, ours alone for a while; each attempt begins in the ledger."""
    row = records.claim(at=at, until=at + CLAIMED_FOR)
    if row is not None:
        _enter(row, Step.BEGUN, at)
    return row


def _enter(row: OutboxRow, step: Step, at: datetime, told: str = "") -> None:
    line = Line(
        partner=row.partner,
        step=step,
        at=at,
        message=row.pk,
        dossier=row.dossier.code,
        request=row.payload_hash,
        told=told[:300],
    )
    exchange.enter([line])


def _sent(row: OutboxRow, at: datetime, through: MailServer | None) -> bool:
    try:
        _message(row, through).send()
    except (OSError, SMTPException, ValueError) as reason:
        _failed(row, reason, at)
        return False
    _note(row, at)
    return True


def _message(row: OutboxRow, through: MailServer | None) -> EmailMessage:
    told = row.payload
    return EmailMessage(
        subject=told["subject"],
        body=told["body"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[told["to"]],
        # The same notice keeps its name, so that a mailbox knows one that comes twice.
        headers={"Message-ID": f"<{row.payload_hash[:32]}.{row.pk}@thongsuot>"},
        connection=_connection(through),
    )


def _connection(through: MailServer | None) -> BaseEmailBackend:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    if through is None:
        return get_connection(smtp)
    return get_connection(smtp, host=through.host, port=through.port, use_tls=False)


@transaction.atomic
def _failed(row: OutboxRow, reason: Exception, at: datetime) -> None:
    is_over = _is_permanent(reason) or row.attempts >= ATTEMPTS_AT_MOST
    logger.warning("notice %s could not be sent (attempt %s)", row.pk, row.attempts)
    records.set_failed(
        row,
        why=f"{type(reason).__name__}: {reason}",
        next_try_at=None if is_over else at + wait_after(row.attempts),
        at=at,
    )
    # Without the words: they may hold the address of somebody.
    _enter(row, Step.REFUSED if _is_permanent(reason) else Step.FAILED, at, type(reason).__name__)
    if is_over:
        _enter(row, Step.SET_ASIDE, at)


def _is_permanent(reason: Exception) -> bool:
    """A mailbox that does not exist, or an address that is none, will not exist tomorrow."""
    if isinstance(reason, SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in reason.recipients.values())
    return isinstance(reason, ValueError)


@transaction.atomic
def _note(row: OutboxRow, at: datetime) -> None:
    kept, before, _ = dossier.load(row.dossier.code)
    system = Person(settings.HOME_SYSTEM, "")
    event = NoticeSent(row.payload["notice"])
    keep(kept, before, event, office=before.office, by=system, occurred_at=at, at=at)
    records.set_sent(row, at=at)
    _enter(row, Step.ACKNOWLEDGED, at)

"""Reminders leave by e-mail like notices: once, and tried again when the post office is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import pytest_django

from tests import cast, reports, rows
from thongsuot.cli.story.post_office import PostOffice, open_post_office
from thongsuot.domain.spans import Span
from thongsuot.exchange import connections, outbox
from thongsuot.queries.messages import verify
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.spans import to_range
from thongsuot.workers import tasks

SUNDAY = cast.moment("2026-01-04 11:05")


@pytest.fixture
def post_office(
    db: None, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PostOffice]:
    rows.province()
    reports.known()
    OfficeContactRow.objects.create(
        office=cast.BAN_MAY,
        email="ban.may@vidu.test",
        valid=to_range(Span(date(2025, 1, 1), None)),
        source="bịa",
    )
    monkeypatch.setattr(tasks, "now", lambda: SUNDAY)
    with open_post_office() as office:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = False
        yield office


def send() -> None:
    for partner in connections.to_send_to(at=SUNDAY):
        connector, manners = connections.opened(partner, at=SUNDAY)
        while outbox.send_due(partner, connector, at=SUNDAY, manners=manners).tried:
            pass


def test_a_post_office_that_is_away_gets_them_when_it_is_back(
    post_office: PostOffice, settings: pytest_django.Settings
) -> None:
    settings.EMAIL_PORT = 1
    tasks.remind()
    send()
    waiting = ErrandRow.objects.filter(sent_at=None)

    assert waiting.exists()
    assert all(row.next_try_at is not None for row in waiting)
    assert post_office.letters == []


def test_each_reminder_is_sent_once_and_the_ledger_has_it(post_office: PostOffice) -> None:
    tasks.remind()
    send()
    sent = len(post_office.letters)
    tasks.remind()
    send()

    subjects = [" ".join(str(letter["Subject"]).split()) for letter in post_office.letters]
    assert sent == len(post_office.letters) > 0
    assert any(subject.startswith("Quá hạn:") for subject in subjects)
    assert not ErrandRow.objects.filter(sent_at=None).exists()
    assert verify() == ()

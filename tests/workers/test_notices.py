"""Notices by e-mail: owed with the fact, sent by a worker, tried again, set aside, noted."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import pytest_django

from tests import builders, cast, life, rows
from thongsuot.actions import dossier as actions
from thongsuot.cli.story.post_office import PostOffice, open_post_office
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.exchange import Acknowledged, Parcel
from thongsuot.domain.notices import PATIENCE, NoticeFieldUnknown, NoticeTemplate
from thongsuot.domain.workflow import Act
from thongsuot.exchange import connections, outbox
from thongsuot.queries.dossier import verified
from thongsuot.records.dossier import EventRow
from thongsuot.records.exchange import LedgerRow
from thongsuot.records.messages import OutboxRow

MAILBOX = "my@example.vn"
SOON = cast.MONDAY + timedelta(minutes=5)


@pytest.fixture
def post_office(db: None, settings: pytest_django.Settings) -> Iterator[PostOffice]:
    """The province, and a mail server of this test."""
    rows.province()
    with open_post_office() as office:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = False
        yield office


def send_due(*, at: datetime) -> int:
    """What the worker does with letters; how many went out."""
    sent = 0
    for partner in connections.to_send_to(at=at):
        connector, manners = connections.opened(partner, at=at)
        while (done := outbox.send_due(partner, connector, at=at, manners=manners)).tried:
            sent += done.acknowledged
    return sent


def taken_in(email: str = MAILBOX) -> Dossier:
    """A dossier of somebody who has a mailbox."""
    applicant = Applicant(name=cast.MY.name, number=cast.MY.number, email=email)
    request = life.request(submission=builders.submission(applicant=applicant))
    return actions.receive(request=request, by=cast.HOA, at=cast.MONDAY)


def owed() -> list[str]:
    """The notices that are owed, in order."""
    found = OutboxRow.objects.filter(partner="email").order_by("id")
    return [row.payload["notice"] for row in found]


def test_a_reception_is_told_with_the_appointment_and_where_to_look(
    post_office: PostOffice,
) -> None:
    dossier = taken_in()

    assert post_office.letters == []
    assert send_due(at=SOON) == 1
    (letter,) = post_office.letters
    assert letter["To"] == MAILBOX
    assert letter["Subject"].strip().startswith(f"Đã nhận hồ sơ {dossier.code}, hẹn trả 08 giờ 00")
    assert f"/tra-cuu?ma={dossier.code}" in letter.get_content()


def test_a_sent_notice_is_an_event_and_is_not_sent_again(post_office: PostOffice) -> None:
    dossier = taken_in()

    sent = [send_due(at=SOON), send_due(at=SOON + timedelta(hours=1))]

    assert sent == [1, 0]
    names = EventRow.objects.filter(dossier__code=dossier.code).order_by("version")
    assert list(names.values_list("name", flat=True)) == ["received", "notice_sent"]
    assert [differences for _, differences in verified()] == [[]]


def test_each_fact_that_concerns_the_applicant_owes_one_notice(post_office: PostOffice) -> None:
    dossier = life.assigned(taken_in())
    life.do(dossier, Act.ASK_SUPPLEMENT, cast.TAM, missing="Ảnh", reason="Thiếu")
    life.do(dossier, Act.RECEIVE_SUPPLEMENT, cast.HOA, papers="Ảnh")
    life.do(dossier, Act.PROPOSE, cast.TAM, proposal="Đủ")
    life.do(dossier, Act.APPROVE, cast.SON)
    life.do(dossier, Act.ISSUE_RESULT, cast.LAI, number="1")

    assert owed() == ["received", "supplement_asked", "result_issued"]


@pytest.mark.parametrize(
    ("end", "key"), [(Act.REFUSE, "refused"), (Act.STOP, "stopped")], ids=["refused", "stopped"]
)
def test_an_end_without_a_result_is_told_with_its_reason_and_the_letter_is_an_event(
    post_office: PostOffice, end: Act, key: str
) -> None:
    dossier = life.proposed(taken_in()) if end is Act.REFUSE else taken_in()
    given = {"reason": "Đất đang tranh chấp"} | ({"basis": "Luật X"} if end is Act.REFUSE else {})
    life.do(dossier, end, cast.SON if end is Act.REFUSE else cast.HOA, **given)

    sent = send_due(at=cast.moment("2025-09-09 08:00"))

    assert owed()[-1] == key
    assert sent == 2
    assert "Đất đang tranh chấp" in post_office.letters[-1].get_content()
    last = EventRow.objects.filter(dossier__code=dossier.code).order_by("version").last()
    assert last is not None
    assert last.name == "notice_sent"
    assert [differences for _, differences in verified()] == [[]]


def test_whoever_was_not_taken_in_is_told_why(post_office: PostOffice) -> None:
    applicant = Applicant(name=cast.MY.name, number=cast.MY.number, email=MAILBOX)
    request = life.request(submission=builders.submission(applicant=applicant))

    actions.decline(request=request, reason="Thiếu tờ khai {code}", by=cast.HOA, at=cast.MONDAY)

    assert owed() == ["declined"]
    assert send_due(at=SOON) == 1
    assert "Lý do: Thiếu tờ khai {code}" in post_office.letters[0].get_content()


def test_whoever_left_no_mailbox_is_owed_no_notice(post_office: PostOffice) -> None:
    taken_in(email="")

    assert owed() == []


def test_without_a_mail_server_notices_stay_owed(
    post_office: PostOffice, settings: pytest_django.Settings
) -> None:
    settings.EMAIL_HOST = ""
    taken_in()

    assert send_due(at=SOON) == 0
    assert OutboxRow.objects.get(partner="email").attempts == 0


def test_a_mail_server_that_is_down_is_tried_again_later_and_later(
    post_office: PostOffice,
) -> None:
    taken_in()
    post_office.recipients = "451 try later"

    for wait in (0, 1.2, 3.4):  # minutes: the second attempt waits one, the third two more
        send_due(at=SOON + timedelta(minutes=wait))
        send_due(at=SOON + timedelta(minutes=wait, seconds=30))
    tried = OutboxRow.objects.get(partner="email").attempts
    post_office.recipients = "250 ok"

    assert tried == 3
    assert send_due(at=SOON + timedelta(minutes=8)) == 1


def test_a_notice_is_set_aside_with_its_reason_after_many_attempts(
    post_office: PostOffice,
) -> None:
    taken_in()
    post_office.recipients = "451 try later"

    for day in range(PATIENCE.most + 2):
        send_due(at=SOON + timedelta(days=day))

    row = OutboxRow.objects.get(partner="email")
    assert row.attempts == PATIENCE.most
    assert row.set_aside_at is not None
    assert "451" in row.last_error


def test_a_post_office_that_is_away_for_days_is_waited_for_and_loses_no_letter(
    post_office: PostOffice, settings: pytest_django.Settings
) -> None:
    taken_in()
    with socket.socket() as nobody:  # bound, and never let anybody in
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        for hours in range(72):
            assert send_due(at=SOON + timedelta(hours=hours)) == 0
    settings.EMAIL_PORT = post_office.port

    assert OutboxRow.objects.get(partner="email").set_aside_at is None
    assert send_due(at=SOON + timedelta(hours=72)) == 1


def test_a_letter_set_aside_keeps_no_later_one_from_its_reader(post_office: PostOffice) -> None:
    dossier = taken_in()
    post_office.recipients = "554 not this one"
    send_due(at=SOON)
    post_office.recipients = "250 ok"
    life.do(dossier, Act.STOP, cast.HOA, reason="Xin rút")

    assert send_due(at=cast.moment("2025-09-09 08:00")) == 1
    assert "Xin rút" in post_office.letters[0].get_content()


def test_a_subject_arrives_as_it_was_written_however_long_it_is(post_office: PostOffice) -> None:
    connector, _ = connections.post_office("127.0.0.1", post_office.port)
    words = "Hồ sơ H35.21.31-250627-0002 do Ủy ban nhân dân xã Bình Lư tiếp tục giải quyết, hẹn lại"
    subjects = [f"{'x' * more} {words}".strip() for more in range(16)]

    for number, subject in enumerate(subjects, 1):
        payload = {"notice": "received", "to": MAILBOX, "subject": subject, "body": "Kính gửi"}
        parcel = Parcel(number, "email", "H", 1, "notice", payload, f"{number:064}", SOON)
        assert connector.send(parcel).outcome == Acknowledged()

    assert [str(one["Subject"]) for one in post_office.letters] == subjects
    assert post_office.letters[0].get_content().strip() == "Kính gửi"


def test_what_a_post_office_says_is_kept_without_the_mailbox(post_office: PostOffice) -> None:
    taken_in()
    post_office.recipients = f"550 {MAILBOX} is unknown"

    send_due(at=SOON)

    kept = [OutboxRow.objects.get(partner="email").last_error]
    kept += [line.told for line in LedgerRow.objects.filter(partner="email")]
    assert "550" in kept[0]
    assert MAILBOX not in " ".join(kept)


def test_a_mailbox_that_does_not_exist_is_set_aside_at_once_and_holds_no_other_up(
    post_office: PostOffice,
) -> None:
    taken_in()
    post_office.recipients = "550 no such mailbox"
    send_due(at=SOON)
    taken_in("khac@example.vn")
    post_office.recipients = "250 ok"

    assert send_due(at=SOON) == 1
    assert OutboxRow.objects.filter(set_aside_at__isnull=False).count() == 1


def test_an_address_with_a_line_break_writes_no_header_of_its_own(
    post_office: PostOffice,
) -> None:
    taken_in("my@example.vn\nBcc: all@example.vn")

    send_due(at=SOON)

    assert post_office.letters == []
    assert OutboxRow.objects.get(partner="email").set_aside_at is not None


def test_a_template_with_an_unknown_field_is_refused_when_it_is_read() -> None:
    with pytest.raises(NoticeFieldUnknown):
        NoticeTemplate("received", "{ma}", "", builders.ALWAYS, rows.SOURCE)


def test_a_letter_that_left_meanwhile_holds_no_official_up(post_office: PostOffice) -> None:
    dossier = taken_in()
    send_due(at=SOON)

    moved = actions.make(
        code=dossier.code,
        move=Act.FORWARD.value,
        given={},
        by=cast.HOA,
        at=SOON + timedelta(minutes=1),
        seen_version=dossier.version,
    )

    assert moved.stage != dossier.stage

"""Online applications are answered by the counter, once, and the portal hears so at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, rows, scans
from thongsuot.actions import applications, inbox
from thongsuot.actions.access import open_reading
from thongsuot.actions.applications import Desk
from thongsuot.domain.applications import ApplicationAnswered, ApplicationState, NoSuchApplication
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import NotYourDuty
from thongsuot.domain.looks import Purpose
from thongsuot.queries import applications as queries
from thongsuot.records import dossier as dossiers
from thongsuot.records.applications import ApplicationRow
from thongsuot.records.messages import InboxRow, OutboxRow
from thongsuot.words.reading import FieldNeeded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
CODE = "G22.99.99-250908-000001"
COUNTER = Desk(cast.HOA, cast.AT_BAN_MAY, cast.MONDAY + timedelta(hours=1))


@pytest.fixture(autouse=True)
def province() -> None:
    rows.province()


def come(code: str = CODE, **said: object) -> str:
    return inbox.take_in(rows.application(code, **said), at=cast.MONDAY)


def number() -> int:
    return ApplicationRow.objects.get().pk


def accepted() -> Dossier:
    return applications.accept(number=number(), given={}, desk=COUNTER)


@pytest.mark.parametrize(
    "said",
    [
        {"procedure": "9.999999"},
        {"office": "H99.999"},
        {"applicant": {"name": ""}},
        {"submitted_at": "hôm qua"},
        {"code": ""},
    ],
)
def test_what_names_nothing_that_we_know_waits_and_is_never_guessed(
    said: dict[str, object],
) -> None:
    arrival = rows.application()
    body = {**arrival.body, **said}
    state = inbox.take_in(
        type(arrival)(arrival.partner, arrival.key, arrival.kind, body), at=cast.MONDAY
    )

    assert state == inbox.QUARANTINED
    assert InboxRow.objects.get().reason
    assert not ApplicationRow.objects.exists()


def test_it_must_be_answered_within_eight_working_hours_after_it_was_filed() -> None:
    come(submitted_at=cast.moment("2025-09-05 15:00").isoformat())  # a Friday

    # two hours on Friday, four on Monday morning, two in the afternoon
    assert ApplicationRow.objects.get().check_by == cast.moment("2025-09-08 15:30")


def test_accepted_it_is_a_dossier_with_its_identity_its_papers_and_both_codes() -> None:
    come()
    dossier = accepted()

    assert (dossier.applicant.name, dossier.applicant.number) == (cast.MY.name, cast.MY.number)
    assert dossier.channel is Channel.ONLINE
    assert [paper.name for paper in dossier.papers] == ["don.pdf"]
    assert [scan.paper for scan in dossier.scans] == ["don.pdf"]
    assert {(one.system, one.code) for one in dossier.identifiers} >= {("national_portal", CODE)}
    assert dossiers.find(CODE).code == dossier.code
    told = OutboxRow.objects.filter(partner="national_portal").earliest("seq").payload
    assert (told["event"], told["identifiers"][0]["code"]) == ("received", CODE)
    assert ApplicationRow.objects.get().state == ApplicationState.ACCEPTED


def test_refused_it_tells_everything_that_is_missing_in_one_notice() -> None:
    come()
    dossier = applications.refuse(
        number=number(),
        reason="Thành phần hồ sơ chưa đủ.",
        missing="Giấy khai sinh\nẢnh chân dung",
        desk=COUNTER,
    )

    (told,) = OutboxRow.objects.filter(partner="national_portal")
    assert told.payload["event"] == "declined"
    assert told.payload["words"] == (
        "Thành phần hồ sơ chưa đủ. Cần bổ sung: Giấy khai sinh; Ảnh chân dung."
    )
    assert ApplicationRow.objects.get().dossier == dossier.code


def test_it_is_answered_once() -> None:
    come()
    accepted()

    with pytest.raises(ApplicationAnswered):
        accepted()
    with pytest.raises(ApplicationAnswered):
        applications.refuse(number=number(), reason="Trùng", missing="", desk=COUNTER)


def test_only_a_counter_that_answers_for_the_body_may_answer() -> None:
    come()
    elsewhere = Desk(cast.SUNG, cast.AT_NAM_SUONG, COUNTER.at)
    nobody = Desk(cast.TAM, cast.AT_BAN_MAY, COUNTER.at)

    with pytest.raises(NoSuchApplication):
        applications.accept(number=number(), given={}, desk=elsewhere)
    with pytest.raises(NotYourDuty):
        applications.accept(number=number(), given={}, desk=nobody)
    with pytest.raises(FieldNeeded):
        applications.refuse(number=number(), reason=" ", missing="", desk=COUNTER)
    assert ApplicationRow.objects.get().state == ApplicationState.WAITING


def test_a_broken_paper_is_told_and_nothing_is_half_done() -> None:
    come(papers=[{"name": "don.pdf", "base64": "JVBERi0xLjQ="}])

    with pytest.raises(Exception, match="file"):
        accepted()
    assert ApplicationRow.objects.get().state == ApplicationState.WAITING
    assert not OutboxRow.objects.exists()


def test_filed_anew_it_replaces_what_waits_and_changes_nothing_that_was_answered() -> None:
    come()
    again = rows.application(applicant={"kind": "person", "name": "Người Khác"})
    inbox.take_in(type(again)(again.partner, "key-2", again.kind, again.body), at=cast.MONDAY)
    assert ApplicationRow.objects.get().applicant["name"] == "Người Khác"

    dossier = accepted()
    inbox.take_in(type(again)(again.partner, "key-3", again.kind, again.body), at=cast.MONDAY)

    kept = ApplicationRow.objects.get()
    assert (kept.state, kept.dossier) == (ApplicationState.ACCEPTED, dossier.code)
    assert InboxRow.objects.get(key="key-3").dossier == dossier.code


def test_the_list_shows_the_most_urgent_first_masked_and_only_to_its_counter() -> None:
    for day, code in (("2025-09-05", "A-1"), ("2025-09-04", "A-2")):
        come(code=code, submitted_at=cast.moment(f"{day} 10:00").isoformat())
    at = cast.moment("2025-09-08 07:00")

    here = queries.at_counter(cast.AT_BAN_MAY, at=at, on=at.date())
    there = queries.at_counter(cast.AT_NAM_SUONG, at=at, on=at.date())

    assert [line.code for line in here.waiting] == ["A-2", "A-1"]
    assert here.waiting[0].is_late
    assert cast.MY.name not in here.waiting[0].applicant
    assert (there.waiting, there.many) == ((), 0)


def test_a_paper_is_looked_at_before_it_is_answered_and_the_look_is_logged() -> None:
    come()
    token = open_reading(
        by=cast.HOA,
        about=queries.about(number()),
        purpose=Purpose.HANDLE,
        at=COUNTER.at,
    )

    def look(place: int, point: str = cast.AT_BAN_MAY) -> tuple[str, bytes]:
        return queries.paper(number(), place, point=point, on=COUNTER.at.date(), reading=token)

    assert look(1) == ("don.pdf", scans.pdf())
    with pytest.raises(NoSuchApplication):
        look(2)
    with pytest.raises(NoSuchApplication):
        look(1, cast.AT_NAM_SUONG)

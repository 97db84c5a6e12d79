"""What the electronic store holds is offered with where it came from, and enters the dossier once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import builders, cast, life, rows
from tests.exchange.connecting import connect_to
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import enquiries
from thongsuot.actions.dossier import receive
from thongsuot.actions.enquiries.papers import PaperNotOffered
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.dossier.papers import PaperState, checklist
from thongsuot.domain.duties import NotYourDuty
from thongsuot.exchange import connections
from thongsuot.exchange.connector import Connector
from thongsuot.exchange.enquiries import put
from thongsuot.records.dossier import load
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.looks import LookRow
from thongsuot.records.messages import OutboxRow

NUMBER, NAME = "012090000001", "Nguyễn Văn Bịa"
PAPER = "Giấy tờ bịa"
AT = cast.MONDAY
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch, store: object) -> Iterator[None]:
    rows.province()
    connect_to(partners, "document_store", monkeypatch)
    yield
    partners.well()


def opened(partner: str) -> Connector:
    return connections.opened(partner, at=AT)[0]


def answered(number: int) -> EnquiryRow:
    put(number=number, open_=opened, at=AT, now=lambda: AT)
    return EnquiryRow.objects.get(pk=number)


def search(number: str = NUMBER, key: str = "a") -> EnquiryRow:
    asked = enquiries.ask_for_papers(
        name=NAME,
        number=number,
        procedure=rows.FIVE_DAYS,
        office=cast.BAN_MAY,
        key=key,
        by=cast.HOA,
        at=AT,
    )
    return answered(asked)


def fetched(dossier: Dossier, found: EnquiryRow, place: int = 0) -> EnquiryRow:
    asked = enquiries.fetch_paper(
        code=dossier.code, paper=PAPER, offered_in=found.pk, place=place, by=cast.HOA, at=AT
    )
    return answered(asked)


@pytest.fixture
def dossier() -> Dossier:
    """A dossier of the person of whom the store holds a paper."""
    person = Applicant(name=NAME, number=NUMBER)
    asked = life.request(submission=builders.submission(applicant=person))
    return receive(request=asked, by=cast.HOA, at=AT)


def test_what_it_holds_is_offered_with_its_number_and_body_and_the_look_is_logged() -> None:
    found = search()

    (offer,) = found.answer["offers"]
    assert (offer["title"], offer["number"]) == (PAPER, "01-GL")
    assert offer["body"]
    assert LookRow.objects.get().purpose == "verify"


def test_a_paper_enters_the_dossier_with_where_it_came_from(dossier: Dossier) -> None:
    row = fetched(dossier, search())

    assert row.answer == {"paper": PAPER, "dossier": dossier.code, "is_taken": True}
    after = load(dossier.code).dossier
    line = next(one for one in checklist(after, ()) if one.name == PAPER)
    assert line.state is PaperState.HELD
    assert (line.scans[0].number, bool(line.scans[0].store)) == ("01-GL", True)
    told = OutboxRow.objects.filter(dossier__code=dossier.code).latest("seq").payload
    assert [one["from_store"] != "" for one in told["papers"] if one["name"] == PAPER] == [True]


def test_a_paper_of_somebody_else_never_enters_a_dossier() -> None:
    found = search()
    other = life.received()

    for place in (0, 9):
        with pytest.raises(PaperNotOffered):
            fetched(other, found, place)


def test_who_receives_nothing_searches_nothing() -> None:
    with pytest.raises(NotYourDuty):
        enquiries.ask_for_papers(
            name=NAME,
            number=NUMBER,
            procedure=rows.FIVE_DAYS,
            office=cast.BAN_MAY,
            key="a",
            by=cast.KHACH,
            at=AT,
        )
    assert not LookRow.objects.exists()


@pytest.mark.parametrize(
    ("mode", "how"),
    [
        ("down", {}),
        ("slow", {"seconds": 3}),
        ("times_out_after", {"seconds": 3}),
        ("error_200", {}),
        ("throttled", {}),
        ("partial_file", {}),
    ],
)
def test_a_store_that_fails_leaves_the_dossier_as_it_was(
    partners: Partners, dossier: Dossier, mode: str, how: dict[str, Any]
) -> None:
    found = search()
    partners.fail("document_store", mode, **how)

    row = fetched(dossier, found)

    assert "is_taken" not in row.answer
    after = load(dossier.code).dossier
    assert after.version == dossier.version
    partners.well()


def test_a_file_is_fetched_from_registered_hosts_only(partners: Partners, dossier: Dossier) -> None:
    found = search()
    for path in ("https://evil.example/x.pdf", "//evil.example/x", "file:///etc/passwd"):
        found.answer["offers"][0]["path"] = path
        found.save()
        row = fetched(dossier, found)
        assert row.state == "refused"
        EnquiryRow.objects.filter(pk=row.pk).delete()
    assert load(dossier.code).dossier.version == dossier.version


def test_a_person_of_whom_it_holds_nothing_gets_no_offer() -> None:
    assert search("012185000002").answer == {"offers": []}

"""Documents go out and come in over the axis: each once in effect, none lost, none made up."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests import builders, cast, life, rows, scans
from tests.exchange.connecting import connect_to
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import documents, inbox, messages
from thongsuot.actions.files import Upload, inspect, keep
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Acknowledged, Parcel, ValueUnmapped
from thongsuot.domain.spans import Span
from thongsuot.exchange import connections
from thongsuot.exchange.bodies import agree
from thongsuot.exchange.connectors.document_axis import DocumentAxis
from thongsuot.exchange.inbox import Fetched, fetch
from thongsuot.exchange.outbox import send_due
from thongsuot.queries import messages as ledgers
from thongsuot.records.access import RoleRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.documents import DocumentRow, DocumentWordRow
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import ValueMapRow, connection_of
from thongsuot.records.messages import InboxRow, OutboxRow
from thongsuot.records.spans import to_range

AXIS = "document_axis"
OURS, OTHER = "000.00.01.H35", "000.00.00.G15"
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
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    connect_to(partners, AXIS, monkeypatch)
    partners.forget(AXIS)
    codes = {cast.DEPARTMENT: OURS, cast.BAN_MAY: "000.01.01.H35", cast.NAM_SUONG: "000.01.02.H35"}
    for ours, theirs in codes.items():
        a_code(ours, theirs)
    a_code("bo", OTHER)
    yield
    partners.well()


def a_code(ours: str, theirs: str) -> None:
    ValueMapRow.objects.create(
        partner=AXIS,
        map="office",
        ours=ours,
        theirs=theirs,
        valid=to_range(builders.ALWAYS),
        source=rows.SOURCE,
    )


def axis() -> DocumentAxis:
    found = connections.opened(AXIS, at=AT)[0]
    assert isinstance(found, DocumentAxis)
    return found


def drain(rounds: int = 5, *, since: timedelta = timedelta()) -> None:
    at = AT + since
    for _ in range(rounds):
        at += timedelta(hours=1)
        if not send_due(AXIS, axis(), at=at).tried:
            return


def take_in(rounds: int = 1) -> Fetched:
    found = Fetched()
    for number in range(rounds):
        found = fetch(AXIS, axis(), at=AT + timedelta(minutes=number))
    return found


def sent(partners: Partners, kind: str = "edoc") -> list[str]:
    words = [one[-1]["value"] for one in partners.book(AXIS, "sent").values()]
    return [base64.b64decode(one["edxml"]).decode() for one in words if one["messagetype"] == kind]


def a_decision(receivers: tuple[str, ...] = ("bo",), number: str = "12") -> str:
    file = keep(inspect(Upload("qd.pdf", scans.pdf())), by="x", at=AT)
    return documents.send_document(
        sender=cast.DEPARTMENT,
        receivers=receivers,
        number=number,
        notation="QĐ-SNNMT",
        subject="Quyết định <thử> & bịa",
        issued_on=date(2025, 9, 8),
        files=[file],
        by=cast.MINH,
        at=AT,
    )


def test_a_decision_goes_out_with_its_file_once_to_each_receiver(partners: Partners) -> None:
    name = a_decision(("bo", cast.BAN_MAY))
    a_decision(("bo", cast.BAN_MAY))

    drain()

    assert name == f"{OURS},2025/09/08,12/QĐ-SNNMT"
    first, second = sent(partners)
    assert "<edXML:DocumentId>" + name in first
    assert "Quyết định &lt;thử&gt; &amp; bịa" in first
    assert base64.b64encode(scans.pdf()).decode() in second
    assert not ErrandRow.objects.filter(sent_at=None).exists()
    assert ledgers.verify(AXIS) == ()


def test_a_body_without_a_code_on_the_axis_is_told_before_anything_is_owed() -> None:
    with pytest.raises(ValueUnmapped):
        a_decision((cast.CONSTRUCTION,))
    with pytest.raises(NotYourRight):
        documents.acknowledge(number=a_document(), by=cast.KHACH, at=AT)

    assert not ErrandRow.objects.exists()


def a_document() -> int:
    row = DocumentRow.objects.create(
        name="x", way="in", sender=OTHER, receivers=[OURS], subject="x", at=AT
    )
    return row.pk


@pytest.mark.parametrize(
    ("mode", "how", "people"),
    [
        ("down", {}, False),
        ("down", {"count": 1}, True),
        ("throttled", {"count": 2}, False),
        ("error_200", {"count": 2}, False),
        ("already_exists", {"count": 2}, False),
        ("clock_skew", {}, False),
        ("reordering", {"seconds": 0.05}, False),
        ("times_out_after", {"seconds": 3, "count": 1}, True),
    ],
)
def test_whatever_the_axis_does_a_document_is_there_once(
    partners: Partners, mode: str, how: dict[str, Any], people: bool
) -> None:
    a_decision()
    partners.fail(AXIS, mode, **how)

    drain()
    partners.well()
    drain(since=timedelta(days=1))
    waits = ErrandRow.objects.filter(sent_at=None, set_aside_at__isnull=False)
    assert waits.exists() is people
    for row in waits:  # people look whether the receiver has it
        if sent(partners):
            messages.skip(number=-row.pk, reason="bên nhận đã có", by=cast.MINH, at=AT)
        else:
            messages.replay([-row.pk], reason="bên nhận chưa có", by=cast.MINH, at=AT)
    drain(since=timedelta(days=2))

    assert len(sent(partners)) == 1
    assert not ErrandRow.objects.filter(sent_at=None).exists()
    assert ledgers.verify(AXIS) == ()


def test_a_document_comes_in_once_with_its_files_and_its_sender_hears_of_it(
    partners: Partners,
) -> None:
    partners.place(AXIS, subject="Công văn bịa")
    assert take_in(3) == Fetched()

    row = DocumentRow.objects.get()
    assert (row.subject, row.sender, row.receivers) == ("Công văn bịa", OTHER, ["000.00.00.H35"])
    assert len(row.files) == 1
    drain()
    (status,) = sent(partners, "status")
    assert f"<edXML:DocumentId>{row.name}</edXML:DocumentId>" in status
    assert "<edXML:StatusCode>01" in status

    documents.acknowledge(number=row.pk, by=cast.MINH, at=AT)
    documents.acknowledge(number=row.pk, by=cast.MINH, at=AT)
    drain()
    assert ["<edXML:StatusCode>03" in one for one in sent(partners, "status")] == [False, True]


def test_the_same_document_sent_twice_is_one_document(partners: Partners) -> None:
    for _ in range(2):
        partners.place(AXIS, document_id="000.00.00.G15,2025/09/08,7/GL")

    take_in(2)

    assert DocumentRow.objects.count() == 1
    assert InboxRow.objects.get().times >= 2
    done = [one[-1]["value"]["status"] for one in partners.book(AXIS, "incoming").values()]
    assert done == ["done", "done"]


@pytest.mark.parametrize("mode", ["partial_file", "wrong_encoding", "schema_drift"])
def test_what_cannot_be_read_is_kept_with_its_reason_and_fetched_again(
    partners: Partners, mode: str
) -> None:
    partners.place(AXIS, subject="Công văn có dấu")
    partners.fail(AXIS, mode)
    take_in()
    partners.well()

    take_in()

    assert DocumentRow.objects.get().subject == "Công văn có dấu"
    assert all(row.reason for row in InboxRow.objects.exclude(state=inbox.TAKEN_IN))


@pytest.mark.parametrize(
    "edxml",
    [
        b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
        b"<x/>",
        b"not xml",
        b"",
    ],
)
def test_xml_that_reaches_out_or_is_none_stays_in_quarantine(
    partners: Partners, edxml: bytes
) -> None:
    partners.place(AXIS, edxml=base64.b64encode(edxml or b" ").decode())

    take_in()

    row = InboxRow.objects.get()
    assert row.state == inbox.QUARANTINED
    assert "Không đọc được văn bản" in row.reason
    assert not DocumentRow.objects.exists()
    (kept,) = (one[-1]["value"]["status"] for one in partners.book(AXIS, "incoming").values())
    assert kept == "initial"


def test_what_receivers_say_stands_beside_the_document(partners: Partners) -> None:
    name = a_decision()
    partners.place(AXIS, messagetype="status", responsefor=name, statuscode="03")
    partners.place(AXIS, messagetype="status", responsefor="nobody,2025/01/01,1/X")

    take_in(2)

    word = DocumentWordRow.objects.get()
    assert (word.document.name, word.body, word.code) == (name, OTHER, "03")
    assert "Không có văn bản" in InboxRow.objects.get(state=inbox.QUARANTINED).reason


def test_a_result_goes_to_the_body_that_took_the_dossier_in(partners: Partners) -> None:
    rows.partner(AXIS)
    dossier = life.issued(life.received())
    message = OutboxRow.objects.get(partner=AXIS, kind="result")
    here = Parcel(message.pk, AXIS, dossier.code, 1, "result", message.payload, "", AT)
    elsewhere = {**message.payload, "receiving_office": cast.NAM_SUONG}

    at_home = axis().send(here).outcome
    away = axis().send(replace(here, payload=elsewhere)).outcome

    assert at_home == Acknowledged("no other body")
    assert isinstance(away, Acknowledged)
    (result,) = sent(partners)
    assert f"Kết quả giải quyết hồ sơ {dossier.code}" in result
    assert "<edXML:To><edXML:OrganId>000.01.02.H35" in result
    OutboxRow.objects.filter(pk=message.pk).update(sent_at=AT, reference=away.reference)
    partners.place(AXIS, messagetype="status", responsefor=away.reference, statuscode="06")
    take_in()
    assert DocumentWordRow.objects.get().document.dossier == dossier.code


def test_codes_of_bodies_that_open_and_close_are_owed_once(partners: Partners) -> None:
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(
        valid=to_range(Span(date(2020, 1, 1), date(2025, 9, 1)))
    )
    OfficeRow.objects.filter(code=cast.NAM_SUONG).update(valid=to_range(Span(date(2025, 9, 1))))

    assert agree(axis(), at=AT) == (1, 1)
    assert agree(axis(), at=AT) == (1, 1)
    drain()

    known = axis().bodies(at=AT)
    assert "000.01.02.H35" in known
    assert "000.01.01.H35" not in known
    assert ErrandRow.objects.count() == 2
    assert agree(axis(), at=AT + timedelta(days=1)) == (0, 0)


def test_where_the_axis_calls_bodies_as_we_do_each_that_is_open_is_registered() -> None:
    ValueMapRow.objects.filter(partner=AXIS).delete()
    row = connection_of(AXIS, at=AT)
    assert row is not None
    row.settings["same"] = ["office"]
    row.save()
    a_code(cast.DEPARTMENT, OURS)
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(valid=to_range(Span(date(2025, 9, 10))))

    agree(axis(), at=AT)
    drain()

    known = axis().bodies(at=AT)
    assert {OURS, cast.NAM_SUONG} <= known
    assert not {cast.DEPARTMENT, cast.BAN_MAY} & known
    assert a_decision((cast.NAM_SUONG,)).startswith(f"{OURS},")


def test_a_code_that_is_said_to_exist_counts_only_when_it_is_in_the_list(
    partners: Partners,
) -> None:
    OfficeRow.objects.filter(code=cast.BAN_MAY).delete()
    agree(axis(), at=AT)
    partners.fail(AXIS, "already_exists", count=1)

    drain()

    assert "000.01.02.H35" in axis().bodies(at=AT)


def test_an_axis_that_is_away_owes_nothing_and_is_asked_again(partners: Partners) -> None:
    partners.fail(AXIS, "down")

    assert agree(axis(), at=AT) == (0, 0)
    assert take_in().is_away

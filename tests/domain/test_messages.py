"""What a fact makes us owe to other systems."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date

from tests import builders, cast
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.messages import Message, MessageKind, Names, Subscription, owed
from thongsuot.domain.spans import Span

PORTAL = Subscription("national_portal", frozenset(MessageKind), builders.ALWAYS)

SCAN = StoredFile("a" * 64, "to-khai.pdf", MediaType.PDF, 900, 1)
DRAFT = StoredFile("b" * 64, "ket-qua.pdf", MediaType.PDF, 900, 1)


def of(event: e.Event, *subscriptions: Subscription) -> tuple[Message, ...]:
    return owed(subscriptions or (PORTAL,), builders.received(), builders.entry(event))


def test_each_kind_of_fact_becomes_its_kind_of_message() -> None:
    stopped = e.Stopped("không cần nữa", Channel.ONLINE)

    assert [m.kind for m in of(e.ResultIssued("handover", "12/GCN"))] == [MessageKind.RESULT]
    assert [m.kind for m in of(stopped)] == [MessageKind.PROGRESS]


def test_noticing_and_scanning_stay_in_the_house() -> None:
    inward = (
        e.BecameNear(),
        e.BecameLate(),
        e.Digitised("Tờ khai"),
        e.ProcessChanged("x@2", "work", ""),
    )

    assert [of(event) for event in inward] == [(), (), (), ()]


def test_a_partner_gets_only_the_kinds_it_takes_while_it_takes_them() -> None:
    results_only = Subscription("registry", frozenset({"result"}), builders.ALWAYS)
    former = Subscription(
        "former", frozenset(MessageKind), Span(date(2020, 1, 1), date(2025, 9, 8))
    )

    assert of(e.Proposed("approval", "Đủ"), results_only, former) == ()
    assert [m.partner for m in of(e.ResultIssued("handover", "1"), results_only, former)] == [
        "registry"
    ]


def test_a_partner_named_twice_is_owed_once() -> None:
    assert len(of(e.ResultIssued("handover", "1"), PORTAL, PORTAL)) == 1


def test_the_day_of_a_subscription_is_the_day_in_vietnam() -> None:
    # given a fact recorded at six in the morning of the 8th, which is still the 7th in London
    early = replace(
        builders.entry(e.Stopped("", Channel.POST)),
        recorded_at=cast.moment("2025-09-08 06:00").astimezone(UTC),
    )
    since = Subscription("new", frozenset(MessageKind), Span(date(2025, 9, 8)))

    assert len(owed((since,), builders.received(), early)) == 1


def test_the_hash_is_that_of_the_payload_however_its_moments_were_written() -> None:
    told = builders.entry(e.Stopped("", Channel.POST))
    elsewhere = _in_utc(told)

    [message] = owed((PORTAL,), builders.received(), told)
    [same] = owed((PORTAL,), _received_in_utc(), elsewhere)

    assert same.payload == message.payload
    assert same.payload_hash == message.payload_hash
    text = json.dumps(message.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert message.payload_hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_payload_says_how_the_dossier_stands_after_the_fact() -> None:
    dossier = builders.after(builders.received(), e.Proposed("approval", "Đủ"))

    [message] = owed((PORTAL,), dossier, builders.entry(e.Proposed("approval", "Đủ")))

    assert message.payload["seq"] == dossier.version == 2
    assert message.payload["event"] == "proposed"
    assert message.payload["stage"] == "approval"
    assert message.payload["due_at"] == "2025-09-15T08:00:00+07:00"


def test_every_message_carries_the_whole_dossier_so_that_none_before_it_is_needed() -> None:
    asked = e.SupplementAsked(("Sổ hộ khẩu cũ",), "Thiếu")
    due = cast.moment("2025-09-16 08:00")
    answered = e.SupplementReceived((e.PaperGiven("Sổ hộ khẩu cũ", 1),), due)
    paid = e.FeeCollected(
        "Lệ phí", 8000, e.Payment.CASH, receipt_series="AA/25", receipt_number="7"
    )
    scanned = e.Digitised("Tờ khai", file=SCAN)
    dossier = _lived(scanned, asked, answered, paid)

    [message] = owed((PORTAL,), dossier, builders.entry(paid), Names("Hộ tịch", by="Vàng Thị Pao"))

    told = message.payload
    assert (told["field"], told["by_name"]) == ("Hộ tịch", "Vàng Thị Pao")
    assert told["applicant"]["name"] == dossier.applicant.name
    assert [fee["receipt"] for fee in told["fees"]] == ["AA/25 7"]
    [supplement] = told["supplements"]
    assert supplement["missing"] == supplement["papers"] == ["Sổ hộ khẩu cũ"]
    assert supplement["due_before"] == "2025-09-15T08:00:00+07:00"
    assert supplement["due_after"] == "2025-09-16T08:00:00+07:00"
    papers = {paper["name"]: paper for paper in told["papers"]}
    assert papers["Tờ khai"]["file"]["sha256"] == SCAN.sha256
    assert papers["Sổ hộ khẩu cũ"]["file"] is None
    assert told["result"] is None


def test_a_result_is_told_with_its_number_and_the_file_that_was_decided_on() -> None:
    dossier = _lived(
        e.DraftKept(DRAFT),
        e.Approved("handover", draft=DRAFT.sha256),
        e.ResultIssued("handover", "12/GCN"),
    )

    [message] = owed((PORTAL,), dossier, builders.entry(e.ResultIssued("handover", "12/GCN")))

    assert message.payload["result"]["number"] == "12/GCN"
    assert message.payload["result"]["file"]["sha256"] == DRAFT.sha256


def test_what_an_official_wrote_is_the_content_of_the_step() -> None:
    [proposed] = of(e.Proposed("approval", "Đủ điều kiện"))
    [issued] = of(e.ResultIssued("handover", "1"))

    assert proposed.payload["words"] == "Đủ điều kiện"
    assert issued.payload["words"] == ""


def _lived(*events: e.Event) -> Dossier:
    dossier = builders.received()
    for event in events:
        dossier = builders.after(dossier, event)
    return dossier


def _in_utc(entry: Entry) -> Entry:
    return replace(entry, occurred_at=entry.occurred_at.astimezone(UTC))


def _received_in_utc() -> Dossier:
    dossier = builders.received()
    assert dossier.due_at is not None
    return replace(
        dossier,
        received_at=dossier.received_at.astimezone(UTC),
        due_at=dossier.due_at.astimezone(UTC),
    )

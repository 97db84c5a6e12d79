"""The national database is mirrored whole, compared, and told of what is the province's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import builders, cast, rows
from tests.exchange.connecting import connect_to
from tests.exchange.contract.cases import PORTAL
from tests.exchange.partners import Partners, simulated
from thongsuot.actions import mirror
from thongsuot.domain.catalogue import Channel, Origin
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.mirror import Aspect, Mirrored, MirroredTerm, differences
from thongsuot.exchange import connections
from thongsuot.exchange.connectors.procedure_database import ProcedureDatabase
from thongsuot.exchange.dialects import formality
from thongsuot.exchange.mirror import Mirrorable, Reading, read
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.exchange.transports.http import Unreadable
from thongsuot.queries import mirror as queries
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.errands import ErrandRow
from thongsuot.records.exchange import ValueMapRow
from thongsuot.records.mirror import MirrorRow
from thongsuot.records.spans import to_range

DATABASE = "procedure_database"
AT = cast.MONDAY
OWN = "9.900009"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def connected(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rows.province()
    connect_to(partners, DATABASE, monkeypatch)
    partners.forget(DATABASE)
    yield
    partners.well()


def database() -> ProcedureDatabase:
    found = connections.opened(DATABASE, at=AT)[0]
    assert isinstance(found, ProcedureDatabase)
    return found


def reading(at: datetime = AT) -> Reading:
    return read(database(), at=at, now=lambda: at)


def publish() -> None:
    at = AT
    mirror.owe_publications(at=at)
    for _ in range(6):
        at += timedelta(hours=1)
        send_due(DATABASE, database(), at=at)


def aspects(base: str) -> set[Aspect]:
    found = queries.compared(on=AT.date())
    return {d.aspect for line in found.lines if line.base == base for d in line.differences}


def test_what_it_tells_is_kept_as_it_came_and_a_second_reading_changes_nothing() -> None:
    first, second = reading(), reading(AT + timedelta(days=1))

    assert (first.read, first.changed, first.unread) == (3, 3, 0)
    assert (second.read, second.changed, second.gone) == (3, 0, 0)
    row = MirrorRow.objects.get(base="9.900001")
    assert row.raw["codeNotation"] == "9.900001"
    assert row.told["fees"] == [["in_person", 15000], ["online", 15000], ["post", 15000]]


def test_what_differs_is_shown_and_nothing_of_ours_changes(partners: Partners) -> None:
    partners.place(DATABASE, codeNotation=rows.FIVE_DAYS, name="Tên khác hẳn")
    ours = save_count()

    reading()

    assert Aspect.NAME in aspects(rows.FIVE_DAYS)
    assert aspects("9.900001") == {Aspect.MISSING_HERE}
    assert aspects(rows.AT_PROVINCE) == {Aspect.MISSING_THERE}
    assert save_count() == ours


def save_count() -> list[tuple[str, int]]:
    return list(ProcedureRow.objects.order_by("pk").values_list("base", "version"))


def test_what_is_no_longer_told_is_marked_and_never_removed(partners: Partners) -> None:
    partners.place(DATABASE, codeNotation=rows.FIVE_DAYS, name="x")
    reading()
    partners.forget(DATABASE)

    again = reading(AT + timedelta(days=1))

    assert again.gone == 1
    assert MirrorRow.objects.get(base=rows.FIVE_DAYS).gone_at is not None
    assert aspects(rows.FIVE_DAYS) == {Aspect.ENDED_THERE}


@pytest.mark.parametrize(
    "mode", ["down", "error_200", "throttled", "schema_drift", "wrong_encoding", "slow"]
)
def test_a_reading_that_fails_ends_nothing_that_was_known(partners: Partners, mode: str) -> None:
    reading()
    how: dict[str, Any] = {"seconds": 3} if mode == "slow" else {}
    partners.fail(DATABASE, mode, **how)

    failed = reading(AT + timedelta(days=1))

    assert failed.gone == 0
    assert not MirrorRow.objects.exclude(gone_at=None).exists()
    assert MirrorRow.objects.count() == 3


def test_the_provinces_own_entries_and_bodies_are_published_once_and_read_back(
    partners: Partners,
) -> None:
    own = replace(
        builders.procedure(), code=ProcedureCode(OWN), origin=Origin.PROVINCIAL, name="Thủ tục bịa"
    )
    save_procedure(own, source="bịa", search="")
    ValueMapRow.objects.create(
        partner=DATABASE,
        map="office",
        ours=cast.BAN_MAY,
        theirs="000.01.01.H35",
        valid=to_range(builders.ALWAYS),
        source=rows.SOURCE,
    )

    publish()
    publish()

    assert set(partners.book(DATABASE, "published_formality")) == {OWN}
    assert set(partners.book(DATABASE, "published_department")) == {"000.01.01.H35"}
    assert not ErrandRow.objects.filter(sent_at=None).exists()
    reading()
    assert aspects(OWN) == set()


@pytest.mark.parametrize(
    ("mode", "how"),
    [
        ("down", {"count": 1}),
        ("error_200", {"count": 2}),
        ("already_exists", {"count": 2}),
        ("throttled", {"count": 2}),
        ("times_out_after", {"seconds": 3, "count": 1}),
        ("duplicate", {}),
    ],
)
def test_whatever_it_does_what_is_ours_is_there_in_the_end(
    partners: Partners, mode: str, how: dict[str, Any]
) -> None:
    own = replace(builders.procedure(), code=ProcedureCode(OWN), origin=Origin.PROVINCIAL)
    save_procedure(own, source="bịa", search="")
    partners.fail(DATABASE, mode, **how)

    publish()

    assert set(partners.book(DATABASE, "published_formality")) == {OWN}
    assert not ErrandRow.objects.filter(sent_at=None).exists()


def test_both_answers_are_read_into_the_same_words() -> None:
    new = formality.read_new(
        {
            "codeNotation": "1.001193",
            "name": "Đăng ký khai sinh",
            "state": "ACTIVE",
            "decisionNo": "QĐ 1",
            "executionMethods": [
                {
                    "submissionMethod": "DIRECT",
                    "processingTime": 1,
                    "processingTimeUnit": "WORKING_DAY",
                    "fees": [{"value": 8000}],
                }
            ],
            "executionCases": [{"profileComponents": [{"name": "Tờ khai"}]}],
            "resultsDetails": [{"name": "Giấy khai sinh"}],
        }
    )
    old = formality.read_old(
        {
            "MATTHC": "1.001193",
            "TENTTHC": "Đăng ký khai sinh",
            "QUYETDINH": "QĐ 1",
            "CACHTHUCTHUCHIEN": [
                {
                    "KENH": "1",
                    "THOIGIAN": [
                        {
                            "THOIGIANGIAIQUYET": "1",
                            "DONVITINH": "Ngày làm việc",
                            "PHILEPHI": [{"SOTIEN": "8000"}],
                        }
                    ],
                }
            ],
            "THANHPHANHOSO": [{"GIAYTO": [{"TENGIAYTO": "Tờ khai"}]}],
            "KETQUATHUCHIEN": [{"TENKETQUA": "Giấy khai sinh"}],
        }
    )

    assert new == old
    with pytest.raises(Unreadable):
        formality.read_new({"codeNotation": "1.001193"})


def test_the_older_answer_is_read_beside_the_new_one_and_compared_like_it(
    partners: Partners,
) -> None:
    older = connector(PORTAL.connection(partners.address("national_portal"), read_seconds=5))
    assert isinstance(older, Mirrorable)

    found = read(older, at=AT, now=lambda: AT)
    reading()

    assert (found.read, found.unread) == (3, 0)
    pairs = MirrorRow.objects.filter(base="9.900001").order_by("answer")
    assert [row.answer for row in pairs] == ["new", "old"]
    assert len({row.value().name for row in pairs}) == 1
    lines = [one for one in queries.compared(on=AT.date()).lines if one.base == "9.900001"]
    assert {one.answer for one in lines} == {"new", "old"}


def test_a_term_and_a_fee_differ_by_channel_and_what_is_not_told_is_no_difference() -> None:
    ours = builders.procedure()
    silent = Mirrored(str(ours.code), ours.name.upper() + ".", is_live=True)
    other = replace(
        silent,
        terms=(MirroredTerm(Channel.IN_PERSON, 77, "working_day"),),
        fees=((Channel.ONLINE, 1),),
        papers=("Giấy lạ",),
    )

    assert differences(ours, silent) == ()
    told = [one.aspect for one in differences(ours, other)]
    assert told[:2] == [Aspect.TERM, Aspect.FEE]
    assert Aspect.PAPER in told

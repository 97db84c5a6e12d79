"""What partners tell of their dossiers is kept to be read, and ours are never touched by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import cast, life, rows
from tests.cast import MONDAY
from thongsuot.actions import inbox
from thongsuot.actions import remote as actions
from thongsuot.domain.duties import NotYourRight
from thongsuot.domain.exchange import Arrival, digest
from thongsuot.queries import remote as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.messages import InboxRow
from thongsuot.records.remote import DivergenceRow, NoSuchDivergence, RemoteDossierRow
from thongsuot.words.reading import FieldNeeded

EVERY = frozenset({""})
THEIRS: dict[str, Any] = {
    "code": "H99.101-250908-170001",
    "procedure": rows.FIVE_DAYS,
    "status": "4",
    "raw_status": "Đang xử lý",
    "received_at": "2025-09-08T08:00:00+07:00",
    "due_at": "2025-09-15T08:00:00+07:00",
    "body": cast.BAN_MAY,
}


@pytest.fixture(autouse=True)
def partner(province: None) -> None:
    """A ministry whose system receives most fields since September."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.reception_system(partner="bo-x")
    rows.moved("2025-09-01 00:00")


def told(at: datetime = MONDAY, **other: Any) -> str:
    body = {**THEIRS, "said_at": at.isoformat(), **other}
    key = digest(str(sorted(map(str, body.items()))))
    return inbox.take_in(Arrival("bo-x", key, actions.KIND, body), at=at)


@pytest.mark.parametrize(
    "broken",
    [
        {"code": ""},
        {"procedure": "không phải mã"},
        {"status": "lạ"},
        {"received_at": None},
        {"due_at": "32/13/2025"},
    ],
)
def test_what_cannot_be_read_is_quarantined_and_keeps_nothing(broken: dict[str, Any]) -> None:
    assert told(**broken) == "quarantined"

    assert InboxRow.objects.get().reason
    assert not RemoteDossierRow.objects.exists()


def test_a_dossier_held_elsewhere_is_shown_with_its_source_and_last_word() -> None:
    assert told(MONDAY + timedelta(hours=1)) == "taken_in"

    found = queries.remote(EVERY, at=MONDAY + timedelta(days=30))
    line, source = found.lines[0], found.sources[0]
    assert (line.code, line.source) == (THEIRS["code"], "Bộ X")
    assert (line.field, line.body, line.is_late) == ("Hộ tịch", "UBND xã Bản Mây", True)
    assert line.said_at == MONDAY + timedelta(hours=1)
    assert (source.open, source.late, source.apart) == (1, 1, 0)


def test_a_later_word_stands_however_late_an_earlier_one_comes() -> None:
    told(MONDAY + timedelta(hours=2), status="9", ended_at="2025-09-08T10:00:00+07:00")
    told(MONDAY + timedelta(hours=1))

    kept = RemoteDossierRow.objects.get()
    assert (kept.status, kept.is_over) == ("9", True)


def test_a_clock_that_runs_ahead_never_shuts_out_what_is_said_next() -> None:
    body = {**THEIRS, "said_at": (MONDAY + timedelta(days=400)).isoformat()}
    inbox.take_in(Arrival("bo-x", "1", actions.KIND, body), at=MONDAY)

    told(MONDAY + timedelta(hours=1), status="9")

    assert RemoteDossierRow.objects.get().status == "9"


def test_each_sees_the_dossiers_of_their_own_body() -> None:
    told()
    assert queries.counted(queries.seen_by(cast.TAM.account, at=MONDAY)) == 1
    assert queries.counted(queries.seen_by(cast.DUNG.account, at=MONDAY)) == 0


def ours() -> DossierRow:
    """One that was received here before the switch."""
    before = cast.moment("2025-08-29 08:00")
    dossier = life.received(at=before)
    return DossierRow.objects.get(code=dossier.code)


def same(row: DossierRow, **other: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "received_at": row.received_at.isoformat(),
        "due_at": row.due_at.isoformat() if row.due_at else None,
        **other,
    }


def test_local_facts_stay_and_what_differs_is_an_alarm_with_two_values() -> None:
    row = ours()
    before = DossierRow.objects.values().get()

    told(**same(row, due_at="2025-12-31T08:00:00+07:00", status="9"))

    assert DossierRow.objects.values().get() == before
    apart = {line.aspect: line for line in queries.divergences()}
    assert set(apart) == {"due", "ended"}
    assert apart["due"].dossier == row.code
    assert "2025-12-31" in apart["due"].theirs


def test_an_alarm_ends_by_itself_when_both_agree_again() -> None:
    row = ours()
    told(**same(row, status="9"))

    told(MONDAY + timedelta(hours=1), **same(row))

    assert queries.divergences() == ()
    assert DivergenceRow.objects.get().gone_at == MONDAY + timedelta(hours=1)


def test_one_received_there_before_the_switch_belongs_here_and_is_an_alarm() -> None:
    told(received_at="2025-08-31T23:59:59+07:00")

    (line,) = queries.divergences()
    assert (line.aspect, line.ours, line.theirs) == ("place", "provincial", "bo-x")


def test_a_difference_is_settled_by_name_with_a_reason_and_does_not_come_back() -> None:
    row = ours()
    told(**same(row, status="9"))
    number = queries.divergences()[0].number

    with pytest.raises(NotYourRight):
        actions.settle(number=number, reason="x", by=cast.HOA, at=MONDAY)
    with pytest.raises(FieldNeeded):
        actions.settle(number=number, reason="", by=cast.MINH, at=MONDAY)
    actions.settle(number=number, reason="bộ nhập nhầm", by=cast.MINH, at=MONDAY)

    assert actions.compare_all(at=MONDAY) == 0
    told(MONDAY + timedelta(hours=1), **same(row, status="9"))
    assert queries.divergences() == ()
    with pytest.raises(NoSuchDivergence):
        actions.settle(number=number, reason="x", by=cast.MINH, at=MONDAY)

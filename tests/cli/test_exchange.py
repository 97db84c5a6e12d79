"""`thongsuot exchange` tells what is owed, checks the ledgers, and sends again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests import cast, life
from tests.cli.terminal import ask
from thongsuot.actions import messages
from thongsuot.actions.messages import Attempt
from thongsuot.domain.exchange import Patience, Refused
from thongsuot.records.access import RoleRow
from thongsuot.records.messages import OutboxRow

pytestmark = pytest.mark.usefixtures("province")
PORTAL = "national_portal"


@pytest.fixture
def aside(province: None) -> int:
    """A message that the portal refused."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    life.received()
    (parcel,) = messages.take(PORTAL, at=cast.MONDAY, lease=timedelta(minutes=5), limit=1)
    attempt = Attempt(parcel, Refused("-3", "thiếu mã"), cast.MONDAY)
    messages.note([attempt], patience=Patience(), at=cast.MONDAY)
    return parcel.number


def test_what_is_owed_is_told_partner_by_partner(aside: int) -> None:
    said = ask("exchange", "status", "--json")

    assert aside
    assert [(p["partner"], p["aside"]) for p in said.json["partners"]] == [(PORTAL, 1)]


def test_a_ledger_that_was_tampered_with_ends_with_1(aside: int) -> None:
    assert ask("exchange", "verify").code == 0

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE records_ledgerrow SET told = 'khác' WHERE message = %s", [aside])
    said = ask("exchange", "verify")

    assert said.code == 1
    assert "dòng 1: dòng đã bị sửa" in said.out


def test_what_was_set_aside_is_owed_again_with_a_name_and_a_reason(aside: int) -> None:
    given = ["--reason", "đã sửa mã", "--by", cast.MINH.account]

    assert ask("exchange", "replay", str(aside), *given).code == 0
    assert OutboxRow.objects.get(pk=aside).set_aside_at is None


def test_a_partner_that_is_not_connected_is_said(province: None) -> None:
    said = ask("exchange", "send", PORTAL)

    assert said.code == 1
    assert "Chưa có kết nối đang dùng với national_portal" in said.err

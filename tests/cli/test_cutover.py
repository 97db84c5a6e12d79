"""`thongsuot cutover` does what the board does, and reads a ministry's set-up through its connection."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import cast, life, rows
from tests.cli.terminal import ask
from thongsuot.exchange import registry
from thongsuot.exchange.connector import Connection
from thongsuot.records.access import RoleRow
from thongsuot.records.exchange import ConnectionRow

FIELD = ("--field", "Hộ tịch")
BY = ("--by", "minh")
TOLD: dict[str, Any] = {}


class Ministry:
    """A connector that tells what was put into TOLD."""

    def __init__(self, connection: Connection) -> None:
        self.partner = connection.partner

    def set_up(self, procedures: Collection[str], /) -> Mapping[str, Any]:
        assert rows.FIVE_DAYS in procedures
        return TOLD


class Mute:
    """A connector whose partner tells nothing of its set-up."""

    def __init__(self, connection: Connection) -> None:
        self.partner = connection.partner


@pytest.fixture(autouse=True)
def moving(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The field moves next month; the ministry's connector is one of these tests."""
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.reception_system(partner="bo-x")
    rows.moved("2025-12-01 00:00")
    monkeypatch.setitem(registry.KINDS, "thu", f"{__name__}.Ministry")
    monkeypatch.setitem(registry.KINDS, "cam", f"{__name__}.Mute")


def connect(kind: str) -> None:
    ConnectionRow.objects.create(
        partner="bo-x",
        version=1,
        kind=kind,
        address="http://127.0.0.1:1",
        state="test",
        since=cast.MONDAY,
        decided_by="bịa",
    )


def test_what_is_exported_is_read_back_through_the_connection(tmp_path: Path) -> None:
    out = tmp_path / "bo.json"
    assert ask("cutover", "export", *FIELD, *BY, "--out", str(out)).code == 0
    told = json.loads(out.read_text())
    connect("thu")
    TOLD.update(told)

    same = ask("cutover", "read-back", *FIELD, *BY, "--json")
    told["bodies"][0]["procedures"][0]["steps"].pop()
    out.write_text(json.dumps(told))
    apart = ask("cutover", "read-back", *FIELD, *BY, str(out), "--json")

    assert (same.code, same.json["differences"]) == (0, 0)
    assert (apart.code, apart.json["differences"]) == (1, 1)


def test_a_partner_that_tells_nothing_of_its_set_up_is_refused_with_what_to_do() -> None:
    connect("cam")

    assert ask("cutover", "read-back", *FIELD, *BY, "--json").refusal == "set_up_not_told"
    missing = ask("cutover", "read-back", *FIELD, *BY, "/khong/co.json", "--json")
    assert missing.refusal == "file_unreadable"


def test_the_board_counts_until_zero_and_a_field_is_held_on_the_record() -> None:
    life.received(at=cast.moment("2025-11-03 08:00"))

    left = ask("cutover", "left", *FIELD, "--json")
    held = ask("cutover", "act", "freeze", *FIELD, *BY, "--reason", "chưa xong", "--json")
    board = ask("cutover", "board", "--json")

    assert (left.code, left.json["count"]) == (1, 1)
    assert held.json["act"] == "freeze"
    line = board.json["fields"][0]
    assert (line["last_act"], line["open"], line["is_moved"]) == ("freeze", 1, False)
    assert "Đang tạm giữ" in ask("cutover", "board").out
    noted = ask("cutover", "test", *FIELD, *BY, "--code", "THU-9")
    assert "THU-9" in noted.out

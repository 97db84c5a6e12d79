"""Whatever is missing from a connection is found before anything is sent over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import pytest

from tests import cast, rows
from tests.cli.terminal import ask
from tests.exchange.partners import simulated as started
from thongsuot import env
from thongsuot.domain.exchange import Acknowledged, Parcel
from thongsuot.exchange import registry, simulated
from thongsuot.exchange.checking import check
from thongsuot.exchange.connector import Connection, Sent
from thongsuot.records.exchange import ConnectionRow

PORTAL = "national_portal"
pytestmark = pytest.mark.django_db


class Speaker:
    """A connector that needs the names of channels, and a user."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def send(self, _: Parcel) -> Sent:
        return Sent(Acknowledged())

    def faults(self, _: datetime) -> Iterable[str]:
        if "user" not in self.connection.settings:
            yield "Chưa có tên người dùng; hãy ghi user."

    def needs(self) -> Iterable[str]:
        return ("channel",)


@pytest.fixture(autouse=True)
def province(monkeypatch: pytest.MonkeyPatch) -> None:
    rows.province()
    monkeypatch.setitem(registry.KINDS, "thu", f"{__name__}.Speaker")


def connect(**other: object) -> None:
    rows.connected(
        PORTAL, **{"kind": "thu", "settings": {"user": "x"}, "since": cast.MONDAY} | other
    )


def name_channels(*values: str) -> None:
    for value in values:
        rows.translation(PORTAL, "channel", value, value)


def codes(partner: str = "") -> list[str]:
    return [fault.code for fault in check(partner, at=cast.MONDAY)]


def test_a_partner_that_is_owed_messages_and_not_connected_is_found() -> None:
    assert codes() == ["partner_not_connected"]
    assert codes("ai_do") == []


def test_every_value_without_a_name_is_found() -> None:
    connect()
    name_channels("online")

    found = check(at=cast.MONDAY)

    assert [fault.code for fault in found] == ["value_unmapped"] * 2
    assert "“in_person”" in found[0].said

    name_channels("in_person", "post")
    assert check(at=cast.MONDAY) == ()


def test_a_map_that_nobody_laid_down_names_nothing() -> None:
    connect()

    assert codes() == ["value_unmapped"] * 3


def test_a_secret_that_nobody_gave_and_a_setting_that_is_missing_are_found() -> None:
    connect(secrets={"password": "KHONG_AI_DAT"}, settings={})
    name_channels("online", "in_person", "post")

    assert codes() == ["partner_secret_missing", "connector"]


def test_a_kind_that_there_is_not_is_found() -> None:
    connect(kind="khong_co")

    assert codes() == ["connector_kind_unknown"]


def test_what_is_frozen_is_not_asked() -> None:
    connect(state="frozen", kind="khong_co")

    assert codes() == []


def test_the_command_ends_with_1_and_says_each_fault_in_a_line() -> None:
    said = ask("exchange", "check")

    assert said.code == 1
    assert said.out == (
        "national_portal: Chưa có kết nối đang dùng với national_portal; hãy khai báo kết nối hoặc"
        " mở lại kết nối.\n"
    )


FILE = """
[[connection]]
partner = "national_portal"
kind = "thu"
path = "/x"
[connection.settings]
user = "thongsuot"
[connection.secrets]
password = "SIMULATED_SECRET"
"""


class TestSimulated:
    """Simulated partners take the places of those that are not really connected."""

    @pytest.fixture
    def control(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[str]:
        monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.mktemp("var")))
        with started() as partners:
            yield partners.control

    def test_they_say_that_they_are_made_up_and_never_displace_a_real_one(
        self, control: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        file = tmp_path_factory.mktemp("data") / "simulated.toml"
        file.write_text(FILE, encoding="utf-8")

        def again() -> tuple[str, ...]:
            return simulated.connect(control, here="http://127.0.0.1:1/", file=file, at=cast.MONDAY)

        assert again() == (PORTAL,)
        assert again() == ()
        setup = ConnectionRow.objects.get().value()
        assert setup.is_made_up
        assert "bịa" in setup.note
        assert setup.address.startswith("http://127.0.0.1:")
        assert setup.address.endswith("/x")
        assert env.secret("SIMULATED_SECRET")
        assert codes() == ["value_unmapped"] * 3

        connect(version=2, since=cast.MONDAY)
        assert again() == ()
        assert ConnectionRow.objects.count() == 2

    def test_simulators_that_do_not_run_are_said(self) -> None:
        said = ask("exchange", "simulated", "--control", "http://127.0.0.1:9/_control")

        assert said.code == 1
        assert "Không đọc được bộ đối tác giả lập" in said.err


def test_a_map_by_which_nothing_goes_out_lacks_no_name_of_ours() -> None:
    connect()
    name_channels("in_person", "online", "post")
    rows.translation(PORTAL, "status", "4", "12", goes="in")

    assert check(at=cast.MONDAY) == ()

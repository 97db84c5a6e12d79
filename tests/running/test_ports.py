"""The web server listens where it may, and only one runs in a folder."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from thongsuot.running import ports
from thongsuot.running.trouble import CannotStart


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_gives_way_to_the_next_free_one(taken: int) -> None:
    chosen = ports.choose("127.0.0.1", taken, is_fixed=False)

    assert taken < chosen < taken + ports.NEXT_PORTS


def test_a_port_that_the_operator_fixed_is_refused_when_taken(taken: int) -> None:
    with pytest.raises(CannotStart, match=rf"Cổng {taken} .* THONGSUOT_PORT"):
        ports.choose("127.0.0.1", taken, is_fixed=True)


def test_a_host_that_is_no_address_is_refused() -> None:
    with pytest.raises(CannotStart, match="THONGSUOT_HOST"):
        ports.choose("no such host", 8000, is_fixed=False)


def test_it_tells_whether_somebody_listens(taken: int) -> None:
    assert ports.answers("0.0.0.0", taken)  # noqa: S104 - compared, not bound
    assert not ports.answers("127.0.0.1", ports.choose("127.0.0.1", taken, is_fixed=False))


def test_a_second_run_in_the_same_folder_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with (
        ports.only_one(tmp_path, "http://localhost:8000/"),
        pytest.raises(CannotStart, match="http://localhost:8000/"),
        ports.only_one(tmp_path, "http://localhost:8001/"),
    ):
        pass


def test_after_the_first_run_another_may_start(tmp_path: Path) -> None:
    with ports.only_one(tmp_path, "first"):
        pass

    with ports.only_one(tmp_path, "second"):
        assert (tmp_path / "run.lock").read_text() == "second"


def test_a_row_of_ports_begins_after_one_that_is_taken(taken: int) -> None:
    first = ports.row("127.0.0.1", taken - 1, 3, is_fixed=False)

    assert first > taken
    with pytest.raises(CannotStart, match="THONGSUOT_SIMULATORS_PORT"):
        ports.row("127.0.0.1", taken - 1, 3, is_fixed=True)

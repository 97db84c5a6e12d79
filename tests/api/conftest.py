"""A province whose software speaks to us on a Monday morning."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests import cast, rows
from tests.api.machines import Machine, machine
from thongsuot.api import door


class Clock:
    """The moment of every request, as the test sets it."""

    def __init__(self) -> None:
        self.at = cast.MONDAY

    def later(self, minutes: int = 10) -> datetime:
        """Some minutes pass."""
        self.at += timedelta(minutes=minutes)
        return self.at


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(door, "now", lambda: clock.at)
    return clock


@pytest.fixture
def province(db: None) -> None:
    """The province of Mây Trắng."""
    rows.province()


@pytest.fixture
def hoa(province: None) -> Machine:
    """The software of Hoa's counter."""
    return machine(cast.HOA)

"""A province to ask about, on a quiet Monday."""

from __future__ import annotations

import pytest

from tests import cast, rows
from thongsuot.cli import door


@pytest.fixture(autouse=True)
def quiet_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real moment of every command."""
    monkeypatch.setattr(door, "now", lambda: cast.moment("2025-11-03 09:00"))


@pytest.fixture
def province(db: None) -> None:
    """The province of Mây Trắng."""
    rows.province()

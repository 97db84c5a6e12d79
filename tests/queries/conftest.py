"""Questions are asked in the province of the cast."""

from __future__ import annotations

import pytest

from tests import rows


@pytest.fixture
def province(db: None) -> None:
    """The small province, rolled back after the test."""
    rows.province()

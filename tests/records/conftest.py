"""Rows are kept in the province of the cast."""

from __future__ import annotations

import pytest

from tests import rows


@pytest.fixture
def province(db: None) -> None:
    """The small province, rolled back after the test."""
    rows.province()


@pytest.fixture
def lasting_province(transactional_db: None) -> None:
    """The small province kept for real, for tests that write from several threads."""
    rows.province()

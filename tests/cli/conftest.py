"""A province to ask about."""

from __future__ import annotations

import pytest

from tests import rows


@pytest.fixture
def province(db: None) -> None:
    """The province of Mây Trắng."""
    rows.province()

"""The reports that ship, known to the small province of the tests."""

from __future__ import annotations

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Subject, load_shipped


def known() -> None:
    """Load every report, form and way of counting that ships."""
    reports = load_shipped(
        env.ROOT / "data",
        at=cast.moment("2025-01-01 00:00"),
        subjects=frozenset({Subject.REPORTS}),
    )
    assert [line for report in reports for line in report.refused] == []

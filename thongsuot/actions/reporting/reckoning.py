"""Dossiers are reckoned for reports as soon as somebody asks, and every minute."""

from __future__ import annotations

from thongsuot.records import reporting as records


def catch_up() -> int:
    """Reckon every dossier about which something was recorded since the last time; how many."""
    return records.catch_up() if records.is_behind() else 0

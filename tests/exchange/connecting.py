"""Partners connected for a test: a configuration as an operator would lay it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests import cast
from tests.exchange.partners import SECRET, USER, Partners
from thongsuot.records.exchange import ConnectionRow

NAME = "SIMULATED_PARTNERS_SECRET"
SINCE = cast.moment("2025-01-01 00:00")
PATIENT, IMPATIENT = 20, 2  # seconds; the first where no partner is made slow on purpose
# The dialect of each simulated partner, its address apart.
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "document_axis": {"system": USER, "organs": ["000.00.00.H35"], "read_seconds": IMPATIENT},
    "document_store": {
        "token_path": "/token",
        "list_path": "/GetKetQuaGiayTo",
        "file_path": "/GetGiayToByUrl",
        "user": USER,
        "read_seconds": IMPATIENT,
    },
    "procedure_database": {
        "list_path": "/api/v1/submitting/formality/list-all-public-formality-by-citizen",
        "one_path": "/api/v1/configuring/formality/get-formality-by-citizen",
        "publish_path": "/thong-suot/publish/{kind}",
        "totals_path": "/api/v1/reporting/evaluation/dvc-progress-tree",
        "counted": "national_portal",
        "read_seconds": IMPATIENT,
    },
    "payment": {"path": "/payment", "user": USER, "read_seconds": IMPATIENT},
    "postal": {
        "customer": USER,
        "order_path": "/order",
        "cancel_path": "/cancel",
        "track_path": "/track",
        "sender_province": "12",
        "sender_phone": "0213 000 0000",
        "read_seconds": IMPATIENT,
    },
    "reports": {"path": "/upload/{system}", "read_seconds": IMPATIENT},
    "population": {
        "token_path": "/token",
        "path": "/TraCuuThongTinCongDan",
        "user": USER,
        "integration": "THONGSUOT",
        "service": "TCTT",
        "read_seconds": IMPATIENT,
    },
}


def connect(
    partner: str, address: str, monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> ConnectionRow:
    """The partner at an address, as simulated; its secret is in the environment."""
    monkeypatch.setenv(NAME, SECRET)
    row, _ = ConnectionRow.objects.update_or_create(
        partner=partner,
        version=1,
        defaults={
            "kind": partner,
            "address": address,
            "settings": {**SETTINGS[partner], **settings},
            "secrets": {"secret": NAME},
            "state": "live",
            "since": SINCE,
            "decided_by": "bịa ra để thử",
        },
    )
    return row


def connect_to(
    partners: Partners, partner: str, monkeypatch: pytest.MonkeyPatch, **settings: Any
) -> None:
    """The simulated partner."""
    connect(partner, partners.address(partner), monkeypatch, **settings)

"""The simulated partners of the contract: started once, well and empty before each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange import certificates
from tests.exchange.partners import Partners, simulated


@pytest.fixture(scope="session")
def town() -> Iterator[Partners]:
    """Over plain HTTP."""
    with simulated() as partners:
        yield partners


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their certificate, and another one that they may show."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("server", "other"):
        certificates.make(folder, name)
    return folder


@pytest.fixture(scope="session")
def sealed_town(papers: Path) -> Iterator[Partners]:
    """Over TLS."""
    with simulated("--tls", papers) as partners:
        yield partners

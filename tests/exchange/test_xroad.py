"""Any partner may stand behind a security server: what it carries is proved, what fails is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import cast
from tests.exchange.connecting import SETTINGS
from tests.exchange.partners import SECRET, Partners, simulated
from thongsuot.domain.exchange import (
    Enquiry,
    EnquiryKind,
    Failed,
    Outcome,
    Told,
    Unavailable,
    ValueMaps,
)
from thongsuot.exchange.connector import Answering, Connection
from thongsuot.exchange.registry import connector
from thongsuot.exchange.transports import xroad
from thongsuot.exchange.transports.http import Away, NoAnswer
from thongsuot.exchange.transports.xroad import XRoad

CLIENT = "VN-GIALAP/GOV/H35/THONGSUOT"
SERVICE = "VN-GIALAP/GOV/BCA/DANCU"


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def well(partners: Partners) -> Iterator[None]:
    partners.forget("security_server")
    yield
    partners.well()


def asked(partners: Partners, **settings: Any) -> Told | Outcome:
    """The population database, asked through the security server."""
    usual = {"xroad_client": CLIENT, "xroad_service": f"{SERVICE}/population"}
    found = connector(
        Connection(
            partner="population",
            version=1,
            kind="population",
            address=partners.address("security_server"),
            maps=ValueMaps("population", ()),
            secret=lambda _: SECRET,
            settings={**SETTINGS["population"], **usual, **settings},
        )
    )
    assert isinstance(found, Answering)
    person = {"name": "Nguyễn Văn Bịa", "number": "012090000001", "birth_year": 1990}
    enquiry = Enquiry(1, "population", EnquiryKind.PERSON, person, "hoa", "H99.101", cast.MONDAY)
    return found.answer(enquiry).reply


def test_a_connector_speaks_through_it_as_it_speaks_without_it(partners: Partners) -> None:
    assert asked(partners) == Told({"name": "NGUYỄN VĂN BỊA"})

    carried = [one[-1]["value"] for one in partners.book("security_server", "messages").values()]
    assert {one["client"] for one in carried} == {CLIENT}
    assert {one["service"] for one in carried} == {f"{SERVICE}/population"}


def test_an_answer_to_another_request_is_no_answer(
    partners: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xroad, "hashed", lambda *_: "of something else")

    assert isinstance(asked(partners), Unavailable | Failed)
    assert asked(partners, xroad_checks_hash=False) == Told({"name": "NGUYỄN VĂN BỊA"})


@pytest.mark.parametrize(
    ("settings", "outcome"),
    [
        ({"xroad_client": "only/two"}, Unavailable),
        ({"xroad_service": f"{SERVICE}/nobody"}, Unavailable),
        ({"xroad_service": "XX/GOV/BCA/DANCU/population"}, Unavailable),
    ],
)
def test_what_never_left_our_side_has_not_reached_the_partner(
    partners: Partners, settings: dict[str, str], outcome: type
) -> None:
    assert isinstance(asked(partners, **settings), outcome)


@pytest.mark.parametrize("mode", ["error_200", "down"])
def test_an_error_behind_it_leaves_open_whether_it_was_done(partners: Partners, mode: str) -> None:
    line = XRoad(
        partners.address("security_server"),
        client=CLIENT,
        service=f"{SERVICE}/postal",
        seconds=2,
    )
    partners.fail("postal" if mode == "down" else "security_server", mode, share=0.999)

    with pytest.raises(NoAnswer):
        line.call("POST", "/track", body=b"{}")


def test_a_security_server_that_is_away_is_away(partners: Partners) -> None:
    partners.fail("security_server", "down")
    line = XRoad(
        partners.address("security_server"), client=CLIENT, service=f"{SERVICE}/postal", seconds=2
    )

    with pytest.raises(Away):
        line.call("GET", "/track")


def test_names_are_written_as_the_protocol_allows_them(partners: Partners) -> None:
    line = XRoad("http://127.0.0.1:9", client="VN/GOV/Sở 1/X", service="VN/GOV/A/B/c", seconds=1)

    assert line._client == "VN/GOV/S%E1%BB%9F%201/X"

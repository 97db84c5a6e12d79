"""The portal is asked what it has; an answer that leaves that open is never taken for a no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests import cast
from tests.exchange.contract.cases import PORTAL
from thongsuot.domain.exchange import Asked, CannotTell, NotTaken, Parcel
from thongsuot.exchange.connectors import national_portal
from thongsuot.exchange.connectors.national_portal import NationalPortal
from thongsuot.exchange.transports.answers import written
from thongsuot.exchange.transports.http import Reply

STEP = Parcel(1, "national_portal", "H99.1", 2, "progress", {}, "", cast.MONDAY, is_doubtful=True)


def asked(monkeypatch: pytest.MonkeyPatch, answer: Mapping[str, Any]) -> Asked:
    replies = [{"error_code": 0, "session": "x"}, answer]
    monkeypatch.setattr(
        national_portal.NationalPortal,
        "_post",
        lambda *_: Reply(200, {"Content-Type": "application/json"}, written(replies.pop(0))),
    )
    return NationalPortal(PORTAL.connection("http://127.0.0.1:9")).ask(STEP)


def test_an_answer_whose_result_has_another_name_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The soak found it: taken for a no, the step was told twice."""
    said = asked(monkeypatch, {"error_code": "00", "message": "Thành công", "Result_": []})

    assert isinstance(said, CannotTell)


def test_an_empty_result_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    said = asked(monkeypatch, {"error_code": "00", "message": "Thành công", "result": []})

    assert isinstance(said, NotTaken)

"""The web door over the province of Mây Trắng: clients that signed in, and a fixed clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connections
from django.template.backends.django import Template
from django.test import Client

from tests import cast, rows
from thongsuot.domain.duties import Person
from thongsuot.records.access import AccountRow
from thongsuot.records.directory import OfficeRow

SignIn = Callable[[Person], Client]
COUNTERS = {
    cast.HOA: cast.AT_BAN_MAY,
    cast.SUNG: cast.AT_NAM_SUONG,
    cast.HA: cast.AT_CENTRE,
}


@pytest.fixture(autouse=True)
def rendering_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page shows was asked for before: a query while rendering fails the test."""
    render = Template.render

    def refuse(*_: object) -> None:
        raise AssertionError("the template asks the database")

    def without_queries(self: Template, *args: object, **kwargs: object) -> str:
        with connections["default"].execute_wrapper(refuse):
            return render(self, *args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Template, "render", without_queries)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Wednesday morning; the dossiers of the tests were taken in on Monday."""
    moment = cast.moment("2025-09-10 09:00")
    monkeypatch.setattr("thongsuot.web.door.now", lambda: moment)
    return moment


@pytest.fixture
def province(db: None, now: datetime) -> None:
    """The province, its counters staffed."""
    rows.province()
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    for person, point in COUNTERS.items():
        AccountRow.objects.filter(username=person.account).update(reception_point=point)


@pytest.fixture
def sign_in(province: None) -> SignIn:
    """A browser in which a person of the cast has signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(AccountRow.objects.get(username=person.account))
        return client

    return signed_in

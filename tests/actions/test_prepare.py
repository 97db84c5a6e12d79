"""A new database gets its mark, its data, and people who can sign in; an old one keeps them."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from tests import cast
from thongsuot import env
from thongsuot.actions import prepare
from thongsuot.actions.load import Subject, load_shipped
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.workflow import Act
from thongsuot.records import access
from thongsuot.records.access import AccountRow, GrantRow, RoleRow
from thongsuot.records.calendar import MarkRow, mark

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"


@pytest.fixture
def roles() -> None:
    load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.ACCESS}))


def _secrets() -> Iterator[str]:
    return (f"mat-khau-{number}" for number in count(1))


def test_a_database_is_marked_once_for_ever() -> None:
    prepare.mark("demo")

    prepare.mark("demo")
    with pytest.raises(prepare.MarkedOtherwise):
        prepare.mark("live")

    assert mark() == "demo"
    assert MarkRow.objects.count() == 1


def test_every_role_gets_an_account_that_can_sign_in(roles: None) -> None:
    given = _secrets()

    opened = prepare.open_accounts(DATA, secret=lambda: next(given))

    held = set(GrantRow.objects.values_list("role__code", flat=True))
    assert held == set(RoleRow.objects.values_list("code", flat=True))
    assert len({account.password for account in opened}) == len(opened)
    for account in opened:
        assert authenticate(username=account.username, password=account.password) is not None


def test_the_counter_of_a_commune_may_receive_there_and_nowhere_else(roles: None) -> None:
    prepare.open_accounts(DATA, secret=lambda: "mat-khau-chung")
    hoa = AccountRow.objects.get(username="motcua.binhlu")

    held = access.duties(hoa.username)
    on = cast.MONDAY.date()

    assert hoa.reception_point == "MC-H35.102"
    assert held.basis(hoa.person(), Act.RECEIVE, office="H35.102", procedure="", on=on)
    assert held.basis(hoa.person(), Act.RECEIVE, office="H35.103", procedure="", on=on) is None


def test_the_inspector_and_the_administrator_may_change_no_dossier(roles: None) -> None:
    prepare.open_accounts(DATA, secret=lambda: "mat-khau-chung")
    on = cast.MONDAY.date()

    bases = [
        access.duties(name).basis(Person(name, ""), act, office=office, procedure="1.001193", on=on)
        for name, office in (("kiemtra", "H35.001"), ("quantri", "H35.009"))
        for act in Act
    ]

    assert set(bases) == {None}


def test_where_somebody_can_sign_in_no_account_is_opened(roles: None) -> None:
    AccountRow.objects.create(username="co-nguoi", name="Có Người", office="H35")

    assert prepare.open_accounts(DATA, secret=lambda: "x") == ()
    assert AccountRow.objects.count() == 1


def test_an_account_for_a_role_that_is_not_there_is_refused_whole() -> None:
    with pytest.raises(prepare.RoleUnknown):
        prepare.open_accounts(DATA, secret=lambda: "x")

    assert not AccountRow.objects.exists()


def test_the_command_prepares_all_and_tells_the_passwords_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path))
    first, second = StringIO(), StringIO()

    call_command("prepare", stdout=first)
    call_command("prepare", stdout=second)

    (kept,) = tmp_path.glob("accounts-*.txt")
    name, password = re.findall(r"^(motcua\.binhlu)\s+(\S+)", kept.read_text(), re.MULTILINE)[0]
    assert mark() == "test"
    assert "dòng bị từ chối" in first.getvalue()
    assert password in first.getvalue()
    assert password in second.getvalue()
    assert "dòng bị từ chối" not in second.getvalue()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert authenticate(username=name, password=password) is not None


def test_the_inspector_sees_the_whole_province_and_the_administrator_no_dossier(
    roles: None,
) -> None:
    prepare.open_accounts(DATA, secret=lambda: "mat-khau-chung")
    on = cast.MONDAY.date()

    seen = {name: access.duties(name).offices(name, on) for name in ("kiemtra", "quantri")}

    assert seen == {"kiemtra": {""}, "quantri": frozenset()}
    assert access.duties("quantri").holding("quantri", Right.ACCOUNTS, on) == {""}

"""Keys for software: shown once, kept as a hash, and ended."""

from __future__ import annotations

import pytest

from tests.cli.terminal import ask
from thongsuot.records.access import TokenRow, account_of_token, hash_of

pytestmark = pytest.mark.usefixtures("province")


def test_a_token_is_printed_once_and_only_its_hash_is_kept() -> None:
    said = ask("token", "create", "--account", "hoa", "--name", "máy quét", "--json")

    token = said.json["token"]
    row = TokenRow.objects.get()
    assert account_of_token(token) == row.account
    assert row.sha256 == hash_of(token)
    assert token not in {row.sha256, row.name}


def test_a_revoked_token_works_no_more() -> None:
    token = ask("token", "create", "--account", "hoa", "--name", "a", "--json").json["token"]
    other = ask("token", "create", "--account", "hoa", "--name", "b", "--json").json["token"]

    said = ask("token", "revoke", "--account", "hoa", "--name", "a")
    again = ask("token", "revoke", "--account", "hoa", "--name", "a", "--json")

    assert said.code == 0
    assert account_of_token(token) is None
    assert account_of_token(other) is not None
    assert again.refusal == "no_such_token"


@pytest.mark.parametrize(
    ("account", "name", "code"),
    [
        ("nobody", "a", "no_such_account"),
        ("hoa", " ", "field_needed"),
        ("hoa", "x" * 81, "field_too_long"),
        ("hoa", "\udcff", "bad_field"),
    ],
)
def test_a_token_needs_an_account_and_a_name(account: str, name: str, code: str) -> None:
    said = ask("token", "create", "--account", account, "--name", name, "--json")

    assert (said.code, said.refusal) == (1, code)
    assert not TokenRow.objects.exists()

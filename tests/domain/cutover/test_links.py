"""An address holds for what was signed and until its time, whatever is changed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import cast
from thongsuot.domain.cutover.links import (
    FileLink,
    LinkExpired,
    LinkRevoked,
    NoSuchLink,
    Token,
    parse,
    require_open,
    require_signed,
    sign,
)

KEY = b"khoa-thu"
LINK = FileLink(7, "national_portal", "H99.101-250908-0001", "a" * 64)
UNTIL = cast.MONDAY + timedelta(days=30)
TOKEN = sign(LINK, until=UNTIL, key=KEY)
SECOND = timedelta(seconds=1)


def test_what_is_signed_is_read_again_and_holds_until_its_second() -> None:
    read = parse(str(TOKEN))

    require_signed(read, LINK, key=KEY)
    require_open(read, renewed_until=None, is_revoked=False, at=UNTIL - SECOND)
    assert read == TOKEN
    with pytest.raises(LinkExpired):
        require_open(read, renewed_until=None, is_revoked=False, at=UNTIL)


@pytest.mark.parametrize(
    "changed",
    [
        replace(TOKEN, number=8),
        replace(TOKEN, until=TOKEN.until + SECOND),
        replace(TOKEN, signature="A" * 43),
    ],
)
def test_a_token_changed_in_any_part_is_none_of_ours(changed: Token) -> None:
    with pytest.raises(NoSuchLink):
        require_signed(parse(str(changed)), replace(LINK, number=changed.number), key=KEY)


@pytest.mark.parametrize("other", ["partner", "dossier", "sha256"])
def test_a_token_of_one_file_opens_no_other(other: str) -> None:
    with pytest.raises(NoSuchLink):
        require_signed(TOKEN, replace(LINK, **{other: "khác"}), key=KEY)  # type: ignore[arg-type]  # texts all
    with pytest.raises(NoSuchLink):
        require_signed(TOKEN, LINK, key=b"khoa-khac")


@pytest.mark.parametrize("text", ["", "7", "7.1", "7.1.x", "../7", f"{'9' * 30}.1.{'A' * 43}"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(NoSuchLink):
        parse(text)


def test_a_renewed_address_holds_on_and_a_revoked_one_never() -> None:
    later = UNTIL + timedelta(days=1)

    require_open(TOKEN, renewed_until=later, is_revoked=False, at=UNTIL)
    with pytest.raises(LinkRevoked):
        require_open(TOKEN, renewed_until=later, is_revoked=True, at=cast.MONDAY)

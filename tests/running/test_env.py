"""A setting is right, or the start ends with a sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongsuot import env


def test_a_name_that_nobody_knows_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(env.Misconfigured, match="THONGSUOT_POTR: có phải là THONGSUOT_PORT"):
        env.check({"THONGSUOT_POTR": "8000"})


def test_other_programs_settings_are_none_of_our_business() -> None:
    env.check({"PATH": "/bin", "DJANGO_DEBUG": "maybe"})

    assert env.PORT.read({}) == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THONGSUOT_PORT", "abc"),
        ("THONGSUOT_PORT", "0"),
        ("THONGSUOT_PORT", "65536"),
        ("THONGSUOT_PORT", "８０００"),
        ("THONGSUOT_HTTPS", "maybe"),
        ("THONGSUOT_DATABASE", "Lai Châu"),
        ("THONGSUOT_DATABASE", 'x"; DROP DATABASE x'),
        ("THONGSUOT_WEB_THREADS", "-1"),
        ("THONGSUOT_LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgresql://localhost:port/x"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(env.Misconfigured, match=name):
        env.check({name: value})


@pytest.mark.parametrize("given", ["yes", "true", "1", "YES"])
def test_yes_is_said_in_several_ways(given: str) -> None:
    assert env.HTTPS.read({"THONGSUOT_HTTPS": given}) is True


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("very secret\n")

    assert (
        env.SECRET_KEY.read({"THONGSUOT_SECRET_KEY_FILE": str(tmp_path / "key")}) == "very secret"
    )


def test_a_secret_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(env.Misconfigured, match=r"DATABASE_URL_FILE=.*không đọc được tệp"):
        env.check({"DATABASE_URL_FILE": str(tmp_path / "missing")})


def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(env.Misconfigured) as refusal:
        env.check({"DATABASE_URL": "mysql://me:hunter2@localhost/x"})

    assert "hunter2" not in str(refusal.value)


def test_the_key_is_made_once_and_kept_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("THONGSUOT_SECRET_KEY", raising=False)

    first, second = env.secret_key(), env.secret_key()

    assert first == second
    assert len(first) >= 50
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_cannot_be_kept_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path / "file"))

    with pytest.raises(env.Misconfigured, match="THONGSUOT_SECRET_KEY"):
        env.secret_key()


def test_every_setting_says_what_it_means() -> None:
    page = env.rendered()

    assert all(f"`{setting.name}`" in page and setting.help in page for setting in env.ALL)

"""How partners are spoken to comes from files: sound, versioned, every fault with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_files, load_shipped
from thongsuot.actions.load.reading import HeaderWrong, NotToml
from thongsuot.actions.load.running import FileOfNoKind
from thongsuot.domain.exchange import ConnectionState
from thongsuot.records import exchange
from thongsuot.records.exchange import ConnectionRow, ValueMapRow

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"
WHOLE = """
[[connection]]
partner = "national_portal"
version = 1
kind = "national_portal"
address = "https://cong.example.vn/adapter"
hosts = ["tep.example.vn:443"]
state = "live"
since = 2026-01-01T00:00:00+07:00
decided_by = "bịa ra để thử"

[connection.settings]
at_once = 4

[connection.secrets]
password = "CONG_MAT_KHAU"
"""
HEAD = "partner,map,ours,theirs,goes,valid_from,valid_to,source\n"


@pytest.fixture(autouse=True)
def partners() -> None:
    load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.ACCESS}))


def connections(folder: Path, content: str) -> Report:
    return _load(folder / "connections.toml", content)


def value_maps(folder: Path, *lines: str, as_of: date | None = None) -> Report:
    return _load(folder / "value_maps.csv", HEAD + "\n".join(lines), as_of)


def _load(file: Path, content: str, as_of: date | None = None) -> Report:
    file.write_text(content, encoding="utf-8")
    (report,) = load_files(
        [file], folder=DATA, subject=Subject.PARTNERS, at=cast.MONDAY, as_of=as_of
    )
    return report


def test_what_ships_is_whole() -> None:
    reports = load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.PARTNERS}))

    assert {report.file for report in reports} == {
        "partners/connections.toml",
        "partners/value_maps.csv",
    }
    assert [report.refused for report in reports] == [(), ()]
    # Nobody ships an address that messages go out to: the operator gives it.
    assert not ConnectionRow.objects.filter(state=ConnectionState.LIVE.value).exists()


def test_a_connection_is_kept_as_it_was_laid_down(tmp_path: Path) -> None:
    report = connections(tmp_path, WHOLE)

    assert (report.loaded, report.refused) == (1, ())
    row = ConnectionRow.objects.get()
    assert (row.kind, row.state, row.hosts) == ("national_portal", "live", ["tep.example.vn:443"])
    assert row.settings == {"at_once": 4}
    assert row.secrets == {"password": "CONG_MAT_KHAU"}
    assert connections(tmp_path, WHOLE + "# lại\n").unchanged == 1


@pytest.mark.parametrize(
    ("was", "becomes", "refused"),
    [
        ('"national_portal"\nversion', '"khong_co"\nversion', "partner_unknown"),
        ("version = 1", "version = 2", "connection_version_wrong"),
        ("version = 1", "version = 0", "connection_version_wrong"),
        ("version = 1", 'version = "một"', "bad_field"),
        ('kind = "national_portal"', 'kind = ""', "field_needed"),
        ("https://cong.example.vn", "https://ai:mk@cong.example.vn", "connection_address_wrong"),
        ("https://cong.example.vn", "cong.example.vn", "connection_address_wrong"),
        ("https://cong.example.vn/adapter", "", "connection_address_wrong"),
        ("https://cong.example.vn", "https://cong:so", "connection_address_wrong"),
        ("https://", "http://", "connection_address_open"),
        ("tep.example.vn:443", "https://tep.example.vn", "connection_host_wrong"),
        ('state = "live"', 'state = "on"', "choice_unknown"),
        ("since = 2026-01-01T00:00:00+07:00", 'since = "mai"', "bad_field"),
        ('"CONG_MAT_KHAU"', '"matkhau123"', "connection_secret_name_wrong"),
        ("at_once = 4", 'password = "x"', "connection_secret_in_settings"),
        ("at_once = 4", 'sub = {client_secret = "x"}', "connection_secret_in_settings"),
        ("at_once = 4", "day = 2026-01-01", "bad_field"),
        ('decided_by = "bịa ra để thử"', "", "field_needed"),
        ("hosts =", "host =", "field_unknown"),
    ],
)
def test_a_connection_that_is_not_sound_is_refused_at_its_line(
    tmp_path: Path, was: str, becomes: str, refused: str
) -> None:
    assert was in WHOLE

    report = connections(tmp_path, "# chú thích\n" + WHOLE.replace(was, becomes))

    assert [(line.line, line.code) for line in report.refused] == [(3, refused)]
    assert "matkhau123" not in report.refused[0].message
    assert not ConnectionRow.objects.exists()


def test_a_version_that_is_there_never_changes_and_the_next_one_follows(tmp_path: Path) -> None:
    connections(tmp_path, WHOLE)
    other = WHOLE.replace("at_once = 4", "at_once = 9")

    assert [r.code for r in connections(tmp_path, other).refused] == ["content_differs"]

    follows = other.replace("version = 1", "version = 2").replace("2026-01-01", "2026-02-01")
    earlier = follows.replace("2026-02-01", "2025-12-01")
    assert [r.code for r in connections(tmp_path, earlier).refused] == ["connection_version_wrong"]
    assert connections(tmp_path, WHOLE + follows).loaded == 1
    row = exchange.connection_of("national_portal", at=cast.moment("2026-03-01 00:00"))
    assert row is not None
    assert row.settings == {"at_once": 9}


def test_a_file_that_is_no_list_of_connections_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(NotToml):
        connections(tmp_path, "[[connection]\n")
    with pytest.raises(HeaderWrong):
        connections(tmp_path, "[connection]\n")
    with pytest.raises(HeaderWrong):
        connections(tmp_path, WHOLE + '[[partner]]\nname = "x"\n')
    with pytest.raises(FileOfNoKind):
        _load(tmp_path / "khac.toml", "[x]\n")


def test_a_name_means_one_value_on_one_day(tmp_path: Path) -> None:
    report = value_maps(
        tmp_path,
        "national_portal,channel,online,2,,2020-01-01,,bịa",
        "national_portal,channel,in_person,2,both,2020-01-01,,bịa",
        "national_portal,channel,post,2,out,2020-01-01,,bịa",
        "national_portal,channel,online,3,,2021-01-01,,bịa",
        "khong_co,channel,online,2,,2020-01-01,,bịa",
        "national_portal,channel,online,,,2020-01-01,,bịa",
        "national_portal,channel,online,2,up,2020-01-01,,bịa",
    )

    assert report.loaded == 2
    assert [(line.line, line.code) for line in report.refused] == [
        (3, "value_map_wrong"),
        (5, "line_twice"),
        (6, "partner_unknown"),
        (7, "field_needed"),
        (8, "choice_unknown"),
    ]
    maps = exchange.maps_of("national_portal")
    assert maps.theirs("channel", "post", date(2026, 1, 1)) == "2"
    assert maps.ours("channel", "2", date(2026, 1, 1)) == "online"


def test_what_comes_in_may_fold_several_names_into_one_value(tmp_path: Path) -> None:
    report = value_maps(
        tmp_path,
        "national_portal,status,4,40,in,2020-01-01,,bịa",
        "national_portal,status,4,41,in,2020-01-01,,bịa",
    )

    assert (report.loaded, report.refused) == (2, ())
    assert exchange.maps_of("national_portal").ours("status", "41", date(2026, 1, 1)) == "4"


def test_another_name_follows_from_a_day(tmp_path: Path) -> None:
    value_maps(tmp_path, "national_portal,channel,online,2,,2020-01-01,,bịa")
    other = "national_portal,channel,online,7,,2020-01-01,,bịa"

    assert [r.code for r in value_maps(tmp_path, other).refused] == ["content_differs"]
    assert value_maps(tmp_path, other, as_of=date(2026, 2, 1)).loaded == 1

    maps = exchange.maps_of("national_portal")
    assert maps.theirs("channel", "online", date(2026, 1, 31)) == "2"
    assert maps.theirs("channel", "online", date(2026, 2, 1)) == "7"
    assert ValueMapRow.objects.count() == 2

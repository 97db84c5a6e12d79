"""The page on connecting a partner, followed word by word with an invented one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cast, life, rows
from tests.cli.terminal import ask
from tests.exchange.partners import SECRET, Partners, simulated
from thongsuot import env
from thongsuot.actions import connections
from thongsuot.exchange.connections import to_send_to
from thongsuot.records.access import RoleRow
from thongsuot.records.messages import OutboxRow, PartnerRow

pytestmark = pytest.mark.django_db
PAGE = (env.ROOT / "docs" / "howto" / "connect-a-partner.md").read_text(encoding="utf-8")
NEW = "he_thong_thu"


@pytest.fixture
def town() -> Iterator[Partners]:
    with simulated() as partners:
        yield partners


def written(folder: Path, town: Partners) -> dict[str, Path]:
    """The files of the page; only the address is another one, of a simulator."""
    people, maps = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    [setup] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    setup = setup.replace("https://he-thong.example.vn", town.address("national_portal"))
    named = {"partners.csv": people, "connections.toml": setup, "value_maps.csv": maps}
    for name, content in named.items():
        (folder / name).write_text(content, encoding="utf-8")
    return {name: folder / name for name in named}


def commands() -> list[list[str]]:
    """The commands of the page, in its order."""
    return [line.split()[1:] for line in PAGE.splitlines() if line.startswith("thongsuot ")]


def test_a_partner_is_connected_by_configuration_alone(
    tmp_path: Path, town: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.province()
    PartnerRow.objects.all().delete()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    files = written(tmp_path, town)
    *load, check, send, status = commands()
    assert [words[0] for words in load] == ["load"] * 3

    for words in load:
        said = ask(*[str(files.get(word, word)) for word in words], "--json")
        assert said.code == 0, said.err
        assert all(not file["refused"] for file in said.json["files"]), said.json

    without_secret = ask(*check)
    assert without_secret.code == 1
    assert "HE_THONG_THU_PASSWORD" in without_secret.out
    monkeypatch.setenv("HE_THONG_THU_PASSWORD", SECRET)
    assert ask(*check).code == 0, ask(*check).out

    dossier = life.handed_over(life.received())
    assert ask(*send).code == 0
    assert not OutboxRow.objects.filter(sent_at=None).exists()
    assert dossier.code in town.book("national_portal", "dossiers")
    assert f"{NEW}: chờ gửi 0" in ask(*status).out

    # Only when it is opened does anything go out by itself.
    assert NEW not in to_send_to(at=cast.MONDAY)
    connections.open_again(partner=NEW, reason="đã thử", by=cast.MINH, at=cast.MONDAY)
    assert NEW in to_send_to(at=cast.MONDAY)
    assert ask("exchange", "verify").code == 0

"""`thongsuot systems check` ends with 1 while something passes through a body that is gone."""

from __future__ import annotations

from tests import cast, rows
from tests.cli.terminal import ask
from thongsuot.records.access import RoleRow
from thongsuot.records.shared_systems import FindingRow


def test_open_findings_end_with_one_and_none_with_zero(province: None) -> None:
    rows.shared_system()
    assert ask("systems", "check").code == 0
    rows.system_entry("flow", "BC-1", cast.BAN_MAY, other=cast.PROVINCE, via=[cast.BAN_CU])

    told = ask("systems", "check", "--json")

    assert told.code == 1
    assert told.json["open"] == 1
    assert told.json["findings"][0]["proposal"].startswith("Nối thẳng")
    assert ask("systems", "check", "--on", "2025-06-30").code == 0
    assert ask("systems", "check", "--system", "la").code == 0


def test_findings_are_recorded_by_name(province: None) -> None:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.shared_system()
    rows.system_entry("account", "tk", cast.BAN_CU)

    assert ask("systems", "record", "--by", "hoa").code == 1
    assert ask("systems", "record", "--by", "minh", "--json").json == {"recorded": 1}
    assert FindingRow.objects.count() == 1


def test_readiness_ends_with_one_while_a_point_cannot_open(province: None) -> None:
    told = ask("systems", "readiness", cast.AT_BAN_MAY, "--json")

    assert told.code == 1
    assert told.json["points"][0]["is_ready"] is False
    assert ask("systems", "readiness").code == 1
    assert ask("systems", "readiness", "la").code == 1

"""`thongsuot routing` tells who resolves a dossier, and why."""

from __future__ import annotations

import pytest

from tests import cast, rows
from tests.cli.terminal import ask
from thongsuot.records.directory import OfficeRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")


def named(office: str) -> None:
    CompetenceRow.objects.create(
        field="Hộ tịch", office=office, valid=to_range(rows.ALWAYS), source="QĐ 7"
    )


def explain(procedure: str, point: str, *more: str) -> list[str]:
    return ["routing", "explain", "--procedure", procedure, "--point", point, *more]


def test_a_commune_of_former_times_leads_to_who_stands_there_today() -> None:
    OfficeRow.objects.filter(code=cast.BAN_MAY).update(place=cast.PLACE)
    where = ("--place", cast.OLD_PLACE, "--received", "2025-09-08T08:00")

    said = ask(*explain(rows.FIVE_DAYS, cast.AT_NAM_SUONG, *where, "--json"))

    assert said.json["is_decided"]
    assert said.json["routes"][0]["office"] == cast.BAN_MAY
    assert said.json["routes"][0]["because"][0]["ground"] == "commune_of_place"


def test_who_is_named_by_data_is_told_with_the_source() -> None:
    named(cast.DEPARTMENT)

    said = ask(*explain(rows.AT_PROVINCE, cast.AT_BAN_MAY))

    assert "Sở Nông nghiệp và Môi trường" in said.out
    assert "Được giao lĩnh vực Hộ tịch (nguồn: QĐ 7)." in said.out


def test_several_bodies_are_all_told_for_the_official_to_choose() -> None:
    named(cast.DEPARTMENT)
    named(cast.CONSTRUCTION)

    said = ask(*explain(rows.AT_PROVINCE, cast.AT_CENTRE))

    assert "Sở Xây dựng" in said.out
    assert "cán bộ chọn" in said.out


@pytest.mark.parametrize(
    ("received", "system"),
    [
        ("2025-12-31T23:59:59.999999", "provincial"),
        ("2026-01-01T00:00", "bo-x"),
        ("2025-12-31T17:00:00.000000Z", "bo-x"),
        ("2025-12-31T16:59:59.999999Z", "provincial"),
    ],
)
def test_where_it_is_received_is_told_to_the_instant_with_reasons(
    received: str, system: str
) -> None:
    rows.reception_system()
    rows.moved("2026-01-01 00:00")
    words = ["routing", "explain", "--procedure", rows.FIVE_DAYS, "--received", received]

    said = ask(*words, "--json")

    assert said.json["system"] == system
    assert said.json["is_here"] is (system == "provincial")
    assert said.json["because"][0]["at"] == "2026-01-01T00:00:00+07:00"
    assert "routes" not in said.json
    assert "CV 12 (bịa)" in ask(*words).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (explain("9.999999", cast.AT_BAN_MAY), "no_such_procedure"),
        (explain(rows.FIVE_DAYS, "MC-X"), "no_such_reception_point"),
        (explain(rows.FIVE_DAYS, cast.AT_BAN_MAY, "--place", "99999"), "no_such_place"),
        (explain(rows.FIVE_DAYS, cast.AT_BAN_MAY, "--case", "Không có"), "no_such_case"),
        (explain(rows.AT_PROVINCE, cast.AT_BAN_MAY), "competent_office_needed"),
    ],
)
def test_a_wrong_question_about_the_way_is_refused(words: list[str], code: str) -> None:
    assert ask(*words, "--json").refusal == code

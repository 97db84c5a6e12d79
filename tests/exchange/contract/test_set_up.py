"""What an iGate 2 system has set up is read through its connection, in the form of our exports."""

from __future__ import annotations

import pytest

from tests import cast, rows
from tests.exchange.contract.cases import IGATE, LGSP
from tests.exchange.contract.test_contract import MODES
from tests.exchange.partners import Partners
from thongsuot.actions import cutover, enquiries
from thongsuot.exchange.connector import SettingUp
from thongsuot.exchange.enquiries import put
from thongsuot.exchange.registry import connector
from thongsuot.records.access import RoleRow
from thongsuot.records.enquiries import EnquiryRow
from thongsuot.records.set_up import SetUpReadRow


def test_definitions_and_people_are_read_page_by_page_for_the_procedures_asked(
    town: Partners,
) -> None:
    town.forget("ministry_igate")
    for number in range(203):
        town.place("ministry_igate", procedure=f"9.{number:06d}", agency={"code": cast.NAM_SUONG})
    town.place(
        "ministry_igate",
        procedure="1.000101",
        name="Một",
        agency={"code": cast.BAN_MAY},
        processingTime=5,
        processingTimeUnit="ngày làm việc",
        task=[
            {
                "bpmProcessDefinitionTask": {"name": "Thụ lý"},
                "processingTime": 2,
                "processingTimeUnit": "ngày làm việc",
                "assignee": [{"account": "tam"}],
            },
            {"bpmProcessDefinitionTask": {"name": "Trả kết quả"}},
        ],
    )
    town.place("ministry_igate", account="tam", fullname="Tâm", agency={"code": cast.BAN_MAY})
    town.place("ministry_igate", account="la", agency={"code": cast.NAM_SUONG})
    made = connector(IGATE.connection(town.address("ministry_igate")))

    assert isinstance(made, SettingUp)
    assert made.set_up(["1.000101"]) == {
        "bodies": [
            {
                "office": cast.BAN_MAY,
                "procedures": [
                    {
                        "code": "1.000101",
                        "name": "Một",
                        "terms": ["5 ngày làm việc"],
                        "steps": [
                            {"name": "Thụ lý", "term": "2 ngày làm việc", "people": ["tam"]},
                            {"name": "Trả kết quả", "term": "", "people": []},
                        ],
                    }
                ],
                "people": [{"account": "tam", "name": "Tâm"}],
            }
        ]
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_a_set_up_is_told_rightly_or_not_at_all(
    mode: str, how: dict[str, float], town: Partners
) -> None:
    town.well()
    town.forget("ministry_igate")
    town.place("ministry_igate", procedure="1.000101", agency={"code": cast.BAN_MAY})
    made = connector(IGATE.connection(town.address("ministry_igate")))
    assert isinstance(made, SettingUp)
    right = made.set_up(["1.000101"])
    number = asked_of("ministry_igate")

    town.fail("ministry_igate", mode, **how)
    put(number=number, open_=lambda _: made, at=cast.MONDAY, now=lambda: cast.MONDAY)
    town.well()

    row = EnquiryRow.objects.get(pk=number)
    assert row.state != "waiting"
    if row.state == "answered" and mode != "schema_drift":
        read = SetUpReadRow.objects.get(export__office=cast.BAN_MAY)
        assert read.content["procedures"][0]["code"] == right["bodies"][0]["procedures"][0]["code"]


@pytest.mark.django_db
def test_a_partner_that_tells_no_set_up_is_asked_for_a_file(town: Partners) -> None:
    number = asked_of("ministry_lgsp")
    made = connector(LGSP.connection(town.address("ministry_lgsp")))

    put(number=number, open_=lambda _: made, at=cast.MONDAY, now=lambda: cast.MONDAY)

    row = EnquiryRow.objects.get(pk=number)
    assert (row.state, row.reason.partition(":")[0]) == ("refused", "set_up_not_told")


def asked_of(partner: str) -> int:
    """A question that Minh put about a field that was exported."""
    rows.province()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.reception_system(partner=partner)
    rows.moved("2025-09-09 00:00")
    cutover.export(field="Hộ tịch", by=cast.MINH, at=cast.MONDAY)
    return enquiries.ask_how_set_up(field="Hộ tịch", key="k", by=cast.MINH, at=cast.MONDAY)

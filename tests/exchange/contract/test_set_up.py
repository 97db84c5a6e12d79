"""What an iGate 2 system has set up is read through its connection, in the form of our exports."""

from __future__ import annotations

from tests import cast
from tests.exchange.contract.cases import IGATE
from tests.exchange.partners import Partners
from thongsuot.exchange.connector import SettingUp
from thongsuot.exchange.registry import connector


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

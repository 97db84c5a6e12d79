"""A process is drawn and read back as it was; anything else is refused."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests import builders
from thongsuot.domain.bpmn import (
    BPMN,
    BPMNDI,
    FormatFromAnotherVersion,
    ProcessUnreadable,
    draw,
    read,
)
from thongsuot.domain.deadline import Term
from thongsuot.domain.workflow import ChildLink


def test_a_process_is_read_back_as_it_was_drawn_but_its_decision() -> None:
    process = builders.process(children=[ChildLink("1.000101", "work")])
    stages = tuple(replace(s, term=Term.parse("2 ngày làm việc")) for s in process.stages[:3])
    process = replace(process, stages=(*stages, *process.stages[3:]), opinions=("H99.008",))

    assert read(draw(process)) == replace(process, decision="")


def test_every_step_way_and_role_has_its_shape() -> None:
    root = ET.fromstring(draw(builders.branching_process()))  # noqa: S314 - drawn by us

    drawn = {
        node.get("bpmnElement") for node in root.iter() if node.tag.startswith(f"{{{BPMNDI}}}")
    }
    flows = {node.get("id") for node in root.iter(f"{{{BPMN}}}sequenceFlow")}
    steps = {node.get("id") for node in root.iter(f"{{{BPMN}}}userTask")}
    lanes = {node.get("id") for node in root.iter(f"{{{BPMN}}}lane")}

    assert len(flows) == len(builders.branching_process().moves)
    assert flows | steps | lanes <= drawn


def test_a_script_in_a_name_stays_text() -> None:
    process = replace(builders.process(), name='<script>alert("x")</script>')

    assert "<script>" not in draw(process)
    assert read(draw(process)).name == process.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không phải XML",
        "<a/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        f'<d xmlns="{BPMN}"><process id="p"/></d>',
    ],
)
def test_what_is_no_process_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ProcessUnreadable):
        read(text)


def test_a_file_that_was_cut_off_is_refused() -> None:
    drawn = draw(builders.process())

    with pytest.raises(ProcessUnreadable):
        read(drawn[: len(drawn) // 2])


def test_another_version_of_the_format_is_refused_by_its_number() -> None:
    drawn = draw(builders.process()).replace('ts:format="1"', 'ts:format="7"')

    with pytest.raises(FormatFromAnotherVersion) as refused:
        read(drawn)

    assert refused.value.facts == {"given": "7", "known": "1"}

"""A process drawn as BPMN 2.0, and read back from what was drawn by the same format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from thongsuot.domain.deadline import Term
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import (
    Act,
    ChildLink,
    Move,
    Process,
    Stage,
    StageKind,
)

FORMAT_VERSION = 1
LARGEST = 1_000_000

OMG = "http://www.omg.org/spec/"
BPMN, BPMNDI = f"{OMG}BPMN/20100524/MODEL", f"{OMG}BPMN/20100524/DI"
DC, DI = f"{OMG}DD/20100524/DC", f"{OMG}DD/20100524/DI"
OWN = "urn:thongsuot:process"
PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "ts": OWN}

WIDTH, HEIGHT, GAP, LANE, TITLE, MARGIN = 150, 70, 90, 120, 150, 40
DOT = 36
BACK = 22


class ProcessUnreadable(Refusal):
    """The file holds no process that this installation can read."""

    code = "process_unreadable"
    kind = Kind.MALFORMED


class FormatFromAnotherVersion(Refusal):
    """The file was written in a format that this installation does not know."""

    code = "format_from_another_version"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def centre(self) -> int:
        return self.x + self.width // 2


def draw(process: Process, *, role_names: Mapping[str, str] | None = None, title: str = "") -> str:
    """The process as BPMN 2.0 XML: a lane for each role, the steps from left to right."""
    for prefix, address in PREFIXES.items():
        ET.register_namespace(prefix, address)
    root = ET.Element(f"{{{BPMN}}}definitions", id="definitions", targetNamespace=OWN)
    pool = ET.SubElement(root, f"{{{BPMN}}}collaboration", id="collaboration")
    shown = title or process.name
    ET.SubElement(pool, f"{{{BPMN}}}participant", id="pool", name=shown, processRef="process")
    body = ET.SubElement(root, f"{{{BPMN}}}process", id="process", isExecutable="false")
    body.set(f"{{{OWN}}}format", str(FORMAT_VERSION))
    for key in ("code", "name", "decision"):
        body.set(f"{{{OWN}}}{key}", getattr(process, key))
    body.set(f"{{{OWN}}}version", str(process.version))
    body.set(f"{{{OWN}}}opinions", "\n".join(process.opinions))
    _lanes(body, process, role_names or {})
    _stages(body, process)
    _flows(body, process)
    _shapes(root, process)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def read(text: str) -> Process:
    """The process that a file drawn by `draw` holds; who decided on it is left behind.

    Raises ProcessUnreadable, FormatFromAnotherVersion, TermMalformed, TermUnitUnknown.
    """
    if len(text) > LARGEST or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ProcessUnreadable("file")
    try:
        root = ET.fromstring(text.removeprefix("\ufeff"))  # noqa: S314 - no entities: refused above
    except (ET.ParseError, ValueError):
        raise ProcessUnreadable("file") from None
    body = root.find(f"{{{BPMN}}}process")
    if body is None:
        raise ProcessUnreadable("file")
    _require_format(body.get(f"{{{OWN}}}format"))
    try:
        return _process(body)
    except (KeyError, ValueError):
        raise ProcessUnreadable("file") from None


def _require_format(given: str | None) -> None:
    if given is None:
        raise ProcessUnreadable("file")
    if given != str(FORMAT_VERSION):
        raise FormatFromAnotherVersion("file", given=given, known=str(FORMAT_VERSION))


def _process(body: ET.Element) -> Process:
    stages = [node for node in body if node.get(f"{{{OWN}}}kind")]
    flows = [node for node in body if node.get(f"{{{OWN}}}act")]
    links = list(body.iter(f"{{{OWN}}}child"))
    return Process(
        code=body.attrib[f"{{{OWN}}}code"],
        version=int(body.attrib[f"{{{OWN}}}version"]),
        name=body.attrib[f"{{{OWN}}}name"],
        stages=tuple(_stage_of(node) for node in stages),
        moves=tuple(
            Move(
                Act(node.attrib[f"{{{OWN}}}act"]),
                node.attrib[f"{{{OWN}}}from"],
                node.attrib[f"{{{OWN}}}to"],
                node.get("name", ""),
            )
            for node in flows
        ),
        opinions=tuple(line for line in body.get(f"{{{OWN}}}opinions", "").splitlines() if line),
        children=tuple(ChildLink(n.attrib["procedure"], n.attrib["stage"]) for n in links),
    )


def _stage_of(node: ET.Element) -> Stage:
    term = node.get(f"{{{OWN}}}term")
    return Stage(
        key=node.attrib[f"{{{OWN}}}key"],
        name=node.get("name", ""),
        kind=StageKind(node.attrib[f"{{{OWN}}}kind"]),
        role=node.get(f"{{{OWN}}}role", ""),
        term=Term.parse(term) if term else None,
        two_people=node.get(f"{{{OWN}}}two_people") == "True",
    )


def _roles(process: Process) -> list[str]:
    return list(dict.fromkeys(_role(process, stage) for stage in process.stages))


def _role(process: Process, stage: Stage) -> str:
    """An end without a role of its own is drawn in the lane of the step before it."""
    if stage.role:
        return stage.role
    into = {move.source for move in process.moves if move.target == stage.key}
    return next((other.role for other in process.stages if other.key in into), "")


def _lanes(body: ET.Element, process: Process, role_names: Mapping[str, str]) -> None:
    lanes = ET.SubElement(body, f"{{{BPMN}}}laneSet", id="lanes")
    links = ET.SubElement(body, f"{{{BPMN}}}extensionElements")
    for child in process.children:
        ET.SubElement(links, f"{{{OWN}}}child", procedure=child.procedure, stage=child.stage)
    body.remove(links)
    if process.children:
        body.insert(0, links)
    for number, role in enumerate(_roles(process)):
        name = role_names.get(role, role)
        lane = ET.SubElement(lanes, f"{{{BPMN}}}lane", id=f"lane_{number}", name=name)
        for place, stage in enumerate(process.stages):
            if _role(process, stage) == role:
                ET.SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = f"stage_{place}"


def _stages(body: ET.Element, process: Process) -> None:
    for place, stage in enumerate(process.stages):
        is_end = stage.kind is StageKind.END
        kind = "endEvent" if is_end else "userTask"
        node = ET.SubElement(body, f"{{{BPMN}}}{kind}", id=f"stage_{place}", name=stage.name)
        for key in ("key", "kind", "role", "term", "two_people"):
            if value := getattr(stage, key):
                node.set(f"{{{OWN}}}{key}", str(value))


def _flows(body: ET.Element, process: Process) -> None:
    ids = _ids(process)
    for number, move in enumerate(process.moves):
        if move.source in ids and move.target in ids:
            flow = ET.SubElement(
                body,
                f"{{{BPMN}}}sequenceFlow",
                id=f"move_{number}",
                name=move.name,
                sourceRef=ids[move.source],
                targetRef=ids[move.target],
            )
            flow.set(f"{{{OWN}}}act", move.act.value)
            flow.set(f"{{{OWN}}}from", move.source)
            flow.set(f"{{{OWN}}}to", move.target)


def _ids(process: Process) -> dict[str, str]:
    return {stage.key: f"stage_{place}" for place, stage in enumerate(process.stages)}


def _shapes(root: ET.Element, process: Process) -> None:
    diagram = ET.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", id="plane", bpmnElement="collaboration"
    )
    boxes = _boxes(process)
    right = max((box.x + box.width for box in boxes.values()), default=MARGIN) + MARGIN
    roles = _roles(process)
    _shape(plane, "pool", _Box(0, 0, right, LANE * len(roles)))
    for number in range(len(roles)):
        _shape(plane, f"lane_{number}", _Box(30, LANE * number, right - 30, LANE))
    for key, identifier in _ids(process).items():
        _shape(plane, identifier, boxes[key])
    for number, move in enumerate(process.moves):
        if move.source in boxes and move.target in boxes:
            way = _way(boxes[move.source], boxes[move.target])
            _edge(plane, f"move_{number}", way)


def _boxes(process: Process) -> dict[str, _Box]:
    """One column for each step, in the order of the table, one row for each role."""
    roles = _roles(process)
    boxes = {}
    for place, stage in enumerate(process.stages):
        x = TITLE + place * (WIDTH + GAP)
        top = LANE * roles.index(_role(process, stage))
        size = (DOT, DOT) if stage.kind is StageKind.END else (WIDTH, HEIGHT)
        boxes[stage.key] = _Box(x, top + (LANE - size[1]) // 2, *size)
    return boxes


def _way(source: _Box, target: _Box) -> list[tuple[int, int]]:
    """Onward from side to side; back over the top."""
    if target.x > source.x:
        start, end = (source.x + source.width, source.middle), (target.x, target.middle)
        turn = end[0] - GAP // 2
        return (
            [start, end] if start[1] == end[1] else [start, (turn, start[1]), (turn, end[1]), end]
        )
    above = min(source.y, target.y) - BACK
    return [
        (source.centre, source.y),
        (source.centre, above),
        (target.centre, above),
        (target.centre, target.y),
    ]


def _shape(plane: ET.Element, element: str, box: _Box) -> None:
    shape = ET.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{element}_di", bpmnElement=element)
    if element == "pool" or element.startswith("lane_"):
        shape.set("isHorizontal", "true")
    ET.SubElement(
        shape,
        f"{{{DC}}}Bounds",
        x=str(box.x),
        y=str(box.y),
        width=str(box.width),
        height=str(box.height),
    )


def _edge(plane: ET.Element, element: str, way: list[tuple[int, int]]) -> None:
    edge = ET.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{element}_di", bpmnElement=element)
    for x, y in way:
        ET.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y=str(y))

"""YAML as a tree of words that know their lines; everything else that YAML can do is a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from thongsuot.domain.reorganisation import PlanFault, PlanFaultKind

LARGEST, MOST_NODES, DEEPEST = 2_000_000, 200_000, 8

# What a mistyped text makes PyYAML say, in the words of whoever typed it.
_WHY = (
    ("found character '\\t'", "dùng phím Tab để thụt dòng; hãy thay bằng dấu cách"),
    ("mapping values are not allowed", "có dấu hai chấm ở chỗ không đúng, hoặc thụt dòng lệch"),
    ("could not find expected ':'", "thiếu dấu hai chấm sau tên mục"),
    ("expected <block end>", "thụt dòng không thẳng hàng với dòng trên"),
    ("did not find expected", "thụt dòng, dấu ngoặc hoặc dấu phẩy chưa đúng"),
    ("while scanning a quoted scalar", "thiếu dấu nháy đóng"),
    ("unacceptable character", "có ký tự không đọc được"),
    ("cannot start any token", "có ký tự đặc biệt ở đầu giá trị; hãy đặt giá trị trong dấu nháy"),
)


class TextFault(Exception):
    """The text cannot be read on from here."""

    def __init__(self, fault: PlanFault) -> None:
        self.fault = fault
        super().__init__(fault.kind.value)


@dataclass(frozen=True, slots=True)
class Word:
    """A value as it was typed."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    nodes: tuple[Node, ...]
    line: int


@dataclass(slots=True)
class Table:
    """Names with what stands behind them; `repeated` are names that came again."""

    line: int
    cells: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    repeated: list[Word] = field(default_factory=list)


Node = Word | Many | Table


def tree_of(text: str) -> Node:
    """The tree of a text. Raises TextFault."""
    if len(text.encode()) > LARGEST:
        raise TextFault(PlanFault(PlanFaultKind.TOO_LARGE, 0, {"longest": str(LARGEST)}))
    try:
        return _document(_counted(yaml.parse(text, Loader=yaml.SafeLoader)))
    except yaml.YAMLError as wrong:
        raise TextFault(_not_yaml(wrong)) from None


def _document(events: Iterator[yaml.Event]) -> Node:
    found: Node | None = None
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            if found is not None:
                facts = {"why": "có nhiều văn bản trong một tệp"}
                raise TextFault(PlanFault(PlanFaultKind.NOT_YAML, _line(event), facts))
            found = _node(event, events, 1)
    return found or Word("", 1)


def _counted(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for number, event in enumerate(events):
        if number > MOST_NODES:
            facts = {"longest": str(MOST_NODES)}
            raise TextFault(PlanFault(PlanFaultKind.TOO_LARGE, _line(event), facts))
        yield event


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise TextFault(PlanFault(PlanFaultKind.ALIAS_IN_TEXT, line))
    if getattr(event, "tag", None) not in (None, "!"):
        facts = {"why": f"không dùng nhãn {getattr(event, 'tag', '')}"}
        raise TextFault(PlanFault(PlanFaultKind.NOT_YAML, line, facts))
    if depth > DEEPEST:
        raise TextFault(PlanFault(PlanFaultKind.TOO_DEEP, line))
    if isinstance(event, yaml.ScalarEvent):
        return Word(event.value.strip(), line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Many(tuple(_until_end(events, depth)), line)
    return _table(line, _until_end(events, depth))


def _until_end(events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            return
        yield _node(event, events, depth + 1)


def _table(line: int, nodes: Iterator[Node]) -> Table:
    table = Table(line)
    for key in nodes:
        value = next(nodes)
        if not isinstance(key, Word):
            facts = {"why": "tên mục phải là chữ"}
            raise TextFault(PlanFault(PlanFaultKind.NOT_YAML, key.line, facts))
        if key.text in table.cells:
            table.repeated.append(key)
        table.cells.setdefault(key.text, value)
        table.lines.setdefault(key.text, key.line)
    return table


def _line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1


def _not_yaml(wrong: yaml.YAMLError) -> PlanFault:
    mark = getattr(wrong, "problem_mark", None) or getattr(wrong, "context_mark", None)
    said = " ".join(str(wrong).split())
    why = next((words for sign, words in _WHY if sign in said), "không đúng cách viết YAML")
    return PlanFault(PlanFaultKind.NOT_YAML, mark.line + 1 if mark else 1, {"why": why})

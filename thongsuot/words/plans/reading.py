"""From a text to a plan, or to every fault of the text at once, with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Status
from thongsuot.domain.reorganisation import (
    Abolish,
    Create,
    LongerTerm,
    Merge,
    MergeProvinces,
    MoveFunction,
    OfPlace,
    Operation,
    OperationKind,
    Plan,
    PlanFault,
    PlanFaultKind,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    Stated,
    Target,
    ToBody,
    Which,
)
from thongsuot.words.plans import keys
from thongsuot.words.plans.text import Many, Node, Table, TextFault, Word, tree_of

Named = TypeVar("Named", bound=StrEnum)

HEAD = (
    keys.ID,
    keys.TITLE,
    keys.PROVINCE,
    keys.ON,
    keys.BASIS,
    keys.LONGER,
    keys.OPERATIONS,
)
SHARE = (
    keys.PROCEDURES,
    keys.FIELDS,
    keys.OLD_PLACES,
    keys.NEW_PLACES,
    keys.SOLVED_AT,
    keys.FROM,
    keys.BEFORE,
    keys.STATUSES,
    keys.TO,
)
LONGEST = 200
_CODES = 60  # of what was typed, this much is repeated
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Read:
    """What a text says: a plan, or why there is none."""

    plan: Plan | None
    faults: tuple[PlanFault, ...] = ()


def read(text: str) -> Read:
    """The plan of a text; every fault that can be told is told, each once."""
    try:
        tree = tree_of(text)
    except TextFault as wrong:
        return Read(None, (wrong.fault,))
    reader = _Reader()
    if not isinstance(tree, Table):
        facts = {"why": "tệp phải bắt đầu bằng các mục có tên, mục đầu là “phương án”"}
        return Read(None, (PlanFault(PlanFaultKind.NOT_YAML, tree.line, facts),))
    plan = reader.plan(tree)
    found = tuple(sorted(reader.faults, key=lambda fault: fault.line))
    return Read(None, found) if found else Read(plan)


class _Reader:
    """One reading; faults are kept and reading goes on, so that all are told together."""

    def __init__(self) -> None:
        self.faults: list[PlanFault] = []

    def plan(self, tree: Node) -> Plan:
        """The plan as a whole."""
        table = self._table(tree, HEAD, keys.OPERATIONS)
        operations = (self._operation(node) for node in self._list(table, keys.OPERATIONS))
        own = self._text(table, keys.ID, needed=True)
        if own and not _ID.fullmatch(own):
            self._wrong(table, keys.ID, "chữ thường không dấu, chữ số, gạch ngang, nhiều nhất 60")
        return Plan(
            id=own,
            title=self._text(table, keys.TITLE, needed=True),
            province=self._text(table, keys.PROVINCE, needed=True),
            effective_on=self._day(table, keys.ON, needed=True) or date.max,
            basis=self._texts(table, keys.BASIS),
            operations=tuple(one for one in operations if one is not None),
            longer_term=self._longer(table),
            line=table.line,
        )

    def _longer(self, table: Table) -> LongerTerm | None:
        if keys.LONGER not in table.cells:
            return None
        inner = self._table(table.cells[keys.LONGER], (keys.WORKING_DAYS, keys.BASIS), keys.LONGER)
        days = self._text(inner, keys.WORKING_DAYS, needed=True)
        if days and not days.isdecimal():
            self._wrong(inner, keys.WORKING_DAYS, "một số nguyên dương")
            return None
        return LongerTerm(int(days[:4] or 0), self._text(inner, keys.BASIS))

    def _operation(self, node: Node) -> Operation | None:
        if not isinstance(node, Table):
            self._fault(PlanFaultKind.VALUE_WRONG, node.line, keys.OPERATIONS, "một thao tác")
            return None
        kind = self._named(node, keys.WORK, keys.KINDS, needed=True)
        return None if kind is None else OPERATIONS[kind](self, node)

    def create(self, node: Table) -> Operation | None:
        """`lập`: a body begins."""
        wanted = (keys.CODE, keys.NAME, keys.KIND, keys.LEVEL, keys.PARENT, keys.PLACE)
        table = self._fields(node, wanted)
        kind = self._named(table, keys.KIND, keys.OFFICE_KINDS, needed=True)
        level = self._named(table, keys.LEVEL, keys.LEVELS, needed=True)
        code = self._text(table, keys.CODE, needed=True)
        name = self._text(table, keys.NAME, needed=True)
        if kind is None or level is None:
            return None
        parent, place = self._text(table, keys.PARENT), self._text(table, keys.PLACE)
        return Create(code, name, kind, level, parent, place, self._stated(table), line=table.line)

    def rename(self, node: Table) -> Operation:
        """`đổi tên`."""
        table = self._fields(node, (keys.BODY, keys.NAME))
        name = self._text(table, keys.NAME, needed=True)
        return Rename(self._body(table), name, self._stated(table), line=table.line)

    def recode(self, node: Table) -> Operation:
        """`đổi mã`."""
        table = self._fields(node, (keys.BODY, keys.NEW_CODE, keys.PLACE))
        code = self._text(table, keys.NEW_CODE, needed=True)
        place = self._text(table, keys.PLACE)
        return Recode(self._body(table), code, place, self._stated(table), line=table.line)

    def reparent(self, node: Table) -> Operation:
        """`đổi cấp trên`."""
        table = self._fields(node, (keys.BODY, keys.PARENT))
        parent = self._text(table, keys.PARENT, needed=True)
        return Reparent(self._body(table), parent, self._stated(table), line=table.line)

    def merge(self, node: Table) -> Operation:
        """`nhập`."""
        table = self._fields(node, (keys.BODY, keys.INTO))
        bodies, into = self._texts(table, keys.BODY, needed=True), self._into(table)
        return Merge(bodies, into, self._stated(table), line=table.line)

    def merge_provinces(self, node: Table) -> Operation:
        """`nhập tỉnh`."""
        table = self._fields(node, (keys.BODY, keys.INTO))
        bodies, into = self._texts(table, keys.BODY, needed=True), self._into(table)
        return MergeProvinces(bodies, into, self._stated(table), line=table.line)

    def split(self, node: Table) -> Operation:
        """`chia`."""
        table = self._fields(node, (keys.BODY, keys.SHARES, keys.OTHERWISE))
        shares, rest = self._shares(table), self._text(table, keys.OTHERWISE)
        return Split(self._body(table), shares, rest, self._stated(table), line=table.line)

    def abolish(self, node: Table) -> Operation:
        """`kết thúc`."""
        table = self._fields(node, (keys.BODY, keys.SHARES, keys.OTHERWISE))
        shares, rest = self._shares(table), self._text(table, keys.OTHERWISE)
        return Abolish(self._body(table), shares, rest, self._stated(table), line=table.line)

    def move_function(self, node: Table) -> Operation:
        """`chuyển chức năng`."""
        table = self._fields(node, (keys.BODY, keys.SHARES))
        shares = self._shares(table)
        return MoveFunction(self._body(table), shares, self._stated(table), line=table.line)

    def _fields(self, node: Table, wanted: tuple[str, ...]) -> Table:
        return self._table(node, (keys.WORK, *wanted, keys.STATED), keys.OPERATIONS)

    def _body(self, table: Table) -> str:
        return self._text(table, keys.BODY, needed=True)

    def _into(self, table: Table) -> str:
        return self._text(table, keys.INTO, needed=True)

    def _shares(self, table: Table) -> tuple[Share, ...]:
        return tuple(self._share(node) for node in self._list(table, keys.SHARES))

    def _share(self, node: Node) -> Share:
        table = self._table(node, SHARE, keys.SHARES)
        statuses = (
            self._one_of(word, keys.STATUSES, keys.STATUS)
            for word in self._words(table, keys.STATUSES)
        )
        which = Which(
            procedures=frozenset(self._texts(table, keys.PROCEDURES)),
            fields=frozenset(self._texts(table, keys.FIELDS)),
            places=frozenset(self._texts(table, keys.OLD_PLACES)),
            new_places=frozenset(self._texts(table, keys.NEW_PLACES)),
            level=self._level(table),
            received_from=self._day(table, keys.FROM),
            received_before=self._day(table, keys.BEFORE),
            statuses=frozenset(s for s in statuses if isinstance(s, Status)),
        )
        to = self._text(table, keys.TO, needed=True)
        target: Target = OfPlace() if to == keys.OF_PLACE else ToBody(to)
        return Share(which, target, table.line)

    def _level(self, table: Table) -> Level | None:
        return self._named(table, keys.SOLVED_AT, keys.LEVELS)

    def _stated(self, table: Table) -> tuple[Stated, ...]:
        found: list[Stated] = []
        for node in self._list(table, keys.STATED):
            inner = self._table(node, (keys.SUBJECT, keys.BECOMES, keys.TO), keys.STATED)
            subject = self._named(inner, keys.SUBJECT, keys.SUBJECTS, needed=True)
            becomes = self._named(inner, keys.BECOMES, keys.BECOMING, needed=True)
            if subject is not None and becomes is not None:
                found.append(Stated(subject, becomes, self._text(inner, keys.TO), inner.line))
        return tuple(found)

    def _table(self, node: Node, wanted: tuple[str, ...], what: str) -> Table:
        if not isinstance(node, Table):
            self._fault(PlanFaultKind.VALUE_WRONG, node.line, what, "các mục có tên")
            return Table(node.line)
        for word in node.repeated:
            self._fault(PlanFaultKind.KEY_REPEATED, word.line, word.text[:_CODES], "")
        for name in node.cells:
            if name not in wanted:
                known = ", ".join(wanted)
                self._fault(PlanFaultKind.KEY_UNKNOWN, node.lines[name], name[:_CODES], known)
        return node

    def _list(self, table: Table, name: str) -> tuple[Node, ...]:
        node = table.cells.get(name, Many((), table.line))
        if isinstance(node, Many):
            return node.nodes
        if isinstance(node, Word) and not node.text:
            return ()
        self._wrong(table, name, "một danh sách, mỗi dòng bắt đầu bằng dấu gạch ngang")
        return ()

    def _words(self, table: Table, name: str) -> tuple[Word, ...]:
        node = table.cells.get(name, Many((), table.line))
        if isinstance(node, Word):
            return (node,) if node.text else ()
        inner = node.nodes if isinstance(node, Many) else ()
        if isinstance(node, Table) or not all(isinstance(one, Word) and one.text for one in inner):
            self._wrong(table, name, "một giá trị hoặc danh sách giá trị")
            return ()
        return tuple(one for one in inner if isinstance(one, Word))

    def _texts(self, table: Table, name: str, *, needed: bool = False) -> tuple[str, ...]:
        found = tuple(word.text for word in self._words(table, name))
        is_table = isinstance(table.cells.get(name), Table)  # told already
        if needed and not found and not is_table:
            self._fault(PlanFaultKind.KEY_MISSING, table.line, name, "")
        return found

    def _text(self, table: Table, name: str, *, needed: bool = False) -> str:
        node = table.cells.get(name)
        if node is not None and not isinstance(node, Word):
            self._wrong(table, name, "một giá trị")
            return ""
        text = node.text if node else ""
        if len(text) > LONGEST:
            self._wrong(table, name, f"nhiều nhất {LONGEST} ký tự")
            return ""
        if needed and not text:
            line = node.line if node else table.line
            self._fault(PlanFaultKind.KEY_MISSING, line, name, "")
        return text

    def _day(self, table: Table, name: str, *, needed: bool = False) -> date | None:
        text = self._text(table, name, needed=needed)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._wrong(table, name, "một ngày dạng 2025-07-01")
            return None

    def _named(
        self, table: Table, name: str, words: dict[Named, str], *, needed: bool = False
    ) -> Named | None:
        text = self._text(table, name, needed=needed)
        line = table.cells[name].line if name in table.cells else table.line
        return self._one_of(Word(text, line), name, words) if text else None

    def _one_of(self, word: Word, name: str, words: dict[Named, str]) -> Named | None:
        found = keys.known(words).get(word.text.lower())
        if found is None:
            known = ", ".join(words.values())
            self._fault(PlanFaultKind.VALUE_WRONG, word.line, name, known, word.text)
        return found

    def _wrong(self, table: Table, name: str, wanted: str) -> None:
        node = table.cells[name]
        given = node.text if isinstance(node, Word) else ""
        self._fault(PlanFaultKind.VALUE_WRONG, node.line, name, wanted, given)

    def _fault(
        self, kind: PlanFaultKind, line: int, key: str, wanted: str, given: str = ""
    ) -> None:
        facts = {"key": key, "wanted": wanted, "given": given[:_CODES]}
        self.faults.append(PlanFault(kind, line, facts))


OPERATIONS: dict[OperationKind, Callable[[_Reader, Table], Operation | None]] = {
    OperationKind.CREATE: _Reader.create,
    OperationKind.RENAME: _Reader.rename,
    OperationKind.RECODE: _Reader.recode,
    OperationKind.REPARENT: _Reader.reparent,
    OperationKind.MERGE: _Reader.merge,
    OperationKind.SPLIT: _Reader.split,
    OperationKind.ABOLISH: _Reader.abolish,
    OperationKind.MOVE_FUNCTION: _Reader.move_function,
    OperationKind.MERGE_PROVINCES: _Reader.merge_provinces,
}

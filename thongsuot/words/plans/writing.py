"""From a plan to its text, with names and counts beside the codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from thongsuot.domain.reorganisation import (
    Abolish,
    Create,
    Merge,
    MergeProvinces,
    MoveFunction,
    Operation,
    Plan,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    Stated,
    ToBody,
    kind_of,
)
from thongsuot.words.plans import keys

_PLAIN = re.compile(r"[\w][\w .()/+\-]*", re.UNICODE)
Pairs = list[tuple[str, str]]


def write(plan: Plan, *, names: Mapping[str, str] | None = None) -> str:
    """The text of a plan; reading it gives the same plan. `names` are said beside codes."""
    return "\n".join([*_head(plan), *_operations(plan, names or {})]) + "\n"


def _head(plan: Plan) -> Iterator[str]:
    counts = Counter(keys.KINDS[kind_of(one)] for _, one in plan.numbered)
    said = ", ".join(f"{word} {count}" for word, count in counts.items())
    yield f"# {''.join(letter if letter.isprintable() else ' ' for letter in plan.title)}"
    yield f"# {len(plan.operations)} thao tác: {said}"
    yield f"{keys.ID}: {_word(plan.id)}"
    yield f"{keys.TITLE}: {_word(plan.title)}"
    yield f"{keys.PROVINCE}: {_word(plan.province)}"
    yield f"{keys.ON}: {plan.effective_on.isoformat()}"
    yield f"{keys.BASIS}:"
    yield from (f"  - {_word(line)}" for line in plan.basis)
    if plan.longer_term:
        yield f"{keys.LONGER}:"
        yield f"  {keys.WORKING_DAYS}: {plan.longer_term.working_days}"
        yield f"  {keys.BASIS}: {_word(plan.longer_term.basis)}"
    yield ""


def _operations(plan: Plan, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{keys.OPERATIONS}:" + ("" if plan.operations else " []")
    last = ""
    for number, operation in enumerate(plan.operations, start=1):
        word = keys.KINDS[kind_of(operation)]
        if word != last:
            yield ""
        last = word
        yield f"  - {keys.WORK}: {word}  # {number}{_beside(operation, names)}"
        for key, value in _pairs(operation):
            yield f"    {key}: {value}"
        yield from _shares(operation, names)
        yield from _stated(operation.stated)


def _pairs(operation: Operation) -> Pairs:
    match operation:
        case Create():
            found = [
                (keys.CODE, _word(operation.code)),
                (keys.NAME, _word(operation.name)),
                (keys.KIND, keys.OFFICE_KINDS[operation.kind]),
                (keys.LEVEL, keys.LEVELS[operation.level]),
                (keys.PARENT, _word(operation.parent)),
                (keys.PLACE, _word(operation.place)),
            ]
        case Rename():
            found = [(keys.BODY, _word(operation.body)), (keys.NAME, _word(operation.name))]
        case Recode():
            found = [
                (keys.BODY, _word(operation.body)),
                (keys.NEW_CODE, _word(operation.code)),
                (keys.PLACE, _word(operation.place)),
            ]
        case Reparent():
            found = [(keys.BODY, _word(operation.body)), (keys.PARENT, _word(operation.parent))]
        case Merge():
            found = [(keys.BODY, _words(operation.bodies)), (keys.INTO, _word(operation.into))]
        case MergeProvinces():
            found = [(keys.BODY, _words(operation.provinces)), (keys.INTO, _word(operation.into))]
        case Split() | Abolish():
            rest = (keys.OTHERWISE, _word(operation.otherwise))
            found = [(keys.BODY, _word(operation.body)), rest]
        case MoveFunction():
            found = [(keys.BODY, _word(operation.body))]
        case _:
            assert_never(operation)
    return [(key, value) for key, value in found if value not in ("", '""')]


def _shares(operation: Operation, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(operation, (Split, Abolish, MoveFunction)) and operation.shares:
        yield f"    {keys.SHARES}:"
        for share in operation.shares:
            first = True
            for key, value in _share(share):
                yield f"      {'-' if first else ' '} {key}: {value}{_named(key, value, names)}"
                first = False


def _share(share: Share) -> Pairs:
    which = share.which
    to = share.to.code if isinstance(share.to, ToBody) else keys.OF_PLACE
    found = [
        (keys.TO, _word(to)),
        (keys.SOLVED_AT, keys.LEVELS[which.level] if which.level else ""),
        (keys.PROCEDURES, _words(sorted(which.procedures))),
        (keys.FIELDS, _words(sorted(which.fields))),
        (keys.OLD_PLACES, _words(sorted(which.places))),
        (keys.NEW_PLACES, _words(sorted(which.new_places))),
        (keys.FROM, which.received_from.isoformat() if which.received_from else ""),
        (keys.BEFORE, which.received_before.isoformat() if which.received_before else ""),
        (keys.STATUSES, _words(sorted(keys.STATUS[status] for status in which.statuses))),
    ]
    return [(key, value) for key, value in found if value]


def _stated(stated: Iterable[Stated]) -> Iterator[str]:
    lines = tuple(stated)
    if lines:
        yield f"    {keys.STATED}:"
    for one in lines:
        to = f", {keys.TO}: {_word(one.to)}" if one.to else ""
        subject, becomes = keys.SUBJECTS[one.subject], keys.BECOMING[one.becomes]
        yield f"      - {{{keys.SUBJECT}: {subject}, {keys.BECOMES}: {becomes}{to}}}"


def _beside(operation: Operation, names: Mapping[str, str]) -> str:
    """What people want to know beside a number: names, and how many."""
    match operation:
        case Merge():
            old = ", ".join(names.get(code, code) for code in operation.bodies)
            return f" · {len(operation.bodies)} cơ quan: {old} → {_name(operation.into, names)}"
        case MergeProvinces():
            return f" · → {_name(operation.into, names)}"
        case Create():
            return ""
        case _:
            return f" · {_name(operation.body, names)}"


def _named(key: str, value: str, names: Mapping[str, str]) -> str:
    return f"  # {names[value]}" if key == keys.TO and value in names else ""


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code)


def _words(texts: Iterable[str]) -> str:
    found = [_word(text, inside=True) for text in texts]
    return f"[{', '.join(found)}]" if found else ""


def _word(text: str, *, inside: bool = False) -> str:
    """A value as it reads back; quoted where YAML would understand something else."""
    if not text:
        return '""' if inside else ""
    if _PLAIN.fullmatch(text) and text == text.strip() and " #" not in text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(map(_printable, escaped))}"'


def _printable(letter: str) -> str:
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"

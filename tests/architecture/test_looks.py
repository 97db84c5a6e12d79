"""No question tells a person's data without the proof that the look at it was logged."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import thongsuot
from thongsuot import queries
from thongsuot.domain.directory import ReceptionPoint
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.looks import ReadingToken
from thongsuot.records.dossier import DossierRow, EventRow

ROOT = Path(thongsuot.__file__).parent
WHOLE = (Dossier, Applicant, DossierRow, EventRow)
PERSONAL = {"phone", "email", "address", "proxy", "applicant_number", "personal_number"}
OF_OFFICES = {ReceptionPoint}
NOT_OF_PEOPLE = {
    # A bare dict tells nothing of itself: these tell of the law and of offices.
    "thongsuot.queries.catalogue.show",
    "thongsuot.queries.directory.show",
    "thongsuot.queries.calendar.told",
    # A query set for other questions, never for a door.
    "thongsuot.queries.dossier.tabbed",
}


def test_every_question_that_tells_of_a_person_asks_for_the_token() -> None:
    unlogged = [name for name, function in _questions() if _tells(function) and not _asks(function)]

    assert sorted(set(unlogged) - NOT_OF_PEOPLE) == []


def test_the_walk_sees_the_questions_that_tell_of_people() -> None:
    seen = {name for name, function in _questions() if _tells(function)}

    assert {"thongsuot.queries.dossier.page", "thongsuot.queries.dossier.show"} <= seen


def test_tokens_are_made_only_where_the_look_is_logged() -> None:
    makers = [
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and "ReadingToken" in ast.unparse(node.func)
    ]

    assert makers == ["actions/access.py"]


def _questions() -> Iterator[tuple[str, Callable[..., object]]]:
    for found in pkgutil.walk_packages(queries.__path__, "thongsuot.queries."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == found.name and not name.startswith("_"):
                yield f"{found.name}.{name}", function


def _tells(function: Callable[..., object]) -> bool:
    hints = typing.get_type_hints(function)
    return _is_personal(hints.get("return"), set())


def _asks(function: Callable[..., object]) -> bool:
    return ReadingToken in typing.get_type_hints(function).values()


def _is_personal(kind: object, seen: set[object]) -> bool:
    """Whether a value of this type may carry what only a logged look may see."""
    inside = typing.get_args(kind)
    if kind in WHOLE or (typing.get_origin(kind) is dict and _is_json(inside[1])):
        return True
    if inside:
        return any(_is_personal(part, seen) for part in inside)
    if not (isinstance(kind, type) and is_dataclass(kind)) or kind in seen | OF_OFFICES:
        return False
    seen.add(kind)
    hints = typing.get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    return bool(names & PERSONAL) or any(_is_personal(hints[n], seen) for n in names)


def _is_json(kind: object) -> bool:
    """Json is the union of everything that JSON can carry: it tells nothing of what it carries."""
    return {str, int, bool} <= set(typing.get_args(kind))

"""Every refusal of the house, and the facts that each place that raises it gives."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import thongsuot
from thongsuot.domain.refusal import Refusal

ROOT = Path(thongsuot.__file__).parent
NOT_IMPORTABLE_HERE = {"thongsuot.wsgi"}  # starts the application


def all_of_them() -> list[type[Refusal]]:
    """Every class of refusal, once every module is loaded."""
    for module in pkgutil.walk_packages([str(ROOT)], "thongsuot."):
        if module.name not in NOT_IMPORTABLE_HERE and ".migrations." not in module.name:
            importlib.import_module(module.name)
    return sorted(_below(Refusal), key=lambda kind: kind.__name__)


def raised_with(kind: type[Refusal]) -> list[tuple[str, frozenset[str]]]:
    """The places that make this refusal: file and line, and the names of the facts given."""
    places = []
    for file in sorted(ROOT.rglob("*.py")):
        for call in _calls(ast.parse(file.read_text()), kind.__name__):
            names = frozenset(word.arg for word in call.keywords if word.arg)
            places.append((f"{file.relative_to(ROOT)}:{call.lineno}", names))
    return places


def asked_for(sentence: str) -> set[str]:
    """The facts that a sentence needs, besides the place."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name} - {"where"}


def _below(kind: type[Refusal]) -> set[type[Refusal]]:
    direct = set(kind.__subclasses__())
    return direct.union(*(_below(child) for child in direct)) if direct else direct


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == name:
            yield from _named(node, "cls")
    yield from _named(tree, name)


def _named(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called == name:
                yield node

"""Every refusal of the house, and the facts that each place that raises it gives."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

import thongsuot
from thongsuot.domain.refusal import Refusal

ROOT = Path(thongsuot.__file__).parent
NOT_IMPORTABLE_HERE = {"thongsuot.wsgi"}  # starts the application

Place = tuple[str, frozenset[str]]  # file and line, and the names of the facts given


@cache
def all_of_them() -> tuple[type[Refusal], ...]:
    """Every class of refusal, once every module is loaded."""
    _modules()
    return tuple(sorted(_below(Refusal), key=lambda kind: kind.code))


@cache
def places() -> Mapping[type[Refusal], list[Place]]:
    """Where each refusal is made."""
    found: dict[type[Refusal], list[Place]] = defaultdict(list)
    for module in _modules():
        file = Path(module.__file__ or "")
        for call, made in _made(ast.parse(file.read_text()), module):
            names = frozenset(word.arg for word in call.keywords if word.arg)
            found[made].append((f"{file.relative_to(ROOT)}:{call.lineno}", names))
    return found


def asked_for(sentence: str) -> set[str]:
    """The facts that a sentence needs, besides the place."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name} - {"where"}


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = (module.name for module in pkgutil.walk_packages([str(ROOT)], "thongsuot."))
    wanted = [n for n in names if n not in NOT_IMPORTABLE_HERE and ".migrations" not in n]
    return tuple(importlib.import_module(name) for name in wanted)


def _below(kind: type[Refusal]) -> set[type[Refusal]]:
    direct = set(kind.__subclasses__())
    return direct.union(*(_below(child) for child in direct)) if direct else direct


def _made(tree: ast.Module, module: ModuleType) -> Iterator[tuple[ast.Call, type[Refusal]]]:
    """The calls that make a refusal, by what their names mean in this module."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    scopes: list[tuple[ast.AST, str]] = [(tree, ""), *((node, node.name) for node in classes)]
    for scope, own in scopes:
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                made = _meant(node.func, module, own)
                if isinstance(made, type) and issubclass(made, Refusal):
                    yield node, made


def _meant(name: ast.expr, module: ModuleType, own: str) -> object:
    match name:
        case ast.Name(id="cls") if own:
            return getattr(module, own, None)
        case ast.Name(id=plain) if not own:
            return getattr(module, plain, None)
        case ast.Attribute(value=ast.Name(id=base), attr=attr) if not own:
            return getattr(getattr(module, base, None), attr, None)
        case _:
            return None

"""The matrix of rights as it is written, and the addresses that there really are."""

from __future__ import annotations

import csv
import inspect
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from thongsuot import env
from thongsuot.api.v1.root import api

MATRIX = Path(__file__).with_name("rights.toml")
ANONYMOUS = "anonymous"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_TAKES = re.compile(r'method [!=]= "POST"|request\.POST|require_POST')
_PART = re.compile(r"<(?:\w+:)?(\w+)>|{(\w+)}")

Call = tuple[str, str]  # an address as its pattern says it, and a method


@dataclass(frozen=True, slots=True)
class Right:
    """Who may call an address by a method, and with what it is tried."""

    address: str
    method: str
    may: frozenset[str]
    sample: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, Any] = field(default_factory=dict)

    def path(self, samples: Mapping[str, str]) -> str:
        """The address with its parts filled in."""

        def part(found: re.Match[str]) -> str:
            value = self.sample.get(found.group(1) or found.group(2), "1")
            return samples.get(value, value)

        return _PART.sub(part, self.address)


@cache
def roles() -> Mapping[str, Mapping[str, str]]:
    """Every role that ships, with its line."""
    with (env.ROOT / "data" / "access" / "roles.csv").open(newline="") as file:
        return {line["code"]: line for line in csv.DictReader(file)}


@cache
def written() -> Mapping[str, Any]:
    """The matrix as it stands in its file."""
    return tomllib.loads(MATRIX.read_text())


def rights() -> Iterator[Right]:
    """Every line of the matrix."""
    for address, told in written()["routes"].items():
        for method in METHODS:
            if method in told:
                may = frozenset(_named(told[method]["may"]))
                fill = told[method].get("fill", {})
                yield Right(address, method, may, told.get("sample", {}), fill)


def calls() -> Iterator[Call]:
    """Every address and method that answers: the screens' from the URLs, the API's from its file."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield path, method.upper()
    for address, view in _screens(get_resolver().url_patterns, "/"):
        if not _is_of_contract(address):
            yield from ((address, method) for method in _methods(view))


def _screens(
    patterns: Sequence[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _screens(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def _is_of_contract(address: str) -> bool:
    known = {path.replace("{", "<").replace("}", ">") for path in api.get_openapi_schema()["paths"]}
    return address in known


def _methods(view: Any) -> list[str]:
    """What a view answers: a form's page also takes the form; a class says it of itself."""
    if hasattr(view, "view_class"):
        told = view.view_initkwargs.get("http_method_names", view.view_class.http_method_names)
        return [m for m in METHODS[:2] if m.lower() in told and hasattr(view.view_class, m.lower())]
    plain = inspect.unwrap(view)
    source = inspect.getsource(getattr(plain, "func", plain))
    if "require_POST" in source:
        return ["POST"]
    return ["GET", "POST"] if _TAKES.search(source) else ["GET"]


def _named(names: Sequence[str]) -> Iterator[str]:
    groups = written()["groups"]
    for name in names:
        if name in groups:
            yield from _named(groups[name])
        else:
            yield name

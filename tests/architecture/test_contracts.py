"""The picture of the house holds: who may know whom, and what has a name for ever."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

import thongsuot.domain
from thongsuot import env
from thongsuot.domain.dossier import EVENTS

GLOSSARY = env.ROOT / "GLOSSARY.md"
EVENT_NAMES = Path(__file__).parent / "event_names.txt"


def public_classes() -> Iterator[type]:
    """The classes of the domain that have a name of the law; refusals have sentences instead."""
    for found in pkgutil.walk_packages(thongsuot.domain.__path__, "thongsuot.domain."):
        module = importlib.import_module(found.name)
        for name, kind in inspect.getmembers(module, inspect.isclass):
            is_own = kind.__module__ == module.__name__ and not name.startswith("_")
            if is_own and not issubclass(kind, Exception):
                yield kind


def test_arrows_only_point_down(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(env.ROOT)

    status = lint_imports(config_filename=".importlinter", no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_names_of_events_are_changed_on_purpose_or_not_at_all() -> None:
    kept = EVENT_NAMES.read_text().splitlines()

    assert [f"{name} {kind.__name__}" for name, kind in sorted(EVENTS.items())] == kept


def test_every_class_of_the_domain_stands_in_the_glossary() -> None:
    text = GLOSSARY.read_text()

    missing = [
        k.__qualname__ for k in public_classes() if not re.search(rf"\b{k.__name__}\b", text)
    ]

    assert missing == []


def test_every_module_says_in_one_line_what_it_is() -> None:
    silent = [
        found.name
        for found in pkgutil.walk_packages(thongsuot.domain.__path__, "thongsuot.domain.")
        if not (importlib.import_module(found.name).__doc__ or "").strip()
    ]

    assert silent == []

"""The arguments of a command: asked for in Vietnamese, and refused like anything else."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from django.core.management.base import CommandParser

from thongsuot.cli.telling import refuse
from thongsuot.domain.refusal import Kind, Refusal

_MISSING = re.compile(r"the following arguments are required: (.+)")
_UNKNOWN = re.compile(r"unrecognized arguments: (.+)")
_NO_CHOICE = re.compile(r"argument .+: invalid choice: (.+) \(choose from .+\)")
_WITHOUT_VALUE = re.compile(r"argument (.+): expected (?:one|at least one) argument")


class ArgumentNeeded(Refusal):
    """A command was given without something that it needs."""

    code = "argument_needed"
    kind = Kind.MALFORMED


class ArgumentUnknown(Refusal):
    """A command was given something that it does not know."""

    code = "argument_unknown"
    kind = Kind.MALFORMED


class ArgumentMalformed(Refusal):
    """A command was put together in a way that cannot be read."""

    code = "argument_malformed"
    kind = Kind.MALFORMED


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help whose own words are Vietnamese too."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        """The line on top."""
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class Arguments(CommandParser):
    """A parser that refuses in one sentence instead of an English paragraph."""

    _given: Sequence[str] | None = None

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", Layout)
        super().__init__(**settings | {"add_help": False, "allow_abbrev": False})
        self._positionals.title = "tham số"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def parse_known_args(  # type: ignore[override]  # argparse types it by four overloads
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Remember what was given: how a fault is told depends on it."""
        self._given = sys.argv[1:] if args is None else args
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Refuse what cannot be parsed, and end."""
        refuse(refusal_of(message), as_json="--json" in (self._given or ()))


def refusal_of(message: str) -> Refusal:
    """The refusal that argparse's English sentence stands for."""
    if missing := _MISSING.fullmatch(message):
        return ArgumentNeeded("command", needed=missing[1])
    if valueless := _WITHOUT_VALUE.fullmatch(message):
        return ArgumentNeeded("command", needed=valueless[1])
    if unknown := _UNKNOWN.fullmatch(message) or _NO_CHOICE.fullmatch(message):
        return ArgumentUnknown("command", given=unknown[1])
    return ArgumentMalformed("command", given=message)

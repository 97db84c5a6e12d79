"""A refusal is the rules saying no, with the facts that made them say it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

Fact = str | int | float | bool | None | list[str]


class Kind(StrEnum):
    """What sort of no it is; each door translates it in its own way."""

    MALFORMED = "malformed"  # the text cannot be read
    UNKNOWN = "unknown"  # it reads well, but there is no such thing
    FORBIDDEN = "forbidden"  # this person may not do this here today
    RULE = "rule"  # the law or the state of the dossier does not allow it
    CONFLICT = "conflict"  # somebody else was first


class Refusal(Exception):
    """The rules say no; carries a code and facts, never a sentence."""

    code: ClassVar[str]
    kind: ClassVar[Kind] = Kind.RULE

    def __init__(self, where: str = "", **facts: Fact) -> None:
        self.where = where
        self.facts = facts
        super().__init__(f"{self.code} at {where or '-'}: {facts}")

    def at(self, where: str) -> Refusal:
        """The same refusal, said of a more exact place (a line, a field)."""
        self.where = f"{where}.{self.where}" if self.where else where
        return self

"""A look at a person's data: who looked, at what, why and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """Why somebody looks at a person's data."""

    HANDLE = "handle"
    RECEIVE = "receive"
    INSPECT = "inspect"
    PRINT = "print"
    EXPORT = "export"
    MACHINE = "machine"
    APPLICANT = "applicant"
    MAINTAIN = "maintain"
    VERIFY = "verify"  # against a national database


class ReadingNotOpened(Exception):
    """A door asked for the data of one thing with the token of a look at another."""


@dataclass(frozen=True, slots=True)
class ReadingToken:
    """The proof that a look stands in the log; only `actions.access.open_reading` makes one.

    Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.
    """

    account: str
    about: str
    purpose: Purpose
    at: datetime

    def require(self, about: str) -> None:
        """Raises ReadingNotOpened when the look that was logged is at something else."""
        if self.about != about:
            raise ReadingNotOpened(f"the look at {self.about} does not cover {about}")

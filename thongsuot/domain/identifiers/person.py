"""A person number is the twelve digits of a citizen, shown only as far as needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from thongsuot.domain.refusal import Kind, Refusal

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


class PersonNumberMalformed(Refusal):
    """A personal identification number has exactly twelve digits; the input is not repeated."""

    code = "person_number_malformed"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True, order=True, repr=False)
class PersonNumber:
    """The personal identification number (số định danh cá nhân) of a citizen.

    Refuses: PersonNumberMalformed.
    Source: Luật Căn cước 26/2023/QH15 Điều 12.
    """

    LENGTH: ClassVar = 12

    digits: str

    def __post_init__(self) -> None:
        if not _TWELVE_DIGITS.fullmatch(self.digits):
            raise PersonNumberMalformed(length=len(self.digits))

    @classmethod
    def parse(cls, text: str) -> PersonNumber:
        """Read the twelve digits, with or without blanks between them.

        Refuses: PersonNumberMalformed.
        """
        return cls("".join(text.split()))

    @property
    def masked(self) -> str:
        """The number as a public page may show it."""
        return f"{self.digits[:4]}••••••{self.digits[-2:]}"

    def format(self) -> str:
        """The whole number."""
        return self.digits

    def __str__(self) -> str:
        return self.format()

    def __repr__(self) -> str:
        return f"PersonNumber({self.masked})"

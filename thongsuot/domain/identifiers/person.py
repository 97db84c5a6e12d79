"""A person number is the twelve digits of a citizen, shown only as far as needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from thongsuot.domain.refusal import Kind, Refusal

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,9}")


class PersonNumberMalformed(Refusal):
    """A personal identification number has exactly twelve digits; the input is not repeated."""

    code = "person_number_malformed"
    kind = Kind.MALFORMED


class PassportNumberMalformed(Refusal):
    """A passport's number is six to nine letters and digits; the input is not repeated."""

    code = "passport_number_malformed"
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

    @property
    def birth_year(self) -> int:
        """The year that the number tells: two centuries share a digit with the sex, then two digits.

        Source: NĐ 137/2015/NĐ-CP Điều 13 (the make-up of numbers given since).
        """
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    def format(self) -> str:
        """The whole number."""
        return self.digits

    def __str__(self) -> str:
        return self.format()

    def __repr__(self) -> str:
        return f"PersonNumber({self.masked})"


@dataclass(frozen=True, slots=True, order=True, repr=False)
class PassportNumber:
    """The number of a passport, for people who have no personal identification number.

    Refuses: PassportNumberMalformed.
    Source: ICAO Doc 9303 part 4 (at most nine letters and digits). That it has six or more is
    our own rule, against slips of the hand.
    """

    characters: str

    def __post_init__(self) -> None:
        if not _PASSPORT.fullmatch(self.characters):
            raise PassportNumberMalformed(length=len(self.characters))

    @classmethod
    def parse(cls, text: str) -> PassportNumber:
        """Read the number, in whichever case, with or without blanks.

        Refuses: PassportNumberMalformed.
        """
        return cls("".join(text.split()).upper())

    def __str__(self) -> str:
        return self.characters

    def __repr__(self) -> str:
        return f"PassportNumber({self.characters[:2]}••••)"

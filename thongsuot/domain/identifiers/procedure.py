"""A procedure code is the national number of a procedure, printed in three ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal

LONGEST = 40

_CODE = re.compile(r"([1-9]\.[0-9]{6})(?:\.(000\.00\.00\.)?([A-Y][0-9]{2}))?")


class SuffixStyle(StrEnum):
    """How the applying province or ministry is printed after the national number."""

    NONE = "none"  # 1.001193
    SHORT = "short"  # 1.001193.H35
    LONG = "long"  # 1.001193.000.00.00.H35


class ProcedureCodeMalformed(Refusal):
    """A procedure code is a digit, a dot, six digits, and perhaps a province or ministry."""

    code = "procedure_code_malformed"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True, order=True)
class ProcedureCode:
    """The national number of a procedure and who applies it.

    Refuses: ProcedureCodeMalformed.
    """

    base: str
    province: str | None = None
    style: SuffixStyle = SuffixStyle.NONE

    def __post_init__(self) -> None:
        if (self.province is None) != (self.style is SuffixStyle.NONE) or not _CODE.fullmatch(
            self.format()
        ):
            raise ProcedureCodeMalformed(given=self.format())

    @classmethod
    def parse(cls, text: str) -> ProcedureCode:
        """Read a code in any of its three printed forms.

        Refuses: ProcedureCodeMalformed.
        """
        given = text.strip()[: LONGEST + 1]
        read = _CODE.fullmatch(given)
        if read is None:
            raise ProcedureCodeMalformed(given=given)
        base, filling, province = read.groups()
        if province is None:
            return cls(base)
        return cls(base, province, SuffixStyle.LONG if filling else SuffixStyle.SHORT)

    def format(self) -> str:
        """The code as it was written."""
        match self.style:
            case SuffixStyle.NONE:
                return self.base
            case SuffixStyle.SHORT:
                return f"{self.base}.{self.province}"
            case SuffixStyle.LONG:
                return f"{self.base}.000.00.00.{self.province}"

    def __str__(self) -> str:
        return self.format()

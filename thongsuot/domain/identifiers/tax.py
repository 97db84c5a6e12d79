"""A tax number is the ten digits of a business with its check digit, or thirteen for a branch."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thongsuot.domain.refusal import Kind, Refusal

_SHAPE = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class TaxNumberMalformed(Refusal):
    """A tax number has ten digits, or thirteen for a branch; its tenth digit proves the others."""

    code = "tax_number_malformed"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True, order=True)
class TaxNumber:
    """The tax number (mã số thuế) of an organisation, which is an enterprise's own code too.

    Refuses: TaxNumberMalformed.
    Source: TT 105/2020/TT-BTC Đ.5 (ten digits, thirteen for a branch, the tenth is a check digit);
    Luật Doanh nghiệp 59/2020/QH14 Đ.29. No circular prints how the check digit is made: it is the
    way that the tax authority's own numbers bear out.
    """

    digits: str
    branch: str = ""

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.digits + self.branch) or self.branch == "000":
            raise TaxNumberMalformed(length=len(self.digits + self.branch))
        total = sum(w * int(d) for w, d in zip(_WEIGHTS, self.digits, strict=False))
        if int(self.digits[9]) != (10 - total % 11) % 10:
            raise TaxNumberMalformed(length=len(self.digits + self.branch))

    @classmethod
    def parse(cls, text: str) -> TaxNumber:
        """Read a tax number, with or without blanks and the hyphen before the branch.

        Refuses: TaxNumberMalformed.
        """
        given = "".join(text.split())
        read = _SHAPE.fullmatch(given)
        if read is None:
            raise TaxNumberMalformed(length=len(given))
        return cls(read[1], read[2] or "")

    def format(self) -> str:
        """The number as it is printed: a hyphen before the branch."""
        return f"{self.digits}-{self.branch}" if self.branch else self.digits

    def __str__(self) -> str:
        return self.format()

"""A dossier code says which body resolves it, on which day it came, and its number that day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.identifiers.office import OfficeCode
from thongsuot.domain.refusal import Kind, Refusal

LONGEST = 60

_CODE = re.compile(r"([0-9A-Z.]+)-([0-9]{6})-([0-9]{4,12})")
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class DossierForm(StrEnum):
    """Which numbering the code belongs to."""

    LOCAL = "local"  # H35.101-261008-0975
    CENTRAL = "central"  # H35.101.02-261008-150975: a ministry's system gave the number
    LEGACY = "legacy"  # 000.00.06.H35-231027-0361


class DossierCodeMalformed(Refusal):
    """A dossier code is an office code, a day of six digits, a number of four digits or more."""

    code = "dossier_code_malformed"
    kind = Kind.MALFORMED


class DossierCodeHasNoSuchDay(Refusal):
    """The six digits in the middle of a dossier code are a day of this century (YYMMDD)."""

    code = "dossier_code_has_no_such_day"
    kind = Kind.MALFORMED


class NotACentralCode(Refusal):
    """A centralised code has a new office code, two digits of a ministry, then four or more."""

    code = "not_a_central_code"
    kind = Kind.MALFORMED


class DossierNumberOutOfRange(Refusal):
    """The number of a dossier in its day is one or more."""

    code = "dossier_number_out_of_range"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The code of a dossier: office, day of receipt, and the digits after them.

    Six digits or more may be a ministry's two digits and a number, or a local number past
    99 999: the text alone cannot tell, so who issued it is said when it is read.
    Refuses: DossierCodeMalformed, DossierCodeHasNoSuchDay, NotACentralCode.
    Source: TT 03/2025/TT-VPCP Điều 13; khoản 3 added by TT 04/2025/TT-VPCP.
    """

    office: OfficeCode
    day: date
    tail: str
    form: DossierForm = DossierForm.LOCAL

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.format()):
            raise DossierCodeMalformed(given=self.format())
        if not _FIRST_DAY <= self.day <= _LAST_DAY:
            raise DossierCodeHasNoSuchDay(given=self.format(), day=self.day.isoformat())
        if self.form is not DossierForm.CENTRAL and self.form is not _local_form(self.office):
            raise DossierCodeMalformed(given=self.format())
        if self.form is DossierForm.CENTRAL and (len(self.tail) < 6 or self.office.old_order):
            raise NotACentralCode(given=self.format())

    @classmethod
    def parse(cls, text: str, *, central: bool = False) -> DossierCode:
        """Read a code; `central` says that a ministry's centralised system issued it.

        Refuses: DossierCodeMalformed, DossierCodeHasNoSuchDay, NotACentralCode, and the
        refusals of its office code.
        """
        given = text.strip()[: LONGEST + 1]
        read = _CODE.fullmatch(given)
        if read is None or len(given) > LONGEST:
            raise DossierCodeMalformed(given=given)
        prefix, digits, tail = read.groups()
        office = OfficeCode.parse(prefix)
        form = DossierForm.CENTRAL if central else _local_form(office)
        return cls(office, _day(given, digits), tail, form)

    @classmethod
    def local(cls, office: OfficeCode, day: date, number: int) -> DossierCode:
        """The code of the number-th dossier of this office on this day.

        Refuses: DossierNumberOutOfRange, DossierCodeHasNoSuchDay.
        """
        if number < 1:
            raise DossierNumberOutOfRange(number=number)
        return cls(office, day, f"{number:04d}", _local_form(office))

    @classmethod
    def central(cls, office: OfficeCode, day: date, ministry: str, number: int) -> DossierCode:
        """The code that the ministry with these two digits gives its number-th dossier.

        Refuses: DossierNumberOutOfRange, NotACentralCode, DossierCodeHasNoSuchDay.
        """
        if number < 1:
            raise DossierNumberOutOfRange(number=number)
        if not re.fullmatch(r"[0-9]{2}", ministry):
            raise NotACentralCode(given=ministry)
        return cls(office, day, f"{ministry}{number:04d}", DossierForm.CENTRAL)

    @property
    def prefix(self) -> str:
        """The office code as it stands in the dossier code."""
        return self.office.format()

    @property
    def could_be_central(self) -> bool:
        """Whether the digits could also be a ministry's."""
        return len(self.tail) >= 6 and not self.office.old_order

    @property
    def ministry(self) -> str | None:
        """The two digits of the ministry whose system gave the number, if one did."""
        return self.tail[:2] if self.form is DossierForm.CENTRAL else None

    @property
    def number(self) -> int:
        """The number of the dossier in its day."""
        return int(self.tail[2:] if self.form is DossierForm.CENTRAL else self.tail)

    def format(self) -> str:
        """The code as it was written."""
        return f"{self.prefix}-{self.day:%y%m%d}-{self.tail}"

    def __str__(self) -> str:
        return self.format()

    def __lt__(self, other: DossierCode) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[OfficeCode, date, str, int, str]:
        return self.office, self.day, self.ministry or "", self.number, self.tail


def _local_form(office: OfficeCode) -> DossierForm:
    return DossierForm.LEGACY if office.old_order else DossierForm.LOCAL


def _day(given: str, digits: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise DossierCodeHasNoSuchDay(given=given, day=digits) from None

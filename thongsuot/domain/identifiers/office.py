"""An office code names a body and, group by group, the bodies it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thongsuot.domain.refusal import Kind, Refusal

LONGEST = 35

_ROOT = re.compile(r"[A-Y][0-9]{2}")
_GROUPS = re.compile(r"[0-9A-Z]{1,5}(\.[0-9A-Z]{1,5})*")


class OfficeCodeTooLong(Refusal):
    """An office code has at most 35 characters."""

    code = "office_code_too_long"
    kind = Kind.MALFORMED


class OfficeCodeMalformed(Refusal):
    """An office code is groups of digits and capital letters, separated by dots."""

    code = "office_code_malformed"
    kind = Kind.MALFORMED


class OfficeCodeWithoutRoot(Refusal):
    """An office code begins (old order: ends) with the code of a ministry or a province."""

    code = "office_code_without_root"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True, order=True)
class OfficeCode:
    """The identifier of a body: its ministry or province first, then each level below.

    `groups` are always in the new order; `old_order` says that it was written reversed.
    Refuses: OfficeCodeTooLong, OfficeCodeMalformed, OfficeCodeWithoutRoot.
    Source: QĐ 20/2020/QĐ-TTg Điều 4 (old order: QCVN 102:2016/BTTTT).
    """

    groups: tuple[str, ...]
    old_order: bool = False

    def __post_init__(self) -> None:
        text = self.format()
        if len(text) > LONGEST:
            raise OfficeCodeTooLong(length=len(text), longest=LONGEST)
        if not _GROUPS.fullmatch(text):
            raise OfficeCodeMalformed(given=text)
        if not _ROOT.fullmatch(self.groups[0]):
            raise OfficeCodeWithoutRoot(given=text)
        if self.old_order and _ROOT.fullmatch(self.groups[-1]):
            raise OfficeCodeMalformed(given=text)  # it would be read back in the new order

    @classmethod
    def parse(cls, text: str) -> OfficeCode:
        """Read a code in the new order (H35.101.02) or the old one (000.00.20.H35).

        Refuses: OfficeCodeTooLong, OfficeCodeMalformed, OfficeCodeWithoutRoot.
        """
        groups = tuple(text.strip().split("."))
        old_order = not _ROOT.fullmatch(groups[0]) and bool(_ROOT.fullmatch(groups[-1]))
        return cls(groups[::-1] if old_order else groups, old_order)

    @property
    def root(self) -> str:
        """The code of the ministry or province at the top (H35)."""
        return self.groups[0]

    @property
    def canonical(self) -> str:
        """The code in the new order, without the zero groups that only filled the old one."""
        # A zero group between two others is kept: without it two bodies would share a code.
        groups = list(self.groups)
        while len(groups) > 1 and not groups[-1].strip("0"):
            groups.pop()
        return ".".join(groups)

    def format(self) -> str:
        """The code as it was written."""
        return ".".join(reversed(self.groups) if self.old_order else self.groups)

    def __str__(self) -> str:
        return self.format()

"""A decision is a signed paper that puts things in force from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thongsuot.domain.refusal import Kind, Refusal


class DecisionUnnumbered(Refusal):
    """Nothing comes into force without a decision, and a decision has a number."""

    code = "decision_unnumbered"
    kind = Kind.MALFORMED


class EffectiveBeforeIssued(Refusal):
    """A decision cannot hold from a day before it was signed."""

    code = "effective_before_issued"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: its number, day, signing body, title, and from when it holds.

    Refuses: DecisionUnnumbered, EffectiveBeforeIssued. Source: NĐ 63/2010/NĐ-CP Đ.15.
    """

    number: str
    issued_on: date
    issuer: str
    title: str
    valid_from: date

    def __post_init__(self) -> None:
        if not self.number.strip():
            raise DecisionUnnumbered("number")
        if self.valid_from < self.issued_on:
            raise EffectiveBeforeIssued(
                "valid_from",
                number=self.number,
                issued_on=self.issued_on.isoformat(),
                given=self.valid_from.isoformat(),
            )

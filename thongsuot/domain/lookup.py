"""How somebody without an account shows that a dossier is theirs, and how often they may try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from thongsuot.domain.dossier.events import Applicant
from thongsuot.domain.refusal import Kind, Refusal

PROOF_DIGITS = 4


class LookupProofMalformed(Refusal):
    """The second fact is the last four digits of a number, nothing else."""

    code = "lookup_proof_malformed"
    kind = Kind.MALFORMED


class LookupNothingFound(Refusal):
    """No dossier has this code, or the digits are another person's: which one is not told."""

    code = "lookup_nothing_found"
    kind = Kind.UNKNOWN


class LookupLocked(Refusal):
    """Too many wrong tries for this code or from this address; open again from a moment."""

    code = "lookup_locked"


@dataclass(frozen=True, slots=True)
class LookupLimits:
    """How many wrong tries within how long close a code, or an address, for a while."""

    of_a_code: int
    from_an_address: int
    within: timedelta

    def require_open(
        self, *, of_code: Sequence[datetime], from_address: Sequence[datetime], at: datetime
    ) -> None:
        """Raises LookupLocked with the moment from which one may try again."""
        until = max(
            self._until(of_code, self.of_a_code, at),
            self._until(from_address, self.from_an_address, at),
        )
        if at < until:
            raise LookupLocked("ma", until=until.isoformat())

    def _until(self, failed: Sequence[datetime], most: int, at: datetime) -> datetime:
        newest = sorted(failed, reverse=True)
        return newest[most - 1] + self.within if len(newest) >= most else at


def proof(given: str) -> str:
    """The four digits of a second fact, however they were spaced. Raises LookupProofMalformed."""
    digits = "".join(given.split())
    if len(digits) != PROOF_DIGITS or not (digits.isascii() and digits.isdecimal()):
        raise LookupProofMalformed("so", digits=PROOF_DIGITS)
    return digits


def proves(applicant: Applicant, digits: str) -> bool:
    """Whether these are the last digits of the applicant's personal number or phone."""
    numbers = (_digits(applicant.number), _digits(applicant.phone))
    return any(len(n) >= PROOF_DIGITS and n.endswith(digits) for n in numbers)


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isascii() and c.isdecimal())

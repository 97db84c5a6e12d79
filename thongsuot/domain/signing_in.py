"""How often somebody may try to sign in before a name or an address is locked for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from thongsuot.domain.refusal import Kind, Refusal


class SignInRefused(Refusal):
    """The name and the password do not belong together; which of them is wrong is not told."""

    code = "sign_in_refused"
    kind = Kind.FORBIDDEN


class SignInLocked(Refusal):
    """Too many failures: nobody is let in by this name, or from this address, until a moment."""

    code = "sign_in_locked"
    kind = Kind.FORBIDDEN


class FactorCodeWrong(Refusal):
    """The code of the second factor is wrong, out of its time, or was used before."""

    code = "factor_code_wrong"
    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures within how long lock a name and an address."""

    of_a_name: int
    from_an_address: int
    within: timedelta

    def require_open(
        self, *, by_name: Sequence[datetime], by_address: Sequence[datetime], at: datetime
    ) -> None:
        """Raises SignInLocked with the moment from which one may try again."""
        until = max(
            filter(
                None,
                (
                    self._until(by_name, self.of_a_name),
                    self._until(by_address, self.from_an_address),
                ),
            ),
            default=None,
        )
        if until is not None and at < until:
            raise SignInLocked("username", until=until.isoformat())

    def _until(self, failed: Sequence[datetime], most: int) -> datetime | None:
        """The lock ends when so many failures have passed that fewer than `most` count."""
        newest = sorted(failed, reverse=True)
        return newest[most - 1] + self.within if len(newest) >= most else None

"""Signing in: a password, a second factor for administrators, and locks against guessing."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import pyotp
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from thongsuot.domain.duties import Right
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.signing_in import FactorCodeWrong, Limits, SignInRefused
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, sessions
from thongsuot.records import signing as records
from thongsuot.records.access import AccountRow

ISSUER = "Thông Suốt"
STEP_SECONDS = 30
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


class PasswordTooWeak(Refusal):
    """The new password is short, common, all digits, or too much like the name."""

    code = "password_too_weak"
    kind = Kind.MALFORMED


class PasswordWrong(Refusal):
    """The password in use was not given."""

    code = "password_wrong"
    kind = Kind.FORBIDDEN


class FactorNotBegun(Refusal):
    """A second factor is confirmed after its secret was shown, and once."""

    code = "factor_not_begun"


def sign_in(*, name: str, password: str, address: str, at: datetime) -> AccountRow:
    """The account of a name and its password. Raises SignInLocked, SignInRefused."""
    _require_open(name, address, at)
    account = authenticate(username=name, password=password)
    records.save_attempt(name, address=address, succeeded=account is not None, at=at)
    if not isinstance(account, AccountRow):
        raise SignInRefused("username")
    return account


def verify_factor(*, account: str, code: str, address: str, at: datetime) -> None:
    """Accept a code of the app, or a recovery code, once. Raises SignInLocked, FactorCodeWrong."""
    tried_as = f"2:{account}"  # counted apart from passwords
    _require_open(tried_as, address, at)
    is_right = _is_code(account, code, at) or records.use_recovery_code(
        account, code.strip().lower().replace(" ", ""), at=at
    )
    records.save_attempt(tried_as, address=address, succeeded=is_right, at=at)
    if not is_right:
        raise FactorCodeWrong("code")


def needs_factor(*, account: str, at: datetime) -> bool:
    """Whether somebody signs in only with a second factor: by their role, or by their choice."""
    held = access.duties(account)
    if held.holding(account, Right.SECOND_FACTOR, at.astimezone(VIETNAM).date()):
        return True
    return has_factor(account=account)


def has_factor(*, account: str) -> bool:
    """Whether a second factor was confirmed."""
    row = records.factor(account)
    return row is not None and row.confirmed_at is not None


def begin_factor(*, account: str) -> str:
    """The address that the app reads from the square; the same until it is confirmed.

    Raises NoSuchAccount, FactorNotBegun when there is a confirmed one already.
    """
    row = records.save_factor(access.account(account), secret=pyotp.random_base32())
    if row.confirmed_at is not None:
        raise FactorNotBegun("code")
    return pyotp.TOTP(row.opened()).provisioning_uri(name=account, issuer_name=ISSUER)


def secret_of(*, account: str) -> str:
    """The secret to be typed where no square can be read; "" once it is confirmed."""
    row = records.factor(account)
    return row.opened() if row is not None and row.confirmed_at is None else ""


@transaction.atomic
def confirm_factor(*, account: str, code: str, at: datetime) -> tuple[str, ...]:
    """Confirm that the app knows the secret; the recovery codes can be read only now.

    Raises FactorNotBegun, FactorCodeWrong.
    """
    row = records.factor(account)
    if row is None or row.confirmed_at is not None:
        raise FactorNotBegun("code")
    step = _step_of(row.opened(), code, at)
    if step is None:
        raise FactorCodeWrong("code")
    records.confirm_factor(account, step=step, at=at)
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    records.save_recovery_codes(row.account, codes)
    return codes


def change_password(*, account: str, old: str, new: str, address: str, at: datetime) -> None:
    """Change one's password; every other session of the account ends.

    Raises PasswordWrong, PasswordTooWeak, SignInLocked.
    """
    _require_open(account, address, at)
    row = access.account(account)
    if not row.check_password(old):
        records.save_attempt(account, address=address, succeeded=False, at=at)
        raise PasswordWrong("old")
    require_strong(row, new)
    row.set_password(new)
    row.save(update_fields=["password"])


@transaction.atomic
def end_other_sessions(*, account: str, this: str) -> int:
    """Sign an account out everywhere but in this session; how many others ended.

    The account's sessions have another hash from now on: the door gives it to this one.
    Raises NoSuchAccount.
    """
    row = access.account(account)
    row.sessions_ended += 1
    row.save(update_fields=["sessions_ended"])
    return sessions.end_sessions(row.pk, but=this)


def require_strong(account: AccountRow, password: str) -> None:
    """Raises PasswordTooWeak with what is wrong, in the framework's words."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise PasswordTooWeak("new", why=" ".join(weak.messages)) from weak


def forget_attempts(*, at: datetime) -> int:
    """Forget attempts that no limit looks at any more; how many."""
    return records.forget_attempts(before=at - timedelta(days=90))


def forget_sessions(*, at: datetime) -> int:
    """Forget sessions that are over; how many."""
    return sessions.forget_sessions(before=at)


def _require_open(name: str, address: str, at: datetime) -> None:
    limits = Limits(
        settings.SIGN_IN_FAILURES,
        settings.SIGN_IN_ADDRESS_FAILURES,
        timedelta(minutes=settings.SIGN_IN_WINDOW),
    )
    since = at - limits.within
    limits.require_open(
        by_name=records.failures_of(name, since=since),
        by_address=records.failures_from(address, since=since, limit=limits.from_an_address),
        at=at,
    )


def _is_code(account: str, code: str, at: datetime) -> bool:
    row = records.factor(account)
    if row is None or row.confirmed_at is None:
        return False
    step = _step_of(row.opened(), code, at)
    return step is not None and records.use_step(account, step)


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step of time to which a code belongs: this one, or one beside it for clocks that differ."""
    given = "".join(code.split()).encode()
    now = int(at.timestamp()) // STEP_SECONDS
    if not secret:
        return None
    app = pyotp.TOTP(secret, interval=STEP_SECONDS)
    near = (step for step in (now, now - 1, now + 1))
    return next(
        (s for s in near if secrets.compare_digest(app.generate_otp(s).encode(), given)), None
    )


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))

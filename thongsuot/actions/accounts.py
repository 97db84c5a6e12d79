"""Accounts and posts: opened, staffed, ended and closed by administrators; absences by the absent."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from thongsuot.actions import access as keys
from thongsuot.domain.duties import Person, Right, Substitution, require_possible
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, posts, sessions, signing
from thongsuot.records import directory as offices
from thongsuot.records.access import AccountRow, GrantRow, NoSuchAccount, RoleRow, SubstitutionRow
from thongsuot.records.access_log import save_access_change
from thongsuot.records.spans import to_range, to_span

_USERNAME = re.compile(r"[a-z][a-z0-9.-]{1,59}", re.ASCII)


class AccountTaken(Refusal):
    """Somebody signs in by this name already."""

    code = "account_taken"
    kind = Kind.CONFLICT


class UsernameMalformed(Refusal):
    """A name of signing in is 2 to 60 small letters, digits, dots and dashes, a letter first."""

    code = "username_malformed"
    kind = Kind.MALFORMED


class NotForYourself(Refusal):
    """An administrator does this to others, never to themselves."""

    code = "not_for_yourself"
    kind = Kind.FORBIDDEN


class NoSuchRole(Refusal):
    """There is no such role."""

    code = "no_such_role"
    kind = Kind.UNKNOWN


class NoSuchGrant(Refusal):
    """The account has no such post that still holds."""

    code = "no_such_grant"
    kind = Kind.UNKNOWN


class NoSuchAbsence(Refusal):
    """No such absence is recorded, or it is over."""

    code = "no_such_absence"
    kind = Kind.UNKNOWN


def read_username(given: str) -> str:
    """A name by which somebody may sign in. Raises UsernameMalformed."""
    if not _USERNAME.fullmatch(given):
        raise UsernameMalformed()
    return given


def open_account(
    *, username: str, name: str, office: str, reception_point: str, by: Person, at: datetime
) -> str:
    """Open an account; its first password can be read only now.

    Raises NotYourRight, NoSuchOffice, NoSuchReceptionPoint, AccountTaken.
    """
    _require(by, at)
    offices.office(office, on=_day(at))
    if reception_point:
        offices.reception_point(reception_point, on=_day(at))
    row = AccountRow(username=username, name=name, office=office, reception_point=reception_point)
    password = secrets.token_urlsafe(12)
    row.set_password(password)
    try:
        with transaction.atomic():
            row.save()
            _note("opened", username, by, at, office=office, reception_point=reception_point)
    except IntegrityError as clash:
        raise AccountTaken("username", given=username) from clash
    return password


@transaction.atomic
def set_active(*, account: str, is_active: bool, by: Person, at: datetime) -> None:
    """Close an account, or open it again; a closed one is out at once, its keys too.

    Raises NotYourRight, NotForYourself, NoSuchAccount.
    """
    row = _other(account, by, at)
    row.is_active = is_active
    _end_sessions(row)
    _note("reopened" if is_active else "closed", account, by, at)


@transaction.atomic
def reset_password(*, account: str, by: Person, at: datetime) -> str:
    """Give an account a new password, which can be read only now; its sessions end.

    Raises NotYourRight, NotForYourself, NoSuchAccount.
    """
    row = _other(account, by, at)
    password = secrets.token_urlsafe(12)
    row.set_password(password)
    _end_sessions(row)
    _note("password_reset", account, by, at)
    return password


@transaction.atomic
def sign_out(*, account: str, by: Person, at: datetime) -> None:
    """End every session of an account. Raises NotYourRight, NotForYourself, NoSuchAccount."""
    _end_sessions(_other(account, by, at))
    _note("signed_out", account, by, at)


@transaction.atomic
def revoke_token(*, account: str, name: str, by: Person, at: datetime) -> None:
    """End the keys of software of this name. Raises NotYourRight, NoSuchToken."""
    _require(by, at)
    keys.revoke_token(account=account, name=name, at=at)
    _note("token_revoked", account, by, at, name=name)


@transaction.atomic
def reset_factor(*, account: str, by: Person, at: datetime) -> None:
    """Take the second factor of an account away, so that it enrols again; its sessions end.

    Raises NotYourRight, NotForYourself, NoSuchAccount.
    """
    row = _other(account, by, at)
    signing.forget_factor(row)
    _end_sessions(row)
    _note("factor_reset", account, by, at)


@transaction.atomic
def grant(*, account: str, role: str, office: str, valid: Span, by: Person, at: datetime) -> None:
    """Give a post: a role in an office ("" for every one) for some days.

    Raises NotYourRight, NotForYourself, NoSuchAccount, NoSuchRole, NoSuchOffice.
    """
    row = _other(account, by, at)
    held = RoleRow.objects.filter(code=role).first()
    if held is None:
        raise NoSuchRole("role", given=role)
    if office:
        offices.office(office, on=_day(at))
    GrantRow.objects.create(account=row, role=held, office=office, valid=to_range(valid))
    _end_sessions(row)
    _note("post_given", account, by, at, role=role, office=office, valid=_days(valid))


@transaction.atomic
def end_grant(*, account: str, number: int, by: Person, at: datetime) -> None:
    """End a post from today on; one that did not begin yet is as if it had never been given.

    Raises NotYourRight, NotForYourself, NoSuchAccount, NoSuchGrant.
    """
    row = _other(account, by, at)
    held = GrantRow.objects.select_for_update().filter(pk=number, account=row).first()
    valid = to_span(held.valid) if held else None
    if held is None or valid is None or (valid.end is not None and valid.end <= _day(at)):
        raise NoSuchGrant("grant", account=account)
    if valid.start >= _day(at):
        held.delete()
    else:
        held.valid = to_range(Span(valid.start, _day(at)))
        held.save(update_fields=["valid"])
    _end_sessions(row)
    _note(
        "post_ended", account, by, at, role=held.role.code, office=held.office, valid=_days(valid)
    )


@transaction.atomic
def record_absence(
    *, absent: str, substitute: str, first: date, last: date, by: Person, at: datetime
) -> None:
    """Record that somebody is absent from a first to a last day, and who stands in.

    Oneself, or for others in an office where one has the right. Raises NotYourRight,
    NoSuchAccount, SpanEndsBeforeItStarts, StandsInForSelf, AbsencePast, AbsentAlready,
    SubstituteAbsent. Source: NĐ 118/2025 Đ.11.8.
    """
    _require_absence(access.account(absent), by, at)
    planned = Substitution(absent, substitute, Span(first, last + timedelta(days=1)))
    rows = SubstitutionRow.objects.select_for_update(of=("self",))
    rows = rows.select_related("absent", "substitute")
    others = [
        Substitution(r.absent.username, r.substitute.username, to_span(r.during))
        for r in rows.filter(absent__username__in=(absent, substitute))
    ]
    require_possible(planned, others=others, on=_day(at))
    posts.save_substitution(absent=absent, substitute=substitute, during=planned.during)
    _note("absence_recorded", absent, by, at, substitute=substitute, valid=_days(planned.during))


@transaction.atomic
def end_absence(*, number: int, by: Person, at: datetime) -> None:
    """The absent one is back: from today on nobody stands in. Raises NotYourRight, NoSuchAbsence."""
    rows = SubstitutionRow.objects.select_for_update(of=("self",)).select_related("absent")
    row = rows.filter(pk=number).first()
    during = to_span(row.during) if row else None
    if row is None or during is None or (during.end is not None and during.end <= _day(at)):
        raise NoSuchAbsence("number")
    _require_absence(row.absent, by, at)
    if during.start >= _day(at):
        row.delete()
    else:
        row.during = to_range(Span(during.start, _day(at)))
        row.save(update_fields=["during"])
    _note("absence_ended", row.absent.username, by, at, valid=_days(during))


def _note(what: str, account: str, by: Person, at: datetime, **details: str) -> None:
    told = {name: value for name, value in details.items() if value}
    save_access_change(by=by.account, account=account, what=what, at=at, details=told)


def _days(valid: Span) -> str:
    until = f" – {valid.end - timedelta(days=1):%d/%m/%Y}" if valid.end else ""
    return f"{valid.start:%d/%m/%Y}{until}"


def _require(by: Person, at: datetime) -> None:
    held = access.duties(by.account)
    held.require_right(by, Right.ACCOUNTS, office="", on=_day(at))


def _require_absence(absent: AccountRow, by: Person, at: datetime) -> None:
    if absent.username != by.account:
        held = access.duties(by.account)
        held.require_right(by, Right.ABSENCES, office=absent.office, on=_day(at))


def _other(account: str, by: Person, at: datetime) -> AccountRow:
    """Somebody else's account, closed ones too."""
    _require(by, at)
    if account == by.account:
        raise NotForYourself("account", person=by.name)
    row = AccountRow.objects.filter(username=account).first()
    if row is None:
        raise NoSuchAccount("account", given=account)
    return row


def _end_sessions(row: AccountRow) -> None:
    row.sessions_ended += 1
    row.save()
    sessions.end_sessions(row.pk)


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()

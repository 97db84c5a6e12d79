"""Accounts, roles, grants and substitutions, as PostgreSQL keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import connection, models
from django.utils.crypto import salted_hmac

from thongsuot.domain.duties import Duties, Grant, Person, Right, Substitution
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records.spans import to_span


class Accounts(BaseUserManager["AccountRow"]):
    """How Django finds an account by its name."""


class AccountRow(AbstractBaseUser):
    """Someone who signs in."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=35)
    reception_point = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    # One more, and every session of the account ends.
    sessions_ended = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "office"]
    objects: ClassVar[Accounts] = Accounts()

    def person(self) -> Person:
        """The one who acts."""
        return Person(self.username, self.name)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: the password, and how often all were ended."""
        known = f"{self.password}:{self.sessions_ended}"
        return salted_hmac(
            "thongsuot.session", known, secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleRow(models.Model):
    """A role, and the acts that it may make."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    acts = ArrayField(models.CharField(max_length=30))
    rights = ArrayField(models.CharField(max_length=30), default=list)
    source = models.CharField(max_length=200)


class GrantRow(models.Model):
    """A role held in an office while it is valid."""

    account = models.ForeignKey(AccountRow, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(RoleRow, on_delete=models.PROTECT)
    office = models.CharField(max_length=35, db_index=True)
    valid = DateRangeField()
    procedures = ArrayField(models.CharField(max_length=10), blank=True, default=list)


class SubstitutionRow(models.Model):
    """During an absence, one does another's duties."""

    absent = models.ForeignKey(AccountRow, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(AccountRow, on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()


class TokenRow(models.Model):
    """A key by which other software acts for an account; only its hash is kept."""

    account = models.ForeignKey(AccountRow, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class IdempotencyRow(models.Model):
    """A request that was answered; the same key gets the same answer."""

    account = models.ForeignKey(AccountRow, on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="idempotency_once")]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was said to the first request of a key."""

    request_sha256: str
    status: int
    body: str


class NoSuchAccount(Refusal):
    """Nobody signs in by this name, or not any more."""

    code = "no_such_account"
    kind = Kind.UNKNOWN


class NoSuchToken(Refusal):
    """The account has no token of this name that still works."""

    code = "no_such_token"
    kind = Kind.UNKNOWN


class NoSuchOfficial(Refusal):
    """Nobody of this name works in the office on this day."""

    code = "no_such_official"
    kind = Kind.UNKNOWN


def official_in(account: str, *, office: str, on: date) -> str:
    """The account of someone who works in an office on a day. Raises NoSuchOfficial."""
    held = GrantRow.objects.filter(
        account__username=account, account__is_active=True, office=office, valid__contains=on
    )
    if not held.exists():
        raise NoSuchOfficial("official", given=account, office=office)
    return account


# Every act asks this, so it is asked in PostgreSQL's own words.
_ABSENT = """
SELECT absent.username, s.during FROM records_substitutionrow s
JOIN records_accountrow absent ON absent.id = s.absent_id
JOIN records_accountrow substitute ON substitute.id = s.substitute_id
WHERE substitute.username = %s ORDER BY s.id
"""
_HELD = """
SELECT a.username, r.code, r.acts, r.rights, g.office, g.valid, g.procedures
FROM records_grantrow g
JOIN records_accountrow a ON a.id = g.account_id
JOIN records_rolerow r ON r.id = g.role_id
WHERE a.username = ANY(%s) AND a.is_active ORDER BY g.id
"""


def duties(account: str) -> Duties:
    """The duties of one person, their own and those they stand in for."""
    with connection.cursor() as cursor:
        cursor.execute(_ABSENT, [account])
        substitutions = tuple(
            Substitution(absent, account, to_span(during)) for absent, during in cursor.fetchall()
        )
        cursor.execute(_HELD, [[account, *(s.absent for s in substitutions)]])
        held = cursor.fetchall()
    return Duties(
        acts_of={role: _acts(tuple(acts)) for _, role, acts, *_ in held},
        grants=tuple(
            Grant(holder, role, office, to_span(valid), frozenset(procedures))
            for holder, role, _, _, office, valid, procedures in held
        ),
        substitutions=substitutions,
        rights_of={role: frozenset(map(Right, rights)) for _, role, _, rights, *_ in held},
    )


@cache
def _acts(names: tuple[str, ...]) -> frozenset[Act]:
    return frozenset(map(Act, names))


def names(usernames: Iterable[str]) -> dict[str, str]:
    """The names of people by the accounts with which they sign in, or once did."""
    rows = AccountRow.objects.filter(username__in=set(usernames))
    return dict(rows.values_list("username", "name"))


def account(username: str) -> AccountRow:
    """The account that signs in by this name. Raises NoSuchAccount."""
    row = AccountRow.objects.filter(username=username, is_active=True).first()
    if row is None:
        raise NoSuchAccount("account", given=username)
    return row


def hash_of(token: str) -> str:
    """What we keep of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_of_token(token: str) -> AccountRow | None:
    """The account for which a token acts, if the token still works."""
    row = TokenRow.objects.select_related("account").filter(
        sha256=hash_of(token), revoked_at=None, account__is_active=True
    )
    found = row.first()
    return found.account if found else None


def save_token(username: str, *, name: str, sha256: str, at: datetime) -> None:
    """Keep a new token of an account. Raises NoSuchAccount."""
    TokenRow.objects.create(account=account(username), name=name, sha256=sha256, created_at=at)


def end_tokens(username: str, *, name: str, at: datetime) -> int:
    """End the tokens of this name that still work; how many."""
    working = TokenRow.objects.filter(account__username=username, name=name, revoked_at=None)
    return working.update(revoked_at=at)


def take_key(username: str, key: str, *, request_sha256: str, at: datetime) -> bool:
    """Take a key for a first request; whoever comes second waits, and then cannot have it.

    Raises NoSuchAccount.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_idempotencyrow (account_id, key, request_sha256, at)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (account_id, key) DO NOTHING",
            [account(username).pk, key, request_sha256, at],
        )
        return bool(cursor.rowcount)


def keep_answer(username: str, key: str, *, status: int, body: str) -> None:
    """Keep what was said to the request that took this key."""
    taken = IdempotencyRow.objects.filter(account__username=username, key=key)
    taken.update(status=status, answer=body)


def kept_answer(username: str, key: str) -> KeptAnswer:
    """What was said to the first request of a key."""
    row = IdempotencyRow.objects.get(account__username=username, key=key)
    return KeptAnswer(row.request_sha256, row.status or 0, str(row.answer))


def forget_answers(*, before: datetime) -> int:
    """Forget the keys taken before a moment; how many."""
    forgotten, _ = IdempotencyRow.objects.filter(at__lt=before).delete()
    return forgotten

"""Accounts, roles, grants and substitutions, as PostgreSQL keeps them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from thongsuot.domain.duties import Duties, Grant, Person, Substitution
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

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "office"]
    objects: ClassVar[Accounts] = Accounts()

    def person(self) -> Person:
        """The one who acts."""
        return Person(self.username, self.name)


class RoleRow(models.Model):
    """A role, and the acts that it may make."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    acts = ArrayField(models.CharField(max_length=30))
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


def duties(account: str) -> Duties:
    """The duties of one person, their own and those they stand in for."""
    subs = SubstitutionRow.objects.select_related("absent", "substitute").filter(
        substitute__username=account
    )
    substitutions = tuple(
        Substitution(s.absent.username, s.substitute.username, to_span(s.during)) for s in subs
    )
    accounts = [account, *(s.absent for s in substitutions)]
    grants = GrantRow.objects.select_related("account", "role").filter(
        account__username__in=accounts
    )
    return Duties(
        acts_of={g.role.code: frozenset(Act(act) for act in g.role.acts) for g in grants},
        grants=tuple(
            Grant(
                g.account.username,
                g.role.code,
                g.office,
                to_span(g.valid),
                frozenset(g.procedures),
            )
            for g in grants
        ),
        substitutions=substitutions,
    )

"""Two people answer for a migration, once its books are balanced."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.duties import Person
from thongsuot.domain.migration import SIGNERS, Balance, Books
from thongsuot.domain.refusal import Refusal
from thongsuot.records import migration as records
from thongsuot.records import reconciliation
from thongsuot.records.migration import CLOSED, LOADED, SIGNED, MigrationRow


class BooksOpen(Refusal):
    """A migration with rows that have not ended is not signed."""

    code = "migration_books_open"


class BalanceOpen(Refusal):
    """Nobody answers for a migration of which a dossier is nowhere, or twice."""

    code = "migration_balance_open"


class StillPending(Refusal):
    """A migration is closed when both people signed it and nothing of it waits."""

    code = "migration_still_pending"


@transaction.atomic
def sign(number: int, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Answer for the result of a migration as its books say it; who does so far.

    Raises NoSuchMigration, NotYourRight, BooksOpen, BalanceOpen.
    """
    require_engineer(by, at)
    run = records.find(number, lock=True)
    books = run.books()
    if run.state not in (LOADED, SIGNED, CLOSED) or not books.is_balanced:
        raise BooksOpen("run", run=number, pending=books.pending)
    balance = reconciliation.balance(run)
    if not balance.may_be_signed:
        raise BalanceOpen("run", run=number, difference=balance.difference)
    digest = digest_of(run, books)
    records.sign(run, what="result", digest=digest, by=by.account, at=at)
    signers = tuple(records.signers(run, what="result", digest=digest))
    if len(signers) >= SIGNERS and run.state == LOADED:
        run.state = SIGNED
        run.save(update_fields=["state"])
    return signers


@transaction.atomic
def close(number: int, *, by: Person, at: datetime) -> Balance:
    """Close a migration: everything is accounted for, nothing waits any more.

    Raises NoSuchMigration, NotYourRight, BalanceOpen, StillPending.
    """
    require_engineer(by, at)
    run = records.find(number, lock=True)
    balance = reconciliation.balance(run)
    if not balance.may_be_signed:
        raise BalanceOpen("run", run=number, difference=balance.difference)
    if run.state not in (SIGNED, CLOSED) or not balance.may_be_closed:
        raise StillPending("run", run=number, pending=balance.pending)
    run.state = CLOSED
    run.save(update_fields=["state"])
    return balance


def digest_of(run: MigrationRow, books: Books) -> str:
    """What a signature is over: this export, and how its rows ended."""
    told = {"run": run.pk, "sha256": run.sha256, **asdict(books)}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

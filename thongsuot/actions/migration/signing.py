"""Two people answer for a migration, once its books are balanced."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from thongsuot.actions.migration.steps import require_engineer
from thongsuot.domain.duties import Person
from thongsuot.domain.migration import SIGNERS, Books
from thongsuot.domain.refusal import Refusal
from thongsuot.records import migration as records
from thongsuot.records.migration import LOADED, SIGNED, MigrationRow


class BooksOpen(Refusal):
    """A migration with rows that have not ended is not signed."""

    code = "migration_books_open"


@transaction.atomic
def sign(number: int, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Answer for the result of a migration as its books say it; who does so far.

    Raises NoSuchMigration, NotYourRight, BooksOpen.
    """
    require_engineer(by, at)
    run = records.find(number, lock=True)
    books = run.books()
    if run.state not in (LOADED, SIGNED) or not books.is_balanced:
        raise BooksOpen("run", run=number, pending=books.pending)
    digest = digest_of(run, books)
    records.sign(run, what="result", digest=digest, by=by.account, at=at)
    signers = tuple(records.signers(run, what="result", digest=digest))
    if len(signers) >= SIGNERS:
        run.state = SIGNED
        run.save(update_fields=["state"])
    return signers


def digest_of(run: MigrationRow, books: Books) -> str:
    """What a signature is over: this export, and how its rows ended."""
    told = {"run": run.pk, "sha256": run.sha256, **asdict(books)}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

"""Who looks at people's data, who speaks to us by software, and how one request is answered once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import access as records
from thongsuot.records import dossier, looks

ANSWERS_ARE_KEPT_FOR = timedelta(days=30)
LONGEST_KEY = 120
OURS = "ts_"  # so that a token left in a text is known for one of ours


class IdempotencyKeyReused(Refusal):
    """The same key came before with another request."""

    code = "idempotency_key_reused"


class IdempotencyKeyMalformed(Refusal):
    """A key is 1 to 120 printable characters of ASCII."""

    code = "idempotency_key_malformed"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door said: its status and its body, letter for letter."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and whether it was given before."""

    answer: Answer
    is_replay: bool


def open_reading(
    *, by: Person, about: str, purpose: Purpose, at: datetime, door: str = "web"
) -> ReadingToken:
    """Log that somebody looks at a person's data; the token is what queries ask for.

    `about` is a dossier by any of its codes, `person_key(number)`, or a list ("list:register").
    Raises NoSuchDossier.
    """
    known = about if looks.is_named(about) else dossier.find(about).code
    looks.save_look(by.account, about=known, purpose=purpose.value, door=door, at=at)
    return ReadingToken(by.account, known, purpose, at)


@transaction.atomic
def answer_once(
    *, account: str, key: str, request: bytes, at: datetime, act: Callable[[], Answer]
) -> Reply:
    """Act on a request, or say again what was said when this key came first.

    What the act writes and the answer are kept together or not at all; whoever brings the
    same key meanwhile waits. An exception of the act leaves the key unused.
    Raises IdempotencyKeyMalformed, IdempotencyKeyReused, NoSuchAccount.
    """
    if not 0 < len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise IdempotencyKeyMalformed("idempotency_key", longest=LONGEST_KEY)
    asked = hashlib.sha256(request).hexdigest()
    if records.take_key(account, key, request_sha256=asked, at=at):
        answer = act()
        records.keep_answer(account, key, status=answer.status, body=answer.body)
        return Reply(answer, is_replay=False)
    kept = records.kept_answer(account, key)
    if kept.request_sha256 != asked:
        raise IdempotencyKeyReused("idempotency_key", given=key)
    return Reply(Answer(kept.status, kept.body), is_replay=True)


def forget_answers(*, at: datetime) -> int:
    """Forget the keys of requests that nobody repeats any more; how many."""
    return records.forget_answers(before=at - ANSWERS_ARE_KEPT_FOR)


def issue_token(*, account: str, name: str, at: datetime) -> str:
    """A new token by which software acts for an account; it can be read only now.

    Raises NoSuchAccount.
    """
    token = OURS + secrets.token_urlsafe(32)
    records.save_token(account, name=name, sha256=records.hash_of(token), at=at)
    return token


def revoke_token(*, account: str, name: str, at: datetime) -> int:
    """End the tokens of this name of an account; how many. Raises NoSuchToken."""
    ended = records.end_tokens(account, name=name, at=at)
    if not ended:
        raise records.NoSuchToken("name", given=name, account=account)
    return ended

"""Reorganisation is never a reason to refuse: it is recognised however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span

_WORDS = re.compile(r"[a-z0-9]+")


class ReorganisationIsNoReason(Refusal):
    """A dossier cannot be refused because offices are being reorganised.

    Source: NQ 190/2025/QH15 Đ.5, Đ.10.
    """

    code = "reorganisation_is_no_reason"


class ReasonNeeded(Refusal):
    """This act is only lawful with a reason in writing."""

    code = "reason_needed"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a reorganisation: one of `first`, then one of `then` within some words.

    Without `then`, the first words alone are enough.
    """

    first: tuple[str, ...]
    then: tuple[str, ...]
    within: int
    valid: Span
    source: str

    def found_in(self, words: tuple[str, ...]) -> bool:
        """Whether the folded words of a sentence contain this phrase."""
        for end in _ends(words, self.first):
            if not self.then:
                return True
            nearby = words[end : end + self.within + max(len(t.split()) for t in self.then)]
            if any(start <= self.within for start in _starts(nearby, self.then)):
                return True
        return False


def fold(text: str) -> tuple[str, ...]:
    """The words of a sentence in lower case, without accents, NFC and NFD alike."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return tuple(_WORDS.findall(bare))


def forbid_reorganisation(
    reason: str, *, phrases: Iterable[Phrase], on: date, about_reorganisation: bool
) -> None:
    """Let a reason pass unless it is, in whatever words, the reorganisation of offices.

    A procedure whose own subject is a reorganisation is not blocked.
    Raises ReasonNeeded, ReorganisationIsNoReason.
    """
    words = fold(reason)
    if not words:
        raise ReasonNeeded("reason")
    if about_reorganisation:
        return
    for phrase in phrases:
        if phrase.valid.contains(on) and phrase.found_in(words):
            raise ReorganisationIsNoReason(
                "reason", given=reason, phrase=" / ".join(phrase.first), source=phrase.source
            )


def _starts(words: tuple[str, ...], phrases: tuple[str, ...]) -> list[int]:
    split = [tuple(phrase.split()) for phrase in phrases]
    return [
        at for at in range(len(words)) for phrase in split if words[at : at + len(phrase)] == phrase
    ]


def _ends(words: tuple[str, ...], phrases: tuple[str, ...]) -> list[int]:
    split = [tuple(phrase.split()) for phrase in phrases]
    return [
        at + len(phrase)
        for at in range(len(words))
        for phrase in split
        if words[at : at + len(phrase)] == phrase
    ]

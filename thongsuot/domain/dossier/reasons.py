"""Reorganisation is never a reason to refuse: it is recognised however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span

_WORDS = re.compile(r"[a-z0-9]+")
_CLAUSES = re.compile(r"[,.;:!?()\n]")
_PLAIN_D = str.maketrans("đð", "dd")

# How many words before and after a hit are read to see whom it speaks of.
_BEFORE, _AFTER = 6, 3


class ReorganisationIsNoReason(Refusal):
    """A dossier cannot be refused because offices are being reorganised.

    Source: NQ 190/2025/QH15 Đ.5, Đ.10.
    """

    code = "reorganisation_is_no_reason"


class ReasonNeeded(Refusal):
    """This act is only lawful with a reason in writing."""

    code = "reason_needed"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: as written, without its accents, and in which clause it stands."""

    written: str
    bare: str
    clause: int = 0

    def is_like(self, other: Word) -> bool:
        """Whether a word of a sentence is this word of a phrase.

        A phrase asks for accents only where it has them, and then forgives their absence.
        """
        if self.bare != other.bare:
            return False
        return self.written in (self.bare, other.written) or other.written == other.bare


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a reorganisation: one of `first`, then one of `then` within some words.

    Without `then`, the first words alone are enough. It speaks of something else where one of
    `unless` stands in the same clause, in the hit or near it.
    """

    first: tuple[str, ...]
    then: tuple[str, ...]
    within: int
    valid: Span
    source: str
    unless: tuple[str, ...] = ()

    def found_in(self, sentence: tuple[Word, ...]) -> str:
        """The words of a sentence that are this phrase and mean it; "" if there are none."""
        for start, end in self._hits(sentence):
            if not self._is_harmless(sentence, start, end):
                return " ".join(word.written for word in sentence[start:end])
        return ""

    def _hits(self, sentence: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
        seconds = list(_spots(sentence, self.then))
        for start, end in _spots(sentence, self.first):
            if not self.then:
                yield start, end
            for then_start, then_end in seconds:
                if end <= then_start <= end + self.within:
                    yield start, then_end

    def _is_harmless(self, sentence: tuple[Word, ...], start: int, end: int) -> bool:
        clauses = {word.clause for word in sentence[start:end]}
        near = sentence[max(0, start - _BEFORE) : end + _AFTER]
        around = tuple(word for word in near if word.clause in clauses)
        return any(True for _ in _spots(around, self.unless))


def words(text: str) -> tuple[Word, ...]:
    """The words of a sentence in lower case, NFC and NFD, full and half width alike."""
    visible = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    composed = unicodedata.normalize("NFKC", visible).lower()
    plain = "".join(mark for mark in composed if not unicodedata.combining(mark))
    return tuple(
        Word(written, bare, clause)
        for clause, part in enumerate(_CLAUSES.split(plain))
        for written in re.findall(r"\w+", part.replace("_", " "))
        for bare in _WORDS.findall(_without_accents(written))
    )


def fold(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without accents, NFC and NFD alike."""
    return tuple(_WORDS.findall(_without_accents(text)))


def begins_words(parts: Iterable[str], text: str) -> bool:
    """Whether each of some folded parts begins a word of a text, in any order."""
    have = fold(text)
    return all(any(word.startswith(part) for word in have) for part in parts)


def forbid_reorganisation(
    reason: str, *, phrases: Iterable[Phrase], on: date, about_reorganisation: bool
) -> None:
    """Let a reason pass unless it is, in whatever words, the reorganisation of offices.

    A procedure whose own subject is a reorganisation is not blocked.
    Raises ReasonNeeded, ReorganisationIsNoReason.
    """
    sentence = words(reason)
    if not sentence:
        raise ReasonNeeded("reason")
    if about_reorganisation:
        return
    for phrase in phrases:
        found = phrase.found_in(sentence) if phrase.valid.contains(on) else ""
        if found:
            raise ReorganisationIsNoReason(
                "reason", given=reason, phrase=found, source=phrase.source
            )


@cache
def _of_phrase(phrase: str) -> tuple[Word, ...]:
    return words(phrase)


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN_D))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _spots(sentence: tuple[Word, ...], phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where one of these phrases stands, as half-open runs of words."""
    # Few phrases begin with a word of the sentence: only there is the rest compared.
    begins: dict[str, list[int]] = {}
    for place, word in enumerate(sentence):
        begins.setdefault(word.bare, []).append(place)
    for phrase in phrases:
        wanted = _of_phrase(phrase)
        for start in begins.get(wanted[0].bare, ()) if wanted else ():
            run = sentence[start : start + len(wanted)]
            whole = len(run) == len(wanted)
            if whole and all(word.is_like(want) for word, want in zip(run, wanted, strict=True)):
                yield start, start + len(wanted)

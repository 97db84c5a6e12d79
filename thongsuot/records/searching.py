"""Texts as they are looked for: words without accents, found by their beginnings in any order."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from django.db.models import Q

from thongsuot.domain.dossier.reasons import fold

# More words than these narrow nothing further.
WORDS_AT_MOST = 12


def folded(*texts: str) -> str:
    """The words of texts, each once and after a blank, so that ` gia` finds the beginning of one."""
    words = chain.from_iterable(map(_words, texts))
    return "".join(f" {word}" for word in dict.fromkeys(words))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    """The names of procedures and places come again and again."""
    return fold(text)


def holding(words: str, *, column: str = "words__search") -> Q:
    """The dossiers that have a word that begins as each of these, in whatever order."""
    wanted = Q()
    for word in fold(words)[:WORDS_AT_MOST]:
        wanted &= Q(**{f"{column}__contains": f" {word}"})
    return wanted

"""Texts as they are looked for: words without accents, found by their beginnings in any order."""

from __future__ import annotations

from django.db.models import Q

from thongsuot.domain.dossier.reasons import fold

# More words than these narrow nothing further.
WORDS_AT_MOST = 12


def folded(*texts: str) -> str:
    """The words of texts, each once and after a blank, so that ` gia` finds the beginning of one."""
    return "".join(f" {word}" for word in dict.fromkeys(fold(" ".join(texts))))


def holding(words: str) -> Q:
    """The rows whose `search` holds a word that begins as each of these, in whatever order."""
    wanted = Q()
    for word in fold(words)[:WORDS_AT_MOST]:
        wanted &= Q(search__contains=f" {word}")
    return wanted

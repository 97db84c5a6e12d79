"""Invented papers with which a form is tried before it is used: one full, one nearly empty."""

from __future__ import annotations

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.paper import values
from thongsuot.paper.specimens import letters, lists

_SPECIMENS = letters.SPECIMENS | lists.SPECIMENS


class NoSuchKindOfPaper(Refusal):
    """A form was described for a paper that we do not make."""

    code = "no_such_kind_of_paper"
    kind = Kind.UNKNOWN


def of(key: str) -> tuple[values.Paper, values.Paper]:
    """A full and a nearly empty specimen of the paper.

    Refuses: NoSuchKindOfPaper.
    """
    if key not in _SPECIMENS:
        raise NoSuchKindOfPaper(paper_kind=key)
    return _SPECIMENS[key]

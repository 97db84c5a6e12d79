"""What an applicant thinks of how a dossier was dealt with: one word, when the work is done."""

from __future__ import annotations

from thongsuot.domain.dossier import Dossier
from thongsuot.domain.refusal import Kind, Refusal

SCORES = range(1, 6)
LONGEST_COMMENT = 1000


class RatedAlready(Refusal):
    """A dossier is rated once."""

    code = "rated_already"
    kind = Kind.CONFLICT


class RatedTooEarly(Refusal):
    """A dossier is rated when the work on it has ended."""

    code = "rated_too_early"


class ScoreUnknown(Refusal):
    """A score is a whole number from one to five."""

    code = "score_unknown"
    kind = Kind.MALFORMED


def require_ratable(dossier: Dossier, *, score: int) -> None:
    """Raises RatedTooEarly, ScoreUnknown."""
    if score not in SCORES:
        raise ScoreUnknown("diem", lowest=SCORES[0], highest=SCORES[-1])
    if dossier.is_open:
        raise RatedTooEarly("diem", dossier=dossier.code)

"""An applicant says how the dossier was dealt with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.domain import feedback as rules
from thongsuot.domain.feedback import LONGEST_COMMENT
from thongsuot.records import dossier
from thongsuot.records.feedback import save_feedback
from thongsuot.words import reading


@transaction.atomic
def rate(*, code: str, score: object, comment: object, at: datetime) -> None:
    """Keep what an applicant who proved the dossier says about it, once.

    Raises NoSuchDossier, FieldNeeded, BadField, FieldTooLong, ScoreUnknown, RatedTooEarly,
    RatedAlready.
    """
    points = reading.number("diem", score)
    said = "" if reading.is_empty(comment) else _comment(comment)
    row, loaded, _ = dossier.load(code)
    rules.require_ratable(loaded, score=points)
    save_feedback(row, score=points, comment=said, at=at)


def _comment(given: object) -> str:
    return reading.text("gop-y", given, longest=LONGEST_COMMENT)

"""What applicants said about how their dossiers were dealt with."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction

from thongsuot.domain.feedback import LONGEST_COMMENT, RatedAlready
from thongsuot.records.dossier import DossierRow


class FeedbackRow(models.Model):
    """The rating of one dossier."""

    dossier = models.OneToOneField(DossierRow, on_delete=models.PROTECT, related_name="feedback")
    office = models.CharField(max_length=35)
    score = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="score_one_to_five"
            )
        ]
        indexes = [models.Index(fields=["office", "-id"], name="feedback_office")]


def save_feedback(row: DossierRow, *, score: int, comment: str, at: datetime) -> None:
    """Keep the rating of a dossier. Raises RatedAlready."""
    try:
        with transaction.atomic():
            FeedbackRow.objects.create(
                dossier=row, office=row.competent_office, score=score, comment=comment, at=at
            )
    except IntegrityError as twice:
        raise RatedAlready("diem", dossier=row.code) from twice


def is_rated(row: DossierRow) -> bool:
    """Whether the dossier was rated."""
    return FeedbackRow.objects.filter(dossier=row).exists()

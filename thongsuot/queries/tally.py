"""How dossiers stand all together, counted by PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from thongsuot.domain.deadline import Term
from thongsuot.records.dossier import OPEN, DossierRow, EventRow, code_gaps
from thongsuot.records.messages import OutboxRow

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """All dossiers, counted in the ways in which an office is asked about them."""

    dossiers: int
    events: int
    procedures: int
    by_status: Counts
    by_channel: Counts
    by_term: Counts  # by the unit of the term; "" where an appointment was given
    received_elsewhere: int
    ended_on_time: int
    ended_late: int
    open_on_time: int
    open_late: int
    waiting: int
    owed: int  # ever, whether sent or not
    unsent: int
    code_gaps: int


def tally(*, at: datetime) -> Tally:
    """How all dossiers stand at a moment."""
    rows = DossierRow.objects.all()
    answered = Q(outcome__in=("granted", "refused"))
    found = rows.aggregate(
        dossiers=Count("pk"),
        procedures=Count("procedure", distinct=True),
        received_elsewhere=Count("pk", filter=~Q(receiving_office=F("competent_office"))),
        ended_on_time=Count("pk", filter=answered & Q(ended_at__lte=F("due_at"))),
        ended_late=Count("pk", filter=answered & Q(ended_at__gt=F("due_at"))),
        open_on_time=Count("pk", filter=OPEN & (Q(due_at__gte=at) | Q(is_paused=True))),
        open_late=Count("pk", filter=OPEN & Q(due_at__lt=at, is_paused=False)),
        waiting=Count("pk", filter=OPEN & Q(is_paused=True)),
    )
    return Tally(
        **found,
        events=EventRow.objects.count(),
        by_status=_counted("status"),
        by_channel=_counted("channel"),
        by_term=_by_unit(_counted("term")),
        owed=OutboxRow.objects.count(),
        unsent=OutboxRow.objects.filter(sent_at=None).count(),
        code_gaps=sum(1 for _ in code_gaps()),
    )


def _counted(column: str) -> dict[str, int]:
    rows = DossierRow.objects.values_list(column).annotate(many=Count("pk"))
    return dict(rows.order_by("-many", column))


def _by_unit(terms: Counts) -> dict[str, int]:
    units = Counter[str]()
    for term, many in terms.items():
        units[Term.parse(term).unit.value if term else ""] += many
    return dict(units.most_common())

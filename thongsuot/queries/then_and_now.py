"""Open work by the bodies of a past day or of today: each dossier is counted once in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from thongsuot.domain.reorganisation import Lineage
from thongsuot.queries import directory
from thongsuot.records import directory as records
from thongsuot.records.directory import OfficeRow


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body of the day asked for, and how many open dossiers are its own.

    `by_lineage` of them were never with it: they came since, to a body that carries its work on.
    """

    office: str
    name: str
    dossiers: int
    by_lineage: int


# The body before the first switch after the day is the body of the day.
_BEFORE = """
SELECT d.competent_office, coalesce(m.office, ''), count(*)
  FROM records_dossierrow d
  LEFT JOIN LATERAL (
    SELECT moved.before->>'competent_office' AS office
      FROM records_censusrow c
      JOIN records_reorganisationrow p ON p.id = c.plan_id AND p.effective_on > %(on)s
      JOIN records_movedrow moved ON moved.plan_id = p.id AND moved.subject = 'dossiers'
                                 AND moved.key = d.code AND moved.step = 'moved'
     WHERE c.dossier_id = d.id AND c.fate = 'passed' AND c.undone_version IS NULL
     ORDER BY p.effective_on, p.id LIMIT 1
  ) m ON true
 WHERE d.ended_at IS NULL AND NOT d.is_handed_over
 GROUP BY 1, 2
"""


def open_by_body(*, on: date) -> tuple[BodyLine, ...]:
    """Open dossiers of this moment by the bodies of a day; the sum is the same for every day.

    What came after a reorganisation is put to the first body, by code, whose work its own carries
    on; where none stood on the day, it stays with its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, {"on": on})
        found = cursor.fetchall()
    standing = set(OfficeRow.objects.filter(valid__contains=on).values_list("code", flat=True))
    lineage = Lineage(records.successions())
    counts, derived = Counter[str](), Counter[str]()
    for now, before, many in found:
        body = before or now
        if body not in standing:
            body = _standing_of(body, lineage, standing, on)
            derived[body] += many
        counts[body] += many
    names = directory.office_names(counts)
    return tuple(
        BodyLine(code, names.get(code, code), many, derived[code])
        for code, many in sorted(counts.items())
    )


def _standing_of(body: str, lineage: Lineage, standing: set[str], on: date) -> str:
    """The body of a day whose work another one carries on, or that carries on for it."""
    before = _first(lineage.origins(body, date.max), standing)
    return before or _first(lineage.today(body, on), standing) or body


def _first(codes: Iterable[str], standing: set[str]) -> str:
    return next((code for code in sorted(codes) if code in standing), "")

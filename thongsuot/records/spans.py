"""Spans of days as PostgreSQL ranges, and what no two rows of a code may share."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.backends.postgresql.psycopg_any import DateRange

from thongsuot.domain.spans import Span


def to_range(span: Span) -> DateRange:
    """A span as a half-open range."""
    return DateRange(span.start, span.end, "[)")


def to_span(value: object) -> Span:
    """A stored range as a span. Raises ValueError for a range that has no beginning."""
    lower, upper = getattr(value, "lower", None), getattr(value, "upper", None)
    if not isinstance(lower, date):
        raise ValueError(f"a span begins on a day, not {value!r}")
    return Span(lower, upper)


def never_overlapping(name: str, *fields: str) -> ExclusionConstraint:
    """PostgreSQL refuses a second row of the same fields whose validity overlaps."""
    equal = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(name=name, expressions=[*equal, ("valid", RangeOperators.OVERLAPS)])

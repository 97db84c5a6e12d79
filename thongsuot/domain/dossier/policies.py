"""The numbers of the law that change by decree: dated data, never constants in a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span


class NoPolicyForDay(Refusal):
    """No policy of this name is in force on this day."""

    code = "no_policy_for_day"


class BadPolicy(Refusal):
    """A policy holds a value that this rule cannot read."""

    code = "bad_policy"


class Lead(StrEnum):
    """How the day before the due day is counted."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule's value while it is valid, with the text that set it."""

    key: str
    value: str
    valid: Span
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies that decide about dossiers on one day."""

    transfer_next_morning_from: time
    supplements_at_most: int
    extensions_at_most: int
    apology_lead_days: int
    apology_lead_counted_in: Lead
    near_working_hours: int


def on_day(policies: Iterable[Policy], day: date) -> Policies:
    """The policies in force on a day. Raises NoPolicyForDay, BadPolicy."""
    found = {policy.key: policy.value for policy in policies if policy.valid.contains(day)}
    try:
        return Policies(
            transfer_next_morning_from=time.fromisoformat(found["transfer_next_morning_from"]),
            supplements_at_most=int(found["supplements_at_most"]),
            extensions_at_most=int(found["extensions_at_most"]),
            apology_lead_days=int(found["apology_lead_days"]),
            apology_lead_counted_in=Lead(found["apology_lead_counted_in"]),
            near_working_hours=int(found["near_working_hours"]),
        )
    except KeyError as missing:
        raise NoPolicyForDay("policy", key=str(missing.args[0]), day=day.isoformat()) from None
    except ValueError as wrong:
        raise BadPolicy("policy", day=day.isoformat(), why=str(wrong)) from None

"""When a dossier is due, and the reasons: a term, counted on the calendar of the office."""

from thongsuot.domain.deadline.count import due, prolong
from thongsuot.domain.deadline.deadline import Deadline
from thongsuot.domain.deadline.ledger import LedgerDay, Why
from thongsuot.domain.deadline.pauses import Pause, PauseEndsBeforeItStarts, PauseKind
from thongsuot.domain.deadline.reasons import Reason, ReasonCode
from thongsuot.domain.deadline.rules import (
    DEFAULT_RULES,
    Certainty,
    CountingRules,
    NoCountingRulesOnDay,
    Rule,
    RuleKey,
    rules_on,
)
from thongsuot.domain.deadline.standing import Standing, standing
from thongsuot.domain.deadline.terms import (
    HalfCalendarTerm,
    Term,
    TermMalformed,
    TermNotInHalves,
    TermOutOfRange,
    TermUnitUnknown,
    Unit,
)

__all__ = [
    "DEFAULT_RULES",
    "Certainty",
    "CountingRules",
    "Deadline",
    "HalfCalendarTerm",
    "LedgerDay",
    "NoCountingRulesOnDay",
    "Pause",
    "PauseEndsBeforeItStarts",
    "PauseKind",
    "Reason",
    "ReasonCode",
    "Rule",
    "RuleKey",
    "Standing",
    "Term",
    "TermMalformed",
    "TermNotInHalves",
    "TermOutOfRange",
    "TermUnitUnknown",
    "Unit",
    "Why",
    "due",
    "prolong",
    "rules_on",
    "standing",
]

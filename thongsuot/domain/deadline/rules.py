"""How the law is counted where its text leaves room: dated policies, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays.table import MINUTE


class NoCountingRulesOnDay(Refusal):
    """Every day needs counting rules in force."""

    code = "no_counting_rules_on_day"
    kind = Kind.UNKNOWN


class Certainty(StrEnum):
    """How sure a rule is."""

    LAW = "law"  # its text was read
    MEMORY = "memory"  # its text is cited from memory
    PRACTICE = "practice"  # live systems do so
    POLICY = "policy"  # decided here, for the province to confirm


class RuleKey(StrEnum):
    """The questions that a way of counting must answer."""

    START = "start"
    OUTSIDE_HOURS = "outside_hours"
    AFTER_15H = "after_15h"
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_END = "calendar_end"
    PAUSES = "pauses"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Rule:
    """One question of counting, the answer chosen, and where it comes from."""

    key: RuleKey
    choice: str
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CountingRules:
    """The way of counting in force during a span of days."""

    valid: Span
    rules: tuple[Rule, ...]
    next_day_from: time = time(15)

    @property
    def next_day_tick(self) -> int:
        """From when in the day, in ticks, a receipt counts from the next working day."""
        return (self.next_day_from.hour * 60 + self.next_day_from.minute) * MINUTE

    def rule(self, key: RuleKey) -> Rule:
        """The answer to one question."""
        return next(rule for rule in self.rules if rule.key is key)


DEFAULT_RULES = CountingRules(
    valid=Span(date(2018, 6, 21)),
    rules=(
        Rule(
            RuleKey.START,
            "from_full_receipt_or_receipt_by_the_competent_body",
            "NĐ 118/2025/NĐ-CP Điều 17 khoản 3 (sửa đổi bởi NĐ 309/2026/NĐ-CP Điều 8)",
            Certainty.LAW,
        ),
        Rule(
            RuleKey.OUTSIDE_HOURS,
            "from_the_next_opening",
            "Giờ tiếp nhận theo QĐ 2934/QĐ-UBND ngày 20/11/2025 của UBND tỉnh Lai Châu",
            Certainty.PRACTICE,
        ),
        Rule(
            RuleKey.AFTER_15H,
            "from_the_opening_of_the_next_working_day",
            "NĐ 63/2024/NĐ-CP Điều 7 khoản 2 (sửa đổi bởi NĐ 301/2026/NĐ-CP); "
            "chỉ khi thủ tục quy định",
            Certainty.LAW,
        ),
        Rule(
            RuleKey.WORKING_DAYS,
            "one_working_day_is_one_whatever_its_hours",
            "Quyết định công bố thủ tục (đơn vị ngày làm việc); cách tính của tỉnh",
            Certainty.POLICY,
        ),
        Rule(
            RuleKey.WORKING_HOURS,
            "along_office_hours",
            "Quyết định công bố thủ tục (đơn vị giờ làm việc); cách tính của tỉnh",
            Certainty.POLICY,
        ),
        Rule(
            RuleKey.CALENDAR_END,
            "next_working_day_same_time_within_office_hours",
            "Bộ luật Dân sự 91/2015/QH13 Điều 147, Điều 148",
            Certainty.MEMORY,
        ),
        Rule(
            RuleKey.PAUSES,
            "grow_by_the_length_on_the_axis_of_the_term",
            "NĐ 118/2025/NĐ-CP Điều 19; NĐ 301/2026/NĐ-CP Điều 3 khoản 4",
            Certainty.MEMORY,
        ),
        Rule(
            RuleKey.ROUNDING,
            "down_to_the_minute_once_at_the_end",
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả ghi giờ và phút (TT 03/2025/TT-VPCP)",
            Certainty.POLICY,
        ),
    ),
)


def rules_on(day: date, policies: Iterable[CountingRules]) -> CountingRules:
    """The way of counting in force on this day.

    Refuses: NoCountingRulesOnDay.
    """
    for policy in policies:
        if day in policy.valid:
            return policy
    raise NoCountingRulesOnDay(day=day.isoformat())

"""What is wrong with a row of an old system: each defect has a name, and says what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from thongsuot.domain.migration.books import RowOutcome


class Defect(StrEnum):
    """The defects that are known from real exports. Source: integration.md 5.4, 5.8."""

    # The row is not loaded.
    CODE_MISSING = "code_missing"
    CODE_REPEATED = "code_repeated"
    CODE_TAKEN = "code_taken"
    CODE_TOO_LONG = "code_too_long"
    HEADER_REPEATED = "header_repeated"
    ROW_CUT = "row_cut"
    RECEIPT_MISSING = "receipt_missing"
    RECEIPT_IN_FUTURE = "receipt_in_future"
    NOT_RECEIVED_YET = "not_received_yet"
    PROCEDURE_UNMAPPED = "procedure_unmapped"
    PROCEDURE_UNKNOWN = "procedure_unknown"
    OFFICE_UNMAPPED = "office_unmapped"
    OFFICE_UNKNOWN = "office_unknown"
    OFFICE_CLOSED = "office_closed"
    STATUS_UNMAPPED = "status_unmapped"
    NO_PROCESS = "no_process"
    CONTINUED_HERE = "continued_here"
    OLDER_EXPORT = "older_export"
    # The row is loaded, and people should look at it.
    DAY_ELSEWISE = "day_elsewise"
    DAY_UNREADABLE = "day_unreadable"
    NOT_COMPOSED = "not_composed"
    NUMBER_AS_FLOAT = "number_as_float"
    STATUS_AGAINST_DATES = "status_against_dates"
    STATUS_REWRITTEN = "status_rewritten"
    END_MISSING = "end_missing"
    END_BEFORE_RECEIPT = "end_before_receipt"
    END_IN_FUTURE = "end_in_future"
    DUE_MISSING = "due_missing"
    DUE_BEFORE_RECEIPT = "due_before_receipt"
    PLACE_UNKNOWN = "place_unknown"
    PERSON_UNMAPPED = "person_unmapped"
    APPLICANT_MISSING = "applicant_missing"
    PERSON_NUMBER_LENGTH = "person_number_length"
    IDENTITY_PLACEHOLDER = "identity_placeholder"
    SUBMITTED_AS_RESULT = "submitted_as_result"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FEE_WITHOUT_WAY = "fee_without_way"
    TEXT_TOO_LONG = "text_too_long"
    VERSION_NOT_IN_FORCE = "version_not_in_force"
    CHANNEL_UNKNOWN = "channel_unknown"
    CORE_CHANGED = "core_changed"

    @property
    def refuses(self) -> bool:
        """Whether a row with this defect is not loaded."""
        return self in _REFUSING


_REFUSING = frozenset(list(Defect)[: list(Defect).index(Defect.DAY_ELSEWISE)])


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of one row: in which field, what stood there, what was made of it."""

    defect: Defect
    field: str = ""
    given: str = ""
    made: str = ""


def outcome_of(findings: Iterable[Finding]) -> RowOutcome:
    """How a row ends that is not there already: refused by one defect, remarked by any."""
    defects = [finding.defect for finding in findings]
    if any(defect.refuses for defect in defects):
        return RowOutcome.REFUSED
    return RowOutcome.REMARKED if defects else RowOutcome.LOADED

"""What hangs on a body, and what a reorganisation may make of it: stated, or by a named rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OperationKind(StrEnum):
    """The things that a plan can do to bodies."""

    CREATE = "create"
    RENAME = "rename"
    RECODE = "recode"
    REPARENT = "reparent"
    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    MOVE_FUNCTION = "move_function"
    MERGE_PROVINCES = "merge_provinces"


class Subject(StrEnum):
    """What hangs on a body and must go somewhere when the body changes."""

    DOSSIERS = "dossiers"
    STEPS = "steps"  # where an open dossier stands in its process, and who has it
    ROSTERS = "rosters"
    PROCESSES = "processes"
    ACCOUNTS = "accounts"
    ROLES = "roles"
    SUBSTITUTIONS = "substitutions"
    RECEPTION_POINTS = "reception_points"
    REPORT_ROUTES = "report_routes"
    REPORT_DUTIES = "report_duties"
    CODES = "codes"
    CERTIFICATES = "certificates"
    EMAIL_ADDRESSES = "email_addresses"
    SHARED_SYSTEMS = "shared_systems"
    NETWORK_LINKS = "network_links"


class Becomes(StrEnum):
    """What becomes of a subject."""

    STAYS = "stays"
    FOLLOWS_HEIR = "follows_heir"  # decided for each dossier, by the shares of the operation
    FOLLOWS_BODY = "follows_body"  # goes to the one body that carries on
    CLOSES = "closes"
    ALIAS = "alias"  # the old one leads to the new one for ever
    TO_ISSUE = "to_issue"  # the next three are lines of a worklist for people
    TO_CHANGE = "to_change"
    TO_REVOKE = "to_revoke"


class AnswerRule(StrEnum):
    """The named rules by which an answer is derived where the plan states none."""

    WORK_GOES_ON = "work_goes_on"
    STEP_IS_KEPT = "step_is_kept"
    PEOPLE_GO_WITH_WORK = "people_go_with_work"
    NEW_BODY_STARTS_EMPTY = "new_body_starts_empty"
    BODY_STAYS_ITSELF = "body_stays_itself"
    COUNTER_CLOSES_WITH_BODY = "counter_closes_with_body"
    REPORT_TO_THE_PARENT = "report_to_the_parent"
    CODES_RESOLVE_FOR_EVER = "codes_resolve_for_ever"
    CERTIFICATE_NAMES_ITS_BODY = "certificate_names_its_body"
    ADDRESS_NAMES_ITS_BODY = "address_names_its_body"
    SYSTEM_KNOWS_BODY_BY_CODE = "system_knows_body_by_code"
    LINK_ENDS_AT_BODY = "link_ends_at_body"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of one subject by one operation, and by which rule; `to` only when stated."""

    subject: Subject
    becomes: Becomes
    rule: AnswerRule
    to: str = ""


# What the plan may state of a subject besides the derived answer.
STATABLE: dict[Subject, frozenset[Becomes]] = {
    Subject.ROSTERS: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.PROCESSES: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY}),
    Subject.ACCOUNTS: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.ROLES: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.SUBSTITUTIONS: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.RECEPTION_POINTS: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.REPORT_ROUTES: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.REPORT_DUTIES: frozenset({Becomes.STAYS, Becomes.FOLLOWS_BODY, Becomes.CLOSES}),
    Subject.CERTIFICATES: frozenset(
        {Becomes.STAYS, Becomes.TO_ISSUE, Becomes.TO_CHANGE, Becomes.TO_REVOKE}
    ),
    Subject.EMAIL_ADDRESSES: frozenset(
        {Becomes.STAYS, Becomes.TO_ISSUE, Becomes.TO_CHANGE, Becomes.CLOSES}
    ),
    Subject.SHARED_SYSTEMS: frozenset(
        {Becomes.STAYS, Becomes.TO_ISSUE, Becomes.TO_CHANGE, Becomes.CLOSES}
    ),
    Subject.NETWORK_LINKS: frozenset(
        {Becomes.STAYS, Becomes.TO_ISSUE, Becomes.TO_CHANGE, Becomes.CLOSES}
    ),
}

_Derived = dict[Subject, tuple[Becomes, AnswerRule]]

_UNTOUCHED: _Derived = dict.fromkeys(Subject, (Becomes.STAYS, AnswerRule.BODY_STAYS_ITSELF))
_NEW: _Derived = {
    **dict.fromkeys(Subject, (Becomes.STAYS, AnswerRule.NEW_BODY_STARTS_EMPTY)),
    Subject.REPORT_ROUTES: (Becomes.TO_ISSUE, AnswerRule.REPORT_TO_THE_PARENT),
    Subject.REPORT_DUTIES: (Becomes.TO_ISSUE, AnswerRule.REPORT_TO_THE_PARENT),
    Subject.RECEPTION_POINTS: (Becomes.TO_ISSUE, AnswerRule.NEW_BODY_STARTS_EMPTY),
    Subject.CERTIFICATES: (Becomes.TO_ISSUE, AnswerRule.CERTIFICATE_NAMES_ITS_BODY),
    Subject.EMAIL_ADDRESSES: (Becomes.TO_ISSUE, AnswerRule.ADDRESS_NAMES_ITS_BODY),
    Subject.SHARED_SYSTEMS: (Becomes.TO_ISSUE, AnswerRule.SYSTEM_KNOWS_BODY_BY_CODE),
    Subject.NETWORK_LINKS: (Becomes.TO_ISSUE, AnswerRule.LINK_ENDS_AT_BODY),
}
_ANOTHER_NAME: _Derived = {
    **_UNTOUCHED,
    Subject.CERTIFICATES: (Becomes.TO_CHANGE, AnswerRule.CERTIFICATE_NAMES_ITS_BODY),
    Subject.EMAIL_ADDRESSES: (Becomes.TO_CHANGE, AnswerRule.ADDRESS_NAMES_ITS_BODY),
    Subject.SHARED_SYSTEMS: (Becomes.TO_CHANGE, AnswerRule.SYSTEM_KNOWS_BODY_BY_CODE),
}
_ANOTHER_CODE: _Derived = {
    **dict.fromkeys(Subject, (Becomes.FOLLOWS_BODY, AnswerRule.BODY_STAYS_ITSELF)),
    Subject.STEPS: (Becomes.STAYS, AnswerRule.STEP_IS_KEPT),
    Subject.CODES: (Becomes.ALIAS, AnswerRule.CODES_RESOLVE_FOR_EVER),
    Subject.CERTIFICATES: (Becomes.TO_CHANGE, AnswerRule.CERTIFICATE_NAMES_ITS_BODY),
    Subject.EMAIL_ADDRESSES: (Becomes.STAYS, AnswerRule.BODY_STAYS_ITSELF),
    Subject.SHARED_SYSTEMS: (Becomes.TO_CHANGE, AnswerRule.SYSTEM_KNOWS_BODY_BY_CODE),
    Subject.NETWORK_LINKS: (Becomes.STAYS, AnswerRule.BODY_STAYS_ITSELF),
}
_ANOTHER_PARENT: _Derived = {
    **_UNTOUCHED,
    Subject.REPORT_ROUTES: (Becomes.TO_CHANGE, AnswerRule.REPORT_TO_THE_PARENT),
    Subject.NETWORK_LINKS: (Becomes.TO_CHANGE, AnswerRule.LINK_ENDS_AT_BODY),
    Subject.SHARED_SYSTEMS: (Becomes.TO_CHANGE, AnswerRule.REPORT_TO_THE_PARENT),
}
_INTO_ONE: _Derived = {
    Subject.DOSSIERS: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
    Subject.STEPS: (Becomes.STAYS, AnswerRule.STEP_IS_KEPT),
    Subject.ROSTERS: (Becomes.FOLLOWS_BODY, AnswerRule.PEOPLE_GO_WITH_WORK),
    Subject.PROCESSES: (Becomes.FOLLOWS_BODY, AnswerRule.WORK_GOES_ON),
    Subject.ACCOUNTS: (Becomes.FOLLOWS_BODY, AnswerRule.PEOPLE_GO_WITH_WORK),
    Subject.ROLES: (Becomes.FOLLOWS_BODY, AnswerRule.PEOPLE_GO_WITH_WORK),
    Subject.SUBSTITUTIONS: (Becomes.FOLLOWS_BODY, AnswerRule.PEOPLE_GO_WITH_WORK),
    Subject.RECEPTION_POINTS: (Becomes.CLOSES, AnswerRule.COUNTER_CLOSES_WITH_BODY),
    Subject.REPORT_ROUTES: (Becomes.CLOSES, AnswerRule.REPORT_TO_THE_PARENT),
    Subject.REPORT_DUTIES: (Becomes.FOLLOWS_BODY, AnswerRule.WORK_GOES_ON),
    Subject.CODES: (Becomes.ALIAS, AnswerRule.CODES_RESOLVE_FOR_EVER),
    Subject.CERTIFICATES: (Becomes.TO_REVOKE, AnswerRule.CERTIFICATE_NAMES_ITS_BODY),
    Subject.EMAIL_ADDRESSES: (Becomes.CLOSES, AnswerRule.ADDRESS_NAMES_ITS_BODY),
    Subject.SHARED_SYSTEMS: (Becomes.CLOSES, AnswerRule.SYSTEM_KNOWS_BODY_BY_CODE),
    Subject.NETWORK_LINKS: (Becomes.TO_CHANGE, AnswerRule.LINK_ENDS_AT_BODY),
}
# Several bodies follow: people and rosters go where the plan says, else to its fallback.
_AMONG_MANY: _Derived = {
    **_INTO_ONE,
    Subject.REPORT_DUTIES: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
    Subject.PROCESSES: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
}
_ONLY_WORK: _Derived = {
    **_UNTOUCHED,
    Subject.DOSSIERS: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
    Subject.STEPS: (Becomes.STAYS, AnswerRule.STEP_IS_KEPT),
    Subject.PROCESSES: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
    Subject.REPORT_DUTIES: (Becomes.FOLLOWS_HEIR, AnswerRule.WORK_GOES_ON),
}

DERIVED: dict[OperationKind, _Derived] = {
    OperationKind.CREATE: _NEW,
    OperationKind.RENAME: _ANOTHER_NAME,
    OperationKind.RECODE: _ANOTHER_CODE,
    OperationKind.REPARENT: _ANOTHER_PARENT,
    OperationKind.MERGE: _INTO_ONE,
    OperationKind.SPLIT: _AMONG_MANY,
    OperationKind.ABOLISH: _AMONG_MANY,
    OperationKind.MOVE_FUNCTION: _ONLY_WORK,
    OperationKind.MERGE_PROVINCES: _INTO_ONE,
}

"""Who may do what, in which office, for which procedures, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act


class NotYourDuty(Refusal):
    """The person holds no role that may do this, in this office, on this day."""

    code = "not_your_duty"
    kind = Kind.FORBIDDEN


class Right(StrEnum):
    """What a role may do besides acts on dossiers."""

    SEE = "see"  # dossiers, without acting on them
    LOOKS = "looks"  # the log of looks at people's data
    ACCOUNTS = "accounts"  # open, close and staff accounts
    ABSENCES = "absences"  # record absences of the whole office
    SECOND_FACTOR = "second_factor"  # signs in only with a second factor
    CONTACTS = "contacts"  # announce how people reach an office
    FEEDBACK = "feedback"  # what applicants said of the office
    REPORTS = "reports"  # fill, send and receive the reports of the office
    SYSTEMS = "systems"  # shared systems, certificates, readiness, incidents of the office


class NotYourRight(Refusal):
    """The person holds no role with this right today."""

    code = "not_your_right"
    kind = Kind.FORBIDDEN


class NotOfRole(Refusal):
    """The official could not go on with the dossier: the role of its stage is not theirs today."""

    code = "not_of_role"


class StandsInForSelf(Refusal):
    """Nobody stands in for themselves."""

    code = "stands_in_for_self"


class AbsencePast(Refusal):
    """An absence that is over cannot be recorded: what was signed meanwhile is signed."""

    code = "absence_past"


class AbsentAlready(Refusal):
    """The person has a substitute for some of these days already."""

    code = "absent_already"


class SubstituteAbsent(Refusal):
    """The substitute is absent on some of these days."""

    code = "substitute_absent"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts: the account name, and the name that the paper shows."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in an office ("" for every one) while valid; without procedures, for all."""

    account: str
    role: str
    office: str
    valid: Span
    procedures: frozenset[str] = frozenset()

    def covers(self, *, office: str, procedure: str, on: date) -> bool:
        """Whether the grant holds here, for this procedure, today."""
        listed = not self.procedures or procedure in self.procedures
        return self.office in ("", office) and listed and self.valid.contains(on)


@dataclass(frozen=True, slots=True)
class Substitution:
    """During an absence, one person does another's duties. Source: NĐ 118/2025 Đ.11.8."""

    absent: str
    substitute: str
    during: Span


def require_possible(planned: Substitution, *, others: Iterable[Substitution], on: date) -> None:
    """One substitute at a time, who is there, for days that are not over.

    Raises StandsInForSelf, AbsencePast, AbsentAlready, SubstituteAbsent.
    Source: NĐ 118/2025 Đ.11.8.
    """
    if planned.absent == planned.substitute:
        raise StandsInForSelf("substitute")
    if planned.during.end is not None and planned.during.end <= on:
        raise AbsencePast("last")
    absent = {other.absent for other in others if other.during.overlaps(planned.during)}
    if planned.absent in absent:
        raise AbsentAlready("first")
    if planned.substitute in absent:
        raise SubstituteAbsent("substitute")


@dataclass(frozen=True, slots=True)
class Basis:
    """Why someone may act: the grant, and for whom they stand in."""

    grant: Grant
    standing_in_for: str = ""


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties that matter to one decision: roles as data, grants, substitutions."""

    acts_of: Mapping[str, frozenset[Act]]
    grants: tuple[Grant, ...]
    substitutions: tuple[Substitution, ...] = ()
    rights_of: Mapping[str, frozenset[Right]] = field(default_factory=dict)

    def basis(
        self, by: Person, act: Act, *, office: str, procedure: str, on: date, role: str = ""
    ) -> Basis | None:
        """The grant by which a person may do this act here today; None if there is none.

        A stage's role narrows the search: then only that role counts.
        """
        for account in self.accounts(by.account, on):
            for grant in self.grants:
                fits = act in self.acts_of.get(grant.role, frozenset())
                named = not role or grant.role == role
                here = grant.covers(office=office, procedure=procedure, on=on)
                if grant.account == account and fits and named and here:
                    return Basis(grant, "" if account == by.account else account)
        return None

    def require_role(
        self, account: str, role: str, *, office: str, procedure: str, on: date, stage: str
    ) -> None:
        """Raises NotOfRole unless somebody holds a role here today, or stands in for one who does."""
        whose = self.accounts(account, on)
        if not any(
            grant.account in whose
            and grant.role == role
            and grant.covers(office=office, procedure=procedure, on=on)
            for grant in self.grants
        ):
            raise NotOfRole("official", given=account, stage_name=stage, office=office)

    def accounts(self, account: str, on: date) -> tuple[str, ...]:
        """Whose duties somebody has on a day: their own, and those of whom they stand in for."""
        absent = (s.absent for s in self.substitutions if _stands_in(s, account, on))
        return (account, *absent)

    def offices(self, account: str, on: date) -> frozenset[str]:
        """The offices whose dossiers somebody deals with on a day; "" means every one."""
        whose = self.accounts(account, on)
        held = (g for g in self.grants if g.account in whose and g.valid.contains(on))
        return frozenset(grant.office for grant in held if self._sees(grant.role))

    def deciding(self, account: str, act: Act, on: date) -> frozenset[tuple[str, str]]:
        """The offices ("" for every one) and roles by which somebody may do an act on a day."""
        whose = self.accounts(account, on)
        held = (g for g in self.grants if g.account in whose and g.valid.contains(on))
        return frozenset((g.office, g.role) for g in held if act in self.acts_of.get(g.role, ()))

    def holding(self, account: str, right: Right, on: date) -> frozenset[str]:
        """The offices in which somebody holds a right on a day; rights are not stood in for."""
        held = (g for g in self.grants if g.account == account and g.valid.contains(on))
        return frozenset(g.office for g in held if right in self.rights_of.get(g.role, ()))

    def require_right(self, by: Person, right: Right, *, office: str, on: date) -> None:
        """Raises NotYourRight unless the person holds the right in this office ("" in all)."""
        if not {"", office} & self.holding(by.account, right, on):
            raise NotYourRight("by", person=by.name, right=right.value)

    def sends(self, by: Person, *, office: str, procedure: str, on: date) -> bool:
        """Whether somebody sends what a body decided to other bodies: who issues it there, or who
        keeps the exchange of the whole province.
        """
        issues = self.basis(by, Act.ISSUE_RESULT, office=office, procedure=procedure, on=on)
        return issues is not None or "" in self.holding(by.account, Right.SYSTEMS, on)

    def require_sends(self, by: Person, *, office: str, procedure: str, on: date) -> None:
        """Raises NotYourDuty, which names the duty of who issues results there."""
        if not self.sends(by, office=office, procedure=procedure, on=on):
            raise NotYourDuty(
                "by", person=by.name, act=Act.ISSUE_RESULT.value, office=office, role=""
            )

    def _sees(self, role: str) -> bool:
        return bool(self.acts_of.get(role)) or Right.SEE in self.rights_of.get(role, ())

    def require(
        self, by: Person, act: Act, *, office: str, procedure: str, on: date, role: str = ""
    ) -> Basis:
        """The basis on which a person acts. Raises NotYourDuty with what would be needed."""
        found = self.basis(by, act, office=office, procedure=procedure, on=on, role=role)
        if found is None:
            raise NotYourDuty("by", person=by.name, act=act.value, office=office, role=role)
        return found


def _stands_in(substitution: Substitution, account: str, on: date) -> bool:
    return substitution.substitute == account and substitution.during.contains(on)

"""How the catalogue changes: by a decision that publishes, amends, replaces or repeals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from thongsuot.domain.catalogue import Procedure, in_force
from thongsuot.domain.decisions import Decision
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span


class AlreadyPublished(Refusal):
    """A procedure is published once; what changes it later is an amendment."""

    code = "already_published"


class DraftIncomplete(Refusal):
    """A procedure that lacks what people must know cannot be published."""

    code = "draft_incomplete"


class NothingAmended(Refusal):
    """The draft says exactly what is in force already."""

    code = "nothing_amended"


class LaterVersionExists(Refusal):
    """Another version begins on that day or later: changes are decided in the order of days."""

    code = "later_version_exists"


class ReplacesItself(Refusal):
    """A procedure is replaced by another one; what changes it itself is an amendment."""

    code = "replaces_itself"


class ChangeKind(StrEnum):
    """What a decision does to a procedure. Source: NĐ 63/2010/NĐ-CP Đ.15."""

    PUBLISH = "publish"
    AMEND = "amend"
    REPLACE = "replace"
    REPEAL = "repeal"


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision did: the version that it ended, the one that it began."""

    kind: ChangeKind
    decision: Decision
    ended: Procedure | None = None
    begun: Procedure | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a procedure that two versions say differently: what went, what came."""

    part: str
    gone: tuple[object, ...]
    come: tuple[object, ...]


# Numbers and days of a version are not what it says.
_OF_THE_VERSION = frozenset({"valid", "version", "decision"})


def publish(versions: Sequence[Procedure], draft: Procedure, decision: Decision) -> Change:
    """Put a draft in force for the first time.

    Raises DraftIncomplete, AlreadyPublished, LaterVersionExists.
    Source: NĐ 63/2010/NĐ-CP Đ.15.
    """
    _require_complete(draft)
    day = decision.valid_from
    for version in versions:
        if day in version.valid:
            raise AlreadyPublished("code", given=str(draft.code), decision=version.decision)
    _require_last(versions, str(draft.code), day)
    begun = _begun(draft, versions, decision)
    return Change(ChangeKind.PUBLISH, decision, begun=begun)


def amend(versions: Sequence[Procedure], draft: Procedure, decision: Decision) -> Change:
    """A new version from a day; dossiers under way keep the version that they began with.

    Raises DraftIncomplete, NothingAmended, LaterVersionExists, NoSuchProcedure,
    ProcedureNotYetInForce, ProcedureRepealed.
    """
    _require_complete(draft)
    ended = _ended(versions, draft.code.base, decision)
    if not compare(ended, draft):
        raise NothingAmended("code", given=str(draft.code))
    return Change(ChangeKind.AMEND, decision, ended, _begun(draft, versions, decision))


def replace_by(
    versions: Sequence[Procedure], others: Sequence[Procedure], decision: Decision, *, code: str
) -> Change:
    """End a procedure where another one, in force on that day, takes its place.

    Raises ReplacesItself, LaterVersionExists, NoSuchProcedure, ProcedureNotYetInForce,
    ProcedureRepealed.
    """
    other = in_force(others, code=code, on=decision.valid_from)
    ended = _ended(versions, versions[0].code.base if versions else "", decision)
    if other.code.base == ended.code.base:
        raise ReplacesItself("replaced_by", given=str(ended.code))
    return Change(ChangeKind.REPLACE, decision, ended, replaced_by=other.code.base)


def repeal(versions: Sequence[Procedure], decision: Decision, *, code: str) -> Change:
    """End a procedure: nobody may ask for it from that day on.

    Raises LaterVersionExists, NoSuchProcedure, ProcedureNotYetInForce, ProcedureRepealed.
    """
    return Change(ChangeKind.REPEAL, decision, _ended(versions, code, decision))


def compare(before: Procedure, after: Procedure) -> tuple[Difference, ...]:
    """What two versions say differently, part by part."""
    return tuple(
        difference
        for field in fields(Procedure)
        if field.name not in _OF_THE_VERSION
        and (difference := _difference(field.name, before, after))
    )


def _difference(part: str, before: Procedure, after: Procedure) -> Difference | None:
    was, now = _items(getattr(before, part)), _items(getattr(after, part))
    gone = tuple(item for item in was if item not in now)
    come = tuple(item for item in now if item not in was)
    return Difference(part, gone, come) if gone or come else None


def _items(value: object) -> tuple[object, ...]:
    if isinstance(value, frozenset):
        return tuple(sorted(value, key=str))
    return value if isinstance(value, tuple) else (value,)


def _require_complete(draft: Procedure) -> None:
    """Raises DraftIncomplete. Source: NĐ 63/2010/NĐ-CP Đ.8."""
    parts = ("name", "field", "levels", "terms", "papers", "results")
    missing = [part for part in parts if not getattr(draft, part)]
    if missing:
        raise DraftIncomplete("draft", given=str(draft.code), missing=missing)


def _require_last(versions: Iterable[Procedure], code: str, day: date) -> None:
    for version in versions:
        if version.valid.start >= day:
            since = version.valid.start.isoformat()
            raise LaterVersionExists("valid_from", given=code, since=since)


def _ended(versions: Sequence[Procedure], code: str, decision: Decision) -> Procedure:
    day = decision.valid_from
    version = in_force(versions, code=code, on=day)
    _require_last(versions, code, day)
    if version.valid.end is not None:
        raise LaterVersionExists("valid_from", given=code, since=version.valid.end.isoformat())
    return replace(version, valid=Span(version.valid.start, day))


def _begun(draft: Procedure, versions: Sequence[Procedure], decision: Decision) -> Procedure:
    last = max((version.version for version in versions), default=0)
    valid = Span(decision.valid_from)
    return replace(draft, version=last + 1, valid=valid, decision=decision.number)

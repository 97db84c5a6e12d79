"""Everything but dossiers that a plan moves: one list for the rehearsal and for the switch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from thongsuot.actions.reorganisation.ground import Ground, Held
from thongsuot.domain.certificates import CertificateHolder
from thongsuot.domain.directory import Office, OfficeKind
from thongsuot.domain.reorganisation import (
    Answer,
    AnswerRule,
    Becomes,
    Create,
    DossierFacts,
    Gap,
    GapKind,
    Reparent,
    Subject,
    changes,
    touched_by,
)
from thongsuot.domain.reorganisation.course import MoveStep
from thongsuot.records.access import AccountRow, GrantRow, SubstitutionRow
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.codec import Json
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.routing import CompetenceRow
from thongsuot.records.shared_systems import SystemEntryRow
from thongsuot.records.spans import to_span
from thongsuot.words.reorganisation import counter_name, source_of

ALREADY = "already_so"
SPOKEN_FOR = (Subject.REPORT_ROUTES, Subject.REPORT_DUTIES)


@dataclass(frozen=True, slots=True)
class Ends:
    """A row holds no longer from the day of the plan."""

    row: Model
    span: str = "valid"


@dataclass(frozen=True, slots=True)
class Begins:
    """A row begins; `row` is not kept yet."""

    row: Model


@dataclass(frozen=True, slots=True)
class Sets:
    """One column of a row that has no days of its own."""

    row: Model
    column: str
    value: str | bool


Change = Ends | Begins | Sets


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a plan moves: before, after, by which rule, and what is written for it."""

    operation: int
    subject: Subject
    key: str
    before: dict[str, Json]
    after: dict[str, Json]
    rule: str
    changes: tuple[Change, ...] = ()
    step: MoveStep = MoveStep.MOVED
    body: str = ""
    to: str = ""


@dataclass(slots=True)
class Found:
    """The moves of one subject, and what the plan leaves open."""

    moves: list[Move] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


Look = Callable[[Ground], Found]


def bodies(ground: Ground) -> Found:
    """The bodies that end, begin or change, and who follows whom. Codes resolve for ever."""
    found, rule = Found(), AnswerRule.CODES_RESOLVE_FOR_EVER.value
    made = changes(ground.plan, ground.before)
    rows = {(row.code, to_span(row.valid).start): row for row in OfficeRow.objects.all()}
    closed = {one.code.canonical: one for one in made.closed}
    opened = {one.code.canonical: one for one in made.opened}
    for code in sorted(closed.keys() | opened.keys()):
        writes: list[Change] = []
        old, new = closed.get(code), opened.get(code)
        if old is not None:
            row = rows[code, old.valid.start]
            writes += [] if to_span(row.valid).end else [Ends(row)]
        if new is not None and (code, ground.day) not in rows:
            writes.append(Begins(_office_row(new, ground)))
        found.moves.append(
            Move(
                ground.operation_of(code) or ground.operation_of(_parent(new)),
                Subject.CODES,
                code,
                _told(old) if old else {},
                _told(new) if new else {"ends": ground.day.isoformat()},
                rule if writes else ALREADY,
                tuple(writes),
                body=code if old else "",
                to=code if new else "",
            )
        )
    known = set(SuccessionRow.objects.filter(on=ground.day).values_list("old", "new"))
    for line in sorted(made.successions, key=lambda one: (one.old, one.new)):
        is_so = (line.old, line.new) in known
        following = SuccessionRow(
            kind=line.kind.value, old=line.old, new=line.new, on=line.on, source=line.source
        )
        found.moves.append(
            Move(
                ground.operation_of(line.old),
                Subject.CODES,
                f"{line.old} → {line.new}",
                {"office": line.old},
                {"office": line.new, "how": line.kind.value},
                ALREADY if is_so else rule,
                () if is_so else (Begins(following),),
                body=line.old,
                to=line.new,
            )
        )
    return found


def counters(ground: Ground) -> Found:
    """Counters close with their body, are taken over, or are opened at a body that begins."""
    found, held = Found(), ground.held(Subject.RECEPTION_POINTS)
    for row in _open(ReceptionPointRow.objects.filter(office__in=held), ground.day):
        one = held[row.office]
        before: dict[str, Json] = {"office": row.office, "name": row.name}
        if one.answer.becomes is Becomes.CLOSES:
            after: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(_move(one, row.key, before, after, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to != row.office:
            if not one.to:
                found.gaps.append(_without_body(one, row.key))
                continue
            again = _again(row, ground.day, office=one.to)
            after = before | {"office": one.to}
            found.moves.append(_move(one, row.key, before, after, (Ends(row), Begins(again))))
        elif one.body in ground.ended:
            found.gaps.append(_without_body(one, row.key))
    there = set(
        ReceptionPointRow.objects.filter(valid__contains=ground.day).values_list(
            "office", flat=True
        )
    )
    there |= {str(move.after["office"]) for move in found.moves if "office" in move.after}
    for number, operation in ground.plan.numbered:
        if isinstance(operation, Create) and operation.code not in there and _receives(operation):
            found.moves.append(_new_counter(number, operation, ground))
    met = there | {move.to for move in found.moves}
    found.gaps += [
        Gap(GapKind.NO_RECEPTION_POINT, code, operation=ground.operation_of(code))
        for code in sorted(ground.begun - met)
        if _receives(ground.after[code])
    ]
    return found


def accounts(ground: Ground) -> Found:
    """People go where the plan says with the work of their body; or their accounts close."""
    found, held = Found(), ground.held(Subject.ACCOUNTS)
    desks = _counters_after(ground)
    for row in AccountRow.objects.filter(office__in=held, is_active=True).order_by("username"):
        one = held[row.office]
        before: dict[str, Json] = {"office": row.office, "reception_point": row.reception_point}
        if one.answer.becomes is Becomes.CLOSES:
            after: dict[str, Json] = {"is_active": False}
            closes = (Sets(row, "is_active", False),)
            found.moves.append(_move(one, row.username, before, after, closes, to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            writes: list[Change] = [Sets(row, "office", one.to)]
            desk = desks.get(one.to, "") if row.reception_point else ""
            if desk != row.reception_point:
                writes.append(Sets(row, "reception_point", desk))
            after = {"office": one.to, "reception_point": desk}
            found.moves.append(_move(one, row.username, before, after, tuple(writes)))
        elif one.body in ground.ended:
            found.gaps.append(_nowhere(one))
    return found


def roles(ground: Ground) -> Found:
    """Roles end at the old body and begin at the one that carries on, on the same day."""
    found, held = Found(), ground.held(Subject.ROLES)
    rows = GrantRow.objects.filter(office__in=held).select_related("account", "role")
    there = {
        (account, role, office)
        for account, role, office in GrantRow.objects.filter(
            office__in={one.to for one in held.values()}, valid__contains=ground.day
        ).values_list("account", "role", "office")
    }
    for row in _open(rows, ground.day):
        one = held[row.office]
        before: dict[str, Json] = {
            "account": row.account.username,
            "role": row.role.code,
            "office": row.office,
        }
        key = f"{row.account.username}:{row.role.code}:{row.pk}"
        if one.answer.becomes is Becomes.CLOSES:
            ends: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(_move(one, key, before, ends, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            same = (row.account_id, row.role_id, one.to)
            begins = () if same in there else (Begins(_again(row, ground.day, office=one.to)),)
            there.add(same)
            after = before | {"office": one.to}
            found.moves.append(_move(one, key, before, after, (Ends(row), *begins)))
        elif one.body in ground.ended:
            found.gaps.append(
                Gap(
                    GapKind.HEIR_DOES_NOT_STAND,
                    one.body,
                    role=row.role.code,
                    candidates=(one.body,),
                    operation=one.number,
                )
            )
    return found


def substitutions(ground: Ground) -> Found:
    """Who stands in for whom goes on where people go on; else it ends with the account."""
    found, held = Found(), ground.held(Subject.SUBSTITUTIONS)
    rows = SubstitutionRow.objects.filter(absent__office__in=held).select_related(
        "absent", "substitute"
    )
    for row in _open(rows, ground.day, "during"):
        one = held[row.absent.office]
        people: dict[str, Json] = {
            "absent": row.absent.username,
            "substitute": row.substitute.username,
        }
        key = f"{row.absent.username}:{row.substitute.username}:{row.pk}"
        if one.answer.becomes is Becomes.CLOSES:
            ends: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(_move(one, key, people, ends, (Ends(row, "during"),), to=""))
        else:
            found.moves.append(_move(one, key, people, people, ()))
    return found


def rosters(ground: Ground) -> Found:
    """The officials named for each step are named at the body that carries on."""
    found, held = Found(), ground.held(Subject.ROSTERS)
    there = set(
        RosterRow.objects.filter(
            office__in={one.to for one in held.values()}, valid__contains=ground.day
        ).values_list("office", "process", "stage", "procedure", "official")
    )
    for row in _open(RosterRow.objects.filter(office__in=held), ground.day):
        one = held[row.office]
        named = (row.process, row.stage, row.procedure, row.official)
        before: dict[str, Json] = {
            "office": row.office,
            "process": row.process,
            "stage": row.stage,
            "official": row.official,
        }
        key = f"{row.office}:{row.process}:{row.stage}:{row.pk}"[-80:]
        if one.answer.becomes is Becomes.CLOSES:
            ends: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(_move(one, key, before, ends, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            is_new = (one.to, *named) not in there
            begins = (Begins(_again(row, ground.day, office=one.to)),) if is_new else ()
            there.add((one.to, *named))
            after = before | {"office": one.to}
            found.moves.append(_move(one, key, before, after, (Ends(row), *begins)))
    return found


def competences(ground: Ground) -> Found:
    """Who is named for a field or a procedure: the heir that its dossiers have."""
    found, held = Found(), ground.held(Subject.PROCESSES)
    fields = dict(ProcedureRow.objects.values_list("base", "field"))
    there = set(
        CompetenceRow.objects.filter(valid__contains=ground.day).values_list(
            "procedure", "case", "field", "office"
        )
    )
    for row in _open(CompetenceRow.objects.filter(office__in=held), ground.day):
        one = held[row.office]
        if one.answer.becomes is Becomes.STAYS and row.office in ground.after:
            continue
        name = row.field or fields.get(row.procedure, "")
        answer = ground.heirs.of(DossierFacts(row.office, row.procedure, name))
        if isinstance(answer, Gap):
            found.gaps.append(answer)
            continue
        if answer.body == row.office:
            continue
        before: dict[str, Json] = {
            "office": row.office,
            "procedure": row.procedure,
            "field": row.field,
        }
        about = (row.procedure, row.case, row.field)
        is_new = (*about, answer.body) not in there
        begins = (Begins(_again(row, ground.day, office=answer.body)),) if is_new else ()
        there.add((*about, answer.body))
        found.moves.append(
            Move(
                answer.operation,
                Subject.PROCESSES,
                f"{row.office}:{row.procedure or row.field}:{row.pk}"[-80:],
                before,
                before | {"office": answer.body},
                answer.rule,
                (Ends(row), *begins),
                body=row.office,
                to=answer.body,
            )
        )
    return found


def certificates(ground: Ground) -> Found:
    """Certificates to issue, change and revoke: work for people, by name."""
    found, held = Found(), ground.held(Subject.CERTIFICATES)
    rows = CertificateRow.objects.filter(office__in=held).order_by("serial")
    for row in rows:
        one = held[row.office]
        if one.answer.becomes is Becomes.STAYS or not row.value().is_in_force(ground.day):
            continue
        is_person = row.holder == CertificateHolder.PERSON.value
        revokes = one.answer.becomes is Becomes.TO_REVOKE
        becomes = Becomes.TO_CHANGE if is_person and revokes else one.answer.becomes
        found.moves.append(_to_do(one, row.serial, {"name": row.name}, becomes))
    found.moves += _to_issue(ground, Subject.CERTIFICATES)
    return found


def addresses(ground: Ground) -> Found:
    """Shared e-mail addresses: issued, changed or closed by people."""
    found, held = Found(), ground.held(Subject.EMAIL_ADDRESSES)
    rows = OfficeContactRow.objects.filter(office__in=held).exclude(email="")
    for row in _open(rows, ground.day):
        one = held[row.office]
        if one.answer.becomes is not Becomes.STAYS:
            found.moves.append(_to_do(one, row.email[:80], {"email": row.email}))
    found.moves += _to_issue(ground, Subject.EMAIL_ADDRESSES)
    return found


def systems(ground: Ground) -> Found:
    """Entries of shared systems and network links that name a body of the plan."""
    found = Found()
    of_systems = ground.held(Subject.SHARED_SYSTEMS)
    of_links = ground.held(Subject.NETWORK_LINKS)
    touched = list(ground.touched)
    named = Q(office__in=touched) | Q(other__in=touched) | Q(via__overlap=touched)
    for row in _open(SystemEntryRow.objects.filter(named), ground.day):
        is_link = row.kind == "link"
        held = of_links if is_link else of_systems
        subject = Subject.NETWORK_LINKS if is_link else Subject.SHARED_SYSTEMS
        for code in dict.fromkeys((row.office, row.other, *row.via)):
            one = held.get(code)
            if one is None or one.answer.becomes is Becomes.STAYS:
                continue
            before: dict[str, Json] = {"office": row.office, "other": row.other, "via": row.via}
            key = f"{row.system}:{row.kind}:{row.key}"[:80]
            found.moves.append(_to_do(one, key, before, subject=subject))
            break
    found.moves += _to_issue(ground, Subject.SHARED_SYSTEMS)
    found.moves += _to_issue(ground, Subject.NETWORK_LINKS)
    return found


def reports(ground: Ground) -> Found:
    """Where each body reports, and who takes over its duty to report."""
    found = Found()
    for subject in SPOKEN_FOR:
        for one in ground.held(subject).values():
            before: dict[str, Json] = {"to": _parent(ground.standing.get(one.body))}
            if one.answer.becomes is Becomes.STAYS:
                continue
            to = ground.after.get(one.to)
            after: dict[str, Json] = {"to": _parent(to), "by": one.to}
            found.moves.append(_move(one, one.body, before, after, (), subject=subject))
    for code in sorted(ground.begun):
        office = ground.after[code]
        parent = _parent(office)
        number = ground.operation_of(code)
        if parent in ground.after:
            found.moves.append(
                Move(
                    number,
                    Subject.REPORT_ROUTES,
                    code,
                    {},
                    {"to": parent},
                    AnswerRule.REPORT_TO_THE_PARENT.value,
                    to=code,
                )
            )
        elif office.kind is not OfficeKind.PROVINCE:
            found.gaps.append(Gap(GapKind.NO_REPORT_ROUTE, code, operation=number))
    for number, operation in ground.plan.numbered:
        if isinstance(operation, Reparent) and operation.parent not in ground.after:
            found.gaps.append(Gap(GapKind.NO_REPORT_ROUTE, operation.body, operation=number))
    return found


# In this order they are switched: bodies stand before anything is given to them.
LOOKS: dict[str, Look] = {
    "bodies": bodies,
    "counters": counters,
    "accounts": accounts,
    "roles": roles,
    "substitutions": substitutions,
    "rosters": rosters,
    "competences": competences,
    "certificates": certificates,
    "addresses": addresses,
    "systems": systems,
    "reports": reports,
}


def _open(rows: QuerySet[Any], day: date, span: str = "valid") -> Iterator[Any]:
    """The rows that hold on the eve of a day and go on after it."""
    found = rows.filter(**{f"{span}__startswith__lt": day}).order_by("pk")
    ends = Q(**{f"{span}__endswith": None}) | Q(**{f"{span}__endswith__gt": day})
    return iter(found.filter(ends))


def _again(row: Any, day: date, **changed: str) -> Any:
    """The same row from a day on, with something changed; not kept yet."""
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    del values["id"]
    end = to_span(row.valid).end
    return type(row)(**values | {"valid": (day, end)} | changed)


def _move(
    one: Held,
    key: str,
    before: dict[str, Json],
    after: dict[str, Json],
    writes: tuple[Change, ...],
    *,
    to: str | None = None,
    subject: Subject | None = None,
) -> Move:
    return Move(
        one.number,
        subject or one.answer.subject,
        key,
        before,
        after,
        _rule(one.answer),
        writes,
        body=one.body,
        to=one.to if to is None else to,
    )


def _to_do(
    one: Held,
    key: str,
    before: dict[str, Json],
    becomes: Becomes | None = None,
    *,
    subject: Subject | None = None,
) -> Move:
    done = (becomes or one.answer.becomes).value
    return Move(
        one.number,
        subject or one.answer.subject,
        key,
        before,
        {"to_do": done, "office": one.to},
        _rule(one.answer),
        step=MoveStep.TO_DO,
        body=one.body,
        to=one.to,
    )


def _to_issue(ground: Ground, subject: Subject) -> Iterable[Move]:
    """What a body that begins does not have yet."""
    for number, operation in ground.plan.numbered:
        if isinstance(operation, Create) and not touched_by(operation):
            yield Move(
                number,
                subject,
                operation.code,
                {},
                {"to_do": Becomes.TO_ISSUE.value, "office": operation.code},
                AnswerRule.NEW_BODY_STARTS_EMPTY.value,
                step=MoveStep.TO_DO,
                to=operation.code,
            )


def _rule(answer: Answer) -> str:
    return answer.rule.value


def _receives(body: Create | Office) -> bool:
    """Whether people come to a body: the others receive at the centre of the province."""
    return body.kind in (OfficeKind.COMMUNE, OfficeKind.SERVICE_CENTRE)


def _told(office: Office) -> dict[str, Json]:
    return {"name": office.name, "parent": _parent(office), "place": office.place}


def _parent(office: Office | None) -> str:
    return office.parent.canonical if office and office.parent else ""


def _office_row(office: Office, ground: Ground) -> OfficeRow:
    return OfficeRow(
        code=office.code.canonical,
        name=office.name,
        kind=office.kind.value,
        level=office.level.value,
        parent=_parent(office),
        place=office.place,
        valid=(ground.day, None),
        is_provisional=office.is_provisional,
        source=office.source,
        recorded_at=ground.plan.effective_at,
    )


def _new_counter(number: int, operation: Create, ground: Ground) -> Move:
    key = f"MC-{operation.code}"
    row = ReceptionPointRow(
        key=key,
        name=counter_name(operation.name),
        office=operation.code,
        valid=(ground.day, None),
        source=source_of(ground.plan.id),
    )
    return Move(
        number,
        Subject.RECEPTION_POINTS,
        key,
        {},
        {"office": operation.code, "name": row.name},
        AnswerRule.NEW_BODY_STARTS_EMPTY.value,
        (Begins(row),),
        to=operation.code,
    )


def _counters_after(ground: Ground) -> dict[str, str]:
    """The first counter of each body once the plan holds."""
    closing = {
        change.row.pk
        for move in counters(ground).moves
        for change in move.changes
        if isinstance(change, Ends)
    }
    rows = ReceptionPointRow.objects.filter(valid__contains=ground.day).order_by("-key")
    desks = {row.office: row.key for row in rows if row.pk not in closing}
    for move in counters(ground).moves:
        if move.to:
            desks.setdefault(move.to, move.key)
    return desks


def _without_body(one: Held, key: str) -> Gap:
    return Gap(
        GapKind.HEIR_DOES_NOT_STAND,
        one.body,
        role=key[:30],
        candidates=(key,),
        operation=one.number,
    )


def _nowhere(one: Held) -> Gap:
    return Gap(GapKind.NO_HEIR, one.body, operation=one.number)

"""Bodies and their counters: which end, which begin, to whom each thing is reported."""

from __future__ import annotations

from thongsuot.actions.reorganisation.ground import Ground, Held
from thongsuot.actions.reorganisation.moves.move import (
    ALREADY,
    SPOKEN_FOR,
    Begins,
    Change,
    Ends,
    Found,
    Move,
    continued,
    moved,
    open_on_eve,
    parent_of,
)
from thongsuot.domain.directory import Office, OfficeKind
from thongsuot.domain.reorganisation import (
    AnswerRule,
    Becomes,
    Create,
    Gap,
    GapKind,
    Reparent,
    Subject,
    changes,
)
from thongsuot.records.codec import Json
from thongsuot.records.directory import OfficeRow, ReceptionPointRow, SuccessionRow
from thongsuot.records.spans import to_span
from thongsuot.words.reorganisation import counter_name, source_of


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
                ground.operation_of(code) or ground.operation_of(parent_of(new)),
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
    for row in open_on_eve(ReceptionPointRow.objects.filter(office__in=held), ground.day):
        one = held[row.office]
        before: dict[str, Json] = {"office": row.office, "name": row.name}
        if one.answer.becomes is Becomes.CLOSES:
            after: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(moved(one, row.key, before, after, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to != row.office:
            if not one.to:
                found.gaps.append(_without_body(one, row.key))
                continue
            again = continued(row, ground.day, office=one.to)
            after = before | {"office": one.to}
            found.moves.append(moved(one, row.key, before, after, (Ends(row), Begins(again))))
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


def reports(ground: Ground) -> Found:
    """Where each body reports, and who takes over its duty to report."""
    found = Found()
    for subject in SPOKEN_FOR:
        for one in ground.held(subject).values():
            before: dict[str, Json] = {"to": parent_of(ground.standing.get(one.body))}
            if one.answer.becomes is Becomes.STAYS:
                continue
            to = ground.after.get(one.to)
            after: dict[str, Json] = {"to": parent_of(to), "by": one.to}
            found.moves.append(moved(one, one.body, before, after, (), subject=subject))
    for code in sorted(ground.begun):
        office = ground.after[code]
        parent = parent_of(office)
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


def _receives(body: Create | Office) -> bool:
    """Whether people come to a body: the others receive at the centre of the province."""
    return body.kind in (OfficeKind.COMMUNE, OfficeKind.SERVICE_CENTRE)


def _told(office: Office) -> dict[str, Json]:
    return {"name": office.name, "parent": parent_of(office), "place": office.place}


def _office_row(office: Office, ground: Ground) -> OfficeRow:
    return OfficeRow(
        code=office.code.canonical,
        name=office.name,
        kind=office.kind.value,
        level=office.level.value,
        parent=parent_of(office),
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


def _without_body(one: Held, key: str) -> Gap:
    return Gap(
        GapKind.HEIR_DOES_NOT_STAND,
        one.body,
        role=key[:30],
        candidates=(key,),
        operation=one.number,
    )

"""People of bodies: their accounts, roles, substitutions, and names in rosters."""

from __future__ import annotations

from thongsuot.actions.reorganisation.ground import Ground, Held
from thongsuot.actions.reorganisation.moves.move import (
    Begins,
    Change,
    Ends,
    Found,
    Sets,
    continued,
    moved,
    open_on_eve,
)
from thongsuot.actions.reorganisation.moves.offices import counters
from thongsuot.domain.reorganisation import (
    Becomes,
    Gap,
    GapKind,
    Subject,
)
from thongsuot.records.access import AccountRow, GrantRow, SubstitutionRow
from thongsuot.records.codec import Json
from thongsuot.records.directory import ReceptionPointRow
from thongsuot.records.roster import RosterRow


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
            found.moves.append(moved(one, row.username, before, after, closes, to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            writes: list[Change] = [Sets(row, "office", one.to)]
            desk = desks.get(one.to, "") if row.reception_point else ""
            if desk != row.reception_point:
                writes.append(Sets(row, "reception_point", desk))
            after = {"office": one.to, "reception_point": desk}
            found.moves.append(moved(one, row.username, before, after, tuple(writes)))
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
    for row in open_on_eve(rows, ground.day):
        one = held[row.office]
        before: dict[str, Json] = {
            "account": row.account.username,
            "role": row.role.code,
            "office": row.office,
        }
        key = f"{row.account.username}:{row.role.code}:{row.pk}"
        if one.answer.becomes is Becomes.CLOSES:
            ends: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(moved(one, key, before, ends, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            same = (row.account_id, row.role_id, one.to)
            begins = () if same in there else (Begins(continued(row, ground.day, office=one.to)),)
            there.add(same)
            after = before | {"office": one.to}
            found.moves.append(moved(one, key, before, after, (Ends(row), *begins)))
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
    for row in open_on_eve(rows, ground.day, "during"):
        one = held[row.absent.office]
        people: dict[str, Json] = {
            "absent": row.absent.username,
            "substitute": row.substitute.username,
        }
        key = f"{row.absent.username}:{row.substitute.username}:{row.pk}"
        if one.answer.becomes is Becomes.CLOSES:
            ends: dict[str, Json] = {"ends": ground.day.isoformat()}
            found.moves.append(moved(one, key, people, ends, (Ends(row, "during"),), to=""))
        else:
            found.moves.append(moved(one, key, people, people, ()))
    return found


def rosters(ground: Ground) -> Found:
    """The officials named for each step are named at the body that carries on."""
    found, held = Found(), ground.held(Subject.ROSTERS)
    there = set(
        RosterRow.objects.filter(
            office__in={one.to for one in held.values()}, valid__contains=ground.day
        ).values_list("office", "process", "stage", "procedure", "official")
    )
    for row in open_on_eve(RosterRow.objects.filter(office__in=held), ground.day):
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
            found.moves.append(moved(one, key, before, ends, (Ends(row),), to=""))
        elif one.answer.becomes is Becomes.FOLLOWS_BODY and one.to not in ("", row.office):
            is_new = (one.to, *named) not in there
            begins = (Begins(continued(row, ground.day, office=one.to)),) if is_new else ()
            there.add((one.to, *named))
            after = before | {"office": one.to}
            found.moves.append(moved(one, key, before, after, (Ends(row), *begins)))
    return found


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


def _nowhere(one: Held) -> Gap:
    return Gap(GapKind.NO_HEIR, one.body, operation=one.number)

"""One act on many: shown beforehand, begun by a person, made line after line by a worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from procrastinate.contrib.django import app

from thongsuot.actions.dossier import (
    moves,
    preview,
    read_reception,
    require_received_here,
    take_in,
)
from thongsuot.actions.dossier.keeping import day_of
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import access
from thongsuot.records import together as records
from thongsuot.records.dossier import DossierRow
from thongsuot.records.together import BulkLineRow, NewLine
from thongsuot.words import together as words
from thongsuot.words.moments import short
from thongsuot.words.reading import shown
from thongsuot.words.refusals import sentence

TASK = "do_together"
MOST = 200
# What may be made on many at once: nothing that needs another text for each dossier.
ACTS = (Act.CLAIM, Act.ASSIGN, Act.ARRIVE, Act.FORWARD, Act.HAND_OVER)
Shared = Mapping[str, object]
Request = Mapping[str, object]
logger = logging.getLogger(__name__)


class NothingChosen(Refusal):
    """One act on many begins with at least one."""

    code = "nothing_chosen"
    kind = Kind.MALFORMED


class TooManyChosen(Refusal):
    """More at once than a person can look over beforehand."""

    code = "too_many_chosen"
    kind = Kind.MALFORMED


class NotTogether(Refusal):
    """This act asks for something else at each dossier, so it is made on one at a time."""

    code = "not_together"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A line before it is begun: what it is about, and what will keep it from being done."""

    code: str
    applicant: str
    procedure: str
    office: str
    version: int
    will: str
    refusal: Refusal | None


def rehearse(
    *, act: str, codes: Sequence[str], shared: Shared, by: Person, at: datetime
) -> tuple[Rehearsed, ...]:
    """What will come of an act on each of these dossiers; nothing is kept.

    Raises NothingChosen, TooManyChosen, NotTogether.
    """
    require_together(act)
    chosen = _chosen(codes)
    known = _seen(chosen, by, at)
    return tuple(
        _rehearsed(act, code, known.get(code), shared=shared, by=by, at=at) for code in chosen
    )


def begin(
    *,
    act: str,
    seen: Mapping[str, int],
    shared: Shared,
    by: Person,
    office: str,
    key: str,
    at: datetime,
) -> int:
    """Begin an act on many dossiers, each in the version that the person saw; its number.

    Sent twice with one key, it begins once. Raises NothingChosen, TooManyChosen, NotTogether.
    """
    require_together(act)
    chosen = _chosen(list(seen))
    known = _seen(chosen, by, at)
    lines = [
        NewLine(
            about="",
            given=_given(act, shared, known.get(code)),
            code=code,
            seen_version=seen[code],
        )
        for code in chosen
    ]
    return _begin(act, words.TITLE[act], {**shared}, lines, by=by, office=office, key=key, at=at)


def begin_receptions(
    *, requests: Sequence[Request], title: str, by: Person, office: str, key: str, at: datetime
) -> int:
    """Begin taking many dossiers in, as `read_reception` reads each; the run's number.

    All of them were handed in at this moment, however long it takes to enter them.
    Raises NothingChosen, TooManyChosen.
    """
    _require_some(len(requests))
    handed_in = {"received_at": at.isoformat(), "late_entry_reason": words.LATE_ENTRY}
    lines = [NewLine(_name_in(one), {**one, **handed_in}) for one in requests]
    return _begin(Act.RECEIVE.value, title, {}, lines, by=by, office=office, key=key, at=at)


def do_next(*, run: int, at: datetime) -> bool:
    """Make the next line of a run that nobody works on; whether there was one.

    The act and the note of it are kept together or not at all: a line is never made twice.
    """
    with transaction.atomic():
        line = records.next_waiting(run)
        if line is not None:
            _do(line, at)
            return True
    records.end(run, at=at)
    return False


def cancel(*, run: int, by: Person, at: datetime) -> int:
    """Stop what has not begun; how many lines. Raises NoSuchRun."""
    return records.cancel(records.own(run, by.account).pk, at=at)


@transaction.atomic
def again(*, run: int, by: Person) -> int:
    """Try again what was refused or cancelled; how many lines. Raises NoSuchRun."""
    waiting = records.again(records.own(run, by.account).pk)
    if waiting:
        app.configure_task(TASK).defer(run=run)
    return waiting


def require_together(act: str) -> None:
    """Raises NotTogether."""
    if act not in {known.value for known in ACTS}:
        raise NotTogether("act", given=shown(act))


@transaction.atomic
def _begin(
    act: str,
    title: str,
    shared: Shared,
    lines: Sequence[NewLine],
    *,
    by: Person,
    office: str,
    key: str,
    at: datetime,
) -> int:
    run, is_new = records.begin(
        account=by.account,
        office=office,
        act=act,
        title=title[:300],
        shared=shared,
        lines=lines,
        key=key,
        at=at,
    )
    if is_new:
        app.configure_task(TASK).defer(run=run.pk)
    return run.pk


def _do(line: BulkLineRow, at: datetime) -> None:
    code, given = line.code, line.given
    try:
        with transaction.atomic():
            said, code = _made(line, at)
    except Refusal as refusal:
        state, said = records.REFUSED, sentence(refusal)
    except (OperationalError, InterfaceError):  # the database is away: the line waits
        raise
    except Exception:  # a fault of ours in one line stops no other, and the log has it
        logger.exception("line %s of run %s failed", line.number, line.run_id)
        state, said = records.REFUSED, words.FAULT
    else:
        state, given = records.DONE, {}
    about = "" if state == records.DONE else line.about
    records.settle(line, state=state, said=said, code=code, about=about, given=given, at=at)


def _made(line: BulkLineRow, at: datetime) -> tuple[str, str]:
    """The act of one line: what is said of it, and the code of its dossier."""
    act = line.run.act
    by = access.account(line.run.account).person()
    if act == Act.RECEIVE.value:
        made = take_in(request=read_reception(line.given, at=at), by=by, at=at)
        due = short(made.promised_at) if made.promised_at else "–"
        return words.DONE[act].format(due=due), made.code
    made = moves.make(
        code=line.code,
        move=act,
        given=line.given,
        by=by,
        at=at,
        seen_version=line.seen_version,
    )
    official = access.account(made.assignee).name if act == Act.ASSIGN.value else ""
    return words.DONE[act].format(official=official, to=line.given.get("to", "")), made.code


def _rehearsed(
    act: str, code: str, row: DossierRow | None, *, shared: Shared, by: Person, at: datetime
) -> Rehearsed:
    given = _given(act, shared, row)
    refusal: Refusal | None = None
    try:
        moves.rehearse(code=code, move=act, given=given, by=by, at=at)
    except Refusal as wrong:
        refusal = wrong
    return Rehearsed(
        code=code,
        applicant=row.applicant_name if row else "",
        procedure=row.procedure_name if row else "",
        office=row.office if row else "",
        version=row.version if row else 0,
        will=words.WILL[act].format(to=given.get("to", "")),
        refusal=refusal,
    )


def rehearse_reception(*, request: Request, by: Person, at: datetime) -> str:
    """What will come of one reception of many, its appointment above all; nothing is kept.

    Who belongs elsewhere is counted here: nobody goes on with a line that was refused. Raises what
    `read_reception` and `preview` raise.
    """
    asked = read_reception(request, at=at)
    require_received_here(request=asked, by=by, at=at)
    made = preview(request=asked, by=by, at=at)
    return words.WILL[Act.RECEIVE.value].format(
        due=short(made.promised_at) if made.promised_at else "–"
    )


def _given(act: str, shared: Shared, row: DossierRow | None) -> dict[str, object]:
    """What one dossier is asked for: what is the same for all, and who takes its result."""
    given = {name: value for name, value in shared.items() if value}
    if act == Act.HAND_OVER.value and row is not None:
        given.setdefault("to", row.proxy or row.applicant_name)
    return given


def _seen(codes: Sequence[str], by: Person, at: datetime) -> dict[str, DossierRow]:
    """Those of the dossiers that are of offices in which the person has a duty."""
    seen = access.duties(by.account).offices(by.account, day_of(at))
    rows = DossierRow.objects.filter(code__in=codes).defer("search")
    return {
        row.code: row
        for row in rows
        if {"", row.office, row.competent_office, row.receiving_office, row.return_office} & seen
    }


def _chosen(codes: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(code for code in codes if code))
    _require_some(len(chosen))
    return chosen


def _require_some(count: int) -> None:
    if not count:
        raise NothingChosen("codes")
    if count > MOST:
        raise TooManyChosen("codes", count=count, most=MOST)


def _name_in(request: Request) -> str:
    applicant = request.get("applicant")
    return str(applicant.get("name", ""))[:200] if isinstance(applicant, Mapping) else ""

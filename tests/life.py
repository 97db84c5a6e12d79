"""The life of a dossier, act by act, as the people of the cast make it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests import builders, cast, rows
from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier import Reception
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.submission import Submission
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records

PACE = timedelta(minutes=10)


def request(
    procedure: str = rows.FIVE_DAYS,
    *,
    submission: Submission | None = None,
    point: str = cast.AT_BAN_MAY,
    competent: str = "",
    return_point: str = "",
) -> Reception:
    """What the counter of Bản Mây enters for Mrs Mỷ."""
    return Reception(
        procedure=ProcedureCode.parse(procedure),
        submission=submission or builders.submission(),
        receiving_point=point,
        competent_office=competent,
        return_point=return_point,
    )


def received(
    procedure: str = rows.FIVE_DAYS,
    *,
    at: datetime = cast.MONDAY,
    by: Person = cast.HOA,
    point: str = cast.AT_BAN_MAY,
    competent: str = "",
) -> Dossier:
    """A dossier taken in at a counter, Bản Mây's unless another is named."""
    asked = request(
        procedure,
        submission=builders.submission(received_at=at),
        point=point,
        competent=competent,
    )
    return actions.receive(request=asked, by=by, at=at)


def do(
    dossier: Dossier, act: Act, by: Person, at: datetime | None = None, /, **given: object
) -> Dossier:
    """One act on a dossier, ten minutes after the last unless a moment is named."""
    return actions.make(
        code=dossier.code, move=act.value, given=given, by=by, at=at or _next(dossier)
    )


def forwarded(dossier: Dossier) -> Dossier:
    """The dossier at the intake of Bản Mây."""
    return do(dossier, Act.FORWARD, cast.HOA)


def assigned(dossier: Dossier) -> Dossier:
    """The dossier on the desk of Tâm."""
    return do(forwarded(dossier), Act.ASSIGN, cast.PAO, official=cast.TAM.account)


def proposed(dossier: Dossier) -> Dossier:
    """The dossier before the leader."""
    return do(assigned(dossier), Act.PROPOSE, cast.TAM, proposal="Đủ điều kiện")


def approved(dossier: Dossier) -> Dossier:
    """The dossier decided, not yet sealed."""
    return do(proposed(dossier), Act.APPROVE, cast.SON)


def issued(dossier: Dossier) -> Dossier:
    """The dossier with its result, waiting for the applicant."""
    return do(approved(dossier), Act.ISSUE_RESULT, cast.LAI, number="12/GCN")


def handed_over(dossier: Dossier) -> Dossier:
    """The dossier whose result the applicant has."""
    return do(issued(dossier), Act.HAND_OVER, cast.HOA, to=cast.MY.name)


def _next(dossier: Dossier) -> datetime:
    last = records.last_recorded_at(records.find(dossier.code))
    return (last or dossier.received_at) + PACE

"""Every dossier of a hand-over is put into the ministry's words and checked before any is sent."""

from __future__ import annotations

from datetime import datetime

from thongsuot.actions import handover
from thongsuot.actions.handover import Checked, Draft
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange.shape import Shape
from thongsuot.domain.handover import HandoverBooks, HandoverStep
from thongsuot.domain.messages import hash_of
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connections import NotConnected, opened
from thongsuot.exchange.connector import Forming
from thongsuot.records import exchange
from thongsuot.words.handover import misfit
from thongsuot.words.refusals import sentence


class TakesNoDossier(Refusal):
    """The partner's system offers no way to take a dossier: it only tells of its own."""

    code = "partner_takes_no_dossier"


def check(number: int, *, by: Person, at: datetime) -> HandoverBooks:
    """Check a whole hand-over against what the ministry takes; nothing is sent.

    Each dossier that cannot go stays here, with everything that is wrong with it.
    Raises NoSuchHandover, NotYourRight, HandoverNotNow, NotConnected, KindUnknown, MapWrong,
    SecretMissing, TakesNoDossier, NoShape, ShapeWrong.
    """
    row = handover.begin_check(number, by=by, at=at)
    setup = exchange.connection_of(row.partner, at=at)
    connector, _ = opened(row.partner, at=at)
    if setup is None:
        raise NotConnected("partner", given=row.partner)
    if not isinstance(connector, Forming):
        raise TakesNoDossier("partner", system_name=row.system_name)
    shape = handover.shape_for(row.partner, setup.kind)
    for some in handover.drafts(row, by=by, at=at):
        handover.note(number, [_checked(connector, shape, one) for one in some], at=at)
    told = f"{shape.kind} bản {shape.version}"
    return handover.end_check(number, shape=told, by=by, at=at).books()


def do_asked(number: int, *, at: datetime) -> None:
    """Do what is asked of a hand-over on its page. Raises what checking and sending raise."""
    asked = handover.wanted(number)
    if asked is None:
        return
    step, by = asked
    try:
        if step is HandoverStep.CHECK:
            check(number, by=by, at=at)
        else:
            handover.send(number, by=by, at=at)
    except Refusal as refusal:
        handover.done(number, trouble=sentence(refusal))
        return
    handover.done(number)


def _checked(connector: Forming, shape: Shape, draft: Draft) -> Checked:
    if draft.parcel is None:
        return Checked(draft.line, reasons=draft.reasons)
    try:
        words = connector.form(draft.parcel)
    except Refusal as refusal:
        return Checked(draft.line, reasons=(sentence(refusal),))
    wrong = tuple(misfit(one) for one in shape.misfits(words))
    return Checked(draft.line, hash_of(words), wrong)

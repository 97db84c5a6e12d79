"""A question that somebody waits for is put to its partner at once, and the answer noted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from thongsuot.actions import enquiries
from thongsuot.domain.exchange import (
    Doubtful,
    Enquiry,
    EnquiryKind,
    EnquiryState,
    Failed,
    Refused,
    Told,
)
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connector import Answered, Answering, Connector, SettingUp, no_answer
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.words.refusals import sentence

Open = Callable[[str], Connector]


class SetUpNotTold(Refusal):
    """The partner's connector offers no way to read its set-up: a file is needed."""

    code = "set_up_not_told"


def set_up(connector: Connector, procedures: Collection[str], *, partner: str) -> Mapping[str, Any]:
    """How a system has set up some procedures, where its connector can tell.

    Raises SetUpNotTold, Away, NoAnswer, Unreadable.
    """
    if not isinstance(connector, SettingUp):
        raise SetUpNotTold("file", partner=partner)
    return connector.set_up(procedures)


def put(*, number: int, open_: Open, at: datetime, now: Callable[[], datetime]) -> str:
    """Put one question, unless it is settled or somebody puts it now; how it stands then."""
    asked = enquiries.take(number=number, at=at)
    if asked is None:
        return ""
    answered = _answered(asked, open_)
    state: EnquiryState = enquiries.settle(
        number=number,
        reply=answered.reply,
        request=answered.request,
        answer=answered.answer,
        at=now(),
    )
    return state.value


def _answered(asked: Enquiry, open_: Open) -> Answered:
    """A fault of ours is no answer; whoever waits goes on without it."""
    try:
        connector = open_(asked.partner)
        if asked.kind is EnquiryKind.SET_UP:
            return _set_up(connector, asked)
        if not isinstance(connector, Answering):
            return Answered(Failed("this connector answers no questions"))
        return connector.answer(asked)
    except Refusal as refusal:
        return Answered(Refused(refusal.code, sentence(refusal)))
    except Exception as fault:  # nobody is left waiting by a fault in a dialect
        return Answered(Doubtful(f"{type(fault).__name__} in the connector"))


def _set_up(connector: Connector, asked: Enquiry) -> Answered:
    """How a ministry has set up a field. Raises SetUpNotTold."""
    try:
        return Answered(Told(set_up(connector, asked.asked["procedures"], partner=asked.partner)))
    except (Away, NoAnswer, Unreadable) as reason:
        return Answered(no_answer(reason, may_repeat=True))

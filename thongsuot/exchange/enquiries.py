"""A question that somebody waits for is put to its partner at once, and the answer noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from thongsuot.actions import enquiries
from thongsuot.domain.exchange import Doubtful, Enquiry, EnquiryState, Failed, Refused
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connector import Answered, Answering, Connector
from thongsuot.words.refusals import sentence

Open = Callable[[str], Connector]


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
        if not isinstance(connector, Answering):
            return Answered(Failed("this connector answers no questions"))
        return connector.answer(asked)
    except Refusal as refusal:
        return Answered(Refused(refusal.code, sentence(refusal)))
    except Exception as fault:  # nobody is left waiting by a fault in a dialect
        return Answered(Doubtful(f"{type(fault).__name__} in the connector"))

"""Papers of an online application that came as addresses are fetched from the sender's own hosts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from thongsuot.actions import applications
from thongsuot.actions.applications import PaperToFetch
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.connector import NO_TROUBLE
from thongsuot.exchange.transports.http import (
    Away,
    HostNotRegistered,
    Http,
    NoAnswer,
    Unreadable,
)

Line = Callable[[str], Http]


def fetch_papers(line_to: Line, *, at: datetime) -> int:
    """Fetch the papers whose turn it is, each by itself; how many are here now.

    What could not be fetched says why; what may get better by waiting is tried again later.
    """
    many = 0
    for paper in applications.to_fetch(at=at):
        content, why = _fetched(paper, line_to)
        applications.note_fetched(paper, content=content, why=why, at=at)
        many += not why
    return many


def _fetched(paper: PaperToFetch, line_to: Line) -> tuple[bytes, str]:
    try:
        line = line_to(paper.partner)
        line.require_ours(paper.url)
        reply = line.call("GET", paper.url)
    except HostNotRegistered:
        return b"", "host"
    except Unreadable:
        return b"", "large"
    except (Away, NoAnswer):
        return b"", "away"
    except Refusal:
        return b"", "not_connected"
    if reply.status >= NO_TROUBLE or not reply.body:
        return b"", "refused"
    return reply.body, ""

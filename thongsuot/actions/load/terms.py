"""How the national database writes a channel: its term and its fee, as far as they are certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from thongsuot.actions.load import cells
from thongsuot.actions.load.reading import Line
from thongsuot.domain.catalogue import Channel, Fee, TermRule
from thongsuot.domain.deadline import Term
from thongsuot.words import reading, terms

# Below this the database has lost the thousands (“125 VNĐ” for 125.000).
SMALLEST_FEE = 1000
CASE, NOTE = 300, 600


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One line about a channel."""

    channel: Channel
    case: str
    given: str
    term: Term | None
    is_step: bool
    fee: Fee


def channel_line(line: Line) -> ChannelLine:
    """A line about a channel. Raises ChoiceUnknown, FieldTooLong, BadField, TermMalformed, …"""
    channel = cells.choice(line, "channel", Channel)
    given = f"{line['time']} {line['unit'].lower()}".strip()
    is_whole = bool(line["time"] and line["unit"])
    return ChannelLine(
        channel=channel,
        case=cells.text_if_any(line, "case", longest=CASE),
        given=given,
        term=reading.parsed("time", Term.parse, given) if is_whole else None,
        is_step=cells.is_set(line, "is_step"),
        fee=_fee(line, channel),
    )


def rules(lines: Iterable[ChannelLine]) -> tuple[TermRule, ...]:
    """The terms of a procedure by channel and case; steps make no term of the whole."""
    found: dict[tuple[Channel, str], TermRule] = {}
    steps: dict[Channel, list[str]] = {}
    for line in lines:
        if line.is_step:
            steps.setdefault(line.channel, []).append(line.given)
        else:
            rule = TermRule(line.channel, line.term, line.case, _note(line))
            found.setdefault((line.channel, line.case), rule)
    for channel, given in steps.items():
        found[channel, ""] = TermRule(channel, None, "", terms.steps(tuple(given)))
    return tuple(found.values())


def fees(lines: Iterable[ChannelLine]) -> tuple[Fee, ...]:
    """The fees of a procedure, each once."""
    return tuple(dict.fromkeys(line.fee for line in lines))


def _note(line: ChannelLine) -> str:
    if line.term is not None:
        return ""
    return terms.no_unit(line.given) if line.given else terms.NO_TERM


def _fee(line: Line, channel: Channel) -> Fee:
    """An amount is certain only in đồng, whole, and when the note does not name another."""
    note = cells.text_if_any(line, "fee_note", longest=NOTE)
    shown = cells.text_if_any(line, "fee_shown", longest=NOTE)
    amount = cells.number(line, "fee") if line["fee"] and line["currency"] == "VND" else None
    lost = amount is not None and 0 < amount < SMALLEST_FEE
    if amount is None or lost or "fee_zero_but_text" in line["quality"]:
        return Fee(channel, None, terms.fee(shown, note))
    return Fee(channel, amount, note)

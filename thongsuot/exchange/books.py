"""What a partner has of our dossiers, put beside what we keep of them: in its words, as far as it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from thongsuot.actions.dossier import telling
from thongsuot.actions.reconciliation import OpenPartner, PartnerBook
from thongsuot.domain.dossier import replay
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.exchange import Parcel
from thongsuot.domain.messages import MessageKind, hash_of
from thongsuot.domain.reconciliation import FIELDS, Portrait, unreadable
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.exchange.connections import opened
from thongsuot.exchange.connector import Showing
from thongsuot.exchange.transports.http import Away, NoAnswer, Unreadable
from thongsuot.records import dossier as dossiers
from thongsuot.records import messages


class PartnerShowsNothing(Refusal):
    """This partner's system offers no way to look at one of our dossiers."""

    code = "partner_shows_nothing"


class PartnerNotReached(Refusal):
    """The partner did not answer: what it has is not known now."""

    code = "partner_not_reached"
    kind = Kind.CONFLICT


def opener(*, at: datetime) -> OpenPartner:
    """Opens partners' books as they are at a moment.

    Opening raises NotConnected, KindUnknown, MapWrong, PartnerShowsNothing.
    """

    def open_book(partner: str) -> PartnerBook:
        connector, _ = opened(partner, at=at)
        if not isinstance(connector, Showing):
            raise PartnerShowsNothing("side", partner=partner)
        return Book(partner, connector, at)

    return open_book


@dataclass(frozen=True)
class Book:
    """The dossiers that a partner acknowledged, with nothing more on the way to it."""

    partner: str
    connector: Showing
    at: datetime

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The dossiers that it should have."""
        return messages.settled_with(self.partner)

    def expected(self) -> Iterator[Portrait]:
        """What it should show of them, in its words."""
        for code in self.codes:
            try:
                yield self._portrait(code, self.connector.as_shown(self._parcel(code)))
            except Refusal:  # it was told once, and what it now is has no words there
                yield unreadable(code)

    def portraits(self) -> Iterator[Portrait]:
        """What it shows of them, one as often as it has it. Raises PartnerNotReached."""
        for code in self.codes:
            try:
                found = self.connector.shown(code)
            except (Away, NoAnswer, Unreadable) as reason:
                raise PartnerNotReached("side", partner=self.partner, why=str(reason)) from None
            yield from (self._portrait(code, one) for one in found)

    def _parcel(self, code: str) -> Parcel:
        """The whole dossier as it stands now. Raises NoSuchDossier."""
        row = dossiers.find(code)
        entries = dossiers.entries_of(row)
        now = replay(entries)
        if now is None:
            raise NoSuchDossier("code", given=code)
        payload = telling.whole(now, entries[-1])
        return Parcel(
            number=0,
            partner=self.partner,
            dossier=code,
            seq=now.version,
            kind=MessageKind.DOSSIER.value,
            payload=payload,
            payload_hash=hash_of(payload),
            owed_at=self.at,
        )

    def _portrait(self, code: str, words: Mapping[str, Any]) -> Portrait:
        told = {name: _at(words, path) for name, path in self.connector.shows.items()}
        fields = {name: value for name, value in told.items() if name in FIELDS}
        meaning = {name: value for name, value in told.items() if name not in FIELDS}
        rules = {name: f"{self.partner}: {path}" for name, path in self.connector.shows.items()}
        return Portrait(code, fields, {}, meaning, rules, is_partial=True)


def _at(words: Mapping[str, Any], path: str) -> str:
    """The value at a path, as a text; what is not there is nothing."""
    value: Any = words
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)

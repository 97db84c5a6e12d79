"""Every connector that hands messages over, with its simulated partner; a case each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests import builders
from tests.exchange.partners import SECRET, USER, Partners
from thongsuot.domain.exchange import Translation, ValueMaps
from thongsuot.exchange.connector import Connection
from thongsuot.exchange.dialects import portal_words
from thongsuot.records.messages import OutboxRow

READ_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of connector.

    `told` is what a message leaves at the partner that must be there exactly once, in order (""
    for one that only replaces what was there); `held` is what is there. `stands` is the status
    that the partner shows at the end.
    """

    partner: str
    told: Callable[[OutboxRow], str]
    held: Callable[[Partners, str], list[str]]
    stands: Callable[[Partners, str], str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def connection(self, address: str, **more: Any) -> Connection:
        """Its configuration; names of values are the partner's, addresses the simulator's."""
        return Connection(
            partner=self.partner,
            version=1,
            kind=self.partner,
            address=address,
            maps=maps(self.partner, self.maps),
            secret=lambda _: SECRET,
            settings={"read_seconds": READ_SECONDS, **self.settings, **more},
        )


def maps(partner: str, given: Mapping[str, Mapping[str, str]]) -> ValueMaps:
    """Maps that hold for ever."""
    return ValueMaps(
        partner,
        (
            Translation(partner, name, ours, theirs, builders.ALWAYS, "out")
            for name, values in given.items()
            for ours, theirs in values.items()
        ),
    )


PORTAL_MAPS: Mapping[str, Mapping[str, str]] = {
    "status": {str(number): str(number) for number in range(1, 11)},
    "channel": {"in_person": "1", "online": "2", "post": "3"},
    "applicant_kind": {"person": "1", "organisation": "2"},
    "number_kind": {
        "personal": "1",
        "old_identity_card": "2",
        "organisation": "3",
        "other": "4",
    },
    "payment": {"cash": "1", "transfer": "1", "platform": "2", "exempt": "3"},
    "return_way": {"at_counter": "0"},
    "filed_at": {"portal": "1", "here": "2"},
    "notice": {"received": "2", "supplement_asked": "5", "declined": "11"},
}


def _step(row: OutboxRow) -> str:
    if row.kind != "progress":
        return ""
    return portal_words.moment_of(row.payload["occurred_at"])


def _steps(partners: Partners, dossier: str) -> list[str]:
    steps = partners.book("national_portal", "steps").get(dossier, [])
    return [one["value"]["ThoiDiemXuLy"] for one in steps]


def _status(partners: Partners, dossier: str) -> str:
    words = partners.book("national_portal", "dossiers").get(dossier)
    return str(words[-1]["value"]["TrangThaiHoSo"]) if words else ""


PORTAL = Case(
    partner="national_portal",
    told=_step,
    held=_steps,
    stands=_status,
    settings={
        "username": USER,
        "dstcode": "VN:COV:000.00.00.G22",
        "madonvi": "000.00.00.H99",
        "same": ["procedure", "field"],
    },
    maps=PORTAL_MAPS,
)
CASES = (PORTAL,)


def blanks(value: object) -> bool:
    """Whether anything that a partner was told is empty."""
    if isinstance(value, dict):
        return any(map(blanks, value.values()))
    if isinstance(value, list):
        return any(map(blanks, value))
    return value in ("", None)

"""Every connector that hands messages over, with its simulated partner; a case each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests import builders
from tests.exchange.partners import SECRET, USER, Partners
from thongsuot.domain.exchange import Translation, ValueMaps
from thongsuot.exchange.connector import Connection
from thongsuot.exchange.dialects import portal_words
from thongsuot.records.messages import OutboxRow

READ_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of connector.

    `told` is what a message leaves at the partner that must be there exactly once, in order (""
    for one that only replaces what was there); `held` is what is there. `stands` is the status
    that the partner shows, and `ends` what it is when all is over.
    """

    partner: str
    told: Callable[[OutboxRow], str]
    held: Callable[[Partners, str], list[str]]
    stands: Callable[[Partners, str], str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("dossier", "progress", "result")
    events: tuple[str, ...] = ()
    ends: str = "10"

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
            Translation(partner, name, ours, theirs, builders.ALWAYS, _goes(values, theirs))
            for name, values in given.items()
            for ours, theirs in values.items()
        ),
    )


def _goes(values: Mapping[str, str], theirs: str) -> str:
    """A name that means two of our values is one that only goes out."""
    return "both" if [*values.values()].count(theirs) == 1 else "out"


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


def _moment(row: OutboxRow) -> str:
    return portal_words.moment_of(row.payload["occurred_at"])


def _step(row: OutboxRow) -> str:
    return _moment(row) if row.kind == "progress" else ""


def _steps(partners: Partners, dossier: str) -> list[str]:
    steps = partners.book("national_portal", "steps").get(dossier, [])
    return [one["value"]["ThoiDiemXuLy"] for one in steps]


def _last(partner: str, kind: str, name: str) -> Callable[[Partners, str], str]:
    """A word of what the partner heard last of a dossier."""

    def last(partners: Partners, dossier: str) -> str:
        words = partners.book(partner, kind).get(dossier)
        return str(words[-1]["value"].get(name)) if words else ""

    return last


def _traces(partners: Partners, dossier: str) -> list[str]:
    traces = partners.book("ministry_lgsp", "traces").get(dossier, [])
    return [one["value"]["dateCreated"] for one in traces]


def _trace(row: OutboxRow) -> str:
    return str(row.payload["occurred_at"]) if row.kind == "progress" else ""


def _theirs(partners: Partners, dossier: str) -> list[dict[str, Any]]:
    """The dossiers of our code at the ministry, however many."""
    every = [words[-1]["value"] for words in partners.book("ministry_igate", "dossiers").values()]
    return [one for one in every if one["code"] == dossier]


def _created(row: OutboxRow) -> str:
    return str(row.payload["code"]) if row.kind == "dossier" else ""


def _land(partners: Partners, dossier: str) -> list[str]:
    """Which services were called for a dossier, each as often as it was."""
    book = partners.book("land")
    kinds = ("dossiers", "CapNhatTrangThaiBoSungHoSo", "CapNhatKetQuaTraHoSo")
    return [kind for kind in kinds for _ in book.get(kind, {}).get(dossier, [])]


_LAND = {"received": "dossiers", "handed_over": "CapNhatKetQuaTraHoSo"}
PORTAL = Case(
    partner="national_portal",
    told=_step,
    held=_steps,
    stands=_last("national_portal", "dossiers", "TrangThaiHoSo"),
    settings={
        "username": USER,
        "dstcode": "VN:COV:000.00.00.G22",
        "madonvi": "000.00.00.H99",
        "same": ["procedure", "field", "office"],
    },
    maps=PORTAL_MAPS,
)
FACADE = replace(
    PORTAL,
    partner="portal_facade",
    settings={
        "client_id": USER,
        "madonvi": "000.00.00.H99",
        "same": ["procedure", "field", "office"],
    },
)
IGATE = Case(
    partner="ministry_igate",
    kinds=("dossier", "result"),
    told=_created,
    held=lambda partners, dossier: [one["code"] for one in _theirs(partners, dossier)],
    stands=lambda partners, dossier: str(_theirs(partners, dossier)[0]["dossierStatus"]["id"]),
    ends="4",
    settings={"client_id": USER, "same": ["procedure", "office"]},
    maps={
        "status": {"2": "0", "4": "2", "9": "4", "3": "6"},
        "channel": {"in_person": "0", "online": "1", "post": "2"},
    },
)
LGSP = Case(
    partner="ministry_lgsp",
    told=_trace,
    held=_traces,
    stands=_last("ministry_lgsp", "documents", "status"),
    settings={"consumer_key": USER, "same": ["procedure", "office"]},
    maps={name: PORTAL_MAPS[name] for name in ("status", "applicant_kind")},
)
LAND = Case(
    partner="land",
    kinds=(),
    events=("received", "supplement_received", "handed_over"),
    told=lambda row: _LAND[row.payload["event"]],
    held=_land,
    stands=lambda partners, dossier: "10" if _land(partners, dossier)[1:] else "",
    settings={"username": USER, "same": ["procedure"]},
)
CASES = (PORTAL, FACADE, IGATE, LGSP, LAND)


def blanks(value: object) -> bool:
    """Whether anything that a partner was told is empty."""
    if isinstance(value, dict):
        return any(map(blanks, value.values()))
    if isinstance(value, list):
        return any(map(blanks, value))
    return value in ("", None)

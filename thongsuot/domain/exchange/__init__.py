"""What is agreed with other systems: how a message is delivered, valued, proved and taken in."""

from thongsuot.domain.exchange.delivery import Aside, Done, Later, Next, Patience, after
from thongsuot.domain.exchange.ledger import Fault, Line, Linked, Step, digest, faults, link
from thongsuot.domain.exchange.mapping import (
    MapUnknown,
    MapWrong,
    Translation,
    ValueMaps,
    ValueUnmapped,
)
from thongsuot.domain.exchange.outcome import (
    Acknowledged,
    Asked,
    CannotTell,
    Doubtful,
    Failed,
    NotTaken,
    Outcome,
    Refused,
    Taken,
    Unavailable,
)
from thongsuot.domain.exchange.parcel import Arrival, Parcel

__all__ = [
    "Acknowledged",
    "Arrival",
    "Aside",
    "Asked",
    "CannotTell",
    "Done",
    "Doubtful",
    "Failed",
    "Fault",
    "Later",
    "Line",
    "Linked",
    "MapUnknown",
    "MapWrong",
    "Next",
    "NotTaken",
    "Outcome",
    "Parcel",
    "Patience",
    "Refused",
    "Step",
    "Taken",
    "Translation",
    "Unavailable",
    "ValueMaps",
    "ValueUnmapped",
    "after",
    "digest",
    "faults",
    "link",
]

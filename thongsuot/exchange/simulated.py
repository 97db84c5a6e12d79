"""The simulated partners take the places of those that are not really connected."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from thongsuot import env
from thongsuot.actions import connections
from thongsuot.domain.exchange import ConnectionState, Setup
from thongsuot.domain.refusal import Refusal
from thongsuot.exchange.transports.http import (
    Away,
    HostNotRegistered,
    Http,
    NoAnswer,
    Unreadable,
)

MADE_UP = "đối tác giả lập, bịa ra để thử"
SECRET = "SIMULATED_SECRET"  # noqa: S105 - the name of a secret


class SimulatorsUnreadable(Refusal):
    """No simulated partners answer at this address."""

    code = "simulators_unreadable"


def connect(control: str, *, here: str, file: Path, at: datetime) -> tuple[str, ...]:
    """Connect partners with their simulators as a file lays down; which ones are new or moved.

    `here` is our own address, to which the simulators then send. Raises SimulatorsUnreadable.
    """
    http = Http(control)
    told = _told(http, control)
    env.keep_secret(SECRET, str(told["secret"]))
    addresses = {one["name"]: one["address"] for one in told["partners"]}
    changed = []
    for given in tomllib.loads(file.read_text(encoding="utf-8")).get("connection", []):
        simulator = given.get("simulator", given["partner"])
        if connections.simulate(_setup(given, addresses[simulator], at)):
            changed.append(given["partner"])
        if here:
            _call_back(http, control, simulator, _door(given, here, str(told["secret"])))
    return tuple(changed)


def _door(given: Mapping[str, Any], here: str, secret: str) -> str:
    """Where a partner sends to us: with its proof in the address, where it has no other."""
    address = f"{here.rstrip('/')}/api/doi-tac/{given['partner']}"
    proof = given.get("settings", {}).get("proof", "")
    return f"{address}/khoa/{secret}" if proof == "address" else address


def _setup(given: Mapping[str, Any], address: str, at: datetime) -> Setup:
    return Setup(
        partner=given["partner"],
        version=1,
        kind=given["kind"],
        address=f"{address}{given.get('path', '')}",
        state=ConnectionState(given.get("state", "live")),
        since=at,
        decided_by=MADE_UP,
        hosts=tuple(given.get("hosts", ())),
        settings={**given.get("settings", {}), "is_made_up": True},
        secrets=given.get("secrets", {}),
        note=MADE_UP,
    )


def _told(http: Http, control: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(http.call("GET", "").body)
    except (Away, NoAnswer, Unreadable, HostNotRegistered, ValueError):
        raise SimulatorsUnreadable("control", given=control) from None
    return told


def _call_back(http: Http, control: str, simulator: str, address: str) -> None:
    body = json.dumps({"address": address}).encode()
    try:
        http.call("POST", f"{simulator}/callback", body=body)
    except (Away, NoAnswer, Unreadable):
        raise SimulatorsUnreadable("control", given=control) from None

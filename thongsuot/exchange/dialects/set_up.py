"""How iGate 2 tells what it has set up of a body, put into the form of our exports.

Below its prefixes `bd` and `hu` no specification was found: these names are partly ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from thongsuot.exchange.transports.answers import rows, text

Told = Mapping[str, Any]


def bodies(
    definitions: Iterable[Told], people: Iterable[Told], *, procedures: Collection[str]
) -> dict[str, Any]:
    """What is set up of some procedures, body by body, with the accounts of each."""
    found: dict[str, dict[str, Any]] = {}
    for one in definitions:
        if _code(one) in procedures:
            office = text(_object(one.get("agency")).get("code"))
            body = found.setdefault(office, {"office": office, "procedures": [], "people": []})
            body["procedures"].append(_procedure(one))
    for one in people:
        office = text(_object(one.get("agency")).get("code"))
        if office in found:
            found[office]["people"].append(
                {"account": text(one.get("account")), "name": text(one.get("fullname"))}
            )
    return {"bodies": list(found.values())}


def _code(told: Told) -> str:
    procedure = told.get("procedure")
    return (
        text(_object(procedure).get("code")) if isinstance(procedure, Mapping) else text(procedure)
    )


def _procedure(told: Told) -> dict[str, Any]:
    return {
        "code": _code(told),
        "name": text(told.get("name")),
        "terms": [term] if (term := _term(told)) else [],
        "steps": [_step(one) for one in rows(told.get("task") or [])],
    }


def _step(told: Told) -> dict[str, Any]:
    return {
        "name": text(_object(told.get("bpmProcessDefinitionTask")).get("name")),
        "term": _term(told),
        "people": [text(one.get("account")) for one in rows(told.get("assignee") or [])],
    }


def _term(told: Told) -> str:
    """A time with its unit, as our exports write it: `5 ngày làm việc`."""
    return " ".join(
        part for name in ("processingTime", "processingTimeUnit") if (part := text(told.get(name)))
    )


def _object(told: object) -> Told:
    return told if isinstance(told, Mapping) else {}

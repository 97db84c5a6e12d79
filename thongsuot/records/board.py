"""What is known of the readiness of each field at each body, in a constant number of questions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from thongsuot.domain.cutover import ReceptionSystem
from thongsuot.domain.cutover.set_up import Evidence
from thongsuot.domain.dossier import Status
from thongsuot.records import cutover, exchange, set_up
from thongsuot.records.decided import Decided
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.records.set_up import CutoverTestRow

LIVE = "live"
DONE = (Status.FINISHED.value, Status.RETURNED.value)
Cell = tuple[str, str]


def evidence(
    fields: Collection[str], *, at: datetime, decided: Decided | None = None
) -> dict[Cell, Evidence]:
    """Of each field and each of its bodies: what is decided, exported, read back, tested."""
    on = cutover.day_of(at)
    rules = cutover.moved(fields)
    systems = {system.code: system for system in cutover.systems(on=on)}
    live = {row.partner for row in exchange.connected(at=at) if row.state == LIVE}
    decided = decided or Decided(on, tuple(rules))
    exported = set_up.exports(rules)
    read_back = set_up.read_back(exported.values())
    tested = tests_passed(rules)
    found: dict[Cell, Evidence] = {}
    for field, own in rules.items():
        system = systems.get(own[-1].system)
        for office in decided.bodies(field):
            made, sent = decided.set_up(field, office), exported.get((field, office))
            told = read_back.get(sent.pk) if sent else None
            found[field, office] = Evidence(
                decision=own[-1].decision,
                system=system,
                is_connected=_is_connected(system, live),
                is_approved=made.is_approved,
                is_staffed=made.is_staffed,
                exported=sent.digest if sent else "",
                current=made.digest,
                read_back_at=told.at if told else None,
                differences=len(told.differences) if told else 0,
                tested_at=tested.get(field),
            )
    return found


def tests_passed(fields: Collection[str]) -> dict[str, datetime]:
    """When the first test dossier of each field came back with its result from the ministry."""
    over = RemoteDossierRow.objects.filter(status__in=DONE)
    codes = {(row.partner, row.code): row.heard_at for row in over.filter(code__in=_codes(fields))}
    passed: dict[str, datetime] = {}
    for row in CutoverTestRow.objects.filter(field__in=list(fields)):
        heard_at = codes.get((row.partner, row.code))
        if heard_at is not None:
            passed[row.field] = min(heard_at, passed.get(row.field, heard_at))
    return passed


def _codes(fields: Collection[str]) -> list[str]:
    rows = CutoverTestRow.objects.filter(field__in=list(fields))
    return list(rows.values_list("code", flat=True))


def _is_connected(system: ReceptionSystem | None, live: Collection[str]) -> bool:
    return system is not None and system.partner in live

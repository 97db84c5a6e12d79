"""How a partner is spoken to changes by a new version, with who decided it and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import ConnectionState, Setup, follows
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, exchange
from thongsuot.records.exchange import ConnectionRow, connection_row
from thongsuot.words import reading

LONGEST_REASON = 300


class NoSuchConnection(Refusal):
    """This partner has never been connected."""

    code = "no_such_connection"
    kind = Kind.UNKNOWN


class ConnectionStateAlready(Refusal):
    """The connection is in this state already."""

    code = "connection_state_already"
    kind = Kind.CONFLICT


@transaction.atomic
def freeze(*, partner: str, reason: object, by: Person, at: datetime) -> int:
    """Let nothing go out to a partner until it is opened again; the new version.

    Everything stays owed. Raises NoSuchConnection, ConnectionStateAlready, NotYourRight,
    FieldNeeded, FieldTooLong.
    """
    return _turn(partner, ConnectionState.FROZEN, reason, by, at)


@transaction.atomic
def open_again(*, partner: str, reason: object, by: Person, at: datetime) -> int:
    """Let messages go out to a partner; the new version.

    Raises NoSuchConnection, ConnectionStateAlready, NotYourRight, FieldNeeded, FieldTooLong,
    AddressWrong, AddressOpen.
    """
    return _turn(partner, ConnectionState.LIVE, reason, by, at)


@transaction.atomic
def simulate(setup: Setup) -> bool:
    """Speak with a simulated partner from now on; whether anything changed.

    A partner that is really connected stays so.
    """
    before = _last(setup.partner)
    if before is not None:
        last = before.value()
        same = replace(setup, version=last.version, since=last.since)
        if same == last or not last.is_made_up:
            return False
        setup = replace(setup, version=last.version + 1, since=max(setup.since, last.since))
    connection_row(setup).save()
    return True


def _turn(partner: str, state: ConnectionState, reason: object, by: Person, at: datetime) -> int:
    duties = access.duties(by.account)
    duties.require_right(by, Right.SYSTEMS, office="", on=at.astimezone(VIETNAM).date())
    why = reading.text("reason", reason, longest=LONGEST_REASON)
    row = _last(partner)
    if row is None:
        raise NoSuchConnection("partner", given=partner)
    last = row.value()
    if last.state is state:
        raise ConnectionStateAlready("partner", partner=partner)
    new = replace(
        last,
        version=last.version + 1,
        state=state,
        since=max(at, last.since),
        decided_by=by.account,
        note=why,
    )
    follows(new, last)
    connection_row(new).save()
    return new.version


def _last(partner: str) -> ConnectionRow | None:
    versions = exchange.versions_of(partner)
    return versions[0] if versions else None

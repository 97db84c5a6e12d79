"""What other systems tell of their dossiers is kept to be read; differences from ours are alarms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from thongsuot.domain.cutover import Ground
from thongsuot.domain.cutover import remote as rules
from thongsuot.domain.cutover.remote import RemoteDossier
from thongsuot.domain.dossier import Status
from thongsuot.domain.duties import Person, Right
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access, catalogue, cutover
from thongsuot.records import remote as records
from thongsuot.records.remote import RemoteDossierRow
from thongsuot.words import reading

KIND = "remote_dossier"


class RemoteStatusUnknown(Refusal):
    """A dossier held elsewhere has a status that none of ours stands for."""

    code = "remote_status_unknown"
    kind = Kind.MALFORMED


def take_in(arrival: Arrival, at: datetime) -> str:
    """Keep what a partner tells of a dossier that it holds; the code of that dossier.

    What was said before what we know changes nothing. Our own dossier of the same code is
    compared and never touched.
    Raises FieldNeeded, FieldTooLong, BadField, ProcedureCodeMalformed, RemoteStatusUnknown.
    """
    told = read(arrival, at=at)
    row = records.find(told.partner, told.code)
    if rules.is_newer(told, row.value() if row else None):
        compare(records.keep(row, told, at=at), at=at)
    return told.code


def read(arrival: Arrival, *, at: datetime) -> RemoteDossier:
    """A remote dossier as its neutral reading tells it; a partner's clock never runs ahead of ours.

    Raises FieldNeeded, FieldTooLong, BadField, ProcedureCodeMalformed, RemoteStatusUnknown.
    """
    given = arrival.body
    said_at = reading.if_given(reading.moment, given, "said_at", arrival.said_at or at)
    base = reading.parsed("procedure", ProcedureCode.parse, given.get("procedure")).base
    return RemoteDossier(
        partner=arrival.partner,
        code=reading.text("code", given.get("code"), longest=80),
        procedure=base,
        status=_status(given),
        raw_status=_text(given, "raw_status", 120),
        received_at=reading.moment("received_at", given.get("received_at")),
        due_at=reading.maybe(reading.moment, given, "due_at"),
        ended_at=reading.maybe(reading.moment, given, "ended_at"),
        said_at=min(said_at, at),
        field=_field(base, at) or _text(given, "field", 200),
        channel=_text(given, "channel", 10),
        body=_text(given, "body", 120),
        step=_text(given, "step", 200),
        holder=_text(given, "holder", 120),
    )


def compare(row: RemoteDossierRow, *, at: datetime) -> None:
    """Note in what a remote dossier disagrees with what we hold, and with where it should be."""
    told = row.value()
    held = records.held(told.partner, told.code)
    found = tuple(rules.divergences(told, held, place=_place(told)))
    records.note_divergences(row, found, dossier=held.code if held else "", at=at)


def compare_all(*, at: datetime) -> int:
    """Compare every dossier that is held here and elsewhere anew, as ours may have moved on; how many."""
    rows = RemoteDossierRow.objects.filter(apart__gone_at=None, apart__isnull=False).distinct()
    pending = RemoteDossierRow.objects.filter(is_over=False)
    numbers = {*rows.values_list("pk", flat=True), *pending.values_list("pk", flat=True)}
    for number in sorted(numbers):
        with transaction.atomic():
            compare(RemoteDossierRow.objects.select_for_update().get(pk=number), at=at)
    return len(numbers)


@transaction.atomic
def settle(*, number: int, reason: object, by: Person, at: datetime) -> None:
    """Decide by name, with a reason, that a difference needs nothing more; both values stay kept.

    Raises NoSuchDivergence, NotYourRight, FieldNeeded, FieldTooLong.
    """
    on = at.astimezone(VIETNAM).date()
    access.duties(by.account).require_right(by, Right.SYSTEMS, office="", on=on)
    row = records.open_divergence(number)
    row.reason = reading.text("reason", reason, longest=300)
    row.settled_by, row.gone_at = by.account, at
    row.save(update_fields=["reason", "settled_by", "gone_at"])


def _status(given: Mapping[str, Any]) -> Status:
    text = reading.text("status", given.get("status"), longest=40)
    known = {status.value: status for status in Status} | {
        status.name.lower(): status for status in Status
    }
    if text not in known:
        raise RemoteStatusUnknown("status", given=text)
    return known[text]


def _text(given: Mapping[str, Any], name: str, longest: int) -> str:
    raw = given.get(name)
    return "" if reading.is_empty(raw) else reading.text(name, str(raw), longest=longest)


def _place(told: RemoteDossier) -> str:
    """The partner that should have it by the rules of its receipt; "" where nothing is known."""
    on = cutover.day_of(told.received_at)
    try:
        procedure = catalogue.procedure(ProcedureCode.parse(told.procedure), on=on)
    except Refusal:
        return ""
    found = cutover.destination(procedure, received_at=told.received_at)
    if found.because[0].ground is Ground.NO_RULE:
        return ""
    if found.system == settings.HOME_SYSTEM:
        return settings.HOME_SYSTEM
    return cutover.system(found.system, on=on).partner


def _field(base: str, at: datetime) -> str:
    """The field of a procedure that we know; its system need not tell it."""
    try:
        return catalogue.procedure(ProcedureCode.parse(base), on=cutover.day_of(at)).field
    except Refusal:
        return ""

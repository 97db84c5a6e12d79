"""The post brings a result: ordered, cancelled, and followed on its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from thongsuot.actions.dossier.keeping import day_of, require_duty
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.standing import offices_for
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.records import directory, errands
from thongsuot.records import dossier as dossiers
from thongsuot.records import postal as records
from thongsuot.records.postal import PostalMoveRow, PostalOrderRow
from thongsuot.words import reading

POST = "postal"
ORDER, CANCEL = "postal_order", "postal_cancel"


class PostalOrderStands(Refusal):
    """The result of this dossier is on its way by post already."""

    code = "postal_order_stands"
    kind = Kind.CONFLICT


@transaction.atomic
def order(
    *,
    code: str,
    name: object,
    address: object,
    phone: object,
    province: object,
    by: Person,
    at: datetime,
) -> str:
    """Have the post bring the result of a dossier; the number of the order.

    One order at a time: who sends the form twice orders once. Raises NoSuchDossier,
    NotYourDuty, FieldNeeded, FieldTooLong, PostalOrderStands.
    """
    row, dossier, _ = dossiers.load(code)
    _require(dossier, by, at)
    if PostalOrderRow.objects.filter(dossier=row, cancelled_at=None).exists():
        raise PostalOrderStands("dossier", code=dossier.code)
    count = PostalOrderRow.objects.filter(dossier=row).count() + 1
    number = f"{dossier.code}-BC{count}"
    payload = _sender(dossier, at) | {
        "order": number,
        "what": dossier.code,
        "name": reading.text("postal.name", name, longest=200),
        "address": reading.text("postal.address", address, longest=300),
        "phone": reading.text("postal.phone", phone, longest=20),
        "province": reading.text("postal.province", province, longest=20),
    }
    PostalOrderRow.objects.create(number=number, dossier=row, ordered_by=by.account, ordered_at=at)
    _owe(ORDER, number, payload, by, at)
    return number


@transaction.atomic
def cancel(*, number: str, by: Person, at: datetime) -> None:
    """Call an order off. Raises PostalOrderUnknown, NotYourDuty."""
    row = records.of_number(number)
    _, dossier, _ = dossiers.load(row.dossier.code)
    _require(dossier, by, at)
    if row.cancelled_at is None:
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
        _owe(CANCEL, number, {"order": number}, by, at)


def take_move(arrival: Arrival, at: datetime) -> str:
    """Keep how an order goes on; its dossier. Raises PostalOrderUnknown."""
    row = records.of_number(str(arrival.body["order"]))
    PostalMoveRow.objects.create(order=row, words=str(arrival.body["state"])[:200], at=at)
    return row.dossier.code


def _owe(kind: str, number: str, payload: dict[str, Any], by: Person, at: datetime) -> None:
    errands.owe(
        partner=POST,
        kind=kind,
        about=number,
        key=f"{kind}:{number}",
        payload=payload,
        by=by.account,
        at=at,
    )


def _sender(dossier: Dossier, at: datetime) -> dict[str, str]:
    point = directory.reception_point(dossier.return_point, on=day_of(at))
    return {"sender_name": point.name, "sender_address": point.address or point.name}


def _require(dossier: Dossier, by: Person, at: datetime) -> None:
    offices = offices_for(dossier, Act.HAND_OVER)
    require_duty(by, Act.HAND_OVER, offices=offices, procedure=dossier.procedure, at=at)

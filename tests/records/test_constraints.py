"""What PostgreSQL itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import builders, cast, life, rows
from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.spans import Span
from thongsuot.records.calendar import MarkRow, OfficeHoursRow, PolicyRow
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow
from thongsuot.records.dossier import DossierRow, EventRow, IdentifierRow
from thongsuot.records.messages import OutboxRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")

LATER = Span(date(2026, 1, 1), date(2027, 1, 1))
TWICE: dict[str, Callable[[], object]] = {
    "an office": lambda: rows.office(
        cast.BAN_MAY, "UBND xã Mây", OfficeKind.COMMUNE, Level.COMMUNE, valid=LATER
    ),
    "a counter": lambda: rows.reception_point(cast.AT_BAN_MAY, cast.BAN_MAY, LATER),
    "a commune": lambda: rows.place(cast.PLACE, "Bản Mây", LATER),
    "a procedure": lambda: rows.procedure(
        builders.procedure(rows.FIVE_DAYS, version=2, valid=LATER)
    ),
    "the process of a procedure": lambda: ProcessUseRow.objects.create(
        procedure="", level="commune", process=ProcessRow.objects.all()[0], valid=to_range(LATER)
    ),
    "office hours": lambda: OfficeHoursRow.objects.create(
        office="", valid=to_range(LATER), intervals=[["08:00", "12:00"]], source=""
    ),
    "a number of the law": lambda: PolicyRow.objects.create(
        key="supplements_at_most", value="2", valid=to_range(LATER), source="", certainty=""
    ),
    "a partner": lambda: rows.partner("national_portal", ["result"]),
}


@pytest.mark.parametrize("what", list(TWICE))
def test_no_two_versions_hold_on_the_same_day(what: str) -> None:
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        TWICE[what]()


def test_versions_that_follow_each_other_are_welcome() -> None:
    rows.office("H99.555", "Cũ", OfficeKind.OTHER, Level.PROVINCE, valid=rows.BEFORE)
    rows.office("H99.555", "Mới", OfficeKind.OTHER, Level.PROVINCE, valid=rows.SINCE)

    assert rows.count("records_officerow") == 9


def test_an_event_stands_once_in_the_order_of_its_dossier() -> None:
    life.received()
    event = EventRow.objects.get()

    event.pk = None
    with pytest.raises(IntegrityError, match="event_once"), transaction.atomic():
        event.save()


def test_a_partner_is_owed_each_event_once() -> None:
    life.received()
    owed = OutboxRow.objects.get()

    owed.pk = None
    with pytest.raises(IntegrityError, match="owed_in_order"), transaction.atomic():
        owed.save()


def test_a_code_of_a_system_names_one_dossier_for_ever() -> None:
    one, other = life.received(), life.received()
    row = IdentifierRow(system="portal", code="G1", dossier=DossierRow.objects.get(code=one.code))
    row.save()

    row.pk, row.dossier = None, DossierRow.objects.get(code=other.code)
    with pytest.raises(IntegrityError, match="identifier_once"), transaction.atomic():
        row.save()


def test_a_database_is_marked_once_as_one_of_three() -> None:
    with pytest.raises(IntegrityError, match="one_mark"), transaction.atomic():
        MarkRow.objects.create(id=2, kind="live")
    with pytest.raises(IntegrityError, match="one_mark"), transaction.atomic():
        MarkRow.objects.filter(id=1).update(kind="other")

"""The guard of the events: whoever asks, nothing that happened is changed or removed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from tests import life, rows
from thongsuot.records.dossier import EventRow

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "changed": "UPDATE records_eventrow SET occurred_at = now()",
    "changed to the same": "UPDATE records_eventrow SET name = name",
    "removed": "DELETE FROM records_eventrow",
    "emptied": "TRUNCATE records_eventrow CASCADE",
    "emptied with the dossiers": "TRUNCATE records_dossierrow CASCADE",
}


@pytest.fixture
def event(db: None) -> Iterator[EventRow]:
    """The event of a dossier in a database that is not allowed to empty its tables."""
    rows.province()
    life.received()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL thongsuot.may_empty_events = 'no'")
    yield EventRow.objects.get()


@pytest.mark.parametrize("what", list(STATEMENTS))
def test_an_event_is_not(what: str, event: EventRow) -> None:
    with (
        pytest.raises(IntegrityError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(STATEMENTS[what])

    assert EventRow.objects.get() == event


def test_nor_is_its_dossier_removed_from_under_it(event: EventRow) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_dossierrow")

    assert EventRow.objects.filter(pk=event.pk).exists()


def test_events_can_be_added(event: EventRow) -> None:
    event.pk, event.version = None, 2

    event.save()

    assert EventRow.objects.count() == 2

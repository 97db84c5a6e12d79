"""What is remembered is forgotten with the first change, and never outlives a rollback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast, rows
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records import calendar, catalogue, directory, messages, roster, routing
from thongsuot.records.directory import OfficeRow
from thongsuot.records.reference import unchanging

TODAY = date(2025, 7, 7)
CODE = ProcedureCode.parse(rows.FIVE_DAYS)


def name_of_ban_may() -> str:
    with unchanging():
        return directory.office(cast.BAN_MAY, on=TODAY).name


def test_the_same_thing_is_looked_up_once_within_a_block(province: None) -> None:
    with unchanging():
        directory.office(cast.BAN_MAY, on=TODAY)

    with unchanging(), CaptureQueriesContext(connection) as asked:
        directory.office(cast.BAN_MAY, on=TODAY)

    assert len(asked) == 0


def test_outside_a_block_everything_is_looked_up_anew(province: None) -> None:
    directory.office(cast.BAN_MAY, on=TODAY)

    with CaptureQueriesContext(connection) as asked:
        directory.office(cast.BAN_MAY, on=TODAY)

    assert len(asked) > 0


def test_a_change_is_seen_by_the_next_block(province: None) -> None:
    before = name_of_ban_may()

    OfficeRow.objects.filter(code=cast.BAN_MAY).update(name="Tên khác")

    assert before != "Tên khác"
    assert name_of_ban_may() == "Tên khác"


def test_a_change_that_was_taken_back_is_forgotten(province: None) -> None:
    before = name_of_ban_may()

    with transaction.atomic():
        OfficeRow.objects.filter(code=cast.BAN_MAY).update(name="Tên khác")
        meanwhile = name_of_ban_may()
        transaction.set_rollback(True)

    assert meanwhile == "Tên khác"
    assert name_of_ban_may() == before


def procedure() -> Procedure:
    return catalogue.procedure(CODE, on=TODAY)


LOOKS: tuple[Callable[[], object], ...] = (
    lambda: directory.office(cast.BAN_MAY, on=TODAY),
    lambda: directory.place_today(cast.PLACE, on=TODAY),
    lambda: directory.reception_point(cast.AT_BAN_MAY, on=TODAY),
    procedure,
    lambda: catalogue.process_for(procedure(), level=Level.COMMUNE, on=TODAY),
    lambda: calendar.calendar(office=cast.BAN_MAY),
    lambda: calendar.policies(on=TODAY),
    lambda: calendar.phrases(on=TODAY),
    messages.subscriptions,
    lambda: roster.duties(cast.BAN_MAY, "x", on=TODAY),
    lambda: routing.surroundings(
        procedure(),
        receiving=directory.office(cast.BAN_MAY, on=TODAY),
        place=cast.PLACE,
        on=TODAY,
    ),
)


@pytest.mark.parametrize("look", LOOKS)
def test_whatever_is_remembered_is_read_from_tables_that_set_the_stamp(
    province: None, look: Callable[[], object]
) -> None:
    watched = tables_that_set_the_stamp()

    with CaptureQueriesContext(connection) as asked:
        look()

    read = {
        table
        for query in asked.captured_queries
        for table in connection.introspection.table_names()
        if f'"{table}"' in query["sql"]
    }
    assert read
    assert read <= watched


def tables_that_set_the_stamp() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'reference_changed'"
        )
        return {table for (table,) in cursor.fetchall()}

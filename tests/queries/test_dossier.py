"""What can be told about one dossier, to whom, and whether all of them are sound."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast, life, rows
from tests.cast import MONDAY, moment
from thongsuot.actions.access import open_reading
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.queries import dossier as queries
from thongsuot.queries.dossier import DossierPage, NotYoursToSee
from thongsuot.records import catalogue

pytestmark = pytest.mark.usefixtures("province")

NOW = MONDAY + timedelta(hours=3)


def look(dossier: Dossier, by: Person) -> ReadingToken:
    return open_reading(by=by, about=dossier.code, purpose=Purpose.HANDLE, at=NOW)


def page(dossier: Dossier, by: Person = cast.HOA) -> DossierPage:
    return queries.page(dossier.code, account=by.account, at=NOW, reading=look(dossier, by))


def test_the_page_tells_the_story_and_the_clock() -> None:
    told = page(life.forwarded(life.received()))

    assert [line.name for line in told.timeline] == ["received", "forwarded"]
    assert told.stage == "Nhận và phân công"
    assert told.officials[cast.HOA.account] == cast.HOA.name
    assert told.clock.due_at == told.clock.promised_at == moment("2025-09-15 08:00")
    assert told.clock.last_apology_on == date(2025, 9, 14)
    assert told.process_is_approved


def test_only_concerned_offices_see_a_dossier() -> None:
    dossier = life.assigned(life.received())

    with pytest.raises(NotYoursToSee):
        page(dossier, cast.SUNG)
    with pytest.raises(NotYoursToSee):
        page(dossier, cast.BINH)
    asked = life.do(dossier, Act.ASK_OPINION, cast.TAM, of=cast.CONSTRUCTION, question="Quy hoạch?")
    assert page(asked, cast.BINH).acts == (Act.GIVE_OPINION,)
    assert page(asked, cast.NHUNG).dossier.code == dossier.code


def test_a_substitute_sees_it_only_during_the_absence() -> None:
    dossier = life.received()

    with pytest.raises(NotYoursToSee):
        page(dossier, cast.LAN)
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 8), date(2025, 9, 9)))
    assert page(dossier, cast.LAN).dossier.code == dossier.code
    rows.substitution(cast.HA, cast.KHACH, Span(date(2025, 9, 1), date(2025, 9, 8)))
    with pytest.raises(NotYoursToSee):
        page(dossier, cast.KHACH)


@pytest.mark.parametrize(
    ("person", "acts"),
    [
        (cast.PAO, {Act.ASSIGN}),  # arrived by itself: received where it is resolved
        (cast.TAM, {Act.CLAIM}),  # nobody has it yet
        (cast.HOA, {Act.DIGITISE, Act.ASK_SUPPLEMENT, Act.STOP}),
        (cast.MINH, {Act.BEGIN_INCIDENT}),
    ],
    ids=lambda given: given.account if isinstance(given, Person) else "",
)
def test_each_person_is_offered_their_own_acts(person: Person, acts: set[Act]) -> None:
    dossier = life.forwarded(life.received())
    others = {Act.DIGITISE, Act.ASK_SUPPLEMENT, Act.RAISE_FINANCIAL_DUTY, Act.APOLOGISE, Act.ASK_OPINION, Act.SEND_BACK}  # fmt: skip

    offered = set(page(dossier, person).acts)

    assert acts <= offered
    assert offered - acts <= others


def test_where_several_ways_lead_on_the_page_names_them() -> None:
    told = page(life.forwarded(life.received(rows.BRANCHING)), cast.PAO)

    assert [way.target for way in told.branches[Act.ASSIGN]] == ["work", "field_work"]
    assert Act.SEND_BACK not in told.branches


def test_a_longer_story_asks_no_query_more() -> None:
    short, long = life.received(), life.approved(life.received())

    assert _asked(long) == _asked(short)


def test_a_dossier_is_shown_with_its_events_and_the_ledger_of_its_clock() -> None:
    dossier = life.received()

    told = queries.show(dossier.code, reading=look(dossier, cast.HOA))

    assert told["promised_at"] == "2025-09-15T08:00:00+07:00"
    assert isinstance(told["events"], list)
    assert "2025-09-09" in str(told)
    with pytest.raises(NoSuchDossier):
        queries.show("H99.101-250908-0099", reading=look(dossier, cast.HOA))


def test_a_projection_that_was_tampered_with_is_found_with_its_columns() -> None:
    sound, changed = life.received(), life.received()
    assert {tuple(found) for _, found in queries.verified()} == {()}

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_dossierrow SET due_at = due_at + interval '1 day', office = 'H99.102'"
            " WHERE code = %s",
            [changed.code],
        )

    assert dict(queries.verified()) == {sound.code: [], changed.code: ["due_at", "office"]}


def test_a_dossier_whose_events_are_missing_is_not_sound() -> None:
    dossier = life.forwarded(life.received())

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # past the guard
        cursor.execute("DELETE FROM records_eventrow WHERE version = 1")

    assert [code for code, found in queries.verified() if found] == [dossier.code]


def test_checking_all_does_not_ask_for_each() -> None:
    for _ in range(3):
        life.received()
    with CaptureQueriesContext(connection) as few:
        list(queries.verified())
    for _ in range(12):
        life.received()
    with CaptureQueriesContext(connection) as many:
        list(queries.verified())

    assert len(many) == len(few)


def _asked(dossier: Dossier) -> int:
    reading = look(dossier, cast.HOA)
    catalogue.process(dossier.process_version)
    with CaptureQueriesContext(connection) as asked:
        queries.page(dossier.code, account=cast.HOA.account, at=NOW, reading=reading)
    return len(asked)

"""The generator: the same seed makes the same dossiers, and each of them could be real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
from django.db import connection, transaction

from tests import cast, rows
from thongsuot.actions.seed import BadSowing, NotADatabaseToSow, NothingToSowOn, Sowing, sow
from thongsuot.domain.directory import Level, OfficeKind
from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import DossierCode, ProcedureCode
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import dossier as queries
from thongsuot.records import access, catalogue
from thongsuot.records import dossier as records
from thongsuot.records.calendar import MarkRow
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.messages import OutboxRow

FIRST, LAST = date(2025, 8, 4), date(2026, 2, 27)
JUSTICE = "H99.004"

# Which act made an event, where its name is not the act's.
ACTS = {
    "received": "receive",
    "declined": "decline",
    "digitised": "digitise",
    "forwarded": "forward",
    "arrived": "arrive",
    "assigned": "assign",
    "proposed": "propose",
    "approved": "approve",
    "sent_back": "send_back",
    "refused": "refuse",
    "stopped": "stop",
    "apologised": "apologise",
    "result_issued": "issue_result",
    "handed_over": "hand_over",
    "supplement_asked": "ask_supplement",
    "supplement_received": "receive_supplement",
    "opinion_asked": "ask_opinion",
    "opinion_given": "give_opinion",
    "financial_duty_raised": "raise_financial_duty",
    "financial_duty_settled": "settle_financial_duty",
}


@pytest.fixture
def ground(province: None) -> None:
    """The small province, with a department that resolves what its people ask for."""
    rows.office(JUSTICE, "Sở Tư pháp", OfficeKind.DEPARTMENT, Level.PROVINCE)


def sowing(dossiers: int, *, seed: int = 1, open_share: float = 0.1, owes: bool = False) -> Sowing:
    return Sowing(dossiers, seed, FIRST, LAST, open_share, owes)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written in this block is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> str:
    """One hash over all that was written, whatever numbers PostgreSQL gave the rows."""
    columns = ", ".join(
        f"d.{connection.ops.quote_name(field.column)}"
        for field in DossierRow._meta.concrete_fields
        if field.column and not field.primary_key
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(line, '|' ORDER BY line)) FROM ("  # noqa: S608 - our own columns
            f"SELECT ROW({columns})::text AS line FROM records_dossierrow d UNION ALL "
            'SELECT ROW(d.code, e.version, e.name, e.body, e.occurred_at, e.recorded_at, e."by",'
            " e.office)::text FROM records_eventrow e JOIN records_dossierrow d"
            " ON d.id = e.dossier_id UNION ALL SELECT ROW(d.code, o.partner, o.seq, o.payload_hash,"
            " o.owed_at)::text FROM records_outboxrow o JOIN records_dossierrow d"
            " ON d.id = o.dossier_id UNION ALL"
            " SELECT ROW(office, day, last)::text FROM records_codesequencerow) AS lines"
        )
        return str(cursor.fetchone()[0])


def test_the_same_seed_makes_the_same_dossiers_and_another_seed_others(ground: None) -> None:
    hashes = []

    for seed in (1, 1, 2):
        with taken_back():
            sow(sowing(200, seed=seed, owes=True))
            hashes.append(everything())

    assert hashes[0] == hashes[1]
    assert hashes[1] != hashes[2]


def test_a_thousand_dossiers_are_what_their_events_say(ground: None) -> None:
    grown = sow(sowing(1000))

    different = [code for code, columns in queries.verified() if columns]

    assert (grown.dossiers, DossierRow.objects.count()) == (1000, 1000)
    assert grown.events == EventRow.objects.count() > 6000
    assert different == []
    assert list(records.code_gaps()) == []


def test_codes_are_given_in_the_order_in_which_people_came(ground: None) -> None:
    sow(sowing(300))

    by_office: dict[tuple[str, date], list[int]] = {}
    for text in DossierRow.objects.order_by("received_at", "code").values_list("code", flat=True):
        code = DossierCode.parse(text)
        by_office.setdefault((code.prefix, code.day), []).append(code.number)

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_office.values())


def test_a_second_sowing_goes_on_where_the_first_one_ended(ground: None) -> None:
    sow(sowing(150, seed=1))

    sow(sowing(150, seed=2))

    assert DossierRow.objects.count() == 300
    assert list(records.code_gaps()) == []


def test_every_act_was_made_by_somebody_whose_duty_it_was(ground: None) -> None:
    sow(sowing(200))

    wrong = [
        (event.name, event.by, event.office)
        for event in EventRow.objects.select_related("dossier").filter(name__in=ACTS)
        if not _may(event)
    ]

    assert wrong == []
    assert EventRow.objects.values("name").distinct().count() > 12


def _may(event: EventRow) -> bool:
    return any(
        act.value == ACTS[event.name]
        and access.duties(event.by).basis(
            Person(event.by, ""),
            act,
            office=event.office,
            procedure=event.dossier.procedure,
            on=event.occurred_at.date(),
        )
        for acts in access.duties(event.by).acts_of.values()
        for act in acts
    )


def test_each_follows_the_process_that_its_day_and_procedure_name(ground: None) -> None:
    sow(sowing(100))

    for row in DossierRow.objects.exclude(status="3"):
        on = row.received_at.date()
        procedure = catalogue.procedure(ProcedureCode.parse(row.procedure), on=on)
        level = Level.PROVINCE if row.competent_office == JUSTICE else Level.COMMUNE
        assert row.process_version == catalogue.process_for(procedure, level=level, on=on).key


def test_nobody_comes_here_for_what_a_ministry_receives_by_then(ground: None) -> None:
    middle = datetime.combine(FIRST + (LAST - FIRST) / 2, time(), VIETNAM)
    rows.reception_system()
    rows.moved(f"{middle:%Y-%m-%d %H:%M}", procedure=rows.FIVE_DAYS)

    sow(sowing(150))

    asked = DossierRow.objects.filter(procedure=rows.FIVE_DAYS)
    assert asked.filter(received_at__lt=middle).exists()
    assert not asked.filter(received_at__gte=middle).exists()


def test_as_many_stay_open_as_were_asked_for_and_they_came_last(ground: None) -> None:
    sow(sowing(400, open_share=0.25))

    still = DossierRow.objects.filter(ended_at=None)

    assert 90 <= still.count() <= 110
    assert min(row.received_at.date() for row in still) >= date(2026, 1, 20)


def test_what_partners_are_owed_is_written_too_when_asked_for(ground: None) -> None:
    grown = sow(sowing(100, owes=True))

    told = EventRow.objects.exclude(name__in=("became_near", "became_late", "digitised"))

    assert grown.owed == OutboxRow.objects.count() == told.count()
    assert Counter(OutboxRow.objects.values_list("kind", flat=True))["dossier"] == 100


def test_nobody_invented_has_a_number_or_a_telephone_that_somebody_could_have(
    ground: None,
) -> None:
    sow(sowing(100))

    people = DossierRow.objects.values_list("applicant_number", "applicant_phone")

    assert all(number.startswith("000") and len(number) == 12 for number, _ in people)
    assert all(phone == "" or phone.startswith("000") for _, phone in people)


@pytest.mark.parametrize("mark", ["live", ""])
def test_nothing_is_invented_where_something_is_real(ground: None, mark: str) -> None:
    MarkRow.objects.all().delete()
    if mark:
        MarkRow.objects.create(id=1, kind=mark)

    with pytest.raises(NotADatabaseToSow):
        sow(sowing(1))

    assert DossierRow.objects.count() == 0


def test_a_day_without_any_counter_is_refused(db: None) -> None:
    MarkRow.objects.create(id=1, kind="test")
    rows.calendar()

    with pytest.raises(NothingToSowOn):
        sow(sowing(1))

    assert DossierRow.objects.count() == 0


@pytest.mark.parametrize(
    ("dossiers", "first", "open_share"),
    [(-1, FIRST, 0.1), (1, date(2026, 3, 1), 0.1), (1, FIRST, 1.5), (1, FIRST, float("nan"))],
)
def test_what_cannot_be_sown_is_refused_before_anything_is_read(
    dossiers: int, first: date, open_share: float
) -> None:
    with pytest.raises(BadSowing):
        Sowing(dossiers, 1, first, LAST, open_share)


def test_the_cast_keeps_its_desks(ground: None) -> None:
    sow(sowing(60))

    by = set(EventRow.objects.filter(office=cast.BAN_MAY).values_list("by", flat=True))

    assert {cast.HOA.account, cast.TAM.account, cast.SON.account} <= by

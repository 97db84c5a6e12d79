"""What another system receives is shown where it belongs, counted, and what came before is kept here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import builders, cast, life, rows
from tests.cast import MONDAY, moment
from thongsuot.actions import dossier as actions
from thongsuot.actions import together
from thongsuot.actions.dossier.elsewhere import BelongsHere
from thongsuot.actions.dossier.entry import read_reception, take_in
from thongsuot.domain.catalogue import Origin
from thongsuot.domain.cutover import BelongsElsewhere
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records import catalogue
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.cutover import SentElsewhereRow
from thongsuot.records.dossier import DossierRow, code_gaps
from thongsuot.words.refusals import sentence

SWITCH = "2025-09-08 00:00"
BEFORE = moment(SWITCH) - timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def switched(province: None) -> None:
    """The field of most procedures moved on the midnight before the Monday of the tests."""
    rows.reception_system()
    rows.moved(SWITCH)


def test_what_belongs_elsewhere_is_refused_with_the_place_and_counted_once_a_day() -> None:
    for _ in range(2):
        with pytest.raises(BelongsElsewhere) as refused:
            actions.receive(request=life.request(), by=cast.HOA, at=MONDAY)

    said = sentence(refused.value)
    assert "Hệ thống bo-x" in said
    assert "https://motcua.bo-x.example" in said
    assert "08/09/2025 00:00" in said
    counted = SentElsewhereRow.objects.using("codes").get()
    assert (counted.system, counted.point, counted.by) == ("bo-x", cast.AT_BAN_MAY, "hoa")
    assert not DossierRow.objects.exists()
    assert list(code_gaps()) == []


def test_nothing_of_the_person_is_kept_of_who_was_sent_elsewhere() -> None:
    with pytest.raises(BelongsElsewhere):
        actions.receive(request=life.request(), by=cast.HOA, at=MONDAY)

    kept = str(SentElsewhereRow.objects.using("codes").values().get())
    assert cast.MY.number not in kept
    assert cast.MY.name not in kept


def test_paper_received_before_the_switch_and_entered_after_it_stays_here() -> None:
    late = builders.submission(received_at=BEFORE, late_entry_reason="mất điện")

    dossier = actions.receive(request=life.request(submission=late), by=cast.HOA, at=MONDAY)

    assert dossier.received_at == BEFORE
    assert not SentElsewhereRow.objects.using("codes").exists()


def test_every_way_of_entering_obeys_and_a_preview_counts_nobody() -> None:
    raw = {
        "procedure": rows.FIVE_DAYS,
        "receiving_point": cast.AT_BAN_MAY,
        "applicant": {"name": cast.MY.name, "number": cast.MY.number},
        "papers": ["Tờ khai"],
    }
    with pytest.raises(BelongsElsewhere):
        actions.preview(request=life.request(), by=cast.HOA, at=MONDAY)
    assert not SentElsewhereRow.objects.using("codes").exists()

    with pytest.raises(BelongsElsewhere):
        take_in(request=read_reception(raw, at=MONDAY), by=cast.HOA, at=MONDAY)
    assert SentElsewhereRow.objects.using("codes").count() == 1


def test_a_line_of_many_that_is_refused_beforehand_is_counted_once() -> None:
    raw = {
        "procedure": rows.FIVE_DAYS,
        "receiving_point": cast.AT_BAN_MAY,
        "applicant": {"name": cast.MY.name, "number": cast.MY.number},
        "papers": ["Tờ khai"],
    }
    for _ in range(2):
        with pytest.raises(BelongsElsewhere):
            together.rehearse_reception(request=raw, by=cast.HOA, at=MONDAY)

    assert SentElsewhereRow.objects.using("codes").count() == 1


def test_what_an_older_dossier_opens_under_it_is_finished_with_it() -> None:
    late = builders.submission(received_at=BEFORE, late_entry_reason="mất điện")
    asked = life.request(rows.LINKED, submission=late)
    parent = actions.receive(request=asked, by=cast.HOA, at=MONDAY)
    linked = builders.submission(parent=parent.code)

    told = actions.preview(request=life.request(submission=linked), by=cast.HOA, at=MONDAY)

    assert told.parent == parent.code


def test_a_provincial_procedure_is_received_here_after_the_switch_too() -> None:
    code = ProcedureCode.parse(rows.FIVE_DAYS)
    own = replace(
        catalogue.procedure(code, on=MONDAY.date()),
        origin=Origin.PROVINCIAL,
        code=ProcedureCode.parse("1.000909"),
    )
    save_procedure(own, search="rieng", source=rows.SOURCE)

    dossier = actions.receive(request=life.request("1.000909"), by=cast.HOA, at=MONDAY)

    assert ProcedureRow.objects.filter(base="1.000909", field="Hộ tịch").exists()
    assert dossier.procedure == "1.000909"


def test_nobody_is_sent_elsewhere_with_what_is_received_here() -> None:
    procedure = catalogue.procedure(ProcedureCode.parse(rows.FIVE_DAYS), on=MONDAY.date())

    with pytest.raises(BelongsHere):
        actions.send_elsewhere(
            procedure=procedure,
            point=cast.AT_BAN_MAY,
            received_at=BEFORE,
            who="x",
            by=cast.HOA,
            at=MONDAY,
        )

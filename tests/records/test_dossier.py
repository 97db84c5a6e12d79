"""A dossier's events come back from their rows, and its codes find it for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from tests import builders, cast, life
from tests.cast import MONDAY
from thongsuot.actions import dossier as actions
from thongsuot.domain.dossier import Dossier, replay
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import Conflict, NoSuchDossier
from thongsuot.records import dossier as records
from thongsuot.records.dossier import DossierRow

pytestmark = pytest.mark.usefixtures("province")


def never(_: Dossier) -> None:
    """Nothing to look at later."""


def test_what_is_kept_replays_to_the_same_dossier() -> None:
    dossier = life.handed_over(life.received())

    row = records.find(dossier.code)

    assert replay(records.entries_of(row)) == dossier
    assert row.version == dossier.version


def test_an_entry_comes_back_with_everything_about_it() -> None:
    dossier = life.received()
    row = DossierRow.objects.get(code=dossier.code)
    told = e.Entry(
        event=e.Proposed("approval", "Đủ"),
        occurred_at=MONDAY,
        recorded_at=MONDAY + timedelta(minutes=5),
        by=cast.LAN.account,
        office=cast.BAN_MAY,
        source_system="provincial",
        on_behalf_of=cast.TAM.account,
    )

    records.append(row, dossier, [told], next_check=never)

    assert records.entries_of(DossierRow.objects.get(pk=row.pk))[-1] == told


def test_a_second_writer_of_the_same_version_is_told_of_the_first() -> None:
    dossier = life.received()
    row = DossierRow.objects.get(code=dossier.code)
    told = builders.entry(e.Proposed("approval", "Đủ"))
    records.append(row, dossier, [told], next_check=never)

    with pytest.raises(Conflict), transaction.atomic():
        records.append(row, dossier, [told], next_check=never)

    assert row.events.count() == 2


def test_several_events_are_kept_in_their_order_or_not_at_all() -> None:
    dossier = life.received()
    row = DossierRow.objects.get(code=dossier.code)
    both = [builders.entry(e.BecameNear()), builders.entry(e.BecameLate())]

    _, after = records.append(row, dossier, both, next_check=never)

    assert after.version == 3
    assert replay(records.entries_of(DossierRow.objects.get(pk=row.pk))) == after


def test_a_dossier_is_found_by_every_code_it_has() -> None:
    theirs = e.Identifier("national_portal", "G01.1-250908-0042")
    asked = life.request(submission=builders.submission(identifiers=(theirs,)))
    dossier = actions.receive(request=asked, by=cast.HOA, at=MONDAY)

    assert records.find(theirs.code).code == records.find(dossier.code).code == dossier.code
    with pytest.raises(NoSuchDossier):
        records.find("H99.101-250908-0099")


def test_past_ten_thousand_a_day_the_number_grows_longer() -> None:
    first = life.received()
    records.CodeSequenceRow.objects.using("codes").update(last=9999)

    dossier = life.received()

    assert (first.code[-5:], dossier.code[-6:]) == ("-0001", "-10000")

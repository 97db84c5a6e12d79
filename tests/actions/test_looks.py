"""Whoever looks at a person's data leaves a line in a log that nobody can change."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests import cast, life, rows
from thongsuot.actions.access import open_reading
from thongsuot.domain.dossier.refusals import NoSuchDossier
from thongsuot.domain.looks import Purpose, ReadingNotOpened
from thongsuot.queries import dossier as queries
from thongsuot.records.looks import LookRow, person_key

pytestmark = pytest.mark.django_db


def test_a_look_at_a_dossier_stands_in_the_log_before_it_is_read() -> None:
    rows.province()
    dossier = life.received()

    token = open_reading(
        by=cast.TAM, about=dossier.code, purpose=Purpose.HANDLE, at=cast.MONDAY, door="api"
    )
    told = queries.show(dossier.code, reading=token)

    assert told["code"] == dossier.code
    assert list(LookRow.objects.values_list("account", "about", "purpose", "door", "at")) == [
        (cast.TAM.account, dossier.code, "handle", "api", cast.MONDAY)
    ]


def test_a_look_at_one_dossier_does_not_open_another() -> None:
    rows.province()
    one, other = life.received(), life.received()
    token = open_reading(by=cast.TAM, about=one.code, purpose=Purpose.HANDLE, at=cast.MONDAY)

    with pytest.raises(ReadingNotOpened):
        queries.show(other.code, reading=token)


def test_a_look_at_what_does_not_exist_is_refused_and_not_logged() -> None:
    rows.province()

    with pytest.raises(NoSuchDossier):
        open_reading(
            by=cast.TAM, about="H99.101-250908-0009", purpose=Purpose.HANDLE, at=cast.MONDAY
        )

    assert not LookRow.objects.exists()


def test_a_person_is_named_in_the_log_by_a_key_that_does_not_tell_the_number() -> None:
    key = person_key(cast.MY.number)

    token = open_reading(by=cast.HOA, about=key, purpose=Purpose.RECEIVE, at=cast.MONDAY)

    assert token.about == key == person_key(cast.MY.number)
    assert key != person_key("012190000018")
    assert cast.MY.number not in LookRow.objects.get().about


def test_no_look_can_be_changed_or_taken_away() -> None:
    open_reading(by=cast.HOA, about="list:register", purpose=Purpose.EXPORT, at=cast.MONDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        LookRow.objects.update(account="khach")
    with pytest.raises(IntegrityError), transaction.atomic():
        LookRow.objects.all().delete()

    assert LookRow.objects.get().account == cast.HOA.account

"""Dossiers are found by words without accents, in any order, over old and new place names."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from tests import builders, cast, life
from thongsuot.actions import dossier as actions
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records
from thongsuot.records.directory import PlaceRow
from thongsuot.records.dossier import DossierRow, DossierWordsRow
from thongsuot.records.searching import folded, holding

pytestmark = pytest.mark.usefixtures("province")


def found(words: str) -> int:
    return DossierRow.objects.filter(holding(words)).count()


@pytest.mark.parametrize(
    "words", ["Giàng Thị Mỷ", "my giang", "MY thi GIANG", "gian", "250908 giang", "0001-250908"]
)
def test_accents_order_and_ends_of_words_do_not_matter(words: str) -> None:
    life.received()

    assert found(words) == 1


@pytest.mark.parametrize("words", ["iang", "giang tam", "khong ai"])
def test_every_word_must_begin_one_of_the_dossiers(words: str) -> None:
    life.received()

    assert found(words) == 0


def test_a_dossier_is_found_by_the_old_and_the_new_name_of_its_place() -> None:
    there = builders.submission(place=cast.OLD_PLACE)
    actions.receive(request=life.request(submission=there), by=cast.HOA, at=cast.MONDAY)
    names = PlaceRow.objects.filter(code__in=[cast.OLD_PLACE, cast.PLACE])

    texts = sorted(names.values_list("name", flat=True))

    assert len(texts) == 2
    assert [found(name) for name in texts] == [1, 1]


def test_the_words_are_kept_with_the_projection() -> None:
    dossier = life.received()

    row = DossierRow.objects.get(code=dossier.code)

    assert row.search == records.search_of(dossier)


def words_of(code: str) -> DossierWordsRow:
    return DossierWordsRow.objects.get(dossier__code=code)


def written_by(code: str) -> int:
    """The statement that wrote the words of a dossier, counted in its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.cmin::text::int FROM records_dossierwordsrow w"
            " JOIN records_dossierrow d ON d.id = w.dossier_id WHERE d.code = %s",
            [code],
        )
        return int(cursor.fetchone()[0])


def test_work_on_a_dossier_leaves_its_words_and_their_indexes_alone() -> None:
    dossier = life.received()
    before = written_by(dossier.code)

    life.do(dossier, Act.FORWARD, cast.HOA)

    assert written_by(dossier.code) == before


def test_what_ended_is_no_longer_among_the_open_words_but_is_still_found() -> None:
    dossier = life.received()
    assert words_of(dossier.code).is_open

    life.do(dossier, Act.FORWARD, cast.HOA)
    assert words_of(dossier.code).is_open
    DossierRow.objects.filter(code=dossier.code).update(ended_at=cast.MONDAY)

    assert not words_of(dossier.code).is_open
    assert found("my giang") == 1


def test_the_words_of_the_release_before_are_kept_too() -> None:
    dossier = life.received()

    DossierRow.objects.filter(code=dossier.code).update(search=" ten moi")

    assert (found("ten moi"), found("giang")) == (1, 0)


def test_older_dossiers_get_their_words_and_newer_words_stay() -> None:
    older, newer = life.received(), life.received()
    words_of(older.code).delete()
    DossierWordsRow.objects.filter(dossier__code=newer.code).update(search=" moi hon")

    filling = import_module("thongsuot.records.migrations.0035_words_are_found_apart")
    filling.fill(None, connection.schema_editor())

    assert words_of(older.code).search == DossierRow.objects.get(code=older.code).search
    assert words_of(newer.code).search == " moi hon"


def test_signs_alone_narrow_nothing_and_percent_is_no_wildcard() -> None:
    life.received()

    assert found("%_!") == 1
    assert found("gi%ng") == 0
    assert folded("Đặng đặng") == " dang"

"""Dossiers are found by words without accents, in any order, over old and new place names."""

from __future__ import annotations

import pytest

from tests import builders, cast, life
from thongsuot.actions import dossier as actions
from thongsuot.records import dossier as records
from thongsuot.records.directory import PlaceRow
from thongsuot.records.dossier import DossierRow
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


def test_signs_alone_narrow_nothing_and_percent_is_no_wildcard() -> None:
    life.received()

    assert found("%_!") == 1
    assert found("gi%ng") == 0
    assert folded("Đặng đặng") == " dang"

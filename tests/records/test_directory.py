"""Places and offices through reorganisations, as they are found again."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast, rows
from thongsuot.domain.directory import (
    NoSuchPlace,
    NoSuchReceptionPoint,
    OfficeClosed,
    ReceptionPointClosed,
)
from thongsuot.domain.spans import Span
from thongsuot.records import directory as records
from thongsuot.records.directory import PlaceRow, PlaceSuccessionRow
from thongsuot.records.spans import to_range

pytestmark = pytest.mark.usefixtures("province")

TODAY = date(2025, 9, 8)


def follows(old: str, new: str, on: date, *, is_suggested: bool = True) -> None:
    PlaceSuccessionRow.objects.create(
        old=old, new=new, on=on, is_whole=False, is_suggested=is_suggested, source=""
    )


def test_an_old_commune_is_followed_through_every_reorganisation() -> None:
    later = date(2026, 7, 1)
    PlaceRow.objects.filter(code=cast.PLACE).update(valid=to_range(Span(rows.MERGED_ON, later)))
    rows.place("90201", "Mây Lớn", Span(later))
    follows(cast.PLACE, "90201", later)

    assert records.place_today(cast.OLD_PLACE, on=date(2025, 6, 30)) == cast.OLD_PLACE
    assert records.place_today(cast.OLD_PLACE, on=TODAY) == cast.PLACE
    assert records.place_today(cast.OLD_PLACE, on=later) == "90201"


def test_of_a_split_commune_the_suggested_heir_is_taken() -> None:
    rows.place("90002", "Bản Đôi", rows.BEFORE)
    rows.place("90102", "Đôi Hai", rows.SINCE)
    follows("90002", cast.PLACE, rows.MERGED_ON, is_suggested=False)
    follows("90002", "90102", rows.MERGED_ON)

    assert records.place_today("90002", on=TODAY) == "90102"


def test_a_commune_that_never_was_or_led_nowhere_is_refused() -> None:
    rows.place("90003", "Bản Mất", rows.BEFORE)
    follows("90003", "90003", rows.MERGED_ON)

    for code in ("99999", "90003"):
        with pytest.raises(NoSuchPlace):
            records.place_today(code, on=TODAY)


def test_an_office_is_found_by_its_old_code_and_a_closed_one_names_its_heirs() -> None:
    assert records.office("000.01.01.H99", on=TODAY).code.canonical == cast.BAN_MAY

    with pytest.raises(OfficeClosed) as refused:
        records.office(cast.BAN_CU, on=TODAY)
    assert refused.value.facts["heirs"] == [cast.BAN_MAY]
    assert records.office(cast.BAN_CU, on=date(2025, 6, 30)).name == "UBND xã Bản Cũ"


def test_a_counter_that_has_closed_names_where_to_go_instead() -> None:
    rows.reception_point("MC-CU", cast.BAN_CU, rows.BEFORE)
    rows.reception_point("MC-MAT", cast.DEPARTMENT, rows.BEFORE)  # nobody carries its counter on

    with pytest.raises(ReceptionPointClosed) as refused:
        records.reception_point("MC-CU", on=TODAY)
    assert refused.value.facts["until"] == rows.MERGED_ON.isoformat()
    assert refused.value.facts["next"] == records.reception_point(cast.AT_BAN_MAY, on=TODAY).name
    for unknown in ("MC-MAT", "MC-X"):
        with pytest.raises(NoSuchReceptionPoint):
            records.reception_point(unknown, on=TODAY)

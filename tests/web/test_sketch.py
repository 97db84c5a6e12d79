"""A sketch shades communes by what comes to them, and is never taken for a map."""

from __future__ import annotations

from thongsuot.records.sketches import sketch
from thongsuot.web.sketch import SHADES, WIDTH, sketched

LAI_CHAU = "12"
DOAN_KET, BINH_LU = "03388", "03390"


def test_every_commune_of_lai_chau_has_a_cell_on_the_page() -> None:
    drawn = sketched(sketch(LAI_CHAU), {})

    assert drawn is not None
    assert len(drawn.communes) == 38
    assert drawn.width == WIDTH
    for one in drawn.communes:
        assert 0 <= float(one.x) <= drawn.width and 0 <= float(one.y) <= drawn.height
        assert one.shade == 0


def test_the_darkest_cell_is_the_one_to_which_most_comes_and_nothing_is_light() -> None:
    drawn = sketched(sketch(LAI_CHAU), {DOAN_KET: 100, BINH_LU: 1})

    assert drawn is not None
    shades = {one.many: one.shade for one in drawn.communes}
    assert shades == {100: SHADES, 1: 1, 0: 0}


def test_a_province_without_an_open_sketch_has_none() -> None:
    assert sketched(sketch("99"), {}) is None
    assert sketch("../tthc/procedures") == ()

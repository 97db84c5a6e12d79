"""Our figures beside the national counters, on the screen."""

from __future__ import annotations

import pytest

from tests import cast, life, reports
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.records.access import RoleRow
from thongsuot.web import door

PAGE = "/doi-chieu-so-lieu"


@pytest.fixture(autouse=True)
def known(province: None, monkeypatch: pytest.MonkeyPatch) -> None:
    reports.known()
    RoleRow.objects.filter(code__in=("leader", "office")).update(rights=["reports"])
    monkeypatch.setattr(door, "now", lambda: cast.moment("2025-10-05 08:00"))


def test_it_is_for_those_who_keep_the_reports_of_the_province(sign_in: SignIn) -> None:
    assert sign_in(cast.SON).get(PAGE).status_code == 403
    assert sign_in(cast.SON).get(f"{PAGE}/ho-so?vi=aside").status_code == 403
    assert sign_in(cast.NHUNG).get(PAGE).status_code == 200


def test_each_reason_opens_into_its_dossiers_and_an_unknown_one_is_told(sign_in: SignIn) -> None:
    code = life.received().code
    office = sign_in(cast.NHUNG)

    page = office.get(f"{PAGE}?thang=2025-09")
    way = "thang=2025-09&doi-tac=national_portal&loai=dossier&vi=on_the_way"
    listed = pages.text(office.get(f"{PAGE}/ho-so?{way}"))

    assert "chưa hỏi được" in pages.text(page)
    assert way.replace("&", "&amp;") in page.content.decode()
    assert code in listed
    assert cast.MY.name not in listed
    assert office.get(f"{PAGE}/ho-so?vi=trời+mưa").status_code == 404
    assert office.get(f"{PAGE}?thang=13").status_code == 422

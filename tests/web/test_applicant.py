"""Who applies, as the counter enters it: a business, somebody's proxy, a person known already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import builders, cast, life, rows, scans
from tests.web import pages
from tests.web.conftest import SignIn
from tests.web.test_reception import FILLED, FORM
from thongsuot.actions.dossier import papers, receive
from thongsuot.actions.files import Upload
from thongsuot.domain.catalogue import Paper
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import ApplicantKind, PaperGiven
from thongsuot.records.calendar import PolicyRow
from thongsuot.records.catalogue import ProcedureRow, save_procedure
from thongsuot.records.dossier import DossierRow, EventRow, load
from thongsuot.records.papers import PaperHeldRow
from thongsuot.records.spans import to_range

BIRTH = "Giấy khai sinh"
FIRM = {
    "applicant.kind": "organisation",
    "applicant.name": "Hợp tác xã chè Bản Mây",
    "applicant.number": "0100109106-001",
    "applicant.representative": "Lò Văn Xuân, giám đốc",
}


def send(client: Client, **given: str) -> Any:
    """The form as Hoa filled it in, but for what is given."""
    return client.post(
        FORM, FILLED | {name.replace("__", "."): text for name, text in given.items()}
    )


def taken_in() -> Dossier:
    return load(DossierRow.objects.order_by("-id")[0].code).dossier


@pytest.fixture
def held(province: None, store: Path) -> Dossier:
    """Mrs Mỷ's certificate of birth, scanned on Monday; the procedure asks for it."""
    asked = builders.submission()
    object.__setattr__(asked, "papers", (PaperGiven(BIRTH, originals=1),))
    first = receive(request=life.request(submission=asked), by=cast.HOA, at=cast.MONDAY)
    papers.add_scans(
        code=first.code,
        paper=BIRTH,
        uploads=[Upload("khai sinh.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=cast.MONDAY,
    )
    ProcedureRow.objects.filter(base=rows.FIVE_DAYS).delete()
    asking = replace(builders.procedure(), papers=(Paper("Tờ khai"), Paper(BIRTH)))
    save_procedure(asking, source="bịa", search="")
    return first


def test_a_business_goes_by_its_tax_number_and_who_speaks_for_it(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)

    response = send(client, **FIRM)

    who = taken_in().applicant
    assert response.status_code == 302
    assert who.kind is ApplicantKind.ORGANISATION
    assert (who.number, who.representative) == ("0100109106-001", "Lò Văn Xuân, giám đốc")
    assert "Người đại diện Lò Văn Xuân, giám đốc" in pages.text(client.get(response.url))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({**FIRM, "applicant.number": "0100109107"}, "applicant.number", "Mã số thuế gồm 10"),
        ({"applicant.number": "12 34 x"}, "applicant.number", "Số hộ chiếu gồm 6 đến 9"),
        ({**FIRM, "applicant.number": "123"}, "applicant.number", "Mã số thuế gồm 10"),
        ({**FIRM, "applicant.representative": ""}, "applicant.representative", "người đại diện"),
        (
            {"applicant.kind": "person", "applicant.number": "0100109106"},
            "applicant.number",
            "12 chữ số",
        ),
        ({"applicant.kind": "ma"}, "applicant.kind", "person (cá nhân)"),
        ({"applicant.proxy": "Lò A Pó"}, "applicant.proxy_paper", "Lò A Pó nộp thay"),
    ],
)
def test_what_is_wrong_with_the_applicant_is_said_beside_its_field(
    sign_in: SignIn, given: dict[str, str], field: str, said: str
) -> None:
    response = send(sign_in(cast.HOA), **given)

    assert response.status_code == 422
    assert said in pages.beside(response, field)
    assert DossierRow.objects.count() == 0


@pytest.mark.parametrize(
    "shown",
    [
        {"applicant.proxy_paper": "số 12, ngày 01/9/2025, UBND xã Bản Mây chứng thực"},
        {"applicant.proxy_exception": "chồng nộp thay vợ, theo luật hộ tịch"},
        {"more_papers": "Giấy ủy quyền"},
    ],
)
def test_a_proxy_shows_the_authority_or_why_none_is_needed(
    sign_in: SignIn, shown: dict[str, str]
) -> None:
    response = send(sign_in(cast.HOA), **{"applicant.proxy": "Lò A Pó"}, **shown)

    assert response.status_code == 302
    assert taken_in().applicant.proxy == "Lò A Pó"


def test_a_business_is_found_again_by_its_tax_number_however_it_is_typed(sign_in: SignIn) -> None:
    client = sign_in(cast.HOA)
    send(client, **FIRM)

    found = client.post(FORM, {"action": "person", "applicant.number": "0100 109 106 001"})

    assert "đã có hồ sơ ở tỉnh" in pages.text(found)
    assert pages.typed(found, "applicant.representative") == "Lò Văn Xuân, giám đốc"


def test_that_the_like_dossier_was_looked_at_stands_in_the_reception(sign_in: SignIn) -> None:
    PolicyRow.objects.create(
        key="duplicate_days", value="30", valid=to_range(rows.ALWAYS), source="bịa", certainty="bịa"
    )
    client = sign_in(cast.HOA)
    first = life.received()

    made = send(client, knows_of="on")

    event = EventRow.objects.get(dossier__code=taken_in().code, name="received")
    assert (event.by, event.body["aware_of"]) == (cast.HOA.account, [first.code])
    assert f"Đã xem hồ sơ tương tự {first.code}" in pages.text(client.get(made.url))


def test_what_the_province_holds_is_offered_with_its_origin_before_it_is_taken_in(
    held: Dossier, sign_in: SignIn
) -> None:
    asked = send(sign_in(cast.HOA))

    page = pages.text(asked)
    assert asked.status_code == 422
    assert f"Tỉnh đã có {BIRTH} của người này (hồ sơ {held.code})" in page
    assert f"đã số hóa hồ sơ {held.code}, ngày 08/09/2025" in page
    assert 'name="reuse-1" value="on" checked' in asked.content.decode()
    assert DossierRow.objects.count() == 1


def test_what_is_held_comes_with_the_dossier_when_the_official_takes_it(
    held: Dossier, sign_in: SignIn
) -> None:
    response = send(sign_in(cast.HOA), held_of=cast.MY.number, **{"reuse-1": "on"})

    made = taken_in()
    assert response.status_code == 302
    assert made.code != held.code
    assert [(scan.paper, scan.origin) for scan in made.scans] == [(BIRTH, held.code)]


def test_the_official_may_leave_out_what_is_held_once_it_was_shown(
    held: Dossier, sign_in: SignIn
) -> None:
    send(sign_in(cast.HOA), held_of=cast.MY.number)

    assert taken_in().code != held.code
    assert taken_in().scans == ()


def test_what_is_no_longer_held_leaves_nothing_half_done(held: Dossier, sign_in: SignIn) -> None:
    PaperHeldRow.objects.all().delete()

    response = send(sign_in(cast.HOA), held_of=cast.MY.number, **{"reuse-1": "on"})

    assert response.status_code == 422
    assert DossierRow.objects.count() == 1
    assert pages.typed(response, "applicant.name") == cast.MY.name

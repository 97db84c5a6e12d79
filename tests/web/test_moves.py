"""The acts on a dossier: asked for on a form, made once, refused kindly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.dossier import MOVES
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records
from thongsuot.words.labels import ACT, FIELD


def form(dossier: Dossier, act: Act) -> str:
    """Where the form of an act is."""
    return f"/ho-so/{dossier.code}/{act.value}"


def now_at(dossier: Dossier) -> records.DossierRow:
    """How the dossier stands now."""
    return records.find(dossier.code)


@pytest.mark.parametrize(
    ("stand", "act", "person"),
    [
        (life.forwarded, Act.ASSIGN, cast.PAO),
        (life.forwarded, Act.SEND_BACK, cast.PAO),
        (life.assigned, Act.ASK_SUPPLEMENT, cast.TAM),
        (life.assigned, Act.ASK_OPINION, cast.TAM),
        (life.assigned, Act.RAISE_FINANCIAL_DUTY, cast.TAM),
        (life.assigned, Act.APOLOGISE, cast.TAM),
        (life.assigned, Act.DIGITISE, cast.TAM),
        (life.assigned, Act.STOP, cast.HOA),
        (life.proposed, Act.APPROVE, cast.SON),
        (life.proposed, Act.REFUSE, cast.SON),
        (life.approved, Act.ISSUE_RESULT, cast.LAI),
        (life.issued, Act.HAND_OVER, cast.HOA),
    ],
)
def test_a_form_asks_for_everything_that_its_act_needs(
    sign_in: SignIn, stand: Callable[[Dossier], Dossier], act: Act, person: Person
) -> None:
    dossier = stand(life.received())

    response = sign_in(person).get(form(dossier, act))

    page = pages.text(response)
    fields = next(move.fields for move in MOVES if move.act is act)
    assert response.status_code == 200
    assert ACT[act.value] in page
    # which draft is asked only where there is one
    assert all(FIELD[field.name] in page for field in fields if field.name != "draft")


def test_an_act_is_made_and_the_dossier_shown(sign_in: SignIn) -> None:
    dossier = life.forwarded(life.received())
    client = sign_in(cast.PAO)
    given = {"official": cast.TAM.account, "seen_version": str(dossier.version)}

    response = client.post(form(dossier, Act.ASSIGN), given)

    assert response.status_code == 302
    assert "Đã ghi nhận: Phân công." in pages.text(client.get(response["Location"]))
    assert now_at(dossier).assignee == cast.TAM.account


def test_an_act_that_asks_for_nothing_happens_at_the_press_of_its_button(sign_in: SignIn) -> None:
    dossier = life.received()
    client = sign_in(cast.HOA)

    page = client.get(f"/ho-so/{dossier.code}").content.decode()
    response = client.post(form(dossier, Act.FORWARD), {"seen_version": str(dossier.version)})

    assert f'action="{form(dossier, Act.FORWARD)}"' in page
    assert response.status_code == 302
    assert now_at(dossier).stage == "intake"


def test_only_those_who_work_in_the_office_can_be_chosen(sign_in: SignIn) -> None:
    dossier = life.forwarded(life.received())

    page = sign_in(cast.PAO).get(form(dossier, Act.ASSIGN)).content.decode()

    assert f'value="{cast.TAM.account}"' in page
    assert f'value="{cast.DUNG.account}"' not in page


def test_where_two_ways_lead_on_the_official_chooses_one(sign_in: SignIn) -> None:
    dossier = life.forwarded(life.received(rows.BRANCHING))
    client = sign_in(cast.PAO)
    given = {"official": cast.TAM.account, "seen_version": str(dossier.version)}

    asked = client.post(form(dossier, Act.ASSIGN), given)
    made = client.post(form(dossier, Act.ASSIGN), given | {"target": "field_work"})

    assert asked.status_code == 422
    assert pages.beside(asked, "target")
    assert "Phải kiểm tra thực địa" in pages.text(asked)
    assert made.status_code == 302
    assert now_at(dossier).stage == "field_work"


def test_everything_left_out_is_named_beside_its_field_and_the_rest_kept(sign_in: SignIn) -> None:
    dossier = life.assigned(life.received())
    given = {"basis": "Điều 11 NĐ 118/2025", "seen_version": str(dossier.version)}

    response = sign_in(cast.TAM).post(form(dossier, Act.ASK_SUPPLEMENT), given)

    assert response.status_code == 422
    assert pages.beside(response, "missing")
    assert pages.beside(response, "reason")
    assert pages.typed(response, "basis") == "Điều 11 NĐ 118/2025"
    assert now_at(dossier).version == dossier.version


def test_a_rule_broken_is_said_beside_its_field(sign_in: SignIn) -> None:
    dossier = life.proposed(life.received())
    given = {
        "reason": "Đơn vị đang sáp nhập xã nên không giải quyết",
        "basis": "Luật X",
        "seen_version": str(dossier.version),
    }

    response = sign_in(cast.SON).post(form(dossier, Act.REFUSE), given)

    assert response.status_code == 422
    assert "NQ 190/2025/QH15" in pages.beside(response, "reason")
    assert pages.typed(response, "reason") == given["reason"]


def test_whoever_comes_second_sees_who_was_first_and_loses_nothing(sign_in: SignIn) -> None:
    seen = life.assigned(life.received())
    life.do(seen, Act.ASK_OPINION, cast.TAM, of=cast.DEPARTMENT, question="Ranh giới?")
    client = sign_in(cast.TAM)
    given = {"missing": "Ảnh chân dung", "reason": "Thiếu", "seen_version": str(seen.version)}

    response = client.post(form(seen, Act.ASK_SUPPLEMENT), given)

    page = pages.text(response)
    assert response.status_code == 409
    assert "Mới nhất: Lấy ý kiến , Nguyễn Minh Tâm" in page
    assert pages.typed(response, "missing") == "Ảnh chân dung"
    assert not now_at(seen).is_paused


def test_after_looking_again_the_second_may_go_on(sign_in: SignIn) -> None:
    seen = life.assigned(life.received())
    life.do(seen, Act.ASK_OPINION, cast.TAM, of=cast.DEPARTMENT, question="Ranh giới?")
    client = sign_in(cast.TAM)
    given = {"missing": "Ảnh", "reason": "Thiếu", "seen_version": str(seen.version)}

    refused = client.post(form(seen, Act.ASK_SUPPLEMENT), given)
    again = given | {"seen_version": pages.typed(refused, "seen_version")}
    response = client.post(form(seen, Act.ASK_SUPPLEMENT), again)

    assert response.status_code == 302
    assert now_at(seen).is_paused


@pytest.mark.parametrize("seen", ["", "abc", "-1"])
def test_an_act_without_what_was_seen_is_refused(sign_in: SignIn, seen: str) -> None:
    dossier = life.received()

    response = sign_in(cast.HOA).post(form(dossier, Act.FORWARD), {"seen_version": seen})

    assert response.status_code == 422
    assert now_at(dossier).stage == "reception"


def test_whoever_lacks_the_duty_is_refused_with_the_rule(sign_in: SignIn) -> None:
    dossier = life.proposed(life.received())
    given = {"seen_version": str(dossier.version)}

    response = sign_in(cast.TAM).post(form(dossier, Act.APPROVE), given)

    assert response.status_code == 403
    assert "“Phê duyệt”" in pages.text(response)
    assert now_at(dossier).stage == "approval"


def test_another_office_can_neither_see_nor_act(sign_in: SignIn) -> None:
    dossier = life.received()
    client = sign_in(cast.SUNG)

    looked = client.get(form(dossier, Act.FORWARD))
    acted = client.post(form(dossier, Act.FORWARD), {"seen_version": str(dossier.version)})

    assert (looked.status_code, acted.status_code) == (403, 403)
    assert now_at(dossier).stage == "reception"


def test_an_act_that_is_not_open_says_so(sign_in: SignIn) -> None:
    dossier = life.received()

    response = sign_in(cast.TAM).get(form(dossier, Act.PROPOSE))

    assert response.status_code == 422
    assert "lúc này không mở cho bạn" in pages.text(response)


def test_an_act_of_no_such_name_is_unknown(sign_in: SignIn) -> None:
    dossier = life.received()

    response = sign_in(cast.HOA).get(f"/ho-so/{dossier.code}/bay-len")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("stand", "act", "person", "words"),
    [
        (life.proposed, Act.APPROVE, cast.SON, "người nộp không thể rút hồ sơ nữa"),
        (life.proposed, Act.REFUSE, cast.SON, "Hồ sơ kết thúc"),
        (life.issued, Act.HAND_OVER, cast.HOA, "Không thể mở lại"),
    ],
)
def test_what_cannot_be_undone_says_what_it_will_do(
    sign_in: SignIn, stand: Callable[[Dossier], Dossier], act: Act, person: Person, words: str
) -> None:
    dossier = stand(life.received())

    page = pages.text(sign_in(person).get(form(dossier, act)))

    assert words in page


def test_the_hand_over_proposes_the_applicant_as_the_one_who_takes_it(sign_in: SignIn) -> None:
    dossier = life.issued(life.received())

    response = sign_in(cast.HOA).get(form(dossier, Act.HAND_OVER))

    assert pages.typed(response, "to") == cast.MY.name

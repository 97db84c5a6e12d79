"""The leader's screen: decided after being seen, counted as listed; opinions owed; refused acts say why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

from tests import builders, cast, life, rows, switches
from tests.web.conftest import SignIn
from tests.web.pages import buttons, questions, text
from thongsuot.domain.catalogue import Channel
from thongsuot.domain.deadline import Term
from thongsuot.domain.directory import Level
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act, StageKind
from thongsuot.records import dossier as records

LEADER, APPROVE = "/lanh-dao", "/lanh-dao/duyet"


def chosen(*dossiers: Dossier) -> dict[str, list[str]]:
    return {"chosen": [f"{dossier.code}:{dossier.version}" for dossier in dossiers]}


def status(dossier: Dossier) -> str:
    return records.find(dossier.code).stage


def test_what_was_proposed_waits_for_the_leader_and_not_for_others(sign_in: SignIn) -> None:
    waiting, elsewhere = life.proposed(life.received()), life.assigned(life.received())

    page = text(sign_in(cast.SON).get(LEADER))

    assert "Chờ tôi quyết định 1" in page
    assert waiting.code in page
    assert "Đủ điều kiện" in page
    assert elsewhere.code not in page
    assert sign_in(cast.TAM).get(LEADER).status_code == 403
    assert "Lãnh đạo" not in text(sign_in(cast.TAM).get("/"))


def test_only_what_was_seen_since_it_last_changed_can_be_chosen(sign_in: SignIn) -> None:
    seen, unseen = life.proposed(life.received()), life.proposed(life.received())
    client = sign_in(cast.SON)
    client.get(f"/ho-so/{seen.code}")

    page = client.get(LEADER).content.decode()

    assert f'value="{seen.code}:{seen.version}"' in page
    assert f'value="{unseen.code}:{unseen.version}"' not in page


def test_several_that_were_seen_are_approved_together_and_the_unseen_one_says_why(
    sign_in: SignIn,
) -> None:
    first, second, unseen = (life.proposed(life.received()) for _ in range(3))
    client = sign_in(cast.SON)
    for dossier in (first, second):
        client.get(f"/ho-so/{dossier.code}")

    answer = client.post(APPROVE, chosen(first, second, unseen), follow=True)

    assert "Đã phê duyệt 2 hồ sơ." in text(answer)
    assert f"Bạn chưa mở hồ sơ {unseen.code}" in text(answer)
    assert [status(d) for d in (first, second, unseen)] == ["issue", "issue", "approval"]


def test_what_changed_after_the_look_is_not_approved_unseen(sign_in: SignIn) -> None:
    dossier = life.proposed(life.received())
    client = sign_in(cast.SON)
    client.get(f"/ho-so/{dossier.code}")
    life.do(
        dossier,
        Act.BEGIN_INCIDENT,
        cast.MINH,
        cast.moment("2025-09-10 09:30"),
        what="mất mạng",
        announced_in="TB 5",
    )

    answer = client.post(APPROVE, chosen(dossier), follow=True)

    assert "Bạn chưa mở hồ sơ" in text(answer)
    assert status(dossier) == "approval"


def test_nothing_chosen_and_nonsense_chosen_each_get_a_sentence(sign_in: SignIn) -> None:
    client = sign_in(cast.SON)

    nothing = client.post(APPROVE, {}, follow=True)
    nonsense = client.post(APPROVE, {"chosen": "H99:abc"})
    unknown = client.post(APPROVE, {"chosen": "khong-co:3"}, follow=True)
    too_many = client.post(APPROVE, {"chosen": [f"x{n}:1" for n in range(61)]})

    assert "Chưa chọn hồ sơ nào" in text(nothing)
    assert nonsense.status_code == 422
    assert "khong-co" in text(unknown)
    assert "nhiều nhất 60" in text(too_many)


def test_another_who_may_not_decide_approves_nothing_by_sending_the_form(sign_in: SignIn) -> None:
    dossier = life.proposed(life.received())
    client = sign_in(cast.TAM)
    client.get(f"/ho-so/{dossier.code}")

    client.post(APPROVE, chosen(dossier), follow=True)

    assert status(dossier) == "approval"


def test_every_figure_is_the_length_of_the_list_that_it_opens(sign_in: SignIn) -> None:
    for _ in range(3):
        life.assigned(life.received())
    life.assigned(life.received(at=cast.moment("2025-08-25 08:00")))
    life.proposed(life.received())
    life.forwarded(life.received())
    client = sign_in(cast.SON)

    page = client.get(LEADER).content.decode()
    figures = re.findall(r'<a (?:class="figure-\w+" )?href="(/\?[^"]+)">(\d+)</a>', page)

    assert len(figures) > 5
    for address, number in figures:
        listed = client.get(unescape(address)).content.decode()
        assert listed.count('class="col-code"') == int(number), address


def test_who_is_absent_is_named_with_the_one_in_their_place(sign_in: SignIn) -> None:
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 8), date(2025, 9, 13)))
    life.assigned(life.received())

    assert "vắng đến trước 13/09/2025, thay: Chu Thị Lan" in text(sign_in(cast.SON).get(LEADER))


def test_the_screen_asks_no_more_when_more_waits(sign_in: SignIn) -> None:
    client = sign_in(cast.SON)
    life.proposed(life.received())
    few = questions(client, LEADER)
    for _ in range(4):
        life.proposed(life.received())
        life.assigned(life.received())

    assert questions(client, LEADER) == few


def test_an_act_of_the_step_that_is_not_mine_says_why(sign_in: SignIn) -> None:
    dossier = life.proposed(life.received())

    page = text(sign_in(cast.TAM).get(f"/ho-so/{dossier.code}"))

    assert "Phê duyệt Nguyễn Minh Tâm không được giao việc" in page


def test_an_act_that_waits_for_the_applicant_says_so(sign_in: SignIn) -> None:
    dossier = life.do(
        life.assigned(life.received()),
        Act.ASK_SUPPLEMENT,
        cast.TAM,
        missing=["Ảnh"],
        reason="thiếu",
    )

    page = sign_in(cast.TAM).get(f"/ho-so/{dossier.code}")

    assert "Trình lãnh đạo" not in buttons(page)
    assert re.search(r"Trình lãnh đạo Hồ sơ \S+ đang chờ", text(page))


def test_an_opinion_stands_on_the_page_with_its_day_until_it_is_given(sign_in: SignIn) -> None:
    rows.grant(cast.BINH, "handler", cast.CONSTRUCTION)
    dossier = life.do(
        life.assigned(life.received()),
        Act.ASK_OPINION,
        cast.TAM,
        cast.moment("2025-09-08 10:00"),
        of=cast.CONSTRUCTION,
        question="Có ảnh hưởng quy hoạch?",
        answer_by="2025-09-09",
    )

    asker = sign_in(cast.TAM)
    own = text(asker.get(f"/ho-so/{dossier.code}"))
    assert "Sở Xây dựng quá ngày trả lời" in own
    life.do(dossier, Act.GIVE_OPINION, cast.BINH, opinion=1, answer="Không ảnh hưởng")
    assert "Không ảnh hưởng" in text(asker.get(f"/ho-so/{dossier.code}"))


def test_the_terms_of_the_step_and_of_the_law_stand_side_by_side(sign_in: SignIn) -> None:
    stages = [
        replace(s, term=Term.parse("1 ngày làm việc")) if s.kind is StageKind.WORK else s
        for s in builders.STAGES
    ]
    timed = builders.process("co-han", stages=stages)
    rows.process(timed, procedure="1.000909", level=Level.COMMUNE)
    rows.procedure(builders.procedure("1.000909", channels=[Channel.IN_PERSON]))
    dossier = life.assigned(life.received("1.000909"))

    page = text(sign_in(cast.TAM).get(f"/ho-so/{dossier.code}"))
    listed = text(sign_in(cast.TAM).get("/?tab=mine"))

    assert "Hạn của bước" in page
    assert "Hạn hiện nay" in page
    assert "Vì sao hạn của bước “Thụ lý” là" in page
    assert "bước: " in listed


def test_two_people_decide_where_the_process_asks_it_and_the_page_says_so(sign_in: SignIn) -> None:
    stages = [replace(s, two_people=s.kind is StageKind.APPROVAL) for s in builders.STAGES]
    rows.process(
        builders.process("hai-nguoi", stages=stages), procedure="1.000909", level=Level.COMMUNE
    )
    rows.procedure(builders.procedure("1.000909", channels=[Channel.IN_PERSON]))
    rows.grant(cast.LAN, "leader", cast.BAN_MAY)
    agreed = life.do(life.proposed(life.received("1.000909")), Act.APPROVE, cast.SON)

    again = sign_in(cast.SON).get(f"/ho-so/{agreed.code}")

    assert agreed.stage == "approval"
    assert "Phê duyệt" not in buttons(again)
    assert "hai người khác nhau duyệt" in text(again)
    assert life.do(agreed, Act.APPROVE, cast.LAN).is_decided


def test_the_figures_can_be_asked_by_the_bodies_of_a_past_day(sign_in: SignIn) -> None:
    life.received()
    rows.grant(cast.SON, "leader", "")
    switches.switched()
    client = sign_in(cast.SON)

    then = client.get(f"{LEADER}?structure=2025-09-09")
    now = client.get(f"{LEADER}?structure=2025-09-10")

    assert "Đang tính theo cơ cấu tổ chức ngày 09/09/2025" in text(then)
    assert f"office={cast.BAN_MAY}" in then.content.decode()
    assert "structure=2025-09-09" in then.content.decode()
    assert f"office={switches.NEW}" in now.content.decode()
    assert client.get(f"{LEADER}?structure=mai").status_code == 422

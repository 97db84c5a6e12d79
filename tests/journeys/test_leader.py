"""The leader looks at each, decides on those together, and sees who has too much."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast, life, rows
from tests.journeys.conftest import PHONE, Desks
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records

pytestmark = pytest.mark.journey
FRIDAY = cast.moment("2025-09-05 08:00")


def test_the_leader_looks_at_two_and_decides_on_both_with_the_keyboard(desks: Desks) -> None:
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    rows.substitution(cast.TAM, cast.LAN, Span(date(2025, 9, 8), date(2025, 12, 31)))
    waiting = [life.proposed(life.received(at=FRIDAY)) for _ in range(3)]
    life.proposed(life.received(rows.LINKED, at=FRIDAY))
    late = life.assigned(life.received(at=cast.moment("2025-08-18 08:00")))
    life.do(
        late,
        Act.ASK_OPINION,
        cast.TAM,
        of=cast.CONSTRUCTION,
        question="Có ảnh hưởng quy hoạch không?",
        answer_by="2025-08-20",
    )
    leader = desks.of(cast.SON)
    leader.page.goto("/")
    leader.press("Lãnh đạo")
    assert leader.says("Chờ tôi quyết định 4")
    leader.picture("1-lanh-dao")

    for dossier in waiting[:2]:
        leader.page.goto(f"/ho-so/{dossier.code}")
        assert leader.says("Việc tiếp theo")
    leader.picture("2-ho-so-cho-duyet")
    leader.page.goto("/lanh-dao")
    for dossier in waiting[:2]:
        leader.tick(f"Chọn hồ sơ {dossier.code}")
    leader.picture("3-da-chon")
    leader.page.get_by_role("button", name="Phê duyệt hồ sơ đã chọn").first.focus()
    with leader.page.expect_navigation():
        leader.page.keyboard.press("Enter")

    assert leader.says("Đã phê duyệt 2 hồ sơ.")
    stages = [records.find(dossier.code).stage for dossier in waiting]
    assert stages == ["issue", "issue", "approval"]


def test_the_leader_sees_the_same_on_the_phone(desks: Desks) -> None:
    life.proposed(life.received(at=FRIDAY))
    life.assigned(life.received(at=cast.moment("2025-08-18 08:00")))
    leader = desks.of(cast.SON, PHONE)

    leader.page.goto("/lanh-dao")
    leader.picture("4-dien-thoai")

    assert leader.says("Chờ tôi quyết định 1")
    assert leader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

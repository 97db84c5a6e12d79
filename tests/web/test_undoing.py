"""A switch is taken back on the screen: seen beforehand, asked for with a reason, made by a worker."""

from __future__ import annotations

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast, life, switches
from tests.web import pages
from tests.web.conftest import SignIn
from thongsuot.actions.reorganisation import asking_back
from thongsuot.domain.workflow import Act
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.undoing import UndoRow

KEY = switches.PLAN.id
ADDRESS = f"/sap-xep/{KEY}/hoan-tac"


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    return sign_in(cast.MINH)


def test_before_the_switch_there_is_nothing_to_take_back(keeper: Client) -> None:
    switches.approved()

    page = pages.text(keeper.get(ADDRESS))
    refused = keeper.post(ADDRESS, {"thao-tac": "2", "reason": "Thử"})

    assert "Chưa có gì để hoàn tác" in page
    assert refused.status_code == 422
    assert not UndoRow.objects.exists()


def test_without_a_reason_or_with_a_wrong_number_nothing_is_asked(keeper: Client) -> None:
    switches.switched()

    unsaid = keeper.post(ADDRESS, {"thao-tac": "ca", "reason": " "})

    assert unsaid.status_code == 422
    assert "còn trống" in pages.text(unsaid)
    assert keeper.get(f"{ADDRESS}?thao-tac=99").status_code == 404
    assert keeper.get(f"{ADDRESS}?thao-tac=x").status_code == 422
    assert not UndoRow.objects.exists()


def test_what_others_rest_on_is_not_taken_back_alone_and_the_reason_is_said(
    keeper: Client,
) -> None:
    switches.switched()

    page = pages.text(keeper.get(f"{ADDRESS}?thao-tac=1"))
    refused = keeper.post(ADDRESS, {"thao-tac": "1", "reason": "Thử lại"})

    assert "thao tác 2 dựa vào nó" in page
    assert "Không có gì được hoàn tác" in page
    assert refused.status_code == 409
    assert not UndoRow.objects.exists()


def test_what_an_heir_decided_stays_and_is_named(keeper: Client) -> None:
    passed = life.assigned(life.received())
    switches.switched()
    passed = life.do(passed, Act.PROPOSE, cast.TAM, switches.AT, proposal="Đủ điều kiện")
    life.do(passed, Act.APPROVE, cast.SON, switches.LATER)

    page = pages.text(keeper.get(f"{ADDRESS}?thao-tac=2"))

    assert passed.code in page
    assert "Không hoàn tác được thao tác 2" in page


def test_it_is_told_beforehand_made_by_a_worker_and_the_reason_is_kept(keeper: Client) -> None:
    passed = life.received()
    switches.switched()
    own = switches.received_by_the_heir()

    before = pages.text(keeper.get(f"{ADDRESS}?thao-tac=ca"))
    asked = pages.text(
        keeper.post(ADDRESS, {"thao-tac": "ca", "reason": "Nghị quyết hoãn"}, follow=True)
    )
    again = keeper.post(ADDRESS, {"thao-tac": "ca", "reason": "Lần nữa"})
    [job] = ProcrastinateJob.objects.filter(task_name=asking_back.TASK)
    asking_back.carry_out(job.args["undo"], at=switches.LATER)
    after = pages.text(keeper.get(ADDRESS))

    assert "1 hồ sơ trở về cơ quan đã giữ trước ngày 10/09/2025; thêm 1 hồ sơ nhận sau" in before
    assert "UBND xã Mây Sương UBND xã Bản Mây 1" in before
    assert "0 trên 1 hồ sơ đã về cơ quan cũ" in asked
    assert "đang được hoàn tác" in pages.text(again)
    assert "Đã hoàn tác thao tác 1, 2, 3: 1 hồ sơ về cơ quan cũ, 1 hồ sơ nhận sau" in after
    assert "Nghị quyết hoãn" in after
    assert set(
        DossierRow.objects.filter(code__in=[passed.code, own.code]).values_list("office", flat=True)
    ) == {cast.BAN_MAY}


def test_a_worker_that_is_told_twice_takes_back_once(keeper: Client) -> None:
    life.received()
    switches.switched()
    keeper.post(ADDRESS, {"thao-tac": "ca", "reason": "Hoãn"})
    number = UndoRow.objects.get().pk

    assert asking_back.carry_out(number, at=switches.LATER) == 1
    assert asking_back.carry_out(number, at=switches.LATER) == 0

"""Two accounts compared on the screen: asked for, decided line by line with a reason, made again."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.spoiling import keep, spoil
from tests.web import pages
from tests.web.conftest import SignIn
from tests.web.test_migration import address, decided
from thongsuot.actions import migration
from thongsuot.actions import reconciliation as actions
from thongsuot.records.access import RoleRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.migration import MigrationRow
from thongsuot.records.reconciliation import DifferenceRow, ReconciliationRow

AT = cast.moment("2026-01-05 09:00")
WHY = "Theo biên bản đối chiếu 05/BB"


@pytest.fixture
def keeper(sign_in: SignIn) -> Client:
    RoleRow.objects.filter(code__in=("operator", "office")).update(rights=["systems"])
    return sign_in(cast.MINH)


def asked(keeper: Client, **typed: str) -> str:
    said = {"left": "records", "right": "records", "level": "meaning"} | typed
    answer = keeper.post("/doi-chieu", said)
    assert answer.status_code == 302, pages.text(answer)
    number = ReconciliationRow.objects.latest("pk").pk
    actions.do_asked(number, at=AT)
    return f"/doi-chieu/{number}"


def brought_in(keeper: Client) -> str:
    """A migration whose maps two people signed; nothing is loaded yet."""
    at = address(keeper)
    decided(keeper, at)
    run = MigrationRow.objects.get().pk
    for signer in (cast.MINH, cast.NHUNG):
        migration.sign_maps(run, by=signer, at=AT)
    return at


def test_others_are_refused(sign_in: SignIn) -> None:
    for page in ("", "/1"):
        assert sign_in(cast.HOA).get(f"/doi-chieu{page}").status_code == 403


def test_before_anything_was_compared_the_page_says_what_to_do(keeper: Client) -> None:
    assert "Chưa đối chiếu lần nào" in pages.text(keeper.get("/doi-chieu"))
    assert keeper.get("/doi-chieu/9").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"left": "export:/etc/passwd"}, "left"),
        ({"left": "records:khac"}, "left"),
        ({"right": "archive:kho.zip"}, "right"),
        ({"right": ""}, "right"),
        ({"level": "sâu"}, "level"),
    ],
)
def test_files_of_the_server_and_what_is_no_side_are_refused_beside_their_field(
    keeper: Client, typed: dict[str, str], field: str
) -> None:
    said = {"left": "records", "right": "records", "level": "keys"}

    answer = keeper.post("/doi-chieu", said | typed)

    assert answer.status_code == 422
    assert pages.beside(answer, field)
    assert ReconciliationRow.objects.count() == 0


def test_what_agrees_is_said_in_one_sentence(keeper: Client) -> None:
    keep(range(3))

    told = pages.text(keeper.get(asked(keeper)))

    assert "Hai bên khớp nhau" in told


def test_missing_dossiers_come_in_with_a_reason_and_both_sides_agree_when_made_again(
    keeper: Client,
) -> None:
    brought_in(keeper)
    run = MigrationRow.objects.get().pk
    at = asked(keeper, left=f"run:{run}")
    told = pages.text(keeper.get(at))
    assert "bên phải không có" in told
    chosen = [str(pk) for pk in DifferenceRow.objects.values_list("pk", flat=True)]

    unreasoned = keeper.post(at, {"chosen": chosen, "act": "mend", "reason": ""})
    assert unreasoned.status_code == 422
    assert pages.beside(unreasoned, "reason")
    assert DossierRow.objects.count() == 0
    assert f'value="{chosen[0]}"' in unreasoned.content.decode()

    done = keeper.post(at, {"chosen": chosen, "act": "mend", "reason": WHY})
    assert done.status_code == 302
    assert DossierRow.objects.count() == len(chosen)
    assert WHY in pages.text(keeper.get(at))
    assert "Không còn khác biệt" in pages.text(keeper.get(f"{at}?cho=1"))

    again = keeper.post(at, {"act": "again"})
    actions.do_asked(ReconciliationRow.objects.latest("pk").pk, at=AT)
    assert "Hai bên khớp nhau" in pages.text(keeper.get(again["Location"]))


def test_what_is_left_so_with_a_reason_is_not_asked_about_again(keeper: Client) -> None:
    brought_in(keeper)
    run = MigrationRow.objects.get().pk
    migration.load(run, by=cast.NHUNG, at=AT)
    first = DossierRow.objects.order_by("code")[0]
    spoil("wrong procedure", [first.code])
    at = asked(keeper, left=f"run:{run}")
    page = keeper.get(f"/chuyen-du-lieu/{run}")
    assert "còn 1 khác biệt chờ xử lý" in pages.text(page)
    assert "còn 1 hồ sơ chờ" in pages.text(page)
    (row,) = DifferenceRow.objects.all()

    refused = keeper.post(at, {"chosen": [row.pk], "act": "mend", "reason": WHY})
    assert refused.status_code in (409, 422)
    assert "giữ như ở đây" in pages.text(refused)
    keeper.post(at, {"chosen": [row.pk], "act": "leave", "reason": WHY})

    told = pages.text(keeper.get(asked(keeper, left=f"run:{run}")))
    assert "1 khác biệt, đã xử lý hết" in told
    assert "không còn hồ sơ chờ" in pages.text(keeper.get(f"/chuyen-du-lieu/{run}"))


def test_a_migration_is_compared_from_its_own_page_and_closed_when_nothing_waits(
    keeper: Client,
) -> None:
    at = brought_in(keeper)
    run = MigrationRow.objects.get().pk
    migration.load(run, by=cast.NHUNG, at=AT)

    assert keeper.post(at, {"step": "compare"}).status_code == 302
    actions.do_asked(ReconciliationRow.objects.latest("pk").pk, at=AT)
    early = keeper.post(at, {"step": "close"})
    assert early.status_code in (409, 422)
    for signer in (cast.MINH, cast.NHUNG):
        migration.sign_result(run, by=signer, at=AT)
    keeper.post(at, {"step": "close"})

    told = pages.text(keeper.get(at))
    assert "đã đóng" in told
    assert "Cân đối khớp, không còn hồ sơ chờ" in told

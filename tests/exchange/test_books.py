"""What a partner has of our dossiers is put beside what we keep: what it lost or changed is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import cast, life, rows
from tests.exchange.contract.cases import PORTAL
from tests.exchange.partners import Partners, simulated
from tests.spoiling import spoil
from thongsuot.actions import reconciliation as actions
from thongsuot.actions.reconciliation import Reconciled, reconcile
from thongsuot.actions.reconciliation.repairing import MendedByTelling
from thongsuot.domain.reconciliation import Nature, ReconcileLevel
from thongsuot.exchange import books
from thongsuot.exchange.books import PartnerNotReached, PartnerShowsNothing
from thongsuot.exchange.outbox import send_due
from thongsuot.exchange.registry import connector
from thongsuot.records.access import RoleRow
from thongsuot.records.reconciliation import DifferenceRow

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """The simulators, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture
def portal(partners: Partners, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partners]:
    """The portal, empty and well, and everything that opens it."""
    rows.province()
    partners.forget(PORTAL.partner)
    to = connector(PORTAL.connection(partners.address(PORTAL.partner)))
    monkeypatch.setattr(books, "opened", lambda *_, **__: (to, None))
    yield partners
    partners.well()


def told(partners: Partners, many: int) -> list[str]:
    """So many dossiers, acknowledged by the portal."""
    codes = [life.proposed(life.received()).code for _ in range(many)]
    to = connector(PORTAL.connection(partners.address(PORTAL.partner)))
    for _ in range(10):
        send_due(PORTAL.partner, to, at=cast.MONDAY)
    return codes


def compared(level: ReconcileLevel = ReconcileLevel.MEANING) -> Reconciled:
    return reconcile(
        "records",
        f"partner:{PORTAL.partner}",
        level=level,
        at=cast.MONDAY,
        partner=books.opener(at=cast.MONDAY),
    )


def test_what_was_told_and_kept_agrees_at_every_level_that_the_portal_shows(
    portal: Partners,
) -> None:
    told(portal, 2)

    for level in ReconcileLevel:
        found = compared(level)
        assert found.is_equal, found.differences
        assert (found.left, found.right) == (2, 2)
    assert found.unheard == ("files",)


def test_what_the_portal_lost_in_silence_is_missing_there(portal: Partners) -> None:
    told(portal, 1)
    portal.forget(PORTAL.partner)

    (one,) = compared(ReconcileLevel.KEYS).differences

    assert one.nature is Nature.MISSING


def test_what_changed_here_without_being_told_differs_in_the_words_of_the_portal(
    portal: Partners,
) -> None:
    codes = told(portal, 3)
    for kind, code in zip(
        ("truncated text", "wrong receipt", "wrong procedure"), codes, strict=True
    ):
        spoil(kind, [code])

    found = {(one.code, one.field): one for one in compared().differences}

    assert {(codes[0], "applicant"), (codes[1], "received_at")} <= set(found)
    assert found[codes[1], "received_at"].left == "20250901080000"
    assert "NgayTiepNhan" in found[codes[1], "received_at"].rule
    # A procedure that the portal has no name for cannot be worded, so it cannot be what was told.
    assert found[codes[2], ""].nature is Nature.UNREADABLE
    assert {code for code, _ in found} == set(codes)


def test_what_is_still_on_its_way_is_no_difference(portal: Partners) -> None:
    told(portal, 1)
    life.received()

    found = compared()

    assert found.is_equal
    assert found.left == 1


def test_a_partner_that_is_away_or_shows_nothing_is_said_so(
    portal: Partners, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(portal, 1)
    dead = connector(PORTAL.connection("http://127.0.0.1:9"))
    monkeypatch.setattr(books, "opened", lambda *_, **__: (dead, None))
    with pytest.raises(PartnerNotReached):
        compared()

    monkeypatch.setattr(books, "opened", lambda *_, **__: (object(), None))
    with pytest.raises(PartnerShowsNothing):
        compared()


def test_what_a_partner_has_is_mended_by_telling_it_and_not_here(portal: Partners) -> None:
    (code,) = told(portal, 1)
    spoil("wrong receipt", [code])
    RoleRow.objects.filter(code="office").update(rights=["systems"])
    number = actions.make(
        "records",
        f"partner:{PORTAL.partner}",
        level=ReconcileLevel.MEANING,
        by=cast.NHUNG,
        at=cast.MONDAY,
        partner=books.opener(at=cast.MONDAY),
    )
    chosen = list(DifferenceRow.objects.values_list("pk", flat=True))

    with pytest.raises(MendedByTelling):
        actions.mend(number, chosen, reason="x", by=cast.NHUNG, at=cast.MONDAY)

    assert chosen
    assert set(DifferenceRow.objects.values_list("repair", flat=True)) == {"send_again"}

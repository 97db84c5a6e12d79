"""Whatever a partner does meanwhile: nothing is lost, nothing is told twice, nothing is blank."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import cast, life, rows
from tests.exchange.contract.cases import CASES, LAND, Case, blanks
from tests.exchange.partners import Partners
from thongsuot.actions import messages
from thongsuot.domain.dossier import Dossier
from thongsuot.exchange.outbox import Manners, send_due
from thongsuot.exchange.registry import connector
from thongsuot.queries import messages as queries
from thongsuot.records.access import RoleRow
from thongsuot.records.messages import OutboxRow, PartnerRow

pytestmark = pytest.mark.django_db
ROUNDS = 40
APART = timedelta(minutes=20)
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.partner)

# After these nobody can know whether the partner did it: what it cannot be asked for, people
# decide on. After all others everything arrives by itself.
IN_DOUBT = {"times_out_after", "slow", "schema_drift", "wrong_encoding"}
MODES: tuple[tuple[str, dict[str, float]], ...] = (
    ("down", {}),
    ("down", {"count": 2}),
    ("slow", {"seconds": 0.4}),
    ("times_out_after", {"seconds": 0.4}),
    ("duplicate", {}),
    ("error_200", {}),
    ("already_exists", {}),
    ("throttled", {}),
    ("reordering", {"seconds": 0.05}),
    ("partial_file", {}),
    ("schema_drift", {}),
    ("wrong_encoding", {}),
    ("clock_skew", {}),
    ("expired_session", {}),
)


@pytest.fixture(autouse=True)
def province(town: Partners) -> None:
    rows.province()
    PartnerRow.objects.all().delete()
    RoleRow.objects.filter(code="operator").update(rights=["systems"])
    rows.grant(cast.PAO, "operator", "")
    town.well()
    for case in CASES:
        town.forget(case.partner)


def a_life(case: Case) -> Dossier:
    """A dossier from the counter to the applicant, all of it owed to the partner."""
    rows.partner(case.partner, case.kinds, case.events)
    return life.handed_over(life.received())


def drain(
    case: Case, address: str, at: datetime, *, rounds: int = ROUNDS, authority: str = ""
) -> None:
    """Rounds until nothing is tried any more, each so late that everything is due again."""
    speaks = connector(case.connection(address, authority=authority))
    for _ in range(rounds):
        if not send_due(case.partner, speaks, at=at, manners=Manners()).tried:
            break
        at += APART


def decide(case: Case, town: Partners, at: datetime) -> int:
    """People look at the partner for what waits for them: what it has is not sent; how many."""
    waiting = OutboxRow.objects.filter(partner=case.partner, set_aside_at__isnull=False)
    rows_ = list(waiting.filter(sent_at=None).select_related("dossier"))
    for row in rows_:
        if case.told(row) in case.held(town, row.dossier.code):
            messages.skip(number=row.pk, reason="đối tác đã có", by=cast.PAO, at=at)
        else:
            messages.replay([row.pk], reason="đối tác chưa có", by=cast.PAO, at=at)
    return len(rows_)


def assert_whole(case: Case, town: Partners, dossier: Dossier) -> None:
    """Everything is there once, in order, without a blank, and the ledger holds."""
    owed = OutboxRow.objects.filter(partner=case.partner).order_by("seq")
    assert not owed.filter(sent_at=None).exists()
    assert case.held(town, dossier.code) == [told for row in owed if (told := case.told(row))]
    assert case.stands(town, dossier.code) == case.ends
    assert not blanks(town.book(case.partner))
    assert queries.verify() == ()


@EVERY_CASE
def test_everything_arrives_once_in_order_and_without_a_blank(case: Case, town: Partners) -> None:
    dossier = a_life(case)

    drain(case, town.address(case.partner), cast.MONDAY)

    assert_whole(case, town, dossier)


@EVERY_CASE
@pytest.mark.parametrize(("mode", "how"), MODES, ids=str)
def test_whatever_the_partner_does_nothing_is_lost_and_nothing_told_twice(
    case: Case, mode: str, how: dict[str, float], town: Partners
) -> None:
    dossier, address = a_life(case), town.address(case.partner)
    at = cast.MONDAY

    town.fail(case.partner, mode, **how)
    drain(case, address, at, rounds=3)
    town.well()
    asked_of_people = 0
    for _ in range(ROUNDS):
        at += timedelta(hours=12)
        drain(case, address, at)
        decided = decide(case, town, at)
        asked_of_people += decided
        if not decided:
            break

    assert_whole(case, town, dossier)
    assert asked_of_people == 0 or mode in IN_DOUBT


@EVERY_CASE
def test_a_partner_with_another_certificate_is_told_nothing(
    case: Case, sealed_town: Partners, papers: Path
) -> None:
    dossier, address = a_life(case), sealed_town.address(case.partner)
    authority = str(papers / "server.crt")
    sealed_town.forget(case.partner)
    sealed_town.fail(case.partner, "changed_certificate")
    drain(case, address, cast.MONDAY, rounds=3, authority=authority)

    assert sealed_town.book(case.partner) == {}
    assert not OutboxRow.objects.exclude(sent_at=None, set_aside_at=None).exists()

    sealed_town.well()
    drain(case, address, cast.MONDAY + timedelta(hours=12), authority=authority)

    assert_whole(case, sealed_town, dossier)


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.partner != "land"], ids=lambda case: case.partner
)
def test_a_dossier_that_was_acknowledged_and_lost_is_there_again_with_its_next_message(
    case: Case, town: Partners
) -> None:
    # given a partner that says it has the first message, and does not
    dossier = a_life(case)
    town.fail(case.partner, "silent_loss", count=1)

    drain(case, town.address(case.partner), cast.MONDAY)

    assert case.stands(town, dossier.code) == case.ends


def test_what_the_land_software_lost_is_seen_at_the_next_message_and_waits_for_people(
    town: Partners,
) -> None:
    dossier = a_life(LAND)
    town.fail(LAND.partner, "silent_loss", count=1)

    drain(LAND, town.address(LAND.partner), cast.MONDAY)

    waits = OutboxRow.objects.get(partner=LAND.partner, sent_at=None)
    assert (waits.dossier.code, waits.set_aside_at is not None) == (dossier.code, True)
    assert "NOT_FOUND" in waits.last_error

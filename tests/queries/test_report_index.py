"""The index of a month, from the acts of people to the dossiers that cost points."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from tests import builders, cast, life, reports
from tests.domain.reporting.histories import BEGIN
from tests.reckoning import live_a_while
from thongsuot.actions import dossier as actions
from thongsuot.domain.directory import NoSuchOffice
from thongsuot.domain.reporting.figures import at_cut_off, stretches
from thongsuot.domain.reporting.index import (
    Found,
    MonthAhead,
    MonthMalformed,
    NoSuchComponent,
    Slip,
    Trait,
    measured,
    supplements,
)
from thongsuot.queries.reporting import index
from thongsuot.queries.reporting.index import IndexPage
from thongsuot.queries.reporting.tallies import Asked, stood
from thongsuot.records.dossier import DossierRow, EventRow
from thongsuot.records.feedback import FeedbackRow
from thongsuot.records.reporting import catch_up, lives

OCTOBER = cast.moment("2025-10-05 08:00")


@pytest.fixture(autouse=True)
def known(province: None) -> None:
    reports.known()


def september(unit: str = cast.BAN_MAY) -> IndexPage:
    catch_up()
    return index.page(index.question("2025-09", unit=unit, known_at=OCTOBER))


def points(page: IndexPage) -> dict[str, Fraction | None]:
    return {
        component.key: score.points if score else None
        for group in page.groups
        for component, score in group.components
    }


@pytest.mark.parametrize(
    "given", ["", "2025", "2025-13", "09-2025", "2025-9", "0000-01", "9999-12"]
)
def test_a_month_that_is_none_is_refused(given: str) -> None:
    with pytest.raises((MonthMalformed, MonthAhead)):
        index.question(given, known_at=OCTOBER)


def test_a_month_that_has_not_begun_and_a_body_that_is_none_are_refused() -> None:
    with pytest.raises(MonthAhead):
        index.question("2025-11", known_at=OCTOBER)
    with pytest.raises(NoSuchOffice):
        index.question("2025-09", unit="H99.999", known_at=OCTOBER)
    with pytest.raises(NoSuchComponent):
        index.costing(index.question("2025-09", known_at=OCTOBER), "1.1")


def test_a_month_without_dossiers_has_no_points_and_no_zero() -> None:
    page = september()

    assert (page.points, page.counted) == (Fraction(0), Fraction(0))
    assert set(points(page).values()) == {None}


def test_the_index_that_ships_gives_a_hundred_points_in_six_groups() -> None:
    page = september()

    assert sum((line.group.most for line in page.groups), Fraction(0)) == 100
    assert len(page.groups) == 6


def test_what_was_in_time_and_what_was_not_make_the_points_and_open_into_dossiers() -> None:
    in_time = [life.issued(life.received()) for _ in range(3)]
    open_late = life.received()
    page = september()

    came = points(page)
    assert page.dossiers == 4
    assert came["2.1"] == 15
    assert came["4.2"] == 0  # three results, none of them filed
    assert came["1.1"] is None
    costing = index.costing(page.question, "2.1")
    assert [line.code for line in costing] == [open_late.code]
    assert costing[0].measured.progress.slip is Slip.STILL_OPEN
    unfiled = index.costing(page.question, "4.2")
    assert {line.code for line in unfiled} == {one.code for one in in_time}
    assert page.raising[0].component.key == "1.4"  # nothing reached the portal: six points


def test_an_applicant_who_gave_one_point_costs_and_what_came_later_does_not() -> None:
    happy, angry, angry_later = (life.issued(life.received()) for _ in range(3))
    for dossier, score, at in (
        (happy, 5, cast.moment("2025-09-20 08:00")),
        (angry, 1, cast.moment("2025-09-20 08:00")),
        (angry_later, 1, cast.moment("2025-10-02 08:00")),
    ):
        row = DossierRow.objects.get(code=dossier.code)
        FeedbackRow.objects.create(dossier=row, office=cast.BAN_MAY, score=score, comment="", at=at)

    page = september()

    assert [line.code for line in index.costing(page.question, "5.4")] == [angry.code]


def test_what_was_recorded_later_changes_nothing_that_was_known() -> None:
    life.issued(life.received())
    before = september()
    late = life.request(
        submission=builders.submission(
            received_at=cast.moment("2025-09-10 09:00"), late_entry_reason="mất điện"
        )
    )
    actions.receive(request=late, by=cast.HOA, at=OCTOBER + timedelta(days=1))
    catch_up()

    again = september()
    now = index.page(
        index.question("2025-09", unit=cast.BAN_MAY, known_at=OCTOBER + timedelta(days=2))
    )

    assert points(again) == points(before)
    assert (again.dossiers, now.dossiers) == (1, 2)


def test_the_province_tells_each_body_apart() -> None:
    life.issued(life.received())

    page = september("")

    assert [line.office for line in page.offices] == [cast.BAN_MAY]
    assert (page.offices[0].points, page.offices[0].counted) == (page.points, page.counted)


def test_scans_are_of_papers_or_of_the_result_and_fees_are_paid_on_the_platform_or_not() -> None:
    dossier = life.issued(life.received())
    assert dossier.ended_at
    row = DossierRow.objects.get(code=dossier.code)
    catch_up()
    of = index.question("2025-09", unit=cast.BAN_MAY, known_at=OCTOBER)

    def traits_after(name: str, at: datetime, **body: str) -> set[Trait]:
        told = {"occurred_at": at, "recorded_at": at, "by": "hoa", "office": cast.BAN_MAY}
        EventRow.objects.create(
            dossier=row,
            version=row.events.count() + 1,
            name=name,
            body=body,
            body_version=1,
            **told,
        )
        (standing,) = stood(Asked(of.start, of.end, of.known_at, of.counting))
        (now,) = index.measured_of(of, [standing])
        return set(now.traits)

    bare = traits_after("digitised", cast.MONDAY, paper="Tờ khai")
    paper = traits_after("digitised", cast.MONDAY, paper="Tờ khai", content_hash="a")
    result = traits_after("digitised", dossier.ended_at, paper="Bản ký", content_hash="b")
    paid = traits_after("fee_collected", cast.MONDAY, how="cash")
    on_platform = traits_after("fee_collected", cast.MONDAY, how="platform")
    too_late = traits_after("paper_reused", cast.moment("2025-10-01 08:00"), paper="Tờ khai")

    assert not bare & {Trait.PAPERS_FILED, Trait.RESULT_FILED}
    assert Trait.PAPERS_FILED in paper
    assert Trait.RESULT_FILED not in paper
    assert Trait.RESULT_FILED in result
    assert Trait.PAID_ONLINE not in paid
    assert Trait.PAID_ONLINE in on_platform
    assert Trait.REUSED not in too_late


@pytest.mark.parametrize("seed", range(3))
def test_all_at_once_is_what_the_domain_makes_of_each_life(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same lives every time
    live_a_while(chance, dossiers=25)
    catch_up()
    known_at = BEGIN + timedelta(days=chance.randint(20, 90))
    for month in ("2025-06", "2025-07"):
        of = index.question(month, known_at=known_at)
        asked = Asked(of.start, of.end, of.known_at, of.counting)

        at_once = {one.dossier: one for one in index.measured_of(of, list(stood(asked)))}

        for each in lives(list(DossierRow.objects.values_list("pk", flat=True)), known=known_at):
            seen = at_cut_off(stretches(each.facts), of.cut_off)
            one = seen and measured(
                Found(
                    each.dossier,
                    each.reckoned,
                    seen,
                    supplements(each.facts, end=of.cut_off),
                    frozenset(),
                ),
                start=of.start,
                end=of.cut_off,
                counting=of.counting,
                most_supplements=of.index.most_supplements,
            )
            kept = at_once.pop(each.dossier, None)
            assert (kept and (kept.office, kept.populations, kept.progress)) == (
                one and (one.office, one.populations, one.progress)
            )
        assert at_once == {}

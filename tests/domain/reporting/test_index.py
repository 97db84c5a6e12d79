"""The index of service: points for shares, lateness to the minute, what cost them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.domain.reporting.histories import BEGIN, II06, Life, lives, reckoned
from thongsuot.domain.dossier.state import Outcome
from thongsuot.domain.reporting.figures import (
    Compare,
    Fact,
    FactKind,
    Reckoned,
    Result,
    at_cut_off,
    stretches,
)
from thongsuot.domain.reporting.index import (
    Certainty,
    Found,
    Index,
    IndexComponent,
    IndexDoesNotAddUp,
    IndexGroup,
    Measured,
    NoSuchComponent,
    Population,
    Progress,
    Slip,
    Trait,
    measured,
    progress,
    raising,
    score,
    scores,
    supplements,
    total,
)
from thongsuot.domain.spans import Span

START, END = cast.moment("2025-09-01 00:00"), cast.moment("2025-10-01 00:00")
RECEIVED, DUE = cast.moment("2025-09-02 08:00"), cast.moment("2025-09-12 11:00")
RECEPTION = Fact(FactKind.RECEIVED, RECEIVED, RECEIVED, DUE, cast.BAN_MAY)
WAYS = replace(II06, compare=Compare.MOMENTS)


def component(**told: object) -> IndexComponent:
    plain = IndexComponent(
        "2.1",
        "Đúng hạn",
        "G",
        Fraction(20),
        "",
        "thử",
        Certainty.READ,
        having=frozenset({Trait.ON_TIME}),
    )
    return replace(plain, **told)  # type: ignore[arg-type] # fields by their names


def index(*components: IndexComponent) -> Index:
    most = sum((each.most for each in components), Fraction(0))
    return Index(
        "thử", "Thử", Span(BEGIN.date()), "thử", 1, (IndexGroup("G", "Nhóm", most),), components
    )


def one(*traits: Trait, number: int = 1) -> Measured:
    has = frozenset(traits) if Trait.LATE in traits else frozenset({Trait.ON_TIME, *traits})
    stands = Progress(RECEIVED, DUE, 0, None)
    return Measured(number, cast.BAN_MAY, RECEIVED, frozenset(Population), has, stands)


def then(kind: FactKind, at: str, **told: object) -> Fact:
    moment = cast.moment(at)
    return replace(Fact(kind, moment, moment), **told)  # type: ignore[arg-type] # fields by their names


def stands(*later: Fact, first: Fact = RECEPTION) -> Progress:
    facts = (first, *later)
    seen = at_cut_off(stretches(facts), END)
    assert seen
    return progress(seen, supplements(facts, end=END), end=END, counting=WAYS, most_supplements=1)


def of_life(
    dossier: Reckoned,
    facts: tuple[Fact, ...],
    *,
    start: datetime,
    end: datetime,
    deeds: frozenset[Trait] = frozenset(),
) -> Measured | None:
    seen = at_cut_off(stretches(facts), end)
    if seen is None:
        return None
    found = Found(1, dossier, seen, supplements(facts, end=end), deeds)
    return measured(found, start=start, end=end, counting=WAYS, most_supplements=1)


def asked(at: str) -> Fact:
    return then(FactKind.WAITS, at, about="supplement")


def came_back(at: str, due: str) -> Fact:
    return then(FactKind.RESUMED, at, about="supplement", due_at=cast.moment(due))


def ended(at: str, outcome: Outcome = Outcome.GRANTED) -> Fact:
    return then(FactKind.ENDED, at, outcome=outcome)


@pytest.mark.parametrize(
    ("later", "slip"),
    [
        ((ended("2025-09-12 11:00"),), None),  # to the very minute
        ((ended("2025-09-12 11:01"),), Slip.ENDED_LATE),  # the same day, a minute too late
        ((ended("2025-09-12 16:00", Outcome.REFUSED),), Slip.ENDED_LATE),
        ((ended("2025-09-12 16:00", Outcome.WITHDRAWN),), Slip.ENDED_LATE),
        ((), Slip.STILL_OPEN),  # the month's end counts as its end
        ((ended("2025-10-03 08:00"),), Slip.STILL_OPEN),  # what came later is not known to the month
        ((asked("2025-09-10 08:00"),), None),  # waits for the applicant, asked in time
        ((asked("2025-09-15 08:00"),), Slip.ASKED_LATE),
        (
            (asked("2025-09-10 08:00"), came_back("2025-09-18 08:00", "2025-09-20 11:00"), ended("2025-09-19 08:00")),
            None,  # the days of the applicant are not ours
        ),
        (
            (
                asked("2025-09-03 08:00"),
                came_back("2025-09-04 08:00", "2025-09-13 11:00"),
                asked("2025-09-05 08:00"),
                came_back("2025-09-06 08:00", "2025-09-14 11:00"),
                ended("2025-09-08 08:00"),
            ),
            Slip.ASKED_AGAIN,  # in time, and yet late: asked twice
        ),
        (
            (
                then(FactKind.EXTENDED, "2025-09-10 08:00", due_at=cast.moment("2025-09-20 11:00")),
                ended("2025-09-15 08:00"),
            ),
            Slip.ENDED_LATE,  # an extension does not move the appointment
        ),
        ((then(FactKind.WAITS, "2025-09-10 08:00", about="financial_duty"),), None),
    ],
)  # fmt: skip
def test_whether_a_dossier_is_in_time_by_the_original_appointment(
    later: tuple[Fact, ...], slip: Slip | None
) -> None:
    assert stands(*later).slip is slip


def test_without_an_appointment_it_is_as_the_dated_definition_says() -> None:
    facts = (replace(RECEPTION, due_at=None), ended("2025-09-20 08:00"))
    seen = at_cut_off(stretches(facts), END)
    assert seen

    def by(result: Result) -> Slip | None:
        ways = replace(WAYS, without_due=result)
        asked_ = supplements(facts, end=END)
        return progress(seen, asked_, end=END, counting=ways, most_supplements=1).slip

    assert by(Result.ON_TIME) is None
    assert by(Result.LATE) is Slip.ENDED_LATE


def test_a_dossier_counts_in_the_month_in_which_it_was_handled() -> None:
    facts = (RECEPTION, ended("2025-09-10 08:00"))

    def seen(start: str, end: str) -> Measured | None:
        return of_life(
            reckoned(facts, is_online=True),
            facts,
            start=cast.moment(start),
            end=cast.moment(end),
            deeds=frozenset({Trait.REUSED}),
        )

    assert seen("2025-08-01 00:00", "2025-09-01 00:00") is None
    assert seen("2025-10-01 00:00", "2025-11-01 00:00") is None
    september = seen("2025-09-01 00:00", "2025-10-01 00:00")
    assert september
    assert september.populations == set(Population)
    assert september.traits == {Trait.ON_TIME, Trait.ONLINE, Trait.REUSED}


def test_points_of_twelve_dossiers_by_hand() -> None:
    # 12 dossiers: 9 in time, 3 late; of the 12, 6 have both scans; 2 applicants are displeased.
    found = [
        *(one(Trait.PAPERS_FILED, Trait.RESULT_FILED, number=n) for n in range(1, 6)),
        *(one(number=n) for n in range(6, 9)),
        one(Trait.DISLIKED, number=9),
        one(Trait.LATE, Trait.PAPERS_FILED, Trait.RESULT_FILED, number=10),
        one(Trait.LATE, Trait.DISLIKED, number=11),
        one(Trait.LATE, number=12),
    ]
    on_time = component()
    filed = component(
        key="4.2",
        most=Fraction(4),
        having=frozenset({Trait.PAPERS_FILED, Trait.RESULT_FILED}),
        target=Fraction(4, 5),
    )
    content = component(
        key="5.4",
        most=Fraction(6),
        having=frozenset(),
        against=frozenset({Trait.LATE, Trait.DISLIKED}),
        target=Fraction(9, 10),
    )

    first, second, third = scores(index(on_time, filed, content), found)

    assert (first.fulfilled, first.of, first.points, first.behind) == (9, 12, Fraction(15), 3)
    # 6/12 = 0,5; 0,5 ÷ 0,8 × 4 = 2,50; four more would have reached 80 % of 12.
    assert (second.points, second.needed) == (Fraction("2.5"), 4)
    # 100 % − 3/12 − 2/12 = 58,33 %; ÷ 90 % × 6 = 3,89.
    assert (third.fulfilled, third.points, third.behind) == (7, Fraction("3.89"), 4)
    assert total((first, second, third)) == (Fraction("21.39"), Fraction(30))
    assert [each.component.key for each in raising((first, second, third))] == ["2.1", "5.4", "4.2"]


def test_nothing_to_count_is_no_zero_and_what_has_no_data_is_not_counted_at_all() -> None:
    unknown = component(key="1.1", having=frozenset())
    none_due = component(of=frozenset({Trait.FEE_DUE}))

    (only,) = scores(index(unknown, none_due), [one()])

    assert only.component.key == "2.1"
    assert only.points is None
    assert total((only,)) == (Fraction(0), Fraction(0))
    assert raising((only,)) == ()
    with pytest.raises(NoSuchComponent):
        index(unknown).component("1.1")


def test_reaching_the_target_gives_all_points_and_more_gives_no_more() -> None:
    half = component(having=frozenset({Trait.ONLINE}), target=Fraction(1, 2))

    assert score(half, [one(Trait.ONLINE), one()]).points == 20
    assert score(half, [one(Trait.ONLINE)]).points == 20
    assert score(half, [one(Trait.ONLINE), one(), one(), one()]).points == 10


@pytest.mark.parametrize("most", ["19", "21"])
def test_a_group_whose_components_do_not_add_up_is_refused(most: str) -> None:
    with pytest.raises(IndexDoesNotAddUp):
        replace(index(component()), groups=(IndexGroup("G", "Nhóm", Fraction(most)),))
    with pytest.raises(IndexDoesNotAddUp):
        index(component(group="khác"))


def some(seed: int) -> list[Measured]:
    chance = random.Random(seed)  # noqa: S311 - the same dossiers for a seed
    others = [each for each in Trait if each is not Trait.ON_TIME]
    return [
        one(*chance.sample(others, chance.randint(0, 4)), number=number)
        for number in range(chance.randint(0, 30))
    ]


many = st.integers(0, 10**6).map(some)
components = st.builds(
    lambda has, target, takes: component(
        having=frozenset() if takes else frozenset({has}),
        against=frozenset({Trait.LATE, Trait.DISLIKED}) if takes else frozenset(),
        target=target,
    ),
    st.sampled_from(Trait),
    st.sampled_from([None, Fraction(1, 2), Fraction(4, 5), Fraction(9, 10)]),
    st.booleans(),
)


@given(components, many)
def test_points_lie_between_none_and_the_most(each: IndexComponent, found: list[Measured]) -> None:
    came = score(each, found)

    assert (came.points is None) == (came.of == 0)
    assert 0 <= came.lost <= each.most
    assert 0 <= came.fulfilled <= came.of == len(found)
    assert came.behind == sum(dossier.fails(each) for dossier in found)
    assert (came.needed == 0) == (came.of == 0 or came.points == each.most)


@given(many, st.sampled_from([None, Fraction(9, 10)]), st.booleans())
def test_one_more_dossier_in_time_never_lowers_the_points_for_time(
    found: list[Measured], target: Fraction | None, takes: bool
) -> None:
    each = component(
        target=target,
        having=frozenset() if takes else frozenset({Trait.ON_TIME}),
        against=frozenset({Trait.LATE, Trait.DISLIKED}) if takes else frozenset(),
    )

    before, after = score(each, found), score(each, [*found, one()])

    assert after.points is not None
    assert (before.points or 0) <= after.points


@given(lives)
def test_of_any_history_each_dossier_is_in_time_or_late_and_never_both(found: list[Life]) -> None:
    for dossier, life in found:
        seen = of_life(dossier, life, start=BEGIN, end=END)
        if seen is not None:
            assert len(seen.traits & {Trait.ON_TIME, Trait.LATE}) == 1
            assert seen.progress.ended_at <= END
